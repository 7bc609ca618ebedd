/**
 * One participation to tell timelines of: Leila is the agent, Henrik her coach, Fatima the coach who may follow him. Ids
 * are counted, time stands still until it is moved, and everything looked up is there unless a test takes it away.
 */
import type { Actor, Circumstances, Command, Refusal } from '../../src/lib/domain/coaching/commands.ts';
import { decide } from '../../src/lib/domain/coaching/decide.ts';
import { DAY_MS } from '../../src/lib/domain/coaching/deciding.ts';
import { evolve } from '../../src/lib/domain/coaching/evolve.ts';
import type { Fact, SlotCall } from '../../src/lib/domain/coaching/facts.ts';
import type { LevelMark, SlotKind } from '../../src/lib/domain/coaching/level.ts';
import { initial, step, type Participation, type Step } from '../../src/lib/domain/coaching/participation.ts';
import { nextDraw, slotsToDraw } from '../../src/lib/domain/coaching/places.ts';
import type { GoalWish, ReadingContent, Strength } from '../../src/lib/domain/coaching/reading.ts';
import { DEFAULT_CRITERIA } from '../../src/lib/domain/coaching/rubric.ts';

export const START = Date.parse('2027-03-01T08:00:00Z');
export const SPAN_MS = 104_000;

const person = (id: string, ...roles: ('agent' | 'coach' | 'leader' | 'method-lead' | 'administrator')[]): Actor => ({
  kind: 'person',
  person: id,
  roles
});
export const ACTORS = {
  leila: person('leila', 'agent'),
  henrik: person('henrik', 'coach'),
  fatima: person('fatima', 'coach'),
  /** An agent of the same unit, with a participation of her own. */
  maria: person('maria', 'agent'),
  leader: person('greta', 'leader'),
  methodLead: person('mats', 'method-lead'),
  administrator: person('ada', 'administrator'),
  clock: { kind: 'system' }
} as const satisfies Record<string, Actor>;
export type Who = keyof typeof ACTORS;

export function strength(n: number, change: Partial<Strength> = {}): Strength {
  const words = 'Du väntade en sekund, och då berättade hon om fallet.';
  return { id: `s${n}`, text: `text-s${n}`, criterion: 'presence', momentMs: 12_000 + n * 1000, words, ...change };
}
export function allLevels(mark: LevelMark = 3): ReadingContent['levels'] {
  return Object.fromEntries(DEFAULT_CRITERIA.map((criterion) => [criterion, { mark, momentMs: null }]));
}
export function wholeReading(change: Partial<ReadingContent> = {}): ReadingContent {
  return { strengths: [strength(1), strength(2)], levels: allLevels(), ...change };
}
export const ownReading: ReadingContent = { strengths: [strength(1), strength(2)], levels: {} };
export const emptyReading: ReadingContent = { strengths: [], levels: {} };
export function goalWish(change: Partial<GoalWish> = {}): GoalWish {
  return {
    criterion: 'recognition',
    when: { text: 'text-when', words: 'När det ringer' },
    try: { text: 'text-try', words: 'pröva att ta ett andetag' },
    how: null,
    ...change
  };
}

export class Desk {
  state: Participation;
  now = START;
  readonly facts: Fact[] = [];
  readonly refusals: Refusal[] = [];
  /** What the next draws give, in order; when it is used up there is no call left. */
  calls: SlotCall[];
  /** The round, and whatever else a test wants other than usual. */
  known: Partial<Circumstances> = {};
  roundState: 'open' | 'closing' | 'closed' = 'open';
  #ids = 0;

  constructor(kinds: readonly SlotKind[] = ['random', 'proud'], sound: 'recorded' | 'beside' = 'recorded', calls = 20) {
    const places = kinds.map((kind, at) => ({ slot: this.id('slot'), n: at + 1, kind }));
    const frame = { id: 'p1', round: '2027-spring', agent: 'leila', coach: 'henrik' };
    this.state = initial({ ...frame, sound, places });
    this.calls = Array.from({ length: calls }, (_, at) => ({ entry: `call-${at + 1}`, spanMs: SPAN_MS }));
  }

