import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command, CommandKind } from '../../../src/lib/domain/coaching/commands.ts';
import { DAY_MS } from '../../../src/lib/domain/coaching/deciding.ts';
import { evolve } from '../../../src/lib/domain/coaching/evolve.ts';
import { step, STEPS, type Participation } from '../../../src/lib/domain/coaching/participation.ts';
import { coachReadingRefusal, type ReadingContent } from '../../../src/lib/domain/coaching/reading.ts';
import { DEFAULT_CRITERIA } from '../../../src/lib/domain/coaching/rubric.ts';
import {
  ACTORS,
  allLevels,
  Desk,
  goalWish,
  ownReading,
  SPAN_MS,
  START,
  strength,
  wholeReading
} from '../../support/coaching.ts';
import type { Who } from '../../support/coaching.ts';

/** One thing that somebody tries, right or wrong; `n` is a place, `variant` what is in it. */
interface Try {
  who: Who;
  kind: CommandKind;
  n: number;
  variant: number;
  daysLater: number;
}
const WHOS = Object.keys(ACTORS) as Who[];
/** Who a command is for, so that most tries are of something: chance alone would seldom come past the talk. */
const MEANT_FOR: Record<CommandKind, readonly Who[]> = {
  drawSample: ['clock'],
  chooseCall: ['leila'],
  withdrawCall: ['leila'],
  slotVoid: ['clock'],
  soundGone: ['clock'],
  closeSilentCall: ['clock'],
  saveDraft: ['leila', 'henrik'],
  handInReflection: ['leila'],
  takeBackReflection: ['leila'],
  skipReflection: ['leila', 'henrik'],
  handInReading: ['henrik', 'fatima'],
  takeBackReading: ['henrik'],
  answerMustBeRight: ['henrik'],
  bookTalk: ['leila', 'henrik'],
  proposeGoal: ['leila', 'henrik'],
  agreeGoal: ['leila', 'henrik'],
  holdTalk: ['leila', 'henrik'],
  writeLastWord: ['leila'],
  acknowledge: ['leila'],
  lapse: ['clock'],
  correct: ['henrik', 'fatima'],
  redact: ['administrator'],
  changeCoach: ['methodLead'],
  completeCoachChange: ['leila', 'clock'],
  endParticipation: ['leila', 'methodLead'],
  agreeToResume: ['leila'],
  resume: ['methodLead'],
  keepTexts: ['leila'],
  deleteTexts: ['leila'],
  purgeTexts: ['clock']
};
const KINDS = Object.keys(MEANT_FOR) as CommandKind[];
/** The way forward comes more often than the ways out. */
const kinds = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<CommandKind>('drawSample', 'handInReflection', 'holdTalk', 'acknowledge') },
  { weight: 3, arbitrary: fc.constantFrom<CommandKind>('handInReading') },
  { weight: 4, arbitrary: fc.constantFrom(...KINDS) }
);
const anyone = fc.record({ who: fc.constantFrom(...WHOS), kind: kinds });
const meant = kinds.chain((kind) => fc.record({ who: fc.constantFrom(...MEANT_FOR[kind]), kind: fc.constant(kind) }));
const tries = fc.array(
  fc
    .tuple(fc.oneof({ weight: 9, arbitrary: meant }, { weight: 1, arbitrary: anyone }), fc.nat(1), fc.nat(7), fc.nat(9))
    .map(([act, n, variant, days]): Try => ({ ...act, n: n + 1, variant, daysLater: days > 7 ? days * 2 : 0 })),
  { minLength: 10, maxLength: 60 }
);

const CONTENTS: readonly ReadingContent[] = [
  wholeReading(),
  wholeReading({ levels: allLevels('not-applicable') }),
  wholeReading({ strengths: [strength(1)] }),
  wholeReading({ strengths: [strength(1), strength(2, { momentMs: null })] }),
  wholeReading({ strengths: [strength(1), strength(2, { momentMs: SPAN_MS + 1 })] }),
  wholeReading({ levels: {} }),
  wholeReading({ levels: allLevels(1) }),
  wholeReading({ strengths: [strength(1), strength(1)] })
];

