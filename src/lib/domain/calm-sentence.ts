/**
 * One sentence at a time for those who answer, the gravest first. Never a number, and each only when it is true; the
 * words themselves are messages.
 */
import type { Pressure } from './pressure.ts';
import type { OwnStateKind } from './strip.ts';

export type CalmSentence =
  'no-contact' | 'on-a-break' | 'day-is-done' | 'nobody-waits' | 'going-down' | 'many' | 'in-hand';

export interface Calm {
  /** Whether what we know of the queues is the present. */
  seen: boolean;
  own: OwnStateKind;
  dayIsDone: boolean;
  /** Of each of one's own queues. */
  pressures: readonly Pressure[];
  /** In one's own queues together. */
  waiting: number;
  /** The most that waited there within the last five minutes; null when we have looked on for less than one. */
  waitedBefore: number | null;
}

/** Shorter by two callers and by a third: less is the ordinary coming and going. */
const SHORTER_BY = 2;
const SHORTER_SHARE = 2 / 3;

export function calmSentence({ seen, own, dayIsDone, pressures, waiting, waitedBefore }: Calm): CalmSentence {
  if (!seen) return 'no-contact';
  if (own === 'paused') return 'on-a-break';
  if (dayIsDone) return 'day-is-done';
  if (waiting === 0) return 'nobody-waits';
  const isShorter =
    waitedBefore !== null && waitedBefore - waiting >= SHORTER_BY && waiting <= waitedBefore * SHORTER_SHARE;
  if (isShorter) return 'going-down';
  return pressures.includes('strained') ? 'many' : 'in-hand';
}
