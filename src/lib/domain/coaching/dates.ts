/** The days of a participation, worked out from its window and its round, so that nobody can give one person other days. */
import type { Instant, Period } from '../time.ts';
import { LAPSE_MS } from './decide-talk.ts';
import { DAY_MS } from './deciding.ts';

export interface DueDates {
  reflection: Instant;
  reading: Instant;
  talk: Instant;
}
/** At the most: a round can be long, and what waits for months is forgotten. */
const REFLECTION_MS_MOST = 14 * DAY_MS;
const READING_MS_MOST = 28 * DAY_MS;

/** A third of what is left of the round after the window for each of the two, and its end for the talk. */
export function dueDates(window: Period, round: Period): DueDates {
  const leftMs = Math.max(0, round.endsAt - window.endsAt);
  return {
    reflection: window.endsAt + Math.min(REFLECTION_MS_MOST, Math.floor(leftMs / 3)),
    reading: window.endsAt + Math.min(READING_MS_MOST, Math.floor((2 * leftMs) / 3)),
    talk: Math.max(round.endsAt, window.endsAt)
  };
}

/** Until when a talk that was held waits for its acknowledgement. */
export function acknowledgeUntil(
  held: Instant,
  correctionOpenedAt: Instant | null,
  resumedAt: Instant | null
): Instant {
  return Math.max(held, correctionOpenedAt ?? 0, resumedAt ?? 0) + LAPSE_MS;
}