function commandOf({ kind, n, variant }: Try, desk: Desk): Command {
  const slot = desk.slot(n);
  const text = { text: desk.id('text'), words: 'Hemliga ord' };
  switch (kind) {
    case 'chooseCall':
    case 'withdrawCall':
    case 'slotVoid':
    case 'closeSilentCall':
      return { kind, slot, next: desk.id('slot') };
    case 'soundGone':
    case 'takeBackReading':
      return { kind, slot };
    case 'saveDraft':
      return { kind, draft: variant > 3 ? { of: 'goal' } : { of: 'reading', slot } };
    case 'handInReflection':
      return {
        kind,
        revs: 'revs',
        answers: [],
        readings: [{ slot, reading: desk.id('reading'), content: ownReading }]
      };
    case 'handInReading':
      return {
        kind,
        slot,
        reading: desk.id('reading'),
        revs: 'revs',
        content: CONTENTS[variant % (variant > 5 ? 8 : 2)]!
      };
    case 'answerMustBeRight':
      return { kind, slot, point: 'facts', answer: 'in-private', text };
    case 'bookTalk':
      return { kind, talkAt: desk.now + variant * DAY_MS };
    case 'proposeGoal':
      return { kind, goal: goalWish(), replaces: variant > 3 ? (desk.state.goal?.version ?? null) : null };
    case 'agreeGoal':
      return { kind, version: desk.state.goal?.version ?? 1 };
    case 'writeLastWord':
      return { kind, text };
    case 'acknowledge':
      return { kind, snapshotHash: `hash-${variant}` };
    case 'redact':
      return { kind, text: text.text, decision: 'dnr 12', second: 'anders', hash: 'hash' };
    case 'changeCoach':
      return { kind, coach: ['fatima', 'henrik', 'karl', 'leila'][variant % 4]! };
    default:
      return { kind };
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

interface Told {
  desk: Desk;
  command: Command;
  before: Participation;
  accepted: boolean;
}
/** Runs a stream of tries, and shows every one of them to the law. fast-check prints the seed of what breaks it. */
function law(holds: (told: Told) => void, settings: { numRuns?: number; seed?: number } = {}): void {
  fc.assert(
    fc.property(tries, fc.integer({ min: 0, max: 6 }), (stream, calls) => {
      const desk = new Desk(['random', 'proud'], 'recorded', calls);
      frozen(desk.state);
      for (const one of stream) {
        desk.later(one.daysLater * DAY_MS);
        if (one.variant === 3) desk.known = { goalDraft: goalWish() };
        const before = desk.state;
        const command = commandOf(one, desk);
        const accepted = desk.give(one.who, frozen(command)) === null;
        frozen(desk.state);
        holds({ desk, command, before, accepted });
      }
    }),
    { numRuns: 300, verbose: 1, ...settings }
  );
}

describe('whatever anybody tries, in whatever order', () => {
  it('every step is reached, or the laws below would say little', () => {
    const seen = new Set<string>();
    // One seed: whether chance comes that far is no law, but it does with this one.
    law(({ desk }) => void seen.add(desk.step), { numRuns: 1000, seed: 1 });
    expect(seen).toEqual(new Set(STEPS));
  });

  it('the step only goes forward, but for what takes something back', () => {
    const back: CommandKind[] = ['takeBackReflection', 'resume', 'correct'];
    law(({ desk, command, before }) => {
      if (STEPS.indexOf(desk.step) < STEPS.indexOf(step(before))) expect(back).toContain(command.kind);
    });
  });

  it('what was revealed stays so, and is a fact once', () => {
    law(({ desk, before }) => {
      if (before.revealed) expect(desk.state.revealed).toBe(true);
      const reveals = desk.facts.filter(({ kind }) => kind === 'ReadingsRevealed').length;
      expect(reveals).toBe(desk.state.revealed ? 1 : 0);
    });
  });

  it('both readings are opened at once when the last is in, never before', () => {
    law(({ desk: { state } }) => {
      const waiting = state.places.some(({ call, coachReading }) => call !== null && coachReading === null);
      const due = state.sample === 'drawn' && state.reflection !== 'draft' && !waiting && state.end === null;
      if (due) expect(state.revealed).toBe(true);
    });
  });

  it('every reading that is in keeps the rules it was handed in by, for ever', () => {
    const contents = new Map<string, ReadingContent>();
    law(({ desk, command }) => {
      if (command.kind === 'handInReading') contents.set(command.reading, command.content);
      for (const { slot, call, coachReading } of desk.state.places) {
        if (coachReading === null) continue;
        const content = contents.get(coachReading.reading)!;
        const rules = { slot, criteria: DEFAULT_CRITERIA, spanMs: call!.spanMs, now: desk.now };
        expect(coachReadingRefusal(content, rules)).toBeNull();
      }
    });
  });

  it('the facts, folded again or in two halves, give the same state; a refusal gives none', () => {
    law(({ desk, before, accepted }) => {
      if (!accepted) expect(desk.state).toBe(before);
      expect(desk.state.seq).toBe(desk.facts.length);
    });
    fc.assert(
      fc.property(tries, fc.nat(60), (stream, cut) => {
        const desk = new Desk();
        const begun = desk.state;
        for (const one of stream) desk.give(one.who, commandOf(one, desk));
        const half = frozen(desk.facts.slice(0, cut).reduce(evolve, begun));
        expect(desk.facts.slice(cut).reduce(evolve, half)).toEqual(desk.state);
      })
    );
  });

  it('no state is forbidden', () => {
    law(({ desk: { state } }) => {
      const held = state.places.flatMap(({ call }) => (call ? [call.entry] : []));
      expect(new Set([...held, ...state.goneCalls]).size).toBe(held.length + state.goneCalls.length);
      for (const { call, by, redraws, agentReading, coachReading } of state.places) {
        expect(redraws).toBeLessThanOrEqual(2);
        if (call === null) expect([by, agentReading, coachReading]).toEqual([null, null, null]);
      }
      expect(['leila', 'karl', 'greta']).not.toContain(state.coach);
      if (!state.revealed)
        expect([state.goal, state.heldAt, state.lastWords, state.acknowledged]).toEqual([null, null, 0, 0]);
      if (state.acknowledged > 0) expect([state.heldAt === null, state.end]).toEqual([false, null]);
      if (state.correction !== null) expect(state.correction.version).toBe(state.acknowledged + 1);
    });
  });

  it('there is one goal at most, and nobody agrees to their own', () => {
    law(({ desk, command, before, accepted }) => {
      if (command.kind !== 'agreeGoal' || !accepted) return;
      const fact = desk.facts.at(-1);
      expect(fact).toMatchObject({ kind: 'GoalAgreed', version: before.goal?.version });
      expect(fact).not.toMatchObject({ by: before.goal?.proposedBy });
    });
  });

  it('what was acknowledged stays so: a correction that is open, dropped or lapsed takes nothing back', () => {
    law(({ desk, before }) => {
      expect(desk.state.acknowledged).toBeGreaterThanOrEqual(before.acknowledged);
      if (before.acknowledged > 0) expect(['acknowledged', 'talked']).toContain(desk.step);
    });
  });

  it('no fact holds a word that somebody wrote, nor a level, nor a moment', () => {
    law(({ desk }) => {
      expect(JSON.stringify(desk.facts.slice(-3))).not.toMatch(/Hemliga|sekund|andetag|momentMs|"mark"|"levels?"/);
    });
  });
});

describe('blind both ways', () => {
  it('what a coach heard changes nothing that can be seen before the reveal', () => {
    const handedIn = (content: ReadingContent): unknown => {
      const desk = new Desk().did('clock', { kind: 'drawSample' });
      expect(desk.handsInReading('henrik', 1, content)).toBeNull();
      return [desk.state, desk.facts];
    };
    expect(handedIn(CONTENTS[1]!)).toEqual(handedIn(CONTENTS[0]!));
  });
});

describe('two who work at the same time', () => {
  /** What each does without waiting for the other. Every id is settled beforehand, as their browsers would. */
  const coach = (desk: Desk): Command[] => [
    { kind: 'handInReading', slot: desk.slot(1), reading: 'r-1', revs: 'revs', content: wholeReading() },
    { kind: 'answerMustBeRight', slot: desk.slot(2), point: 'facts', answer: 'was-right', text: null },
    { kind: 'handInReading', slot: desk.slot(2), reading: 'r-2', revs: 'revs', content: wholeReading() },
    { kind: 'takeBackReading', slot: desk.slot(3) },
    { kind: 'handInReading', slot: desk.slot(3), reading: 'r-3', revs: 'revs', content: wholeReading() }
  ];
  const agent = (desk: Desk, fits: number): Command[] => [
    { kind: 'saveDraft', draft: { of: 'reflection' } },
    ...(fits > 0 ? [{ kind: 'bookTalk' as const, talkAt: START + fits * DAY_MS }] : []),
    {
      kind: 'handInReflection',
      revs: 'revs',
      answers: [],
      readings: [{ slot: desk.slot(1), reading: 'own', content: ownReading }]
    }
  ];

  it('come to the same state in every order', () => {
    const orders = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(orders, orders, fc.nat(3), (one, other, fits) => {
        const inOrder = (turns: boolean[]): Participation => {
          const desk = new Desk(['random', 'random', 'proud']).did('clock', { kind: 'drawSample' });
          const theirs = coach(desk);
          const own = agent(desk, fits);
          const next = (who: Who, commands: Command[]): void => {
            const command = commands.shift();
            if (command !== undefined) desk.give(who, command);
          };
          for (const turn of turns) next(turn ? 'leila' : 'henrik', turn ? own : theirs);
          for (const command of own) desk.give('leila', command);
          for (const command of theirs) desk.give('henrik', command);
          return desk.state;
        };
        const state = inOrder(one);
        expect(state.revealed).toBe(true);
        expect(inOrder(other)).toEqual(state);
      }),
      { verbose: 1 }
    );
  });
});