  id(of: string): string {
    this.#ids += 1;
    return `${of}-${this.#ids}`;
  }

  get step(): Step {
    return step(this.state);
  }

  /** The slot row that is in force in a place. */
  slot(n: number): string {
    return this.state.places[n - 1]?.slot ?? 'none';
  }

  later(ms: number): this {
    this.now += ms;
    return this;
  }

  circumstances(who: Who, command: Command): Circumstances {
    const draws = command.kind === 'withdrawCall' || command.kind === 'slotVoid';
    const why = command.kind === 'slotVoid' ? 'void' : 'withdrawn';
    const drawn = command.kind === 'drawSample' ? slotsToDraw(this.state) : [];
    const redraw = draws && nextDraw(this.state, command.slot, why) !== null ? (this.calls.shift() ?? null) : null;
    return {
      actor: ACTORS[who],
      now: this.now,
      round: { state: this.roundState, criteria: DEFAULT_CRITERIA, reflectionDueAt: START + 14 * DAY_MS },
      drawn: drawn.map(({ slot }) => ({ slot, call: this.calls.shift() ?? null })),
      redraw,
      choice: command.kind === 'chooseCall' ? (this.calls.shift() ?? null) : null,
      draftRevs: 'revs',
      goalDraft: null,
      lineOfAgent: ['greta', 'karl'],
      ...this.known
    };
  }

  give(who: Who, command: Command): Refusal | null {
    const decision = decide(this.state, command, this.circumstances(who, command));
    const refusal = 'refusal' in decision ? decision.refusal : null;
    if ('facts' in decision) {
      this.facts.push(...decision.facts);
      this.state = decision.facts.reduce(evolve, this.state);
    } else this.refusals.push(decision.refusal);
    return refusal;
  }

  /** Gives a command that a timeline takes for granted. */
  did(who: Who, command: Command): this {
    const refusal = this.give(who, command);
    if (refusal !== null) throw new Error(`${who} could not ${command.kind}: ${refusal.code}`);
    return this;
  }

  handsInReading(who: Who, n: number, content = wholeReading()): Refusal | null {
    return this.give(who, {
      kind: 'handInReading',
      slot: this.slot(n),
      reading: this.id('reading'),
      revs: 'revs',
      content
    });
  }

  handsInReflection(who: Who = 'leila'): Refusal | null {
    const slot = this.state.places.find(({ call }) => call !== null)?.slot;
    const readings = slot === undefined ? [] : [{ slot, reading: this.id('reading'), content: ownReading }];
    return this.give(who, { kind: 'handInReflection', revs: 'revs', answers: [], readings });
  }

  read(n: number): this {
    const refusal = this.handsInReading('henrik', n);
    if (refusal !== null) throw new Error(refusal.code);
    return this;
  }

  reflected(): this {
    const refusal = this.handsInReflection();
    if (refusal !== null) throw new Error(refusal.code);
    return this;
  }

  kinds(): string[] {
    return this.facts.map(({ kind }) => kind);
  }
}

/** A participation that has come to a step by the shortest way. */
export function deskAt(where: Step, kinds: readonly SlotKind[] = ['random', 'proud']): Desk {
  const desk = new Desk(kinds);
  if (where === 'planned') return desk;
  desk.did('clock', { kind: 'drawSample' });
  if (where === 'reflecting') return desk;
  desk.reflected();
  if (where === 'reviewing') return desk;
  if (where === 'withdrawn') return desk.did('leila', { kind: 'endParticipation' });
  for (const { n } of desk.state.places) desk.read(n);
  if (where === 'ready-to-talk') return desk;
  desk.did('henrik', { kind: 'holdTalk' });
  if (where === 'talked') return desk;
  return desk.did('leila', { kind: 'acknowledge', snapshotHash: 'hash-1' });
}
