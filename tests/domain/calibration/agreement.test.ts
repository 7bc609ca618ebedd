import { describe, expect, test } from 'vitest';
import {
  adjacentAgreement,
  alpha,
  boundarySplits,
  exactAgreement,
  notApplicableSplit,
  weightedKappa,
  type Metric
} from '../../../src/lib/domain/calibration/agreement.ts';
import { coincidences, levelsOf, type ReadCall } from '../../../src/lib/domain/calibration/coincidences.ts';
import { intervalOf, quantile } from '../../../src/lib/domain/calibration/resampling.ts';

/** Rows are readers, `.` was not read; turned so that a row is a call. */
function byCall(...readers: string[]): ReadCall[] {
  const rows = readers.map((row) => row.split(' ').map((mark) => (mark === '.' ? null : Number(mark))));
  return rows[0]!.map((_, call) => rows.map((row) => row[call]!));
}
const V1 = byCall(
  '1 2 3 3 2 1 4 1 2 . . .',
  '1 2 3 3 2 2 4 1 2 5 . 3',
  '. 3 3 3 2 3 4 2 2 5 1 .',
  '1 2 3 3 2 4 4 1 2 5 1 .'
);
const V2 = byCall(
  '3 3 2 4 3 1 . 3 2 4 3 2',
  '3 2 2 4 3 2 . 3 3 4 . 2',
  '3 3 1 3 3 1 3 4 2 4 3 .',
  '4 3 2 4 . 1 . 3 2 3 3 2'
);
const V3 = byCall('3 3 3 3 3 3 3 3 3 2', '3 3 3 3 3 3 3 3 2 3', '3 3 3 3 3 3 3 3 3 3');
const V4 = byCall('3 3 3 3', '3 3 3 3', '3 3 3 3');
const V5 = byCall('1 2 3 4 1 2 3 4 1 2 3 4', '1 2 3 4 1 2 3 4 1 2 3 4', '1 2 3 4 1 2 3 4 1 2 3 4');
const V6 = byCall('1 2 2 3 3 3 4 4 2 3 1 4', '1 2 3 3 3 4 4 3 2 2 2 4');
const V7: ReadCall[] = [
  [1, 2, null],
  [2, 2, null],
  [3, null, null],
  [null, null, 4],
  [4, 4, 3],
  [null, null, null],
  [1, 1, 1],
  [3, null, 4]
];

/**
 * The second way to the same figure, without a table of coincidences: every ordered pair of readings by itself, and for
 * the ordinal metric the distance of mid-ranks over all readings that count.
 */
function alphaPairByPair(calls: readonly ReadCall[], metric: Metric): number | null {
  const counted = calls.map(levelsOf).filter((levels) => levels.length >= 2);
  const all = counted.flat();
  const midRank = (level: number) =>
    all.filter((other) => other < level).length + (all.filter((other) => other === level).length + 1) / 2;
  const place = (level: number) => (metric === 'ordinal' ? midRank(level) : level);
  const distance = (a: number, b: number) => (metric === 'nominal' ? Number(a !== b) : (place(a) - place(b)) ** 2);
  let observed = 0;
  for (const levels of counted)
    for (let i = 0; i < levels.length; i++)
      for (let j = 0; j < levels.length; j++)
        if (i !== j) observed += distance(levels[i]!, levels[j]!) / (levels.length - 1);
  let expected = 0;
  for (const a of all) for (const b of all) expected += distance(a, b);
  return expected === 0 ? null : 1 - ((all.length - 1) * observed) / expected;
}

describe('Krippendorff’s alpha', () => {
  const vectors: [string, ReadCall[], Partial<Record<Metric, number>>][] = [
    ['V1, five levels and four readers', V1, { nominal: 0.743421, ordinal: 0.815388, interval: 0.849107 }],
    ['V2, four coaches', V2, { nominal: 0.446367, ordinal: 0.768655, interval: 0.756469 }],
    ['V3, nearly all is one level', V3, { nominal: -0.035714, ordinal: -0.035714, interval: -0.035714 }],
    ['V5, all alike over all levels', V5, { nominal: 1, ordinal: 1, interval: 1 }],
    ['V6, two readers', V6, { nominal: 0.449761, ordinal: 0.787188, interval: 0.791289 }],
    ['V7, much was not read', V7, { nominal: 0.377358, ordinal: 0.830056, interval: 0.835 }]
  ];
  test.each(vectors)('%s, by two ways and to six decimals', (_, calls, wanted) => {
    for (const metric of ['nominal', 'ordinal', 'interval'] as const) {
      const ours = alpha(calls, metric)!;
      expect(ours).toBeCloseTo(alphaPairByPair(calls, metric)!, 10);
      if (wanted[metric] !== undefined) expect(ours).toBeCloseTo(wanted[metric], 6);
    }
  });

  test('V4, everybody always said the same level: there is no figure, and never 1', () => {
    expect(alpha(V4)).toBe(null);
    expect(alphaPairByPair(V4, 'ordinal')).toBe(null);
  });

  test('nothing that two have read: there is no figure', () => {
    expect(alpha([])).toBe(null);
    expect(
      alpha([
        [1, null],
        ['not-applicable', 2]
      ])
    ).toBe(null);
  });
});

