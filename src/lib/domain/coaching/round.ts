/**
 * The round: twice a year every agent of whole units. What makes it a round and not a search for somebody is in what
 * refuses to open: few people, the past, a third time in a year, a manager as coach.
 */
import type { Instant, Period } from '../time.ts';
import type { Actor } from './commands.ts';
import { assignCoaches, mayCoach, type LineOf } from './assignment.ts';
import { DAY_MS } from './deciding.ts';
import type { DecisionReference, PersonId, RoundId } from './level.ts';
import type { RubricVersionId } from './rubric.ts';

export const PEOPLE_LEAST = 10;
export const PERIOD_MS_LEAST = 4 * 7 * DAY_MS;
export const PERIOD_MS_MOST = 20 * 7 * DAY_MS;
export const NOTICE_MS = 7 * DAY_MS;
export const CALLS_MOST = 6;
/** Hand-ins are still taken for this long after the end: late, and not counted against anybody. */
export const LATE_MS = 14 * DAY_MS;
const ROUNDS_A_YEAR = 2;

/** A unit takes part whole: its window is announced to all of its people alike. */
export interface RoundUnit {
  unit: string;
  window: Period;
}
export interface Round {
  id: RoundId;
  /** A cancelled round is closed, with everybody's participation ended: it still counts among two a year. */
  state: 'draft' | 'open' | 'closing' | 'closed';
  rubric: RubricVersionId;
  period: Period;
  callsPerAgent: number;
  units: readonly RoundUnit[];
  coaches: readonly PersonId[];
  /** The number of the negotiation with the union, without which no round opens; null until it is entered. */
  negotiated: DecisionReference | null;
  participants: readonly Participant[];
  /** When closing began; null before. */
  closingAt: Instant | null;
}
export interface Participant {
  agent: PersonId;
  unit: string;
  coach: PersonId;
  window: Period;
}
/** Another round, as far as it can stand in the way of this one. */
export interface OtherRound {
  state: Round['state'];
  period: Period;
  units: readonly string[];
  people: readonly PersonId[];
}

export type RoundCommand =
  | { kind: 'open' }
  | { kind: 'startClosing' }
  | { kind: 'close' }
  | { kind: 'cancel' }
  /** Somebody new in a unit that takes part. */
  | { kind: 'addParticipant'; agent: PersonId; coach: PersonId }
  | { kind: 'switchRubric'; rubric: RubricVersionId };

export interface RoundCircumstances {
  actor: Actor;
  now: Instant;
  /** Of the version that the command is about: the round's own, or the one to switch to. */
  rubricPublished: boolean;
  /** All active agents of the round's units, each unit with its people; somebody in two counts in the first. */
  peopleOf: (unit: string) => readonly PersonId[];
  lineOf: LineOf;
  otherRounds: readonly OtherRound[];
  /** Whether any reading's draft has a level. */
  readingsBegun: boolean;
}

export type RoundFact = { at: Instant } & (
  | { kind: 'RoundOpened'; participants: readonly Participant[] }
  | { kind: 'RoundClosing' }
  | { kind: 'RoundClosed' }
  | { kind: 'RoundCancelled' }
  | { kind: 'ParticipantAdded'; participant: Participant }
  | { kind: 'RubricSwitched'; rubric: RubricVersionId }
);
export type RoundRefusal =
  | { code: 'not-found' | 'not-draft' | 'not-open' | 'not-closing' | 'closed' | 'not-due' | 'not-negotiated' }
  | {
      code: 'period' | 'calls-per-agent' | 'rubric-not-published' | 'too-few' | 'retroactive-window' | 'readings-begun';
    }
  | { code: 'already-in' }
  | { code: 'overlap'; units: readonly string[] }
  | { code: 'too-soon'; people: readonly PersonId[] }
  /** Nobody among the coaches is outside these people's own line of management. */
  | { code: 'no-coach'; people: readonly PersonId[] }
  | { code: 'own-manager'; person: PersonId };
export type RoundDecision = { facts: readonly RoundFact[] } | { refusal: RoundRefusal };

const refused = (refusal: RoundRefusal): RoundDecision => ({ refusal });

export function decideRound(round: Round, command: RoundCommand, circumstances: RoundCircumstances): RoundDecision {
  const { actor, now } = circumstances;
  const lead = actor.kind === 'person' && actor.roles.includes('method-lead');
  const clock = actor.kind === 'system' && (command.kind === 'startClosing' || command.kind === 'close');
  if (!lead && !clock) return refused({ code: 'not-found' });
  switch (command.kind) {
    case 'open':
      return opened(round, circumstances);
    case 'startClosing':
      if (round.state !== 'open') return refused({ code: 'not-open' });
      if (clock && now < round.period.endsAt) return refused({ code: 'not-due' });
      return { facts: [{ kind: 'RoundClosing', at: now }] };
    case 'close':
      if (round.state !== 'closing') return refused({ code: 'not-closing' });
      if (clock && now < (round.closingAt ?? now) + LATE_MS) return refused({ code: 'not-due' });
      return { facts: [{ kind: 'RoundClosed', at: now }] };
    case 'cancel':
      if (round.state === 'closed') return refused({ code: 'closed' });
      return { facts: [{ kind: 'RoundCancelled', at: now }] };
    case 'addParticipant':
      return added(round, command, circumstances);
    case 'switchRubric':
      if (round.state === 'closed') return refused({ code: 'closed' });
      if (!circumstances.rubricPublished) return refused({ code: 'rubric-not-published' });
      if (circumstances.readingsBegun) return refused({ code: 'readings-begun' });
      return { facts: [{ kind: 'RubricSwitched', at: now, rubric: command.rubric }] };
  }
}

