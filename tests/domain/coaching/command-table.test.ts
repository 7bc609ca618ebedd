import { describe, expect, it } from 'vitest';
import type { Command, CommandKind } from '../../../src/lib/domain/coaching/commands.ts';
import { DAY_MS } from '../../../src/lib/domain/coaching/deciding.ts';
import { STEPS, type Step } from '../../../src/lib/domain/coaching/participation.ts';
import type { Desk } from '../../support/coaching.ts';
import { ACTORS, deskAt, goalWish, ownReading, wholeReading, type Who } from '../../support/coaching.ts';

/**
 * Every command at every step, as the design's own table: `=` done and the step stays, `→` done and where to, `!` refused
 * and why. Leila is the agent, Henrik the coach. What a cell says on a condition is told in participation.test.ts.
 */
const TABLE = `
command             | who              | planned          | reflecting       | reviewing        | ready-to-talk    | talked           | acknowledged      | withdrawn
drawSample          | clock            | → reflecting     | !already-drawn   | !already-drawn   | !revealed        | !revealed        | !acknowledged     | !ended
chooseCall          | leila            | =                | =                | !reflection-in   | !revealed        | !revealed        | !acknowledged     | !ended
withdrawCall        | leila            | =                | =                | =                | =                | =                | !acknowledged     | =
slotVoid            | clock            | =                | =                | =                | =                | =                | =                 | =
soundGone           | clock            | =                | =                | =                | =                | =                | =                 | =
soundGone           | administrator    | =                | =                | =                | =                | =                | =                 | =
closeSilentCall     | clock            | =                | =                | =                | !revealed        | !revealed        | !acknowledged     | !ended
saveDraft           | leila            | =                | =                | !reflection-in   | !revealed        | !revealed        | !acknowledged     | !ended
saveDraft           | henrik           | =                | =                | =                | !revealed        | !revealed        | !acknowledged     | !ended
handInReflection    | leila            | !no-calls        | → reviewing      | !already-in      | !revealed        | !revealed        | !acknowledged     | !ended
takeBackReflection  | leila            | !not-in          | !not-in          | → reflecting     | !revealed        | !revealed        | !acknowledged     | !ended
skipReflection      | leila            | !no-calls        | → reviewing      | !already-in      | !revealed        | !revealed        | !acknowledged     | !ended
skipReflection      | henrik           | !no-calls        | → reviewing      | !already-in      | !revealed        | !revealed        | !acknowledged     | !ended
handInReading       | henrik           | !no-calls        | =                | =                | !already-in      | !revealed        | !acknowledged     | !ended
takeBackReading     | henrik           | !not-in          | =                | =                | !revealed        | !revealed        | !acknowledged     | !ended
answerMustBeRight   | henrik           | !no-calls        | =                | =                | =                | =                | !acknowledged     | !ended
bookTalk            | leila            | =                | =                | =                | =                | !talk-held       | !acknowledged     | !ended
bookTalk            | henrik           | =                | =                | =                | =                | !talk-held       | !acknowledged     | !ended
proposeGoal         | leila            | !not-both-in     | !not-both-in     | !not-both-in     | =                | =                | !acknowledged     | !ended
proposeGoal         | henrik           | !not-both-in     | !not-both-in     | !not-both-in     | =                | =                | !acknowledged     | !ended
agreeGoal           | leila            | !not-both-in     | !not-both-in     | !not-both-in     | =                | =                | !acknowledged     | !ended
agreeGoal           | henrik           | !not-both-in     | !not-both-in     | !not-both-in     | =                | =                | !acknowledged     | !ended
holdTalk            | leila            | !not-both-in     | !not-both-in     | !not-both-in     | → talked         | !talk-held       | !acknowledged     | !ended
holdTalk            | henrik           | !not-both-in     | !not-both-in     | !not-both-in     | → talked         | !talk-held       | !acknowledged     | !ended
writeLastWord       | leila            | !not-both-in     | !not-both-in     | !not-both-in     | =                | =                | =                 | !ended
acknowledge         | leila            | !talk-not-held   | !talk-not-held   | !talk-not-held   | !talk-not-held   | → acknowledged   | !acknowledged     | !ended
lapse               | clock            | !not-due         | !not-due         | !not-due         | !not-due         | → withdrawn      | !not-due          | !not-due
correct             | henrik           | !not-acknowledged| !not-acknowledged| !not-acknowledged| !not-acknowledged| !not-acknowledged| → talked          | !ended
redact              | administrator    | =                | =                | =                | =                | =                | =                 | =
changeCoach         | methodLead       | =                | =                | =                | =                | =                | !acknowledged     | !ended
completeCoachChange | leila            | =                | =                | =                | =                | =                | !acknowledged     | !ended
completeCoachChange | clock            | =                | =                | =                | =                | =                | !acknowledged     | !ended
endParticipation    | leila            | → withdrawn      | → withdrawn      | → withdrawn      | → withdrawn      | → withdrawn      | !acknowledged     | !ended
endParticipation    | methodLead       | → withdrawn      | → withdrawn      | → withdrawn      | → withdrawn      | → withdrawn      | !acknowledged     | !ended
endParticipation    | clock            | → withdrawn      | → withdrawn      | → withdrawn      | → withdrawn      | → withdrawn      | !acknowledged     | !ended
agreeToResume       | leila            | !not-ended       | !not-ended       | !not-ended       | !not-ended       | !not-ended       | !acknowledged     | =
resume              | methodLead       | !not-ended       | !not-ended       | !not-ended       | !not-ended       | !not-ended       | !acknowledged     | → reviewing
keepTexts           | leila            | !not-ended       | !not-ended       | !not-ended       | !not-ended       | !not-ended       | !acknowledged     | !not-both-in
deleteTexts         | leila            | !not-ended       | !not-ended       | !not-ended       | !not-ended       | !not-ended       | !acknowledged     | =
purgeTexts          | clock            | !not-due         | !not-due         | !not-due         | !not-due         | !not-due         | !not-due          | =
`;

