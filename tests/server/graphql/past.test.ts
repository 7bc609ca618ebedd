import { describe, expect, test } from 'vitest';
import { emptyTally, type Tally } from '../../../src/lib/domain/statistics/tally.ts';
import { unfinished } from '../../../src/lib/domain/statistics/unfinished.ts';
import { emptyFloor, type Floor } from '../../../src/lib/domain/telephony/floor.ts';
import { HOUR_MS, type Grain, type Period, QUARTER_MS } from '../../../src/lib/domain/time.ts';
import type { BoardQueue } from '../../../src/lib/domain/wallboard.ts';
import type { Services, StoredTally } from '../../../src/lib/server/graphql/context.ts';
import { past } from '../../../src/lib/server/graphql/past.ts';
import { emptyOffice } from '../../support/empty-office.ts';
import { FakeFeed } from '../../support/fake-feed.ts';
import { runTimeline } from '../../support/timeline.ts';

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

function centre(
  calls: Answered[],
  now = '2026-12-31T23:00',
  over: Partial<Tally> = {},
  more: Partial<Services['tallies'] & Services['queues']> = {}
) {
  const asked: Period[] = [];
  const services: Services = {
    ...emptyOffice,
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
          periods.map(({ startsAt, endsAt }) => {
            const within = calls.filter(([text]) => at(text) >= startsAt && at(text) < endsAt);
            const answerers = new Set(within.map(([, agent]) => agent)).size;
            return { queue: 'vaxel', startsAt, answerers, describes: answerers > 0 };
          })
        );
      },
      unfinished: () => ({ offset: 1, parts: [] }),
      ...more
    },
    queues: {
      boardQueues: () => [vaxel],
      serviceLevels: () => [definition],
      refusedVisible: () => 'never',
      watchedSince: () => 0,
      ...more
    },
    timeZone: 'Europe/Stockholm',
    now: () => at(now),
    log: { error: () => {} }
  };
  return {
    asked,
    figures: async (from: string, to: string, grain: Grain) =>
      (await past({ startsAt: at(from), endsAt: at(to) }, grain, [vaxel], services)).map(
        ({ startsAt, tally, transfersVisible }) => ({
          startsAt: new Date(startsAt + HOUR_MS).toISOString().slice(0, 16),
          transfersVisible,
          ...tally
        })
      )
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
});

describe('what no event has said yet', () => {
  /** One caller waits since 10:14 and nothing else has happened. */
  const { floor } = runTimeline('10:14:00  vaxel  call 1 offered', { day: '2026-11-24' });
  const offered: StoredTally = {
    ...{ queue: 'vaxel', quarterStart: at('2026-11-24T10:00'), revisedAt: null },
    tally: { ...emptyTally, offered: 1, calls: 1 }
  };
  const inQuarters = (tallies: Services['tallies']['tallies'], look: () => { offset: number; floor: Floor }) =>
    centre(
      [],
      '2026-11-24T10:31',
      {},
      {
        tallies,
        unfinished: (period, now) => ({ offset: look().offset, parts: unfinished(look().floor, period, now) })
      }
    ).figures('2026-11-24T10:00', '2026-11-24T10:45', 'QUARTER_HOUR');

  test('a caller who waits is carried from quarter to quarter, so the balance of those that have ended holds', async () => {
    const quarters = await inQuarters(
      () => Promise.resolve([offered]),
      () => ({ offset: 2, floor })
    );
    expect(quarters).toMatchObject([
      { startsAt: '2026-11-24T10:00', carriedIn: 0, offered: 1, carriedOut: 1 },
      { startsAt: '2026-11-24T10:15', carriedIn: 1, offered: 0, carriedOut: 1 },
      { startsAt: '2026-11-24T10:30', carriedIn: 1, offered: 0, carriedOut: null }
    ]);
    for (const { carriedIn, offered, carriedOut } of quarters.slice(0, 2)) expect(carriedIn + offered).toBe(carriedOut);
  });

  test('over an hour whoever was carried between its quarters is neither carried in nor out', async () => {
    const { figures } = centre(
      [],
      '2026-11-24T11:01',
      {},
      {
        tallies: (from, to) =>
          Promise.resolve([offered].filter((each) => each.quarterStart >= from && each.quarterStart < to)),
        unfinished: (period, now) => ({ offset: 2, parts: unfinished(floor, period, now) })
      }
    );
    expect(await figures('2026-11-24T10:00', '2026-11-24T12:00', 'HOUR')).toMatchObject([
      { carriedIn: 0, offered: 1, carriedOut: 1 },
      { carriedIn: 1, offered: 0, carriedOut: null }
    ]);
  });

  test('an answer between the reading of the store and the look at the floor is not lost: it is read again', async () => {
    let state = { offset: 2, floor };
    const answered = { ...offered, tally: { ...emptyTally, offered: 1, carriedOut: 1 } };
    const inNext = {
      ...offered,
      quarterStart: at('2026-11-24T10:15'),
      tally: { ...emptyTally, carriedIn: 1, answered: 1 }
    };
    const quarters = await inQuarters(
      () => {
        const rows = state.offset === 2 ? [offered] : [answered, inNext];
        state = { offset: 3, floor: emptyFloor };
        return Promise.resolve(rows);
      },
      () => state
    );
    expect(quarters).toMatchObject([
      { carriedIn: 0, offered: 1, carriedOut: 1 },
      { carriedIn: 1, answered: 1, carriedOut: 0 }
    ]);
  });

  test('a blindness that goes on marks the quarters that it has lasted through', async () => {
    const lost = runTimeline(
      `
      10:14:00  vaxel  call 1 offered
      10:14:30  -      contact lost, silent
    `,
      { day: '2026-11-24' }
    ).floor;
    const quarters = await inQuarters(
      () => Promise.resolve([offered]),
      () => ({ offset: 3, floor: lost })
    );
    expect(quarters.map(({ blindMs }) => blindMs)).toEqual([30_000, 900_000, 60_000]);
  });

  test('of a time that was not watched live transfers are not wholly known', async () => {
    const days = async (since: number | null) =>
      (
        await centre(
          [...by(5, '2026-11-23T10:05'), ...by(5, '2026-11-24T10:05')],
          undefined,
          {},
          {
            watchedSince: () => since
          }
        ).figures('2026-11-23T00:00', '2026-11-25T00:00', 'DAY')
      ).map(({ transfersVisible }) => transfersVisible);
    expect(await days(at('2026-11-24T00:00'))).toEqual([false, true]);
    expect(await days(at('2026-11-24T00:01'))).toEqual([false, false]);
    expect(await days(null)).toEqual([false, false]);
  });
});
