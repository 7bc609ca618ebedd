/**
 * What can be asked of a participation, and why it can be refused. A command carries the words; the facts that come of
 * it carry the ids under which the store keeps them. Every id is made outside and comes in with the command, so that
 * deciding once more after a clash gives the same.
 */
import type { Role } from '../access.ts';
import type { Instant } from '../time.ts';
import type { Fact, SlotCall } from './facts.ts';
import type {
  DecisionReference,
  MustBeRightAnswer,
  MustBeRightPoint,
  PersonId,
  ReadingId,
  SlotId,
  TextId
} from './level.ts';
import type { GoalWish, ReadingContent } from './reading.ts';
import type { CriterionId } from './rubric.ts';

/** Words on their way to `text_body`. */
export interface NewText {
  text: TextId;
  words: string;
}

/** An answer to one of the reflection's questions, by its path in the draft: `q/1`. */
export interface Answer extends NewText {
  path: string;
}

/** One slot of a reflection: the agent's own reading of a call. */
export interface OwnReading {
  slot: SlotId;
  reading: ReadingId;
  content: ReadingContent;
}

/** What somebody is writing, which nobody else sees. */
export type DraftOf =
  | { of: 'reflection' }
  /** The agent's or the coach's own, by who asks. */
  | { of: 'reading'; slot: SlotId }
  /** One per participation and author, shown on every call's form. */
  | { of: 'goal' }
  | { of: 'last-word' };

export type Command =
  // The calls.
  | { kind: 'drawSample' }
  /** `next` is the id of the row that the choice makes when the place holds a call already. */
  | { kind: 'chooseCall'; slot: SlotId; next: SlotId }
  /** `next` likewise, for what is drawn in its place. */
  | { kind: 'withdrawCall'; slot: SlotId; next: SlotId }
  | { kind: 'slotVoid'; slot: SlotId; next: SlotId }
  | { kind: 'soundGone'; slot: SlotId }
  /** The clock's: seven days after its sound was gone, a call that no coach has read. `next` as for a withdrawal. */
  | { kind: 'closeSilentCall'; slot: SlotId; next: SlotId }
  // Writing and handing in. `revs` is the hash of all fields' revisions as the one who hands in has seen them.
  | { kind: 'saveDraft'; draft: DraftOf }
  | { kind: 'handInReflection'; revs: string; answers: readonly Answer[]; readings: readonly OwnReading[] }
  | { kind: 'takeBackReflection' }
  | { kind: 'skipReflection' }
  | { kind: 'handInReading'; slot: SlotId; reading: ReadingId; revs: string; content: ReadingContent }
  | { kind: 'takeBackReading'; slot: SlotId }
  | {
      kind: 'answerMustBeRight';
      slot: SlotId;
      point: MustBeRightPoint;
      answer: MustBeRightAnswer;
      text: NewText | null;
    }
  // The talk. `replaces` is the version of the goal that the new one takes the place of; null when there is none.
  | { kind: 'bookTalk'; talkAt: Instant }
  | { kind: 'proposeGoal'; goal: GoalWish; replaces: number | null }
  | { kind: 'agreeGoal'; version: number }
  | { kind: 'holdTalk' }
  | { kind: 'writeLastWord'; text: NewText }
  // The record. `snapshotHash` is of what the agent was shown, made by the service.
  | { kind: 'acknowledge'; snapshotHash: string }
  | { kind: 'lapse' }
  | { kind: 'correct' }
  | { kind: 'redact'; text: TextId; decision: DecisionReference; second: PersonId; hash: string }
  // Who takes part.
  | { kind: 'changeCoach'; coach: PersonId }
  /** The agent's "that is fine", or the clock after 24 hours. */
  | { kind: 'completeCoachChange' }
  | { kind: 'endParticipation' }
  | { kind: 'agreeToResume' }
  | { kind: 'resume' }
  | { kind: 'keepTexts' }
  | { kind: 'deleteTexts' }
  /** 30 days after an end, unless the agent keeps them. */
  | { kind: 'purgeTexts' };
export type CommandKind = Command['kind'];
export type CommandOf<K extends CommandKind> = Extract<Command, { kind: K }>;

