/**
 * What one viewer may see of a participation, already cut to them: what is hidden from them is null or missing here, so
 * that no resolver below has a secret in its hands. `server/coaching/` makes these, with the row rules in SQL and the
 * access table; the types of the schema only tell them.
 */
import type { LevelMark, MustBeRightAnswer, MustBeRightPoint, Side, SlotKind } from '../../../domain/coaching/level.ts';
import type { Step } from '../../../domain/coaching/participation.ts';
import type { Instant } from '../../../domain/time.ts';

/** A person as a name, and the id by which they are chosen. */
export interface Colleague {
  id: string;
  name: string;
}

export interface StrengthView {
  id: string;
  criterion: string;
  momentMs: number;
  text: string;
}
export interface LevelView {
  criterion: string;
  level: LevelMark;
  momentMs: number | null;
}
/** What one of the two heard in one call. */
export interface ReadingView {
  id: string;
  by: Side;
  state: 'draft' | 'in';
  rubricVersion: string;
  strengths: StrengthView[];
  levels: LevelView[];
}
export interface SlotView {
  id: string;
  kind: SlotKind;
  state: 'empty' | 'chosen';
  queue: string | null;
  startedAt: Instant | null;
  lengthMs: number;
  sound: 'ready' | 'none' | 'gone';
  /** How long after the answer the recording begins; null when it is not known or there is none. */
  soundBeginsMs: number | null;
  /** The draft that the viewer writes on; null when there is nothing to write now. */
  draftId: string | null;
  agentReading: ReadingView | null;
  coachReading: ReadingView | null;
  /** Whether the viewer's own is in. */
  ownState: 'draft' | 'in';
  /** Of a `beside` call: since when the coach listens; null when it is not running. */
  besideSince: Instant | null;
}
export interface ReflectionAnswer {
  question: number;
  text: string;
}
export interface GoalView {
  /** Counts the proposals: agreeing names the one that was read. */
  version: number;
  criterion: string;
  when: string;
  try: string;
  how: string | null;
  state: 'proposed' | 'agreed';
  proposedBy: Side;
}
export interface TalkView {
  bookedAt: Instant | null;
  heldAt: Instant | null;
}
export interface LastWordView {
  text: string;
  writtenAt: Instant;
}
/** A version of the record. Those before the latest stay readable to both. */
export interface RecordView {
  version: number;
  acknowledgedAt: Instant | null;
  open: boolean;
  strengths: (StrengthView & { slot: string; by: Side })[];
  goal: GoalView | null;
}
export interface MustBeRightView {
  slot: string;
  point: MustBeRightPoint;
  answer: MustBeRightAnswer;
  text: string | null;
  expiresAt: Instant;
}
export interface ListeningView {
  who: Colleague;
  purpose: 'coaching' | 'calibration' | 'restore-test';
  slot: string;
  at: Instant;
}
export interface PracticeEntryView {
  id: string;
  text: string;
  writtenAt: Instant;
  shared: boolean;
}
export interface HelpView {
  id: string;
  text: string;
  to: 'leader' | 'method-lead';
  released: boolean;
}
export interface CallChoiceView {
  id: string;
  queue: string;
  startedAt: Instant;
  lengthMs: number;
  recorded: boolean;
}
export interface RoundFrameView {
  id: string;
  name: string;
  startsAt: Instant;
  endsAt: Instant;
  state: 'draft' | 'open' | 'closing' | 'closed';
  rubricVersion: string;
}
export interface ParticipationView {
  id: string;
  side: Side;
  round: RoundFrameView;
  agent: Colleague;
  coach: Colleague;
  step: Step;
  waitsFor: 'agent' | 'coach' | 'both' | 'time' | 'nobody';
  window: { from: Instant; to: Instant } | null;
  reflectionUntil: Instant | null;
  readingUntil: Instant | null;
  talkUntil: Instant | null;
  acknowledgeUntil: Instant | null;
  revealed: boolean;
  recording: boolean;
  reflectionState: 'draft' | 'in' | 'skipped';
  readingsIn: boolean;
  reflection: ReflectionAnswer[] | null;
  reflectionDraftId: string | null;
  goalDraftId: string | null;
  slots: SlotView[];
  goal: GoalView | null;
  /** What was agreed last time; the words only. */
  lastGoal: { when: string; try: string } | null;
  talk: TalkView;
  lastWords: LastWordView[];
  lastWordDraftId: string | null;
  records: RecordView[];
  correctionAsked: boolean;
  mustBeRight: MustBeRightView[];
  listening: ListeningView[];
  practice: PracticeEntryView[];
  help: HelpView[];
  /** Another coach takes over then, or when the agent says ok. */
  coachChange: { to: Colleague; takesEffectAt: Instant } | null;
  wishesAnotherCoach: boolean;
  resumeAsked: boolean;
  /** Until when the agent may keep what the coach wrote; null when there is nothing to decide. */
  keepUntil: Instant | null;
  sharedWithCoach: boolean;
  /** Rounds before this one that the agent shares with the coach of this one. */
  sharedEarlier: { id: string; roundName: string }[];
  lockedUntil: Instant | null;
}
