/**
 * How much of a figure is the luck of which calls happened to be read: the same figure over many draws of as many calls,
 * with all their readings, from the ones there are (the unit bootstrap). What comes out holds for these readers only.
 */

/** From where to where the middle 95 % of the draws lie. */
export interface Interval {
  from: number;
  to: number;
}

/** How many draws; more would move the ends by less than they are shown with. */
export const DRAWS = 2_000;
/** When more of the draws than this give no figure at all, the interval would be a guess. */
const DROPPED_MOST = 0.05;

/** A stream of numbers from 0 up to but not 1. */
export type Randomness = () => number;

/** The same seed gives the same stream, so that whoever looks again sees the same interval. FNV-1a, then mulberry32. */
export function randomnessOf(seed: string): Randomness {
  let state = 0x811c9dc5;
  for (const letter of seed) state = Math.imul(state ^ letter.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As many calls as there are, each drawn from all of them, so that some come twice and some not at all. */
export const redrawn = <Call>(calls: readonly Call[], random: Randomness): Call[] =>
  calls.map(() => calls[Math.floor(random() * calls.length)]!);

/**
 * The value below which the share `q` of sorted values lies, with a straight line between neighbours: position
 * (n − 1)·q (Hyndman and Fan's type 7).
 */
export function quantile(sorted: readonly number[], q: number): number {
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return low + (high - low) * (place - below);
}

/** The middle 95 % of what draws gave; `null` when more than one draw in twenty gave nothing. */
export function intervalOf(figures: readonly (number | null)[]): Interval | null {
  const there = figures.filter((figure) => figure !== null).sort((one, other) => one - other);
  if (there.length === 0 || figures.length - there.length > figures.length * DROPPED_MOST) return null;
  return { from: quantile(there, 0.025), to: quantile(there, 0.975) };
}
