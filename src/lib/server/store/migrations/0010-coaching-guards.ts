import type { Guard } from './guards.ts';

const DAY_MS = 86_400_000;
/** An hour of slack: a week in which the clocks change is not 168 hours. */
const HOUR_MS = 3_600_000;
/** Two starts closer than this are within the same twelve months. */
const YEAR_MS = 365 * DAY_MS;

/** Whether three rounds of this person, the one given among them, begin within twelve months. */
const thirdInAYear = (agent: string, round: string): string => `exists (
  select 1 from participation one join round first on first.id = one.round
    join participation other on other.agent = one.agent and other.round <> one.round
    join round second on second.id = other.round join round third on third.id = ${round}
  where one.agent = ${agent} and one.round <> ${round} and other.round <> ${round}
    and first.state <> 'draft' and second.state <> 'draft'
    and abs(first.starts_at - second.starts_at) < ${YEAR_MS}
    and abs(first.starts_at - third.starts_at) < ${YEAR_MS}
    and abs(second.starts_at - third.starts_at) < ${YEAR_MS})`;

/** Whether somebody leads a unit that the agent belongs to. */
const leads = (person: string): string => `exists (
  select 1 from person_role led join person_unit theirs on theirs.person_id = led.person_id
    join person_unit own on own.unit_id = theirs.unit_id
  where led.role = 'leader' and led.person_id = ${person} and own.person_id = new.agent)`;

const stateOf = (reading: string): string => `(select state from reading where id = ${reading})`;
const erased = (participation: string): string =>
  `coalesce((select erased from participation where id = ${participation}), 1) = 1`;
const roundOf = `(select taken.round from slot place join participation taken on taken.id = place.participation
  where place.id = new.slot)`;
const spanOf = '(select span_to - span_from from slot where id = new.slot)';

