import type { BlindInterval } from '../telephony/floor.ts';
import type { Instant } from '../time.ts';

/**
 * How many ms of [from, to) passed while any of these sources was without proof. Times that overlap count once; one
 * that goes on (`to` null) lasts until the period's end.
 */
export function blindMsWithin(intervals: Iterable<BlindInterval>, from: Instant, to: Instant): number {
  const within = [...intervals]
    .map((interval) => ({ from: Math.max(interval.from, from), to: Math.min(interval.to ?? to, to) }))
    .filter((interval) => interval.to > interval.from)
    .sort((a, b) => a.from - b.from);
  let blindMs = 0;
  let counted = from;
  for (const interval of within) {
    blindMs += Math.max(0, interval.to - Math.max(interval.from, counted));
    counted = Math.max(counted, interval.to);
  }
  return blindMs;
}
