import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/lib/domain/coaching/deciding.ts';
import {
  decideRound,
  evolveRound,
  type OtherRound,
  type Round,
  type RoundCircumstances,
  type RoundCommand
} from '../../../src/lib/domain/coaching/round.ts';
import { ACTORS } from '../../support/coaching.ts';

const now = Date.parse('2027-02-01T08:00:00Z');
const days = (from: number, to: number) => ({ startsAt: now + from * DAY_MS, endsAt: now + to * DAY_MS });
const agents = (count: number, of = 'general'): string[] => Array.from({ length: count }, (_, at) => `${of}-${at}`);

const draft: Round = {
  id: '2027-spring',
  state: 'draft',
  rubric: 'v1',
  period: days(0, 90),
  callsPerAgent: 4,
  units: [{ unit: 'general', window: days(14, 28) }],
  coaches: ['henrik', 'fatima'],
  negotiated: 'dnr 7',
  participants: [],
  closingAt: null
};
const known: RoundCircumstances = {
  actor: ACTORS.methodLead,
  now,
  rubricPublished: true,
  peopleOf: (unit) => agents(10, unit),
  lineOf: () => ['greta'],
  otherRounds: [],
  readingsBegun: false
};
const ask = (round: Round, command: RoundCommand, change: Partial<RoundCircumstances> = {}) => {
  const decision = decideRound(round, command, { ...known, ...change });
  return 'refusal' in decision ? decision.refusal : decision.facts.reduce(evolveRound, round);
};
const opening = (round: Partial<Round>, change: Partial<RoundCircumstances> = {}) =>
  ask({ ...draft, ...round }, { kind: 'open' }, change);
const open = opening({}) as Round;
const at = (state: Round['state']): Round => ({ ...open, state });

describe('a round', () => {
  it('opens for whole units, everybody with a coach and the window of their unit', () => {
    expect(open.state).toBe('open');
    expect(open.participants.map(({ agent }) => agent)).toEqual(agents(10));
    expect(open.participants.filter(({ coach }) => coach === 'henrik')).toHaveLength(5);
    expect(open.participants[0]).toMatchObject({ unit: 'general', window: days(14, 28) });
  });
  it('opens for nobody but the method lead', () => {
    for (const actor of [ACTORS.leader, ACTORS.henrik, ACTORS.administrator, ACTORS.clock]) {
      expect(opening({}, { actor })).toEqual({ code: 'not-found' });
    }
  });
  it('does not open for fewer than ten people', () => {
    expect(opening({}, { peopleOf: () => agents(9) })).toEqual({ code: 'too-few' });
  });
  it('counts somebody in two units once, in the first', () => {
    const units = ['general', 'parking'].map((unit) => ({ unit, window: days(14, 28) }));
    const both = (unit: string) => (unit === 'general' ? agents(5) : [...agents(5), ...agents(4, 'parking')]);
    expect(opening({ units }, { peopleOf: both })).toEqual({ code: 'too-few' });
    const opened = opening({ units }, { peopleOf: (unit) => [...both(unit), 'x'] }) as Round;
    expect(opened.participants.find(({ agent }) => agent === 'x')?.unit).toBe('general');
  });
  it('does not open for a window that was not announced seven days before', () => {
    const from = (startsAt: number) =>
      opening({ units: [{ unit: 'general', window: { startsAt, endsAt: startsAt + 14 * DAY_MS } }] });
    expect(from(now + 7 * DAY_MS - 1)).toEqual({ code: 'retroactive-window' });
    expect(from(now + 7 * DAY_MS)).toMatchObject({ state: 'open' });
  });
  it('is four to twenty weeks long, with its windows inside', () => {
    for (const period of [days(0, 27), days(0, 141), days(20, 90), days(0, -30)]) {
      expect(opening({ period })).toEqual({ code: 'period' });
    }
    expect(opening({ period: days(0, 28) })).toMatchObject({ state: 'open' });
    expect(opening({ units: [{ unit: 'general', window: days(28, 14) }] })).toEqual({ code: 'period' });
  });
  it('is of one to six calls, the same for all', () => {
    for (const callsPerAgent of [0, 7, 2.5]) expect(opening({ callsPerAgent })).toEqual({ code: 'calls-per-agent' });
    for (const callsPerAgent of [1, 6]) expect(opening({ callsPerAgent })).toMatchObject({ state: 'open' });
  });
  it('needs a published rubric and a negotiation with its number', () => {
    expect(opening({}, { rubricPublished: false })).toEqual({ code: 'rubric-not-published' });
    expect(opening({ negotiated: null })).toEqual({ code: 'not-negotiated' });
  });
  it('names those for whom every coach is a manager of theirs', () => {
    const lineOf = (person: string) => (person === 'general-3' ? ['henrik', 'fatima'] : []);
    expect(opening({}, { lineOf })).toEqual({ code: 'no-coach', people: ['general-3'] });
  });
  it('opens once', () => {
    for (const state of ['open', 'closing', 'closed'] as const)
      expect(opening({ state })).toEqual({ code: 'not-draft' });
  });
});

