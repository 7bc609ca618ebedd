/**
 * What has happened to a participation. A fact is a row of `participation_event`: it holds ids and codes, never words,
 * levels or moments, because what it tells outlives the readings that are destroyed. The words are in rows that the
 * store writes in the same transaction, out of the command.
 *
 * No fact says why a call was withdrawn or a participation ended: there is no place to write it.
 */
import type { EntryId } from '../telephony/event.ts';
import type { Instant } from '../time.ts';
import type { CriterionId } from './rubric.ts';
import type { DecisionReference, PersonId, ReadingId, Side, SlotId, TextId } from './level.ts';

/** A call in a slot: which one, and how long the agent's own part of it is. Moments lie within 0 and `spanMs`. */
export interface SlotCall {
  entry: EntryId;
  spanMs: number;
}

/** The row that follows one that was withdrawn, voided or replaced, in the same place of the sample. */
export interface NextSlot {
  slot: SlotId;
  /** The call that was drawn for it; null when there was none left, or nothing was to be drawn. */
  call: SlotCall | null;
  /** Counts the draws of the place, from 0 for the first: part of the seed. */
  drawNo: number;
}

type Facts =
  // The calls.
  | { kind: 'SampleDrawn'; calls: readonly { slot: SlotId; call: SlotCall | null }[] }
  /** No place got a call: the agent is told, and the draw may be tried again, with the same seed. */
  | { kind: 'SampleFoundEmpty' }
  /** `next` is there when the place held a call already: the old row is closed, what was read in it destroyed. */
  | { kind: 'CallChosen'; slot: SlotId; next: SlotId | null; call: SlotCall }
  | { kind: 'CallWithdrawn'; slot: SlotId; next: NextSlot | null }
  /** The tie between person and telephone was wrong: the call was never this agent's. */
  | { kind: 'CallVoided'; slot: SlotId; next: NextSlot | null }
  | { kind: 'SoundGone'; slot: SlotId }
  // The two readings.
  | { kind: 'ReflectionHandedIn'; readings: readonly { slot: SlotId; reading: ReadingId }[] }
  | { kind: 'ReflectionTakenBack' }
  | { kind: 'ReflectionSkipped' }
  | { kind: 'ReadingHandedIn'; slot: SlotId; reading: ReadingId; author: PersonId }
  | { kind: 'ReadingTakenBack'; slot: SlotId; reading: ReadingId }
  | { kind: 'ReadingsRevealed' }
  /** That the private list of a slot was written to. Neither the point nor the answer: the list is to leave no trace. */
  | { kind: 'MustBeRightNoted'; slot: SlotId }
  // The talk.
  | { kind: 'TalkBooked'; talkAt: Instant }
  /** Replaces whatever goal there was: `version` counts the proposals, and agreeing names the one that was read. */
  | {
      kind: 'GoalProposed';
      version: number;
      by: Side;
      criterion: CriterionId;
      when: TextId;
      try: TextId;
      how: TextId | null;
    }
  | { kind: 'GoalAgreed'; version: number; by: Side }
  | { kind: 'TalkHeld' }
  | { kind: 'LastWordWritten'; n: number; text: TextId }
  // The record.
  | { kind: 'RecordAcknowledged'; version: number; snapshotHash: string }
  | { kind: 'CorrectionOpened'; version: number }
  /** The draft version is discarded, and what was acknowledged before it stands. */
  | { kind: 'CorrectionDropped'; version: number }
  /** Words replaced by decision of two administrators; `hash` is of the record as it is then. */
  | { kind: 'TextRedacted'; text: TextId; decision: DecisionReference; second: PersonId; hash: string }
  /** A call in an acknowledged record was never the agent's: what was read in it is gone, as the record's new version. */
  | { kind: 'RecordRedacted'; slot: SlotId; version: number }
  // Who takes part.
  /** The agent is told; it takes effect at `from`, or when they say that it is fine. */
  | { kind: 'CoachChangeAnnounced'; coach: PersonId; from: Instant }
  | { kind: 'CoachChanged'; coach: PersonId; was: PersonId }
  | { kind: 'ParticipationEnded' }
  /** Nobody acknowledged in time: ended as well, the texts are the agent's alone. */
  | { kind: 'ParticipationLapsed' }
  | { kind: 'ResumeAgreed' }
  | { kind: 'ParticipationResumed' }
  /** The agent keeps what was revealed, of an ended participation. */
  | { kind: 'TextsKept' }
  /** `coach`: what a coach read. `agent`: reflection and own readings. `both`: every word of the participation. */
  | { kind: 'TextsDestroyed'; whose: Side | 'both' };

/** `at` is the instant of the command; all facts of one command share it. Who acted is in the envelope, not here. */
export type Fact = Facts & { at: Instant };
export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;