export function evolveRound(round: Round, fact: RoundFact): Round {
  switch (fact.kind) {
    case 'RoundOpened':
      return { ...round, state: 'open', participants: fact.participants };
    case 'RoundClosing':
      return { ...round, state: 'closing', closingAt: fact.at };
    case 'RoundClosed':
    case 'RoundCancelled':
      return { ...round, state: 'closed' };
    case 'ParticipantAdded':
      return { ...round, participants: [...round.participants, fact.participant] };
    case 'RubricSwitched':
      return { ...round, rubric: fact.rubric };
  }
}

function opened(
  round: Round,
  { now, rubricPublished, peopleOf, lineOf, otherRounds }: RoundCircumstances
): RoundDecision {
  if (round.state !== 'draft') return refused({ code: 'not-draft' });
  const { period, callsPerAgent, units } = round;
  const lengthMs = period.endsAt - period.startsAt;
  if (!(lengthMs >= PERIOD_MS_LEAST && lengthMs <= PERIOD_MS_MOST)) return refused({ code: 'period' });
  if (!Number.isInteger(callsPerAgent) || callsPerAgent < 1 || callsPerAgent > CALLS_MOST) {
    return refused({ code: 'calls-per-agent' });
  }
  if (!rubricPublished) return refused({ code: 'rubric-not-published' });
  if (round.negotiated === null) return refused({ code: 'not-negotiated' });
  const windows = units.map((unit) => unit.window);
  if (
    windows.some(({ startsAt, endsAt }) => startsAt < period.startsAt || endsAt > period.endsAt || startsAt >= endsAt)
  ) {
    return refused({ code: 'period' });
  }
  if (windows.some(({ startsAt }) => startsAt < now + NOTICE_MS)) return refused({ code: 'retroactive-window' });
  const people = new Map<PersonId, RoundUnit>();
  for (const unit of units) {
    for (const agent of peopleOf(unit.unit)) if (!people.has(agent)) people.set(agent, unit);
  }
  if (people.size < PEOPLE_LEAST) return refused({ code: 'too-few' });
  const agents = [...people.keys()];
  const overlapping = otherRounds.filter((other) => overlaps(other, period));
  const twice = units.filter(({ unit }) => overlapping.some((other) => other.units.includes(unit)));
  const busy = agents.filter((agent) => overlapping.some((other) => other.people.includes(agent)));
  if (twice.length + busy.length > 0) return refused({ code: 'overlap', units: twice.map(({ unit }) => unit) });
  const tooSoon = agents.filter((agent) => isTooSoon(agent, period.startsAt, otherRounds));
  if (tooSoon.length > 0) return refused({ code: 'too-soon', people: tooSoon });
  const assignment = assignCoaches(agents, round.coaches, lineOf);
  if ('withoutCoach' in assignment) return refused({ code: 'no-coach', people: assignment.withoutCoach });
  const participants = [...people].flatMap(([agent, own]) => {
    const coach = assignment.coachOf.get(agent);
    return coach === undefined ? [] : [{ agent, unit: own.unit, coach, window: own.window }];
  });
  return { facts: [{ kind: 'RoundOpened', at: now, participants }] };
}

/** Somebody new in a unit: told as long before their window as everybody else was. */
function added(
  round: Round,
  { agent, coach }: Extract<RoundCommand, { kind: 'addParticipant' }>,
  { now, peopleOf, lineOf, otherRounds }: RoundCircumstances
): RoundDecision {
  if (round.state !== 'open') return refused({ code: 'not-open' });
  if (round.participants.some((one) => one.agent === agent)) return refused({ code: 'already-in' });
  const unit = round.units.find((one) => peopleOf(one.unit).includes(agent));
  if (unit === undefined) return refused({ code: 'not-found' });
  if (unit.window.startsAt < now + NOTICE_MS) return refused({ code: 'retroactive-window' });
  if (otherRounds.some((other) => overlaps(other, round.period) && other.people.includes(agent))) {
    return refused({ code: 'overlap', units: [unit.unit] });
  }
  if (isTooSoon(agent, round.period.startsAt, otherRounds)) return refused({ code: 'too-soon', people: [agent] });
  if (!round.coaches.includes(coach)) return refused({ code: 'not-found' });
  if (!mayCoach(coach, agent, lineOf)) return refused({ code: 'own-manager', person: coach });
  return {
    facts: [{ kind: 'ParticipantAdded', at: now, participant: { agent, unit: unit.unit, coach, window: unit.window } }]
  };
}

/** Whether the other goes on within the period: a draft has not begun, and a closed one is over. */
function overlaps({ state, period }: OtherRound, { startsAt, endsAt }: Period): boolean {
  return (state === 'open' || state === 'closing') && period.startsAt < endsAt && startsAt < period.endsAt;
}

/** Whether one more would be the third to begin within some twelve months, whichever twelve they are. */
function isTooSoon(agent: PersonId, startsAt: Instant, others: readonly OtherRound[]): boolean {
  const begun = others.filter(({ people }) => people.includes(agent)).map(({ period }) => period.startsAt);
  const all = [...begun, startsAt].sort((a, b) => a - b);
  return all.some((first, at) => {
    const last = all[at + ROUNDS_A_YEAR];
    return last !== undefined && first <= startsAt && startsAt <= last && last < yearAfter(first);
  });
}

function yearAfter(at: Instant): Instant {
  const day = new Date(at);
  return day.setUTCFullYear(day.getUTCFullYear() + 1);
}