describe('rounds beside each other', () => {
  const other = (state: Round['state'], from: number, to: number): OtherRound => ({
    state,
    period: days(from, to),
    units: ['general'],
    people: agents(10)
  });
  const beside = (...otherRounds: OtherRound[]) => opening({}, { otherRounds });

  it('do not overlap in a unit', () => {
    expect(beside(other('open', -30, 1))).toEqual({ code: 'overlap', units: ['general'] });
    expect(beside(other('closing', 80, 120))).toMatchObject({ code: 'overlap' });
    expect(beside(other('open', -60, 0))).toMatchObject({ state: 'open' });
    expect(beside(other('draft', 0, 90))).toMatchObject({ state: 'open' });
  });
  it('are two for each person in any twelve months', () => {
    expect(beside(other('closed', -180, -100))).toMatchObject({ state: 'open' });
    expect(beside(other('closed', -364, -280), other('closed', -180, -100))).toEqual({
      code: 'too-soon',
      people: agents(10)
    });
    expect(beside(other('closed', -365, -280), other('closed', -180, -100))).toMatchObject({ state: 'open' });
    expect(beside(other('closed', -180, -100), other('open', 150, 200))).toMatchObject({ code: 'too-soon' });
  });
});

describe('the end of a round', () => {
  const clock = { actor: ACTORS.clock };
  it('begins when its period is over, or when the method lead says so', () => {
    expect(ask(open, { kind: 'startClosing' }, { ...clock, now: open.period.endsAt - 1 })).toEqual({ code: 'not-due' });
    expect(ask(open, { kind: 'startClosing' }, { ...clock, now: open.period.endsAt })).toMatchObject({
      state: 'closing'
    });
    expect(ask(open, { kind: 'startClosing' })).toMatchObject({ state: 'closing', closingAt: now });
  });
  it('takes hand-ins for fourteen days more', () => {
    const closing = { ...at('closing'), closingAt: now };
    expect(ask(closing, { kind: 'close' }, { ...clock, now: now + 14 * DAY_MS - 1 })).toEqual({ code: 'not-due' });
    expect(ask(closing, { kind: 'close' }, { ...clock, now: now + 14 * DAY_MS })).toMatchObject({ state: 'closed' });
    expect(ask(closing, { kind: 'close' })).toMatchObject({ state: 'closed' });
  });
  it('comes in its order', () => {
    expect(ask(draft, { kind: 'startClosing' })).toEqual({ code: 'not-open' });
    expect(ask(open, { kind: 'close' })).toEqual({ code: 'not-closing' });
    expect(ask(at('closed'), { kind: 'cancel' })).toEqual({ code: 'closed' });
    expect(ask(open, { kind: 'cancel' })).toMatchObject({ state: 'closed' });
  });
});

describe('while a round is open', () => {
  const add = (round: Round, change: Partial<RoundCircumstances> = {}, coach = 'henrik') =>
    ask(round, { kind: 'addParticipant', agent: 'new', coach }, { peopleOf: () => [...agents(10), 'new'], ...change });

  it('somebody new in a unit can come along, told as long before as the others', () => {
    expect((add(open) as Round).participants.at(-1)).toMatchObject({ agent: 'new', coach: 'henrik', unit: 'general' });
    expect(add(open, { now: now + 8 * DAY_MS })).toEqual({ code: 'retroactive-window' });
    expect(add(draft)).toEqual({ code: 'not-open' });
    expect(add(add(open) as Round)).toEqual({ code: 'already-in' });
    expect(add(open, { peopleOf: () => agents(10) })).toEqual({ code: 'not-found' });
  });
  it('they are not coached by their manager, nor by somebody who does not coach in it', () => {
    expect(add(open, { lineOf: () => ['henrik'] })).toEqual({ code: 'own-manager', person: 'henrik' });
    expect(add(open, {}, 'ada')).toEqual({ code: 'not-found' });
  });
  it('they are not coached a third time in a year, nor in two rounds at once', () => {
    const one = (state: Round['state'], from: number, to: number): OtherRound => ({
      state,
      period: days(from, to),
      units: ['parking'],
      people: ['new']
    });
    expect(add(open, { otherRounds: [one('closed', -300, -220), one('closed', -150, -90)] })).toMatchObject({
      code: 'too-soon'
    });
    expect(add(open, { otherRounds: [one('open', -10, 40)] })).toMatchObject({ code: 'overlap' });
  });
  it('the rubric can be exchanged only before anybody has given a level', () => {
    const exchange = (change: Partial<RoundCircumstances>) => ask(open, { kind: 'switchRubric', rubric: 'v2' }, change);
    expect(exchange({})).toMatchObject({ rubric: 'v2' });
    expect(exchange({ readingsBegun: true })).toEqual({ code: 'readings-begun' });
    expect(exchange({ rubricPublished: false })).toEqual({ code: 'rubric-not-published' });
  });
});
