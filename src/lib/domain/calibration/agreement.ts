/**
 * How alike several coaches read the same calls, for one criterion. Every figure says something about the words of the
 * rubric and the practice of reading together; none says anything about a coach or about the agent whose call it was.
 */
import { coincidences, shareOfPairs, type Coincidences, type ReadCall } from './coincidences.ts';

/** How far apart two levels are: squared, as alpha uses it. */
export type Metric = 'nominal' | 'ordinal' | 'interval';

type Distance = (c: number, k: number, pairs: Coincidences) => number;
const distances: Record<Metric, Distance> = {
  nominal: (c, k) => (c === k ? 0 : 1),
  interval: (c, k) => (c - k) ** 2,
  // Levels are steps of unknown height: two are as far apart as there are readings between them.
  ordinal(c, k, pairs) {
    const [low, high] = c < k ? [c, k] : [k, c];
    const between = pairs.levels.filter((level) => low <= level && level <= high);
    return (between.reduce((sum, level) => sum + pairs.of(level), 0) - (pairs.of(c) + pairs.of(k)) / 2) ** 2;
  }
};

/**
 * Krippendorff's alpha: 1 when all read alike, 0 when they read as if by chance, below 0 when they read less alike than
 * that. `null` when every reading is the same level, or there is no pair: then chance alone would give the same, and
 * agreement cannot be told from habit. Never 1 for that.
 */
export function alpha(calls: readonly ReadCall[], metric: Metric = 'ordinal'): number | null {
  return alphaOf(coincidences(calls), metric);
}

export function alphaOf(pairs: Coincidences, metric: Metric = 'ordinal'): number | null {
  const { levels, n } = pairs;
  const distance = (c: number, k: number) => distances[metric](c, k, pairs);
  let expected = 0;
  for (const c of levels) for (const k of levels) expected += pairs.of(c) * pairs.of(k) * distance(c, k);
  expected /= n * (n - 1);
  if (!(expected > 0)) return null;
  return 1 - shareOfPairs(pairs, distance) / expected;
}

/** The share of pairs of readings of the same call that chose the same level, 0 to 1; `null` without a pair. */
export const exactAgreement = (pairs: Coincidences): number | null =>
  pairs.n === 0 ? null : shareOfPairs(pairs, (c, k) => (c === k ? 1 : 0));

/** The same for at most one step apart. On four levels it is nearly always close to 1: show the exact one first. */
export const adjacentAgreement = (pairs: Coincidences): number | null =>
  pairs.n === 0 ? null : shareOfPairs(pairs, (c, k) => (Math.abs(c - k) <= 1 ? 1 : 0));

/** The two level texts that a boundary stands between. */
export interface BoundarySplit {
  below: number;
  above: number;
  /** The chance that two readers of a call fall on different sides of it, 0 to 1. */
  share: number;
}

/** For each step of the rubric, how often two readers of a call end on different sides. They add to the mean distance. */
export function boundarySplits(pairs: Coincidences, levels: readonly number[] = [1, 2, 3, 4]): BoundarySplit[] {
  return levels.slice(1).map((above, i) => ({
    below: levels[i]!,
    above,
    share: pairs.n === 0 ? 0 : shareOfPairs(pairs, (c, k) => (c < above !== k < above ? 1 : 0))
  }));
}

/**
 * The share of pairs of readers of the same call of whom one says not applicable and the other a level, 0 to 1; `null`
 * without a pair. Alpha does not see it: to alpha both are missing.
 */
export function notApplicableSplit(calls: readonly ReadCall[]): number | null {
  let pairs = 0;
  let split = 0;
  for (const call of calls) {
    const read = call.filter((reading) => reading !== null);
    const without = read.filter((reading) => reading === 'not-applicable').length;
    pairs += (read.length * (read.length - 1)) / 2;
    split += without * (read.length - without);
  }
  return pairs === 0 ? null : split / pairs;
}

/** Under so many calls that both have read, a kappa is a coincidence. */
export const CALLS_FOR_KAPPA = 10;

/**
 * Cohen's kappa of two readers with quadratic weights, for these two alone: 1 − observed ÷ expected disagreement, from
 * their own margins over the calls that both gave a level. `null` under ten such calls, and when both used one level only.
 */
export function weightedKappa(pairs: readonly (readonly [number, number])[], levels = 4): number | null {
  const n = pairs.length;
  if (n < CALLS_FOR_KAPPA) return null;
  const weight = (i: number, j: number) => ((i - j) / (levels - 1)) ** 2;
  let observed = 0;
  let expected = 0;
  for (const [mine] of pairs) for (const [, theirs] of pairs) expected += weight(mine, theirs);
  for (const [mine, theirs] of pairs) observed += weight(mine, theirs);
  return expected === 0 ? null : 1 - observed / n / (expected / n ** 2);
}
