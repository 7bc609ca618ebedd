/**
 * One agent in one round, as the fold of what has happened. The step is worked out and never stored, so it cannot
 * disagree with what it is worked out from.
 */
import type { EntryId } from '../telephony/event.ts';
import type { Instant } from '../time.ts';
import type { SlotCall } from './facts.ts';
import type { ParticipationId, PersonId, ReadingId, RoundId, Side, SlotId, SlotKind, TextId } from './level.ts';
import type { CriterionId } from './rubric.ts';

export const STEPS = [
  'planned',
  'reflecting',
  'reviewing',
  'ready-to-talk',
  'talked',
  'acknowledged',
  'withdrawn'
] as const;
export type Step = (typeof STEPS)[number];

/** A place of the sample with the row that is in force in it; the rows before it are history and hold nothing here. */
export interface Place {
  /** Counts from 1, and never changes. */
  n: number;
  kind: SlotKind;
  slot: SlotId;
  /** null: empty. */
  call: SlotCall | null;
  /** Whether the call came by draw or by the agent's choice; null when empty. */
  by: 'draw' | 'agent' | null;
  /** Counts the draws, part of the seed: grows by a withdrawal or a voided call, and by nothing else. */
  drawNo: number;
  /** How many of the two redraws the agent's own withdrawals have used. */
  redraws: number;
  /** A draw found no call: only the agent's own choice can fill the place now. */
  exhausted: boolean;
  /** Since when there is nothing to listen to; null while there is, or never was. */
  soundGoneAt: Instant | null;
  /** The agent's reading, while it is handed in. */
  agentReading: ReadingId | null;
  /** The coach's reading, while it is handed in, with who wrote it: a former coach's stays theirs. */
  coachReading: { reading: ReadingId; author: PersonId } | null;
}

export interface Goal {
  version: number;
  criterion: CriterionId;
  when: TextId;
  try: TextId;
  how: TextId | null;
  proposedBy: Side;
  agreed: boolean;
}

export interface Participation {
  id: ParticipationId;
  round: RoundId;
  agent: PersonId;
  coach: PersonId;
  /** `beside`: recording is off, and calls are listened to side by side. */
  sound: 'recorded' | 'beside';
  /** How many facts it is the fold of: the last `seq`, and so the lock. */
  seq: number;
  /** `empty`: tried, and no place got a call. */
  sample: 'not-drawn' | 'empty' | 'drawn';
  places: readonly Place[];
  /** Calls that were withdrawn, replaced or voided: none of them ever comes back. */
  goneCalls: readonly EntryId[];
  reflection: 'draft' | 'in' | 'skipped';
  /** Once true, true for ever. */
  revealed: boolean;
  /** One at most, by construction. */
  goal: Goal | null;
  talkAt: Instant | null;
  heldAt: Instant | null;
  lastWords: number;
  /** The version that the agent has acknowledged last; 0 when none. */
  acknowledged: number;
  /**
   * An open correction: its version, since when, and the goal of what was acknowledged, which stands again if it is
   * dropped. What was acknowledged stays readable beside it.
   */
  correction: { version: number; openedAt: Instant; goal: Goal | null } | null;
  coachToBe: { coach: PersonId; from: Instant } | null;
  end: Ending | null;
  /** When it was resumed last: the thirty days of a talk that was held before count from then. */
  resumedAt: Instant | null;
}

/** How it ended, never why. */
export interface Ending {
  how: 'ended' | 'lapsed';
  at: Instant;
  /** The agent keeps what was revealed to them; or everything is gone. */
  texts: 'until-purge' | 'kept' | 'destroyed';
  agreedToResume: boolean;
}

/** A participation as it begins, when the round opens: its places have ids and no calls. */
export interface ParticipationFrame {
  id: ParticipationId;
  round: RoundId;
  agent: PersonId;
  coach: PersonId;
  sound: 'recorded' | 'beside';
  places: readonly { slot: SlotId; n: number; kind: SlotKind }[];
}

export function initial({ places, ...frame }: ParticipationFrame): Participation {
  return {
    ...frame,
    seq: 0,
    sample: 'not-drawn',
    places: places.map((place) => ({
      ...place,
      call: null,
      by: null,
      drawNo: 0,
      redraws: 0,
      exhausted: false,
      soundGoneAt: null,
      agentReading: null,
      coachReading: null
    })),
    goneCalls: [],
    reflection: 'draft',
    revealed: false,
    goal: null,
    talkAt: null,
    heldAt: null,
    lastWords: 0,
    acknowledged: 0,
    correction: null,
    coachToBe: null,
    end: null,
    resumedAt: null
  };
}

export function step(state: Participation): Step {
  if (state.end !== null) return 'withdrawn';
  if (isAcknowledged(state)) return 'acknowledged';
  if (state.heldAt !== null) return 'talked';
  if (state.revealed) return 'ready-to-talk';
  if (state.reflection !== 'draft') return 'reviewing';
  if (state.sample === 'drawn') return 'reflecting';
  return 'planned';
}

/** Acknowledged, and no correction open. */
export function isAcknowledged({ acknowledged, correction }: Participation): boolean {
  return acknowledged > 0 && correction === null;
}

/** The version that is being worked on, or the one that stands. */
export function recordVersion({ acknowledged, correction }: Participation): number {
  return correction?.version ?? Math.max(1, acknowledged);
}