describe('agreement in plain counts', () => {
  test('calls that only one has read are not counted', () => {
    expect(coincidences(V1)).toMatchObject({ calls: 11, n: 40 });
    expect(coincidences(V2)).toMatchObject({ calls: 11, n: 41 });
    expect(coincidences(V7)).toMatchObject({ calls: 5, n: 12 });
  });

  test('exact, and at most one step apart', () => {
    expect(exactAgreement(coincidences(V1))).toBeCloseTo(0.8, 6);
    expect(adjacentAgreement(coincidences(V1))).toBeCloseTo(0.95, 6);
    expect(exactAgreement(coincidences(V2))).toBeCloseTo(25 / 41, 6);
    expect(adjacentAgreement(coincidences(V2))).toBeCloseTo(1, 6);
    expect(exactAgreement(coincidences(V3))).toBeCloseTo(0.866667, 6);
    expect(exactAgreement(coincidences(V6))).toBeCloseTo(7 / 12, 6);
    expect(exactAgreement(coincidences([]))).toBe(null);
  });

  test.each([
    ['V2', V2, [0.097561, 0.097561, 0.195122], 0.390244],
    ['V6', V6, [1 / 12, 2 / 12, 2 / 12], 5 / 12]
  ])('%s: the boundary that splits readers, and the three add to the mean distance', (_, calls, wanted, mean) => {
    const shares = boundarySplits(coincidences(calls)).map(({ share }) => share);
    wanted.forEach((share, i) => expect(shares[i]).toBeCloseTo(share, 6));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(mean, 6);
  });

  test('one says not applicable and the other a level: alpha does not see it, and this does', () => {
    const calls: ReadCall[] = [
      ['not-applicable', 3, 3],
      [2, 2, null],
      ['not-applicable', 'not-applicable', null]
    ];
    // Three pairs, one and one; of the first three, two differ.
    expect(notApplicableSplit(calls)).toBeCloseTo(2 / 5, 10);
    expect(notApplicableSplit([[1, null]])).toBe(null);
  });
});

describe('kappa of two readers', () => {
  const of = (calls: ReadCall[], one: number, other: number) =>
    calls
      .map((call) => [call[one], call[other]])
      .filter((pair): pair is [number, number] => pair.every((level) => typeof level === 'number'));

  /** By tables instead of sums over pairs: observed and expected shares of each cell. */
  function kappaByTables(pairs: [number, number][]): number {
    const levels = [1, 2, 3, 4];
    const share = (count: number) => count / pairs.length;
    let observed = 0;
    let expected = 0;
    for (const i of levels)
      for (const j of levels) {
        const weight = (i - j) ** 2 / 9;
        observed += weight * share(pairs.filter(([a, b]) => a === i && b === j).length);
        expected +=
          weight * share(pairs.filter(([a]) => a === i).length) * share(pairs.filter(([, b]) => b === j).length);
      }
    return 1 - observed / expected;
  }

  test.each([
    ['V2, readers 1 and 2', of(V2, 0, 1), 18 / 23],
    ['V2, readers 1 and 4', of(V2, 0, 3), 71 / 81],
    ['V3, readers 1 and 2', of(V3, 0, 1), -0.111111],
    ['V6', of(V6, 0, 1), 18 / 23]
  ])('%s, by two ways', (_, pairs, wanted) => {
    expect(weightedKappa(pairs)).toBeCloseTo(wanted, 6);
    expect(kappaByTables(pairs)).toBeCloseTo(wanted, 6);
  });

  test('under ten calls, or one level only, there is none', () => {
    expect(weightedKappa(of(V2, 0, 1).slice(1))).toBe(null);
    expect(weightedKappa(of(V3, 2, 2))).toBe(null);
  });
});

test('every possible draw of five calls: the exact ends of the interval', () => {
  const calls: ReadCall[] = [
    [3, 2, 3, 3],
    [2, 2, 1, 2],
    [4, 4, 3, 4],
    [1, 2, 1, 1],
    [3, 3, 4, 3]
  ];
  expect(alpha(calls)).toBeCloseTo(0.78906, 6);
  const figures = Array.from({ length: 5 ** 5 }, (_, draw) =>
    alpha([0, 1, 2, 3, 4].map((place) => calls[Math.floor(draw / 5 ** place) % 5]!))
  );
  const there = figures.filter((figure) => figure !== null).sort((one, other) => one - other);
  expect(there).toHaveLength(3_125);
  expect(quantile(there, 0.025)).toBeCloseTo(0.040404, 6);
  expect(quantile(there, 0.5)).toBeCloseTo(0.699367, 6);
  expect(quantile(there, 0.975)).toBeCloseTo(0.807711, 6);
  expect(intervalOf(figures)).toEqual({ from: quantile(there, 0.025), to: quantile(there, 0.975) });
});
