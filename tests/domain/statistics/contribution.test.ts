import { describe, expect, it } from 'vitest';
import { blindMsWithin } from '../../../src/lib/domain/statistics/blindness.ts';
import { blindContribution, openContribution, restated } from '../../../src/lib/domain/statistics/contribution.ts';
import {
  distinctDefinitions,
  figures,
  mergeQuarters,
  mergeQueues
} from '../../../src/lib/domain/statistics/figures.ts';
import { histogramOf } from '../../../src/lib/domain/statistics/histogram.ts';
import { DEFAULT_SERVICE_LEVEL } from '../../../src/lib/domain/statistics/service-level.ts';
import { emptyTally, type Tally } from '../../../src/lib/domain/statistics/tally.ts';
import { QUARTER_MS } from '../../../src/lib/domain/time.ts';
import { instantOf, midnightOn, runTimeline } from '../../support/timeline.ts';

const midnight = midnightOn('2026-11-17');
const at = (clock: string): number => instantOf(clock, midnight);
const tally = (counts: Partial<Tally>): Tally => ({ ...emptyTally, ...counts });

describe('an entry that still waits', () => {
  const { entries } = runTimeline('10:14:00  vaxel  call 1 offered');
  const entry = [...entries.values()][0]!;

  it('is carried through each quarter that has ended, and into the running one', () => {
    expect(openContribution(entry, at('10:14:59'))).toEqual([]);
    expect(openContribution(entry, at('10:30')).map(({ quarterStart, delta }) => [quarterStart, delta])).toEqual([
      [at('10:00'), tally({ carriedOut: 1 })],
      [at('10:15'), tally({ carriedIn: 1, carriedOut: 1 })],
      [at('10:30'), tally({ carriedIn: 1 })]
    ]);
  });

  it('contributes nothing open once it is decided', () => {
    expect(openContribution({ ...entry, outcome: 'abandoned', leftAt: at('10:15') }, at('11:00'))).toEqual([]);
  });

  it('an event that changes nothing that counts restates nothing', () => {
    const definitions = [DEFAULT_SERVICE_LEVEL];
    expect(restated(entry, { ...entry, caller: 'other' }, definitions)).toEqual([]);
    expect(restated(null, entry, definitions)).toHaveLength(1);
    expect(restated(entry, null, definitions)[0]!.delta).toMatchObject({ offered: -1, calls: -1 });
  });
});

describe('blindness', () => {
  it('is each quarter’s own part of it', () => {
    const parts = blindContribution(at('10:14:00'), at('10:31:00'));
    expect(parts.map(({ quarterStart, delta }) => [quarterStart, delta.blindMs])).toEqual([
      [at('10:00'), 60_000],
      [at('10:15'), 900_000],
      [at('10:30'), 60_000]
    ]);
    expect(blindContribution(at('10:14:00'), at('10:14:00'))).toEqual([]);
  });

  it('of several sources is the time while any of them was blind', () => {
    const intervals = [
      { from: 50, to: null },
      { from: 0, to: 20 },
      { from: 10, to: 30 },
      { from: 12, to: 13 }
    ];
    expect(blindMsWithin(intervals, 0, 100)).toBe(80);
    expect(blindMsWithin(intervals, 25, 60)).toBe(15);
    expect(blindMsWithin([], 0, 100)).toBe(0);
  });
});

describe('merging', () => {
  it('over time takes the first quarter’s carried in and the last one’s carried out', () => {
    const from = at('10:00');
    const quarters = [
      { quarterStart: from + QUARTER_MS, tally: tally({ carriedIn: 3, carriedOut: 5, offered: 7 }) },
      { quarterStart: from, tally: tally({ carriedIn: 2, carriedOut: 3, offered: 10 }) },
      { quarterStart: from + 2 * QUARTER_MS, tally: tally({ carriedIn: 5, carriedOut: 9, offered: 100 }) }
    ];
    expect(mergeQuarters(quarters, from, from + 2 * QUARTER_MS)).toEqual(
      tally({ carriedIn: 2, carriedOut: 5, offered: 17 })
    );
  });

  it('over queues adds everything but the time that was blind for both', () => {
    const both = mergeQueues([tally({ carriedIn: 2, blindMs: 5000 }), tally({ carriedIn: 3, blindMs: 4000 })]);
    expect(both).toEqual(tally({ carriedIn: 5, blindMs: 5000 }));
  });

  it('a day’s percentile comes from all its waits, not from its quarters’ percentiles', () => {
    const quarters = [
      { quarterStart: 0, tally: tally({ answered: 1, answerTimes: histogramOf([100_000]) }) },
      { quarterStart: QUARTER_MS, tally: tally({ answered: 3, answerTimes: histogramOf([1000, 1000, 1000]) }) }
    ];
    const day = mergeQuarters(quarters, 0, 2 * QUARTER_MS);
    const context = { definitions: [], answerers: 9, refusedVisible: 'never', running: false } as const;
    expect(figures(day, context).answerTimeMsP50).toBe(667);
  });

  it('names each different definition once', () => {
    const other = { ...DEFAULT_SERVICE_LEVEL, targetMs: 20_000 };
    expect(distinctDefinitions([DEFAULT_SERVICE_LEVEL, other, { ...DEFAULT_SERVICE_LEVEL }])).toEqual([
      DEFAULT_SERVICE_LEVEL,
      other
    ]);
  });
});

describe('figures', () => {
  const counted = tally({
    carriedOut: 2,
    answered: 4,
    answerMs: 10_001,
    handled: 4,
    talkMs: 400_000,
    passedOn: 3,
    solvedDirectly: 1,
    refused: 6,
    serviceLevelMet: 3,
    serviceLevelCounted: 4
  });
  const context = { definitions: [DEFAULT_SERVICE_LEVEL], refusedVisible: 'always', running: false } as const;

  it('are derived last, from counts', () => {
    expect(figures(counted, { ...context, answerers: 5 })).toMatchObject({
      carriedOut: 2,
      answerTimeMsMean: 2500,
      talkTimeMsMean: 100_000,
      passedOn: 3,
      solvedDirectly: 1,
      serviceLevel: 0.75,
      serviceLevelN: 4,
      refused: 6,
      refusedVisible: true,
      few: false
    });
  });

  it('of fewer than five people withhold what describes them', () => {
    expect(figures(counted, { ...context, answerers: 4 })).toMatchObject({
      talkTimeMsMean: null,
      passedOn: null,
      solvedDirectly: null,
      answerTimeMsMean: 2500,
      few: true
    });
    expect(figures(counted, { ...context, answerers: 9, withheld: true }).few).toBe(true);
  });

  it('of a running period do not say what will be carried out of it', () => {
    expect(figures(counted, { ...context, answerers: 5, running: true }).carriedOut).toBeNull();
  });
});
