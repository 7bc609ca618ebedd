/**
 * The word that a wall shows for a queue: the pressure, once it has lasted. A queue that wavers around a threshold would
 * otherwise change its word each second, and a word that flickers is no longer read.
 */
import type { Thresholds } from './board.ts';
import { pressure, pressureBeforeEased, type Pressed, type Pressure } from './pressure.ts';
import type { Instant } from './time.ts';

export interface SteadyPressure {
  shown: Pressure;
  /** When it was last looked at. */
  at: Instant;
  /** Since when it has been worse than shown, and how bad at the least; null while it is not. */
  worse: Lasting | null;
  /** Since when it has been better than shown, and how good at the most. */
  better: Lasting | null;
}
interface Lasting {
  since: Instant;
  pressure: Pressure;
}

/** Whoever has not looked for longer than this cannot say what lasted. */
export const LOOKED_AWAY_MS = 5_000;
const RANK: Readonly<Record<Pressure, number>> = { closed: 0, calm: 1, busy: 2, strained: 3, unknown: 4 };
/** The words that are measured by thresholds. The others are facts, and shown at once. */
const isMeasured = (pressure: Pressure): boolean =>
  pressure === 'busy' || pressure === 'strained' || pressure === 'calm';

/**
 * One more look at a queue. What is seen the first time, or after looking away, is shown at once: a screen that has just
 * begun must not hide anything because it is new. Worse is shown when it has been at least that bad for `worseAfterMs`;
 * better when it has been clearly better, by `easedBy`, for `betterAfterMs`.
 */
export function evolvePressure(
  before: SteadyPressure | null,
  queue: Pressed,
  now: Instant,
  thresholds: Thresholds
): SteadyPressure {
  const plain = pressure(queue, now, thresholds);
  const atOnce: SteadyPressure = { shown: plain, at: now, worse: null, better: null };
  if (before === null || now - before.at > LOOKED_AWAY_MS || now < before.at) return atOnce;
  if (!isMeasured(plain) || !isMeasured(before.shown)) return atOnce;

  const worse = lasting(before.worse, plain, RANK[plain] > RANK[before.shown], now, Math.min);
  if (worse && now - worse.since >= thresholds.worseAfterMs) return shownFrom(worse.pressure, plain, plain, now);

  const eased = pressureBeforeEased(queue, now, thresholds);
  const better = lasting(before.better, eased, RANK[eased] < RANK[before.shown], now, Math.max);
  if (better && now - better.since >= thresholds.betterAfterMs) return shownFrom(better.pressure, plain, eased, now);
  return { shown: before.shown, at: now, worse, better };
}

/** Goes on, or begins, while it holds; and keeps the mildest (or the gravest) of what was seen meanwhile. */
function lasting(
  before: Lasting | null,
  seen: Pressure,
  holds: boolean,
  now: Instant,
  choose: (a: number, b: number) => number
): Lasting | null {
  if (!holds) return null;
  if (before === null) return { since: now, pressure: seen };
  const kept = choose(RANK[before.pressure], RANK[seen]) === RANK[before.pressure] ? before.pressure : seen;
  return { since: before.since, pressure: kept };
}

/** From a new word on, what is worse or better still begins its own time. */
function shownFrom(shown: Pressure, plain: Pressure, eased: Pressure, now: Instant): SteadyPressure {
  return {
    shown,
    at: now,
    worse: RANK[plain] > RANK[shown] ? { since: now, pressure: plain } : null,
    better: RANK[eased] < RANK[shown] ? { since: now, pressure: eased } : null
  };
}
