/**
 * How many waits, or other durations, fell into each bin. Sums of histograms are exact, so a day's or a centre's
 * percentiles come from merged counts and never from averaged percentiles.
 *
 * Bin 0 holds no time at all; bin k holds (k − 1 s, k s] up to 300 s; then (10 s) steps to ten minutes, half minutes to
 * half an hour, minutes to an hour, five minutes to four hours, and one last bin that is closed at a day.
 *
 * The form is flat and sparse, `[bin, count, bin, count, …]` with growing bins and no zero counts, so that it is its own
 * compact JSON. A count may be negative in a difference that is to be added to a whole.
 */
export type Histogram = readonly number[];

export const emptyHistogram: Histogram = [];

/** Steps beyond 300 s: from where, how wide, and the number of the first bin. */
const COARSE = [
  { aboveMs: 300_000, stepMs: 10_000, firstBin: 301 },
  { aboveMs: 600_000, stepMs: 30_000, firstBin: 331 },
  { aboveMs: 1_800_000, stepMs: 60_000, firstBin: 371 },
  { aboveMs: 3_600_000, stepMs: 300_000, firstBin: 401 }
] as const;
const LAST_BIN = 437;
const LAST_BIN_ABOVE_MS = 14_400_000;
const DAY_MS = 86_400_000;

/** The bin of a duration in ms; a negative one counts as none. */
export function binOf(ms: number): number {
  if (ms <= 0) return 0;
  if (ms <= 300_000) return Math.ceil(ms / 1000);
  if (ms > LAST_BIN_ABOVE_MS) return LAST_BIN;
  let step: (typeof COARSE)[number] = COARSE[0];
  for (const coarser of COARSE) if (ms > coarser.aboveMs) step = coarser;
  return step.firstBin + Math.ceil((ms - step.aboveMs) / step.stepMs) - 1;
}

/** What a bin holds: (aboveMs, toMs]. */
export function binBounds(bin: number): { aboveMs: number; toMs: number } {
  if (bin <= 0) return { aboveMs: 0, toMs: 0 };
  if (bin <= 300) return { aboveMs: (bin - 1) * 1000, toMs: bin * 1000 };
  if (bin >= LAST_BIN) return { aboveMs: LAST_BIN_ABOVE_MS, toMs: DAY_MS };
  let step: (typeof COARSE)[number] = COARSE[0];
  for (const coarser of COARSE) if (bin >= coarser.firstBin) step = coarser;
  const aboveMs = step.aboveMs + (bin - step.firstBin) * step.stepMs;
  return { aboveMs, toMs: aboveMs + step.stepMs };
}

export function histogramOf(durationsMs: readonly number[]): Histogram {
  if (durationsMs.length === 0) return emptyHistogram;
  const bins = durationsMs.map(binOf).sort((a, b) => a - b);
  const flat: number[] = [];
  for (const bin of bins) {
    if (flat.length > 0 && flat[flat.length - 2] === bin) flat[flat.length - 1]! += 1;
    else flat.push(bin, 1);
  }
  return flat;
}

export function addHistogram(a: Histogram, b: Histogram): Histogram {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const sum: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const binA = i < a.length ? a[i]! : Infinity;
    const binB = j < b.length ? b[j]! : Infinity;
    const bin = Math.min(binA, binB);
    let count = 0;
    if (binA === bin) {
      count += a[i + 1]!;
      i += 2;
    }
    if (binB === bin) {
      count += b[j + 1]!;
      j += 2;
    }
    if (count !== 0) sum.push(bin, count);
  }
  return sum;
}

export function negateHistogram(histogram: Histogram): Histogram {
  return histogram.map((value, index) => (index % 2 === 0 ? value : 0 - value));
}

export function subtractHistogram(from: Histogram, what: Histogram): Histogram {
  return addHistogram(from, negateHistogram(what));
}

export function countOf(histogram: Histogram): number {
  let count = 0;
  for (let i = 1; i < histogram.length; i += 2) count += histogram[i]!;
  return count;
}

/** How many lasted more than `aboveMs` and at most `toMs`; exact when both are bounds of bins. From 0, none at all is included. */
export function countWithin(histogram: Histogram, aboveMs: number, toMs: number): number {
  let count = 0;
  for (let i = 0; i < histogram.length; i += 2) {
    const bounds = binBounds(histogram[i]!);
    if (bounds.toMs <= toMs && (bounds.toMs > aboveMs || (aboveMs === 0 && bounds.toMs === 0)))
      count += histogram[i + 1]!;
  }
  return count;
}

/**
 * The duration in whole ms that the share `p` (0 to 1) did not exceed, or `null` when nothing was counted.
 *
 * The rank p·n is found among the bins and interpolated inside its bin, as if its durations lay evenly: the answer is
 * never further from the sorted truth than the width of one bin.
 */
export function percentile(histogram: Histogram, p: number): number | null {
  const count = countOf(histogram);
  if (count <= 0) return null;
  const rank = Math.min(Math.max(p, 0), 1) * count;
  let before = 0;
  for (let i = 0; i < histogram.length; i += 2) {
    const inBin = histogram[i + 1]!;
    if (before + inBin >= rank) {
      const { aboveMs, toMs } = binBounds(histogram[i]!);
      return Math.round(aboveMs + ((rank - before) / inBin) * (toMs - aboveMs));
    }
    before += inBin;
  }
  return binBounds(histogram[histogram.length - 2]!).toMs;
}
