/** How long an entry waited, talked and was worked on after, from its instants. Never negative, whatever was told. */
import type { Entry } from './call.ts';
import type { Instant } from '../time.ts';

/** When the wait ended, however it ended, and never before it began; null while waiting. */
export function decidedAt(entry: Entry): Instant | null {
  if (entry.outcome === 'waiting') return null;
  const at = entry.outcome === 'answered' ? entry.answeredAt : entry.leftAt;
  return Math.max(at ?? entry.offeredAt, entry.offeredAt);
}

/**
 * How long the caller waited in ms; null while waiting. Never negative.
 *
 * A duration is taken between two instants of one quality: when only one of them is exact, both are read to the whole
 * second first, as the coarser clock would have. Leaving such waits out instead would flatter the answer times exactly
 * after a gap, when they were worst.
 */
export function waitMs(entry: Entry): number | null {
  const until = decidedAt(entry);
  if (until === null) return null;
  const isMixed = entry.answeredQuality !== null && entry.answeredQuality !== entry.offeredQuality;
  return isMixed ? Math.max(0, wholeSecond(until) - wholeSecond(entry.offeredAt)) : until - entry.offeredAt;
}

function wholeSecond(at: Instant): Instant {
  return Math.floor(at / 1000) * 1000;
}

/** Time with the caller on hold in ms, ended holds only. Never longer than the talk. */
export function heldMs(entry: Entry): number {
  return Math.min(entry.heldMs, connectedMs(entry));
}

/** Time in talk in ms, hold left out; 0 until the talk has ended. */
export function talkMs(entry: Entry): number {
  return connectedMs(entry) - heldMs(entry);
}

function connectedMs(entry: Entry): number {
  if (entry.answeredAt === null || entry.talkEndedAt === null) return 0;
  return Math.max(0, entry.talkEndedAt - entry.answeredAt);
}

/** When the work with the call was over: the end of the wrap-up, else of the talk; null until the talk has ended. */
export function wrapUpEndedAt(entry: Entry): Instant | null {
  if (entry.talkEndedAt === null) return null;
  return Math.max(entry.talkEndedAt, entry.wrapUpUntil ?? entry.talkEndedAt);
}

export function wrapUpMs(entry: Entry): number {
  const until = wrapUpEndedAt(entry);
  return until === null || entry.talkEndedAt === null ? 0 : until - entry.talkEndedAt;
}
