import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addHistogram,
  binBounds,
  binOf,
  countOf,
  countWithin,
  emptyHistogram,
  histogramOf,
  percentile,
  subtractHistogram
} from '../../../src/lib/domain/statistics/histogram.ts';

const durations = fc.array(fc.oneof(fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 0, max: 20_000_000 })), {
  maxLength: 60
});

describe('bins', () => {
  it.each([
    [0, 0],
    [-5, 0],
    [1, 1],
    [1000, 1],
    [1001, 2],
    [300_000, 300],
    [300_001, 301],
    [600_000, 330],
    [600_001, 331],
    [1_800_000, 370],
    [3_600_000, 400],
    [3_600_001, 401],
    [14_400_000, 436],
    [14_400_001, 437],
    [999_999_999, 437]
  ])('%i ms is in bin %i', (ms, bin) => expect(binOf(ms)).toBe(bin));

  it('touch each other from the first to the last', () => {
    for (let bin = 1; bin <= 437; bin++) {
      const { aboveMs, toMs } = binBounds(bin);
      expect(aboveMs).toBe(binBounds(bin - 1).toMs);
      expect([binOf(aboveMs), binOf(aboveMs + 1), binOf(toMs)]).toEqual([bin - 1, bin, bin]);
    }
  });
});

describe('merging', () => {
  it('is the histogram of all durations together, and JSON keeps it', () => {
    fc.assert(
      fc.property(durations, durations, (a, b) => {
        const merged = addHistogram(histogramOf(a), histogramOf(b));
        expect(merged).toEqual(histogramOf([...a, ...b]));
        expect(JSON.parse(JSON.stringify(merged))).toEqual(merged);
        expect(countOf(merged)).toBe(a.length + b.length);
        expect(subtractHistogram(merged, histogramOf(b))).toEqual(histogramOf(a));
      })
    );
  });

  it('taking everything away leaves nothing', () => {
    const waits = histogramOf([0, 4000, 4000, 700_000]);
    expect(subtractHistogram(waits, waits)).toEqual(emptyHistogram);
    expect(waits).toEqual([0, 1, 4, 2, 334, 1]);
  });
});

describe('percentiles', () => {
  it('of nothing is null', () => expect(percentile(emptyHistogram, 0.5)).toBeNull());

  it('interpolates by rank inside the bin', () => {
    expect(percentile(histogramOf([1500, 1600, 1700, 1800]), 0.5)).toBe(1500);
    expect(percentile(histogramOf([1500, 1600, 1700, 1800]), 1)).toBe(2000);
    expect(percentile(histogramOf([0, 0, 0]), 0.9)).toBe(0);
  });

  it('is within one bin of what sorting says, and never falls as the share grows', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0.01, max: 1, noNaN: true }), (waits, p) => {
        fc.pre(waits.length > 0);
        const found = percentile(histogramOf(waits), p)!;
        const sorted = waits.toSorted((a, b) => a - b);
        const truth = sorted[Math.ceil(p * sorted.length) - 1]!;
        const { aboveMs, toMs } = binBounds(binOf(truth));
        expect(found).toBeGreaterThanOrEqual(aboveMs);
        expect(found).toBeLessThanOrEqual(toMs);
        expect(percentile(histogramOf(waits), p * 0.9)!).toBeLessThanOrEqual(found);
      })
    );
  });
});

it('counts within bounds as counting one by one does', () => {
  const steps = [0, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, Infinity];
  fc.assert(
    fc.property(durations, (waits) => {
      for (const [n, from] of steps.slice(0, -1).entries()) {
        const to = steps[n + 1]!;
        const counted = waits.filter((wait) => (wait > from || (from === 0 && wait === 0)) && wait <= to).length;
        expect(countWithin(histogramOf(waits), from, to)).toBe(counted);
      }
    })
  );
});
