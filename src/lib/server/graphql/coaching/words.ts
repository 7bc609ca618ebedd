import type { RefusalCode } from '../../../domain/coaching/commands.ts';
import type { LevelMark, MustBeRightAnswer, MustBeRightPoint } from '../../../domain/coaching/level.ts';
import { builder } from '../builder.ts';
import type { ParticipationView, ReadingView, SlotView } from './views.ts';

/** The scope of everything below a root: see builder.ts. */
export const insider = { insider: true } as const;

export const levelEnum = builder.enumType('Level', {
  description:
    'How far one has come in one criterion of one call, in words: PRACTISE, ON_THE_WAY, STRONG, EXEMPLARY. It is no number, so that nothing can be added up.',
  values: {
    PRACTISE: { value: 1 },
    ON_THE_WAY: { value: 2 },
    STRONG: { value: 3 },
    EXEMPLARY: { value: 4 },
    NOT_APPLICABLE: { value: 'not-applicable' }
  } satisfies Record<string, { value: LevelMark }>
});

export const stepEnum = builder.enumType('ParticipationStep', {
  description: 'Where a participation stands. WITHDRAWN: ended, by whom and why is stored nowhere.',
  values: {
    PLANNED: { value: 'planned' },
    REFLECTING: { value: 'reflecting' },
    REVIEWING: { value: 'reviewing' },
    READY_TO_TALK: { value: 'ready-to-talk' },
    TALKED: { value: 'talked' },
    ACKNOWLEDGED: { value: 'acknowledged' },
    WITHDRAWN: { value: 'withdrawn' }
  } satisfies Record<string, { value: ParticipationView['step'] }>
});

export const sideEnum = builder.enumType('CoachingSide', {
  description: 'Which of the two in a participation.',
  values: { AGENT: { value: 'agent' }, COACH: { value: 'coach' } }
});

export const slotKindEnum = builder.enumType('SlotKind', {
  description:
    'How a call comes into the round. RANDOM: drawn. PROUD: one the agent is proud of. TOPIC: on the practised topic. BESIDE: listened to side by side, without a recording.',
  values: {
    RANDOM: { value: 'random' },
    PROUD: { value: 'proud' },
    TOPIC: { value: 'topic' },
    BESIDE: { value: 'beside' }
  } satisfies Record<string, { value: SlotView['kind'] }>
});

export const slotStateEnum = builder.enumType('SlotState', {
  description: 'EMPTY: there is no call, or none yet. CHOSEN: there is one.',
  values: { EMPTY: { value: 'empty' }, CHOSEN: { value: 'chosen' } } satisfies Record<
    string,
    { value: SlotView['state'] }
  >
});

export const soundEnum = builder.enumType('SlotSound', {
  description:
    'READY: it can be heard. NONE: there is no recording, times count from the start. GONE: it is kept no longer.',
  values: {
    READY: { value: 'ready' },
    NONE: { value: 'none' },
    GONE: { value: 'gone' }
  } satisfies Record<string, { value: SlotView['sound'] }>
});

export const handedInEnum = builder.enumType('HandedIn', {
  description: 'DRAFT: being written, or not begun. IN: handed in. SKIPPED: the agent went on without one.',
  values: {
    DRAFT: { value: 'draft' },
    IN: { value: 'in' },
    SKIPPED: { value: 'skipped' }
  } satisfies Record<string, { value: ReadingView['state'] | ParticipationView['reflectionState'] }>
});

/** Of the participation, and what only the round or the house around it can refuse. */
export type CoachingRefusalCode =
  | RefusalCode
  | 'stale'
  | 'locked'
  | 'unknown-person'
  | 'too-few'
  | 'retroactive-window'
  | 'rubric-not-published'
  | 'no-coach'
  | 'overlap'
  | 'too-soon'
  | 'period'
  | 'calls-per-agent'
  | 'readings-begun'
  | 'role-conflict'
  | 'not-draft'
  | 'not-open'
  | 'not-closing'
  | 'closed'
  | 'not-negotiated';
const codes: Record<CoachingRefusalCode, true> = {
  'not-found': true,
  'not-yours': true,
  'already-drawn': true,
  'no-calls': true,
  'reflection-in': true,
  'already-in': true,
  'not-in': true,
  'not-both-in': true,
  revealed: true,
  'talk-held': true,
  'talk-not-held': true,
  acknowledged: true,
  'not-acknowledged': true,
  ended: true,
  'not-ended': true,
  'not-due': true,
  'round-not-open': true,
  'drawn-slot': true,
  'already-chosen': true,
  'two-strengths': true,
  'strength-moment': true,
  'level-missing': true,
  'moment-missing': true,
  'moment-outside': true,
  'too-long': true,
  'stale-draft': true,
  'identity-number': true,
  'second-goal': true,
  'goal-shape': true,
  'no-goal': true,
  'already-agreed': true,
  'own-proposal': true,
  'in-the-past': true,
  'no-text': true,
  'text-unasked': true,
  'own-manager': true,
  'same-coach': true,
  'nothing-announced': true,
  'needs-agent': true,
  'needs-two': true,
  stale: true,
  locked: true,
  'unknown-person': true,
  'too-few': true,
  'retroactive-window': true,
  'rubric-not-published': true,
  'no-coach': true,
  overlap: true,
  'too-soon': true,
  period: true,
  'calls-per-agent': true,
  'readings-begun': true,
  'role-conflict': true,
  'not-draft': true,
  'not-open': true,
  'not-closing': true,
  closed: true,
  'not-negotiated': true
};

const spelled = (code: string) => code.toUpperCase().replaceAll('-', '_');
export const refusalEnum = builder.enumType('CoachingRefusal', {
  description:
    'Why something in coaching was not done. LOCKED: somebody else has reset the password, and the content rests for a day. STALE: somebody was faster, load again. STALE_DRAFT: the text has changed since it was read. NOT_DUE: its time has not come. DRAWN_SLOT: the place is for a drawn call.',
  values: Object.fromEntries(Object.keys(codes).map((value) => [spelled(value), { value }])) as Record<
    string,
    { value: CoachingRefusalCode }
  >
});

export const answerEnum = builder.enumType('MustBeRightAnswer', {
  description: 'What was heard of a point that must be right. IN_PRIVATE: the two talk about it, the same day.',
  values: {
    WAS_RIGHT: { value: 'was-right' },
    NOT_APPLICABLE: { value: 'not-applicable' },
    IN_PRIVATE: { value: 'in-private' }
  } satisfies Record<string, { value: MustBeRightAnswer }>
});

export const pointEnum = builder.enumType('MustBeRightPoint', {
  description: 'What must be right for the caller’s sake, whoever answers.',
  values: {
    SECRECY: { value: 'secrecy' },
    IDENTITY: { value: 'identity' },
    FACTS: { value: 'facts' },
    PROMISES: { value: 'promises' }
  } satisfies Record<string, { value: MustBeRightPoint }>
});