/** Who asks: a person with the roles they hold today, or the machine itself (the clock, a corrected tie, a lost file). */
export type Actor = { kind: 'person'; person: PersonId; roles: readonly Role[] } | { kind: 'system' };

/**
 * What must be known besides the participation, looked up by the service before it asks. `null` and an empty list mean
 * that nothing was found, and whatever depends on it is refused.
 */
export interface Circumstances {
  actor: Actor;
  now: Instant;
  round: RoundFrame;
  /** For `drawSample`: a call (or null) for each slot that `slotsToDraw` names. */
  drawn: readonly { slot: SlotId; call: SlotCall | null }[];
  /** For `withdrawCall` and `slotVoid`, when `nextDraw` says that one is to be drawn. */
  redraw: SlotCall | null;
  /** For `chooseCall`: the agent's own entry, when it may be chosen (in the window, allowed queue, 60 s, still there). */
  choice: SlotCall | null;
  /** For handing in: the hash of the draft's revisions as the server holds them. */
  draftRevs: string | null;
  /** The coach's goal draft of the whole participation, which the reveal turns into a proposal; null when empty. */
  goalDraft: GoalWish | null;
  /** For a change of coach: everybody above the agent, up to the top. `null` when it could not be told. */
  lineOfAgent: readonly PersonId[] | null;
}

/** What a participation needs to know of its round at the moment of a command. */
export interface RoundFrame {
  state: 'open' | 'closing' | 'closed';
  criteria: readonly CriterionId[];
  /** The reflection's date: seven days after it the coach may go on without. */
  reflectionDueAt: Instant;
}

/** The refusals that say all in their code. */
export type PlainRefusal =
  // Who: whoever has no right learns nothing, not even that the thing is there.
  | 'not-found'
  | 'not-yours'
  // Where in the round.
  | 'already-drawn'
  | 'no-calls'
  | 'reflection-in'
  | 'already-in'
  | 'not-in'
  | 'not-both-in'
  | 'revealed'
  | 'talk-held'
  | 'talk-not-held'
  | 'acknowledged'
  | 'not-acknowledged'
  | 'ended'
  | 'not-ended'
  /** The time for it has not come, or there is nothing to do. */
  | 'not-due'
  | 'round-not-open'
  /** The place is for a drawn call; the agent chooses in it only when no draw is left. */
  | 'drawn-slot'
  /** The call is in the participation already, or was and has been withdrawn. */
  | 'already-chosen'
  // What is handed in.
  | 'two-strengths'
  | 'stale-draft'
  /** Only the answer "let us talk in private" has a line of text. */
  | 'text-unasked'
  | 'no-text'
  // The goal and the talk.
  | 'second-goal'
  | 'goal-shape'
  | 'no-goal'
  | 'already-agreed'
  /** One proposes, the other agrees. */
  | 'own-proposal'
  | 'in-the-past'
  // Who takes part.
  | 'same-coach'
  | 'nothing-announced'
  /** The agent has not agreed. */
  | 'needs-agent'
  /** A decision is two administrators' to carry out. */
  | 'needs-two';

export type Refusal =
  | { code: PlainRefusal }
  /** A strength lacks its criterion, its own moment or its text (10 letters). `at` counts the strengths from 0. */
  | { code: 'strength-moment'; slot: SlotId; at: number }
  | { code: 'level-missing'; slot: SlotId; criterion: CriterionId }
  | { code: 'moment-missing'; slot: SlotId; criterion: CriterionId }
  | { code: 'moment-outside'; slot: SlotId }
  | { code: 'too-long'; most: number }
  /** `path` in the manner of a draft's fields: `strength/<id>/text`, `goal/when`, `q/<n>`; `text` for a single one. */
  | { code: 'identity-number'; path: string }
  /** Hard: nobody is coached by somebody in their own line of management. Names who. */
  | { code: 'own-manager'; person: PersonId };
export type RefusalCode = Refusal['code'];

/** No facts: what was asked for is so already, and nothing is to be written. */
export type Decision = { facts: readonly Fact[] } | { refusal: Refusal };
