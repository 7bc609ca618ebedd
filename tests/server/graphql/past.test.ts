import { describe, expect, test } from 'vitest';
import { emptyTally, type Tally } from '../../../src/lib/domain/statistics/tally.ts';
import { HOUR_MS, type Grain, type Period, QUARTER_MS } from '../../../src/lib/domain/time.ts';
import type { BoardQueue } from '../../../src/lib/domain/wallboard.ts';
import type { Services, StoredTally } from '../../../src/lib/server/graphql/context.ts';
import { past } from '../../../src/lib/server/graphql/past.ts';
import { FakeFeed } from '../../support/fake-feed.ts';

const at = (text: string) => Date.parse(`${text}+01:00`);
const definition = { variant: 'without-short', targetMs: 60_000, shortAbandonMs: 5_000, from: 0 } as const;
const vaxel: BoardQueue = {
  id: 'vaxel',
  name: 'Växel',
  shortName: 'Växel',
  source: 'pbx',
  unit: null,
  serviceLevel: definition,
  wrapUpMs: null
};

/** One answered call at an instant, by somebody. */
type Answered = [text: string, agent: string];

function centre(calls: Answered[], now = '2026-12-31T23:00', over: Partial<Tally> = {}) {
  const asked: Period[] = [];
  const services: Services = {
    feed: new FakeFeed(),
    tallies: {
      tallies: (from, to) => {
        const quarters = new Map<number, StoredTally>();
        for (const [text] of calls) {
          const quarterStart = Math.floor(at(text) / QUARTER_MS) * QUARTER_MS;
          if (quarterStart < from || quarterStart >= to) continue;
          const before = quarters.get(quarterStart)?.tally ?? { ...emptyTally, ...over };
          const tally = {
            ...before,
            offered: before.offered + 1,
            answered: before.answered + 1,
            handled: before.handled + 1,
            talkMs: before.talkMs + 60_000
          };
          quarters.set(quarterStart, { queue: 'vaxel', quarterStart, tally, revisedAt: null });
        }
        return Promise.resolve([...quarters.values()]);
      },
      answerers: (periods) => {
        asked.push(...periods);
        return Promise.resolve(
          periods.map(({ startsAt, endsAt }) => ({
            queue: 'vaxel',
            startsAt,
            answerers: new Set(
              calls
                .filter(([text]) => at(text) >= startsAt && at(text) < endsAt)
                .map(([text, agent]) => `${agent} ${text.slice(0, 7)}`)
            ).size
          }))
        );
      }
    },
    queues: { boardQueues: () => [vaxel], serviceLevels: () => [definition], refusedVisible: () => 'never' },
    timeZone: 'Europe/Stockholm',
    now: () => at(now),
    log: { error: () => {} }
  };
  return {
    asked,
    figures: async (from: string, to: string, grain: Grain) =>
      (await past({ startsAt: at(from), endsAt: at(to) }, grain, [vaxel], services)).map(({ startsAt, tally }) => ({
        startsAt: new Date(startsAt + HOUR_MS).toISOString().slice(0, 16),
        ...tally
      }))
  };
}
/** So many different people each answer one call at that time. */
const by = (people: number, text: string): Answered[] => [...Array(people).keys()].map((n) => [text, `agent ${n}`]);

