import type { Kysely } from 'kysely';
import { mayCoach } from '../../domain/coaching/assignment.ts';
import type { OtherRound, Round, RoundCircumstances, RoundCommand } from '../../domain/coaching/round.ts';
import type { RoundWish } from '../graphql/coaching/rounds.ts';
import type { StoredRound } from '../store/coaching/rounds.ts';
import type { Tables } from '../store/tables.ts';
import { actorOf, type Doer } from './acting.ts';
import type { CoachingHouse } from './house.ts';
import { lineOf } from './people.ts';

export async function wishOf(db: Kysely<Tables>, round: string): Promise<RoundWish | null> {
  const row = await db.selectFrom('round_wish').select('wish').where('round', '=', round).executeTakeFirst();
  return row ? (JSON.parse(row.wish) as RoundWish) : null;
}

/** A round as the domain knows it: a draft from what is wished, an open one from what stands. */
export async function asDomain({ db, rounds }: CoachingHouse, id: string): Promise<Round | null> {
  const [stored, wish] = [await rounds.find(id), await wishOf(db, id)];
  if (!stored || !wish) return null;
  const unitWindow = new Map(wish.units.map(({ id: unit, from, to }) => [unit, { from, to }]));
  const open = stored.state !== 'draft';
  const rows = open
    ? await db
        .selectFrom('participation')
        .select(['agent', 'coach', 'unit_id', 'window_n'])
        .where('round', '=', id)
        .execute()
    : [];
  const period = { startsAt: stored.startsAt, endsAt: stored.endsAt };
  const windowOf = (n: number) => stored.windows.find((window) => window.n === n) ?? period;
  return {
    id,
    state: stored.state,
    rubric: stored.rubricVersion,
    period,
    callsPerAgent: stored.callsPerAgent,
    // Without recording nothing is announced for a window, but there still is a time in which calls are chosen.
    units: wish.units.map(({ id: unit }) => {
      const window = unitWindow.get(unit);
      return { unit, window: { startsAt: window?.from ?? period.startsAt, endsAt: window?.to ?? period.endsAt } };
    }),
    coaches: open ? stored.coaches : wish.coaches,
    // A number without its day, or a day without its number, is not yet a negotiation.
    negotiated: wish.negotiatedOn ? wish.negotiated : null,
    participants: rows.map(({ agent, coach, unit_id, window_n }) => {
      const { startsAt, endsAt } = windowOf(window_n);
      return { agent, unit: unit_id ?? '', coach: coach ?? '', window: { startsAt, endsAt } };
    }),
    closingAt: stored.state === 'closing' ? stored.endsAt : null
  };
}

/** What must be known to decide about a round: who answers in its units, who leads whom, and the other rounds. */
export async function circumstancesOf(
  house: CoachingHouse,
  doer: Doer,
  round: Round,
  command: RoundCommand
): Promise<RoundCircumstances> {
  const { db, rubrics, now } = house;
  const version = await rubrics.find(command.kind === 'switchRubric' ? command.rubric : round.rubric);
  const people = await peopleOfUnits(
    db,
    round.units.map(({ unit }) => unit)
  );
  const lines = new Map<string, string[]>();
  for (const person of new Set([...people.values()].flat())) lines.set(person, await lineOf(db, person));
  return {
    actor: actorOf(doer),
    now: now(),
    rubricPublished: version?.state === 'published',
    peopleOf: (unit) => people.get(unit) ?? [],
    lineOf: (person) => lines.get(person) ?? [],
    otherRounds: await otherRounds(house, round.id),
    readingsBegun: await readingsBegun(db, round.id)
  };
}

/** All who answer in these units and can sign in. */
export async function peopleOfUnits(db: Kysely<Tables>, units: readonly string[]): Promise<Map<string, string[]>> {
  if (units.length === 0) return new Map();
  const rows = await db
    .selectFrom('person_unit')
    .innerJoin('person', 'person.id', 'person_unit.person_id')
    .innerJoin('person_role', 'person_role.person_id', 'person.id')
    .select(['unit_id as unit', 'person.id as person'])
    .where('role', '=', 'agent')
    .where('disabled_at', 'is', null)
    .where('unit_id', 'in', [...units])
    .orderBy('person.id')
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ unit }) => unit)].map(([unit, found]) => [unit, found.map(({ person }) => person)])
  );
}

async function otherRounds({ db, rounds }: CoachingHouse, id: string): Promise<OtherRound[]> {
  const others = (await rounds.all()).filter((each: StoredRound) => each.id !== id && each.state !== 'draft');
  const rows = await db.selectFrom('participation').select(['round', 'agent']).execute();
  return others.map(({ id: other, state, startsAt, endsAt, units }) => ({
    state,
    period: { startsAt, endsAt },
    units,
    people: rows.filter(({ round }) => round === other).map(({ agent }) => agent)
  }));
}

/** Whether anybody has set a level in a draft: its path stands in the open, what is in it does not. */
async function readingsBegun(db: Kysely<Tables>, round: string): Promise<boolean> {
  const slots = await db
    .selectFrom('slot')
    .innerJoin('participation', 'participation.id', 'slot.participation')
    .select('slot.id')
    .where('participation.round', '=', round)
    .execute();
  if (slots.length === 0) return false;
  const row = await db
    .selectFrom('draft')
    .innerJoin('draft_field', 'draft_field.draft_id', 'draft.id')
    .select('draft.id')
    .where('path', 'like', 'level/%')
    .where('value', 'is not', null)
    .where(
      'subject',
      'in',
      slots.map(({ id }) => `reading/${id}`)
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Of the round's coaches who may coach this one, the one with the fewest; null when there is none. */
export async function leastBusy({ db, rounds }: CoachingHouse, round: string, agent: string): Promise<string | null> {
  const [stored, line] = [await rounds.find(round), await lineOf(db, agent)];
  const rows = await db.selectFrom('participation').select('coach').where('round', '=', round).execute();
  const load = (coach: string) => rows.filter((row) => row.coach === coach).length;
  const possible = (stored?.coaches ?? []).filter((coach) => mayCoach(coach, agent, () => line));
  return possible.sort((one, other) => load(one) - load(other) || (one < other ? -1 : 1))[0] ?? null;
}
