/**
 * How one coach tends to read beside the others: for that coach's own eyes, in words, counted when asked for and never
 * kept. With few readers the others could be told apart, and over few calls it would be luck.
 */
import { levelsOf, type ReadCall } from './coincidences.ts';

export type Drift = 'too-few' | 'as-the-others' | 'often-higher' | 'often-lower';

const READERS_LEAST = 4;
const CALLS_LEAST = 10;
/** Half a level on the average of the calls: less is what anybody differs from one day to the next. */
const NOTICEABLE = 0.5;

/** `reader`: which place in each call is one's own. */
export function drift(calls: readonly ReadCall[], reader: number): Drift {
  const differences = calls.flatMap((call) => {
    const own = call[reader];
    if (typeof own !== 'number' || levelsOf(call).length < READERS_LEAST) return [];
    return [own - median(levelsOf(call.filter((_, place) => place !== reader)))];
  });
  if (differences.length < CALLS_LEAST) return 'too-few';
  const usual = differences.reduce((sum, one) => sum + one, 0) / differences.length;
  if (Math.abs(usual) < NOTICEABLE) return 'as-the-others';
  return usual > 0 ? 'often-higher' : 'often-lower';
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}
