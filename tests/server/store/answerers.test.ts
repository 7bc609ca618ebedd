import { afterEach, describe, expect, it } from 'vitest';
import { answerers } from '../../../src/lib/server/store/answerers.ts';
import type { EntryTable } from '../../../src/lib/server/store/tables.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { databasesForTests } from '../../support/databases.ts';

const QUARTER = 900_000;
const NINE = Date.UTC(2026, 10, 23, 8);
const quarter = (n: number) => ({ startsAt: NINE + n * QUARTER, endsAt: NINE + (n + 1) * QUARTER });

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`how many answered, on ${name}`, () => {
    let database: Database;
    afterEach(() => database.close());

    /** Who answered what and when, in quarters after nine; null is a caller whom nobody answered. */
    async function answered(calls: [queue: string, agent: string | null, offered: number, answered: number][]) {
      database = await openDatabase(await location());
      for (const [number, [queue, agent, offered, at]] of calls.entries()) {
        const entry: EntryTable = {
          ...{ id: String(number), call: String(number), source: 'main', queue, channel: String(number), adopted: 0 },
          ...{ from_queue: null, caller: null, why: null, pressed: null, held_since: null, held_ms: 0, ended_by: null },
          ...{ passed_on: null, passed_on_to: null, talk_ended_at: null, wrap_up_until: null, revised_at: null },
          ...{
            offered_at: NINE + offered * QUARTER,
            offered_quality: 'exact',
            outcome: agent ? 'answered' : 'abandoned'
          },
          ...{ answered_at: agent ? NINE + at * QUARTER : null, answered_quality: agent ? 'exact' : null, agent },
          ...{ left_at: agent ? null : NINE + at * QUARTER, last_at: NINE + at * QUARTER }
        };
        await database.kysely.insertInto('entry').values(entry).execute();
      }
      return (periods: { startsAt: number; endsAt: number }[], queues: string[]) =>
        answerers(database.kysely, periods, queues, 'Europe/Stockholm');
    }

    it('counts a person once in a period however many calls, and in the period of the answer', async () => {
      const ask = await answered([
        ['vaxel', 'a', 0, 0.1],
        ['vaxel', 'a', 0.2, 0.3],
        ['vaxel', 'b', 0.9, 1], // Waited over the quarter's turn.
        ['vaxel', 'c', -3, 1.5],
        ['vaxel', null, 1, 1.2],
        ['forskola', 'd', 0, 0.5],
        ['parkering', 'e', 0, 0.5]
      ]);
      const found = await ask([quarter(0), quarter(1), quarter(2)], ['vaxel', 'forskola']);
      expect(found.toSorted((a, b) => a.startsAt - b.startsAt || (a.queue < b.queue ? -1 : 1))).toEqual([
        { queue: 'forskola', startsAt: NINE, answerers: 1, describes: true },
        { queue: 'vaxel', startsAt: NINE, answerers: 1, describes: true },
        { queue: 'vaxel', startsAt: NINE + QUARTER, answerers: 2, describes: true }
      ]);
    });

    it('tells of a period in which nobody answered and the talk or the wrap-up of somebody ended', async () => {
      const ask = await answered([['vaxel', 'a', 0, 0.1]]);
      const set = { talk_ended_at: NINE + 1.5 * QUARTER, wrap_up_until: NINE + 2.5 * QUARTER };
      await database.kysely.updateTable('entry').set(set).execute();
      const found = await ask([quarter(0), quarter(1), quarter(2), quarter(3)], ['vaxel']);
      expect(found.toSorted((a, b) => a.startsAt - b.startsAt)).toMatchObject([
        { startsAt: NINE, answerers: 1, describes: true },
        { startsAt: NINE + QUARTER, answerers: 0, describes: true },
        { startsAt: NINE + 2 * QUARTER, answerers: 0, describes: true }
      ]);
    });

    it('leaves out what is between the periods, and knows nobody when nothing is asked', async () => {
      const ask = await answered([['vaxel', 'a', 1, 1.5]]);
      expect(await ask([quarter(2), quarter(0)], ['vaxel'])).toEqual([]);
      expect(await ask([], ['vaxel'])).toEqual([]);
      expect(await ask([quarter(1)], [])).toEqual([]);
    });

    it('counts a person once over a year that is read in parts', async () => {
      const days = 96;
      const ask = await answered([
        ['vaxel', 'a', 0, 1],
        ['vaxel', 'a', 40 * days, 40 * days + 1],
        ['vaxel', 'b', 300 * days, 300 * days + 1]
      ]);
      const year = { startsAt: NINE, endsAt: NINE + 365 * days * QUARTER };
      expect(await ask([year], ['vaxel'])).toEqual([{ queue: 'vaxel', startsAt: NINE, answerers: 1, describes: true }]);
    });

    /** Eight days after NINE it is December. */
    const december = 8 * 96;
    const turning = { startsAt: NINE, endsAt: NINE + 2 * december * QUARTER };

    it('counts a person once in a week with the turn of a month in it, though the token is new', async () => {
      const ask = await answered([
        ['vaxel', 'ada-november', 0, 0.1],
        ['vaxel', 'bo-november', 0, 0.1],
        ['vaxel', 'ada-december', december, december + 0.1],
        ['vaxel', 'cy-december', december, december + 0.1]
      ]);
      for (const [token, month] of ['ada', 'bo', 'cy'].flatMap((key) => [
        [`${key}-november`, 10] as const,
        [`${key}-december`, 11] as const
      ])) {
        const about = { token, source: 'main', key: token.split('-')[0]!, until_at: Date.UTC(2026, month + 1) };
        await database.kysely
          .insertInto('agent_token')
          .values({ ...about, from_at: Date.UTC(2026, month) })
          .execute();
      }
      expect(await ask([turning], ['vaxel'])).toMatchObject([{ answerers: 3 }]);
      // Whose November's were is forgotten: the two may be Ada and Cy. There were at least two.
      await database.kysely.deleteFrom('agent_token').where('from_at', '=', Date.UTC(2026, 10)).execute();
      expect(await ask([turning], ['vaxel'])).toMatchObject([{ answerers: 2 }]);
    });

    it('of months whose tokens nothing explains any more, takes the one with the most people', async () => {
      const ask = await answered([
        ['vaxel', 'a', 0, 0.1],
        ['vaxel', 'b', 0, 0.1],
        ['vaxel', 'c', december, december + 0.1],
        ['vaxel', 'd', december, december + 0.1],
        ['vaxel', 'e', december, december + 0.1]
      ]);
      expect(await ask([turning], ['vaxel'])).toMatchObject([{ answerers: 3 }]);
    });
  });
}