/** What no code, no console and no script may do, in the order in which a round comes to it. */
export const coachingGuards: readonly Guard[] = [
  {
    name: 'round_begins_as_draft',
    on: 'round',
    before: ['insert'],
    when: `new.state <> 'draft'`,
    because: 'a round is opened, not put in open'
  },
  {
    name: 'round_goes_forward',
    on: 'round',
    before: ['update of state'],
    when: `(case old.state when 'draft' then 0 when 'open' then 1 when 'closing' then 2 else 3 end)
      > (case new.state when 'draft' then 0 when 'open' then 1 when 'closing' then 2 else 3 end)`,
    because: 'round-goes-forward: a round that has begun is never a draft again'
  },
  {
    name: 'round_of_ten',
    on: 'round',
    before: ['update of state'],
    when: `old.state = 'draft' and new.state <> 'draft'
      and (select count(*) from participation where round = new.id) < 10`,
    because: 'too-few: a round is for ten people or more'
  },
  {
    name: 'round_is_announced',
    on: 'round',
    before: ['update of state'],
    when: `old.state = 'draft' and new.state <> 'draft' and (
      not exists (select 1 from round_window where round = new.id)
      or exists (select 1 from round_window where round = new.id
        and starts_at < new.opened_at + ${7 * DAY_MS - HOUR_MS}))`,
    because: 'retroactive-window: a window is announced seven days before it begins'
  },
  {
    name: 'round_lasts_weeks',
    on: 'round',
    before: ['update of state'],
    when: `old.state = 'draft' and new.state <> 'draft'
      and new.ends_at - new.starts_at not between ${28 * DAY_MS - HOUR_MS} and ${140 * DAY_MS + HOUR_MS}`,
    because: 'period: a round lasts four to twenty weeks'
  },
  {
    name: 'round_twice_a_year',
    on: 'round',
    before: ['update of state'],
    when: `old.state = 'draft' and new.state <> 'draft'
      and exists (select 1 from participation mine where mine.round = new.id and ${thirdInAYear('mine.agent', 'mine.round')})`,
    because: 'too-soon: nobody is in more than two rounds in twelve months'
  },
  {
    name: 'participation_twice_a_year',
    on: 'participation',
    before: ['insert'],
    when: `(select state from round where id = new.round) <> 'draft' and ${thirdInAYear('new.agent', 'new.round')}`,
    because: 'too-soon: nobody is in more than two rounds in twelve months'
  },
  {
    name: 'participation_own_manager',
    on: 'participation',
    before: ['insert', 'update of coach, coach_to_be'],
    when: `${leads('new.coach')} or ${leads('new.coach_to_be')}`,
    because: 'own-manager: nobody is coached by somebody who leads them'
  },
  {
    name: 'participation_stays_whose_it_is',
    on: 'participation',
    before: ['update of agent, round'],
    when: 'new.agent <> old.agent or new.round <> old.round',
    because: 'not-yours: a participation never becomes that of another'
  },
  {
    name: 'participation_event_is_added',
    on: 'participation_event',
    before: ['update', 'delete'],
    when: `not (${erased('old.participation')})`,
    because: 'what has happened is only added to'
  },
  {
    name: 'text_is_never_rewritten',
    on: 'text_body',
    before: ['update'],
    when: 'new.ciphertext is not null or new.id <> old.id or new.participation <> old.participation',
    because: 'a text is never written over with another'
  },
  {
    name: 'slot_leaves_nothing_read',
    on: 'slot',
    before: ['update of state'],
    when: `new.state in ('withdrawn', 'void') and exists (
      select 1 from reading where slot = new.id and state <> 'destroyed')`,
    because: 'what was read of a call goes with the call'
  },
  {
    name: 'slot_stays_closed',
    on: 'slot',
    before: ['update of state, entry'],
    when: `old.state in ('withdrawn', 'void')`,
    because: 'a call that was withdrawn does not come back'
  },
  {
    name: 'reading_begins_as_draft',
    on: 'reading',
    before: ['insert'],
    when: `new.state <> 'draft'`,
    because: 'a reading is handed in, not put in'
  },
  {
    name: 'reading_is_not_altered',
    on: 'reading',
    before: ['update'],
    when: `old.state = 'destroyed' or new.slot <> old.slot or new.author <> old.author or new.role <> old.role
      or (old.state = 'in' and new.state <> 'destroyed')
      or (old.state = 'in' and new.rubric_version <> old.rubric_version)`,
    because: 'already-in: what is handed in is not altered'
  },
  {
    name: 'reading_has_two_strengths',
    on: 'reading',
    before: ['update of state'],
    when: `new.state = 'in' and new.role = 'coach' and (select count(*) from strength where reading = new.id) < 2`,
    because: 'two-strengths: a review has two strengths, each with its moment'
  },
  {
    name: 'reading_has_every_level',
    on: 'reading',
    before: ['update of state'],
    when: `new.state = 'in' and new.role = 'coach' and (
      not exists (select 1 from round_criterion where round = ${roundOf})
      or exists (select 1 from round_criterion asked where asked.round = ${roundOf} and not exists (
        select 1 from reading_level given where given.reading = new.id and given.criterion = asked.criterion)))`,
    because: 'level-missing: every criterion has a level or is not applicable'
  },
  {
    name: 'reading_is_of_the_call',
    on: 'reading',
    before: ['update of state'],
    when: `new.state = 'in' and (coalesce((select state from slot where id = new.slot), '') <> 'chosen'
      or exists (select 1 from strength where reading = new.id and moment_ms not between 0 and ${spanOf})
      or exists (select 1 from reading_level where reading = new.id and moment_ms not between 0 and ${spanOf}))`,
    because: 'moment-outside: every moment is within the call'
  },
  {
    name: 'reading_is_not_removed',
    on: 'reading',
    before: ['delete'],
    when: `old.state = 'in'`,
    because: 'already-in: what is handed in is destroyed and not removed'
  },
  ...(['strength', 'reading_level'] as const).flatMap((table) => [
    {
      name: `${table}_is_not_added`,
      on: table,
      before: ['insert'],
      when: `${stateOf('new.reading')} = 'in'`,
      because: 'already-in: what is handed in is not altered'
    },
    {
      name: `${table}_is_not_altered`,
      on: table,
      before: ['update', 'delete'],
      when: `${stateOf('old.reading')} = 'in'`,
      because: 'already-in: what is handed in is not altered'
    }
  ]),
  {
    name: 'last_word_is_added',
    on: 'last_word',
    before: ['update', 'delete'],
    when: `not (${erased('old.participation')})`,
    because: 'a last word is only added to'
  },
  {
    name: 'record_stands',
    on: 'record',
    before: ['update', 'delete'],
    when: `old.acknowledged_at is not null and not (${erased('old.participation')})`,
    because: 'acknowledged: what the agent has acknowledged is not altered'
  }
];
