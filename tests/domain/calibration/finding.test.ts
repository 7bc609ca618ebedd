import { describe, expect, test } from 'vitest';
import { alpha } from '../../../src/lib/domain/calibration/agreement.ts';
import type { ReadCall, Reading } from '../../../src/lib/domain/calibration/coincidences.ts';
import { drift } from '../../../src/lib/domain/calibration/drift.ts';
import { finding } from '../../../src/lib/domain/calibration/finding.ts';
import { intervalOf, randomnessOf, redrawn } from '../../../src/lib/domain/calibration/resampling.ts';

/** Calls on which two readers agree about all but the step between På väg and Stark. */
const splitAtStrong: ReadCall[] = [
  [1, 1, 1],
  [2, 3, 2],
  [3, 2, 3],
  [4, 4, 4],
  [2, 2, 3],
  [3, 3, 2],
  [1, 1, 1],
  [4, 4, 4],
  [2, 3, 3],
  [3, 2, 2]
];
const times = (calls: ReadCall[], count: number): ReadCall[] => Array.from({ length: count }, () => calls).flat();

describe('what may be said of a criterion', () => {
  test('nine calls: no figure, however alike', () => {
    expect(finding(splitAtStrong.slice(0, 9), 'one')).toEqual({ kind: 'too-few', calls: 9 });
  });

  test('calls that only one has read do not make up the ten', () => {
    const alone: ReadCall[] = Array.from({ length: 20 }, () => [3, null, 'not-applicable']);
    expect(finding([...splitAtStrong.slice(0, 9), ...alone], 'one')).toEqual({ kind: 'too-few', calls: 9 });
  });

  test('ten to nineteen calls: where it lies, and no point that would be remembered', () => {
    for (const calls of [splitAtStrong, times(splitAtStrong, 2).slice(0, 19)]) {
      const found = finding(calls, 'one');
      expect(found.kind).toBe('interval');
      expect(found).not.toHaveProperty('alpha');
    }
  });

  test('twenty calls: the point, where it lies, and the two level texts to look at', () => {
    const found = finding(times(splitAtStrong, 2), 'one');
    expect(found).toMatchObject({ kind: 'figure', calls: 20, boundary: { below: 2, above: 3 } });
    if (found.kind !== 'figure') return;
    expect(found.alpha).toBe(alpha(times(splitAtStrong, 2)));
    expect(found.interval.from).toBeLessThan(found.alpha);
    expect(found.interval.to).toBeGreaterThan(found.alpha);
  });

  test('readers who differ everywhere alike: no wording stands out', () => {
    const everywhere: ReadCall[] = [
      [1, 2],
      [2, 3],
      [3, 4],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4]
    ];
    expect(finding(times(everywhere, 3), 'one')).toMatchObject({ kind: 'figure', boundary: null });
  });

  test('nearly all is Stark: agreement cannot be told from habit, and only the counts are shown', () => {
    const habit: ReadCall[] = [...Array.from({ length: 28 }, (): ReadCall => [3, 3, 3]), [3, 3, 2], [3, 2, 3]];
    const found = finding(habit, 'one');
    expect(found).toMatchObject({ kind: 'too-alike', level: 3, calls: 30 });
    expect(found).not.toHaveProperty('alpha');
    expect(finding(times([[3, 3, 3]], 30), 'one')).toMatchObject({ kind: 'too-alike', exact: 1 });
  });

  test('so seldom another level that many draws have none of it: counts only', () => {
    const rare: ReadCall[] = [...Array.from({ length: 9 }, (): ReadCall => [3, 3]), [2, 2]];
    expect(finding(rare, 'one').kind).toBe('uncertain');
  });

  test('the same calibration says the same again', () => {
    expect(finding(times(splitAtStrong, 2), 'one')).toEqual(finding(times(splitAtStrong, 2), 'one'));
    expect(finding(times(splitAtStrong, 2), 'one')).not.toEqual(finding(times(splitAtStrong, 2), 'two'));
  });
});

test('the interval of a known case, as 20 000 draws of another program gave it', () => {
  const readers = ['1 2 2 3 3 3 4 4 2 3 1 4', '1 2 3 3 3 4 4 3 2 2 2 4'].map((row) => row.split(' ').map(Number));
  const calls: ReadCall[] = readers[0]!.map((level, call) => [level, readers[1]![call]!]);
  const random = randomnessOf('a seed');
  const interval = intervalOf(Array.from({ length: 20_000 }, () => alpha(redrawn(calls, random))))!;
  expect(Math.abs(interval.from - 0.42)).toBeLessThanOrEqual(0.02);
  expect(Math.abs(interval.to - 0.93)).toBeLessThanOrEqual(0.02);
});

test('more than one draw in twenty without a figure gives no interval', () => {
  const figures = (without: number) => Array.from({ length: 100 }, (_, draw) => (draw < without ? null : draw / 100));
  expect(intervalOf(figures(5))).not.toBe(null);
  expect(intervalOf(figures(6))).toBe(null);
});

describe('how one coach reads beside the others', () => {
  const calls = (own: (n: number) => Reading, count: number, others: Reading[] = [2, 2, 3]): ReadCall[] =>
    Array.from({ length: count }, (_, n) => [own(n), ...others]);

  test('with three readers, or nine calls, nothing is said: the others could be told apart', () => {
    expect(
      drift(
        calls(() => 4, 30, [2, 2]),
        0
      )
    ).toBe('too-few');
    expect(
      drift(
        calls(() => 4, 9),
        0
      )
    ).toBe('too-few');
    expect(
      drift(
        calls(() => 'not-applicable', 30),
        0
      )
    ).toBe('too-few');
  });

  test('most coaches read as the others do, and are told so', () => {
    expect(
      drift(
        calls((n) => (n % 4 === 0 ? 3 : 2), 12),
        0
      )
    ).toBe('as-the-others');
  });

  test('a coach who hears a level more in most calls, or a level less', () => {
    expect(
      drift(
        calls(() => 3, 12),
        0
      )
    ).toBe('often-higher');
    expect(
      drift(
        calls((n) => (n % 3 === 0 ? 2 : 1), 12),
        0
      )
    ).toBe('often-lower');
  });
});