const [header, ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));
const columns = header!.slice(2);

interface Way {
  command: (desk: Desk) => Command;
  /** What must be so before the command makes sense; refused where the step has no use for it. */
  before?: (desk: Desk, who: Who) => void;
}

const choosing = (desk: Desk): void => {
  if (desk.step === 'planned') desk.did('leila', { kind: 'chooseCall', slot: desk.slot(2), next: desk.id('slot') });
};
const ofCall =
  (kind: 'chooseCall' | 'withdrawCall' | 'slotVoid' | 'closeSilentCall') =>
  (desk: Desk): Command => ({ kind, slot: desk.slot(2), next: desk.id('slot') });
const announced = (desk: Desk): void => {
  desk.give('methodLead', { kind: 'changeCoach', coach: 'fatima' });
  desk.later(DAY_MS);
};

const WAYS: { [K in CommandKind]: Way } = {
  drawSample: { command: () => ({ kind: 'drawSample' }) },
  chooseCall: { command: ofCall('chooseCall') },
  withdrawCall: { before: choosing, command: ofCall('withdrawCall') },
  slotVoid: { before: choosing, command: ofCall('slotVoid') },
  soundGone: { before: choosing, command: (desk) => ({ kind: 'soundGone', slot: desk.slot(2) }) },
  closeSilentCall: {
    before: (desk) => {
      choosing(desk);
      desk.did('clock', { kind: 'soundGone', slot: desk.slot(2) }).later(7 * DAY_MS);
    },
    command: ofCall('closeSilentCall')
  },
  saveDraft: {
    before: choosing,
    command: (desk) => ({ kind: 'saveDraft', draft: { of: 'reading', slot: desk.slot(2) } })
  },
  handInReflection: {
    command: (desk) => ({
      kind: 'handInReflection',
      revs: 'revs',
      answers: [{ path: 'q/1', text: 'text-1', words: 'En dotter ringde om sin mamma.' }],
      readings: [{ slot: desk.slot(1), reading: desk.id('reading'), content: ownReading }]
    })
  },
  takeBackReflection: { command: () => ({ kind: 'takeBackReflection' }) },
  skipReflection: {
    before: (desk) => void desk.later(21 * DAY_MS),
    command: () => ({ kind: 'skipReflection' })
  },
  handInReading: {
    command: (desk) => ({
      kind: 'handInReading',
      slot: desk.slot(1),
      reading: desk.id('reading'),
      revs: 'revs',
      content: wholeReading()
    })
  },
  takeBackReading: {
    before: (desk) => void desk.handsInReading('henrik', 1),
    command: (desk) => ({ kind: 'takeBackReading', slot: desk.slot(1) })
  },
  answerMustBeRight: {
    command: (desk) => ({
      kind: 'answerMustBeRight',
      slot: desk.slot(1),
      point: 'secrecy',
      answer: 'was-right',
      text: null
    })
  },
  bookTalk: { command: (desk) => ({ kind: 'bookTalk', talkAt: desk.now + DAY_MS }) },
  proposeGoal: { command: () => ({ kind: 'proposeGoal', goal: goalWish(), replaces: null }) },
  agreeGoal: {
    before: (desk, who) =>
      void desk.give(who === 'leila' ? 'henrik' : 'leila', { kind: 'proposeGoal', goal: goalWish(), replaces: null }),
    command: () => ({ kind: 'agreeGoal', version: 1 })
  },
  holdTalk: { command: () => ({ kind: 'holdTalk' }) },
  writeLastWord: {
    command: (desk) => ({ kind: 'writeLastWord', text: { text: desk.id('text'), words: 'Det tar jag med mig.' } })
  },
  acknowledge: { command: () => ({ kind: 'acknowledge', snapshotHash: 'hash' }) },
  lapse: { before: (desk) => void desk.later(30 * DAY_MS), command: () => ({ kind: 'lapse' }) },
  correct: { command: () => ({ kind: 'correct' }) },
  redact: { command: () => ({ kind: 'redact', text: 't', decision: 'dnr 12', second: 'anders', hash: 'hash-2' }) },
  changeCoach: { command: () => ({ kind: 'changeCoach', coach: 'fatima' }) },
  completeCoachChange: { before: announced, command: () => ({ kind: 'completeCoachChange' }) },
  endParticipation: { command: () => ({ kind: 'endParticipation' }) },
  agreeToResume: { command: () => ({ kind: 'agreeToResume' }) },
  resume: {
    before: (desk) => void desk.give('leila', { kind: 'agreeToResume' }),
    command: () => ({ kind: 'resume' })
  },
  keepTexts: { command: () => ({ kind: 'keepTexts' }) },
  deleteTexts: { command: () => ({ kind: 'deleteTexts' }) },
  purgeTexts: { before: (desk) => void desk.later(30 * DAY_MS), command: () => ({ kind: 'purgeTexts' }) }
};
const KINDS = Object.keys(WAYS) as CommandKind[];

