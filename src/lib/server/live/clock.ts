import type { Instant } from '../../domain/time.ts';

/** Time as the process can read it; injected, so that tests run an hour in a millisecond. */
export interface TimeSource {
  /** The wall clock, which an operator or NTP may move either way. */
  wallMs(): number;
  /** A clock that only ever goes forward, at its own origin. */
  monotonicMs(): number;
}

const SLEW_PER_MS = 1 / 60; // at most one second a minute

/**
 * The server's clock: anchored to the wall clock once, carried by the monotonic clock, and drawn towards the wall
 * clock by at most one second a minute. It never goes back, so no duration of a call can become negative because
 * somebody corrected the time of day.
 */
export function createClock(
  time: TimeSource = { wallMs: () => Date.now(), monotonicMs: () => performance.now() }
): () => Instant {
  let anchorMonotonic = time.monotonicMs();
  let current = time.wallMs();
  return () => {
    const monotonic = time.monotonicMs();
    const passed = Math.max(0, monotonic - anchorMonotonic);
    anchorMonotonic = monotonic;
    current += passed;
    const behind = time.wallMs() - current;
    // Drawing back never takes more than the time that has passed: the clock may stand still for a moment, not reverse.
    const most = passed * SLEW_PER_MS;
    current += Math.max(-most, Math.min(most, behind));
    return Math.round(current);
  };
}