describe('figures of the past', () => {
  test('quarters become hours and days of the zone, and only those of which something is stored', async () => {
    const { figures } = centre([
      ...by(6, '2026-11-24T00:05'),
      ...by(6, '2026-11-24T00:20'),
      ...by(6, '2026-11-24T09:00')
    ]);
    const hours = await figures('2026-11-24T00:00', '2026-11-25T00:00', 'HOUR');
    expect(hours.map(({ startsAt, answered }) => [startsAt, answered])).toEqual([
      ['2026-11-24T00:00', 12],
      ['2026-11-24T09:00', 6]
    ]);
    const [day] = await figures('2026-11-24T12:00', '2026-11-24T13:00', 'DAY');
    expect(day).toMatchObject({ startsAt: '2026-11-24T00:00', answered: 18, talkTimeMsMean: 60_000, few: false });
  });

  test('a year is read month by month and is the sum of them', async () => {
    const { figures } = centre([
      ...by(5, '2026-01-31T23:50'),
      ...by(5, '2026-02-01T00:05'),
      ...by(5, '2026-12-31T22:00')
    ]);
    const [year] = await figures('2026-06-01T00:00', '2026-06-02T00:00', 'YEAR');
    expect(year).toMatchObject({ startsAt: '2026-01-01T00:00', answered: 15 });
  });

  test('what is carried out of a period that still runs is not known', async () => {
    const { figures } = centre(by(6, '2026-11-24T10:05'), '2026-11-24T10:10', { carriedOut: 3 });
    expect((await figures('2026-11-24T10:00', '2026-11-24T11:00', 'QUARTER_HOUR'))[0]?.carriedOut).toBeNull();
    const closed = centre(by(6, '2026-11-24T10:05'), '2026-11-24T10:15', { carriedOut: 3 });
    expect((await closed.figures('2026-11-24T10:00', '2026-11-24T11:00', 'QUARTER_HOUR'))[0]?.carriedOut).toBe(3);
  });
});

describe('what would describe somebody is withheld', () => {
  test('where four answered, but the callers are still counted', async () => {
    const { figures } = centre(by(4, '2026-11-24T10:05'));
    const [day] = await figures('2026-11-24T00:00', '2026-11-25T00:00', 'DAY');
    expect(day).toMatchObject({
      few: true,
      talkTimeMsMean: null,
      passedOn: null,
      solvedDirectly: null,
      offered: 4,
      answered: 4
    });
  });

  test('where one hour of the day alone is withheld, so is the next smallest: the day minus the rest would tell', async () => {
    const { figures, asked } = centre([
      ...by(3, '2026-11-24T08:05'),
      ...by(9, '2026-11-24T09:05'),
      ...by(6, '2026-11-24T10:05')
    ]);
    // Asked for one hour at a time, as somebody would who wants to subtract.
    const hour = async (hour: string) =>
      (await figures(`2026-11-24T${hour}:00`, `2026-11-24T${hour}:30`, 'HOUR'))[0]?.few;
    expect([await hour('08'), await hour('09'), await hour('10')]).toEqual([true, false, true]);
    expect(asked.length).toBeGreaterThan(24);
  });

  test('two withheld hours keep each other; no more are withheld', async () => {
    const { figures } = centre([
      ...by(3, '2026-11-24T08:05'),
      ...by(4, '2026-11-24T09:05'),
      ...by(6, '2026-11-24T10:05')
    ]);
    const hours = await figures('2026-11-24T00:00', '2026-11-25T00:00', 'HOUR');
    expect(hours.map(({ few }) => few)).toEqual([true, true, false]);
  });

  test('a queue that one person answered all day has no row finer than the day', async () => {
    const { figures } = centre([
      ['2026-11-24T08:05', 'Ada'],
      ['2026-11-24T15:05', 'Ada']
    ]);
    expect(await figures('2026-11-24T00:00', '2026-11-25T00:00', 'QUARTER_HOUR')).toEqual([]);
    expect(await figures('2026-11-24T00:00', '2026-11-25T00:00', 'HOUR')).toEqual([]);
    expect(await figures('2026-11-24T00:00', '2026-11-25T00:00', 'DAY')).toMatchObject([{ answered: 2, few: true }]);
  });

  test('the same person in five months is one person, though the tokens are new', async () => {
    const months = ['01', '02', '03', '04', '05'].map((month): Answered => [`2026-${month}-10T10:05`, 'Ada']);
    const { figures } = centre(months);
    expect(await figures('2026-01-01T00:00', '2027-01-01T00:00', 'YEAR')).toMatchObject([{ answered: 5, few: true }]);
  });
});