/** What the cell of the table says that happened. */
function told(kind: CommandKind, who: Who, where: Step): string {
  const desk = deskAt(where);
  WAYS[kind].before?.(desk, who);
  expect(desk.step).toBe(where);
  const refusal = desk.give(who, WAYS[kind].command(desk));
  if (refusal !== null) return `!${refusal.code}`;
  return desk.step === where ? '=' : `→ ${desk.step}`;
}

describe('the table of commands', () => {
  it('has a row for every command and a column for every step', () => {
    expect(new Set(rows.map(([kind]) => kind))).toEqual(new Set(KINDS));
    expect(columns).toEqual(STEPS);
    for (const row of rows) expect(row).toHaveLength(2 + STEPS.length);
  });

  describe.each(rows)('%s by %s', (kind, who, ...cells) => {
    it.each(STEPS.map((where, at) => [where, cells[at]!] as const))('when %s: %s', (where, cell) => {
      expect(told(kind as CommandKind, who as Who, where)).toBe(cell);
    });
  });

  describe.each(KINDS)('%s', (kind) => {
    const theirs = rows.filter(([row]) => row === kind).map(([, who]) => who as Who);
    const others = (Object.keys(ACTORS) as Who[]).filter((who) => !theirs.includes(who));

    it('is not there for anybody else, at any step', () => {
      for (const who of others) {
        // The one exception that the table makes: a coach is told whose the last word is.
        const answer = kind === 'writeLastWord' && who === 'henrik' ? '!not-yours' : '!not-found';
        for (const where of STEPS) expect([who, where, told(kind, who, where)]).toEqual([who, where, answer]);
      }
    });
  });
});
