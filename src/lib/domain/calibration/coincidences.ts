/**
 * How often two readers of the same call chose the same level, or two given ones: the table that every figure of
 * agreement is read from (Krippendorff, Content Analysis, 2019, chapter 12).
 */

/** What one reader said of one criterion in one call. `null`: did not read it, which is not the same as not applicable. */
export type Reading = number | 'not-applicable' | null;
/** One call: one reading per reader, always in the same order of readers. */
export type ReadCall = readonly Reading[];

/**
 * `at(c, k)` is how many pairs of readings of the same call say c and k, each call weighing as many as it has readings:
 * a call with m levels adds 1/(m − 1) for every ordered pair. Calls with fewer than two levels are not counted at all.
 */
export interface Coincidences {
  /** The levels that were used, rising. */
  levels: readonly number[];
  at(c: number, k: number): number;
  /** How many readings of level c count. */
  of(c: number): number;
  /** How many readings count. */
  n: number;
  /** How many calls count. */
  calls: number;
}

export const levelsOf = (call: ReadCall): number[] => call.filter((reading) => typeof reading === 'number');

export function coincidences(calls: readonly ReadCall[]): Coincidences {
  const table = new Map<number, Map<number, number>>();
  const margins = new Map<number, number>();
  let counted = 0;
  for (const call of calls) {
    const levels = levelsOf(call);
    if (levels.length < 2) continue;
    counted++;
    levels.forEach((c, i) => {
      const row = table.get(c) ?? new Map<number, number>();
      table.set(c, row);
      levels.forEach((k, j) => {
        if (i !== j) row.set(k, (row.get(k) ?? 0) + 1 / (levels.length - 1));
      });
      margins.set(c, (margins.get(c) ?? 0) + 1);
    });
  }
  return {
    levels: [...margins.keys()].sort((one, other) => one - other),
    at: (c, k) => table.get(c)?.get(k) ?? 0,
    of: (c) => margins.get(c) ?? 0,
    n: [...margins.values()].reduce((sum, count) => sum + count, 0),
    calls: counted
  };
}

/** The sum of `weight(c, k)` over all pairs of readings of the same call, as a share of all of them. */
export function shareOfPairs(pairs: Coincidences, weight: (c: number, k: number) => number): number {
  let sum = 0;
  for (const c of pairs.levels) for (const k of pairs.levels) sum += pairs.at(c, k) * weight(c, k);
  return sum / pairs.n;
}
