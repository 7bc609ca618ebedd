import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/lib/domain/telephony/call.ts';
import type { CallEvent } from '../../../src/lib/domain/telephony/event.ts';
import { addTally, emptyTally, type Tally } from '../../../src/lib/domain/statistics/tally.ts';
import { LogRefuses, type EventLog, type Incoming, type Projected } from '../../../src/lib/server/live/ports.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { openEventLog } from '../../../src/lib/server/store/event-log.ts';
import { seeQueue } from '../../../src/lib/server/store/queues.ts';
import { databasesForTests } from '../../support/databases.ts';

const TEN = Date.parse('2026-11-21T10:00:00+01:00');
const QUARTER_MS = 900_000;
const nothing: Projected = { entries: [], tallies: [] };
const projectNothing = async () => nothing;

function told(key: string, event: CallEvent, more: Partial<Incoming> = {}): Incoming {
  return { source: 'pbx', key, at: TEN, seenAt: TEN + 3, lane: 'live', quality: 'exact', event, ...more };
}
const abandoned = (n: number): CallEvent => ({ kind: 'CallAbandoned', entry: `pbx/${n}/vaxel/1` });

function entry(id: string, more: Partial<Entry> = {}): Entry {
  return {
    id,
    call: 'pbx/1763715600.1',
    source: 'pbx',
    queue: 'växel',
    channel: '1763715600.1',
    from: null,
    adopted: false,
    caller: null,
    offeredAt: TEN,
    offeredQuality: 'exact',
    outcome: 'waiting',
    answeredAt: null,
    answeredQuality: null,
    agent: null,
    leftAt: null,
    why: null,
    pressed: null,
    heldSince: null,
    heldMs: 0,
    passedOn: null,
    passedOnTo: null,
    talkEndedAt: null,
    by: null,
    wrapUpUntil: null,
    revisedAt: null,
    ...more
  };
}
const tally = (more: Partial<Tally>): Tally => ({ ...emptyTally, ...more });

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`the log on ${name}`, () => {
    const opened: Database[] = [];
    afterAll(() => Promise.all(opened.map((database) => database.close())));
    async function open(where?: string): Promise<{ database: Database; log: EventLog; where: string }> {
      const at = where ?? (await location());
      const database = await openDatabase(at);
      opened.push(database);
      return { database, log: await openEventLog(database), where: at };
    }
    async function everything({ kysely }: Database) {
      return {
        events: await kysely.selectFrom('event').selectAll().orderBy('offset').execute(),
        entries: await kysely.selectFrom('entry').selectAll().orderBy('id').execute(),
        tallies: await kysely.selectFrom('tally').selectAll().execute(),
        projections: await kysely.selectFrom('projection').selectAll().execute(),
        log: await kysely.selectFrom('log').select('offset').execute()
      };
    }

    test('gives dense offsets from 1, in the order told, and reads back exactly what was written', async () => {
      const { log } = await open();
      const one = await log.append([told('a', abandoned(1)), told('b', abandoned(2))], projectNothing);
      const two = await log.append(
        [told('c', { kind: 'QueueSeen', queue: 'Växel åäö 🎻', limit: null })],
        projectNothing
      );
      expect(one.map(({ offset }) => offset)).toEqual([1, 2]);
      expect(log.position().offset).toBe(3);
      expect(await log.read(0, 10)).toEqual([...one, ...two]);
      expect(await log.read(1, 1)).toEqual([one[1]]);
      expect(await log.read(3, 10)).toEqual([]);
    });

    test('drops a second delivery, also within one batch, and leaves no gap in the offsets', async () => {
      const { log } = await open();
      await log.append([told('a', abandoned(1)), told('b', abandoned(2))], projectNothing);
      const seen: string[][] = [];
      const again = await log.append(
        [told('b', abandoned(2)), told('c', abandoned(3)), told('a', abandoned(1)), told('c', abandoned(3))],
        async (fresh) => {
          seen.push(fresh.map(({ key }) => key));
          return nothing;
        }
      );
      expect(again.map(({ offset, key }) => [offset, key])).toEqual([[3, 'c']]);
      expect(seen).toEqual([['c']]);
      expect(await log.append([told('c', abandoned(3))], projectNothing)).toEqual([]);
      expect(log.position().offset).toBe(3);
    });

    test('tells the same key from two exchanges apart', async () => {
      const { log } = await open();
      const both = [told('a', abandoned(1)), told('a', abandoned(2), { source: 'demo' })];
      expect(await log.append(both, projectNothing)).toHaveLength(2);
      expect(await log.append(both, projectNothing)).toHaveLength(0);
    });

    test('keeps epoch and offset over a restart', async () => {
      const first = await open();
      await first.log.append([told('a', abandoned(1))], projectNothing);
      const position = first.log.position();
      const again = await open(first.where);
      expect(again.log.position()).toEqual(position);
    });

    test('writes many thousands in one batch, in order', async () => {
      const { log } = await open();
      const many = Array.from({ length: 12_345 }, (_, i) => told(`k${i}`, abandoned(i)));
      const fresh = await log.append(many, projectNothing);
      expect(fresh.at(-1)!.offset).toBe(12_345);
      const read = await log.read(12_000, 1_000);
      expect(read.map(({ key }) => key)).toEqual(many.slice(12_000).map(({ key }) => key));
    });

    test('mends what no text column takes, instead of stopping at it for ever', async () => {
      const { log } = await open();
      const half = '\ud83c';
      const event: CallEvent = { kind: 'Anomaly', code: `a\0b${half}`, detail: 'å' };
      const [written] = await log.append([told(`k\0${half}`, event)], projectNothing);
      expect(written!.event).toEqual({ kind: 'Anomaly', code: 'a\ufffdb\ufffd', detail: 'å' });
      expect(await log.read(0, 1)).toEqual([written]);
      expect(await log.append([told(`k\0${half}`, event)], projectNothing)).toEqual([]);
    });

    test('lets the projection see stored entries and its own events, and writes all of it together', async () => {
      const { log, database } = await open();
      await log.append([told('a', abandoned(1))], async () => ({
        entries: [entry('e1'), entry('e2', { from: 'förskola', adopted: true, caller: 'token' })],
        tallies: [{ queue: 'växel', quarterStart: TEN, delta: tally({ offered: 2 }) }],
        checkpoint: { name: 'floor', offset: 1, version: 1, state: { waiting: ['e1', 'å'] } }
      }));
      await log.append([told('b', abandoned(2))], async (fresh, stored) => {
        const known = await stored.entries(['e1', 'e2', 'not there']);
        expect([...known.keys()].sort()).toEqual(['e1', 'e2']);
        expect(known.get('e2')).toEqual(entry('e2', { from: 'förskola', adopted: true, caller: 'token' }));
        expect(fresh[0]!.offset).toBe(2);
        return {
          entries: [{ ...known.get('e1')!, outcome: 'abandoned', leftAt: TEN + 4_000 }],
          tallies: [
            { queue: 'växel', quarterStart: TEN, delta: tally({ abandoned: 1, abandonedShort: 1, leftTimes: [4, 1] }) }
          ],
          checkpoint: { name: 'floor', offset: 2, version: 1, state: { waiting: ['e2'] } }
        };
      });
      expect(await log.checkpoint('floor')).toEqual({
        name: 'floor',
        offset: 2,
        version: 1,
        state: { waiting: ['e2'] }
      });
      expect(await log.checkpoint('tallies')).toBeNull();
      expect(await log.tallies(TEN, TEN + 1)).toEqual([
        {
          queue: 'växel',
          quarterStart: TEN,
          tally: tally({ offered: 2, abandoned: 1, abandonedShort: 1, leftTimes: [4, 1] }),
          revisedAt: null
        }
      ]);
      expect((await everything(database)).entries).toHaveLength(2);
    });

    test('restates a quarter by taking away the old and adding the new, and says when', async () => {
      const { log } = await open();
      const was = tally({ offered: 1, answered: 1, answerMs: 15_000, answerTimes: [15, 1] });
      const now = tally({ offered: 1, answered: 1, answerMs: 17_000, answerTimes: [17, 1] });
      const delta = addTally(now, tally({ offered: -1, answered: -1, answerMs: -15_000, answerTimes: [15, -1] }));
      const at = { queue: 'växel', quarterStart: TEN };
      await log.append([told('a', abandoned(1))], async () => ({ entries: [], tallies: [{ ...at, delta: was }] }));
      await log.append([told('b', abandoned(2))], async () => ({
        entries: [],
        tallies: [{ ...at, delta, revisedAt: TEN + QUARTER_MS }]
      }));
      await log.append([told('c', abandoned(3))], async () => ({
        entries: [],
        tallies: [
          { ...at, delta: tally({ lost: 1 }) },
          { ...at, delta: tally({ lost: 1 }) }
        ]
      }));
      expect(await log.tallies(TEN, TEN + QUARTER_MS)).toEqual([
        { ...at, tally: { ...now, lost: 2 }, revisedAt: TEN + QUARTER_MS }
      ]);
    });

    test('finds the tallies of a period: from its first quarter, up to but not with its end, of the queues asked for', async () => {
      const { log } = await open();
      const quarters = [0, 1, 2].flatMap((n) =>
        ['b', 'a'].map((queue) => ({ queue, quarterStart: TEN + n * QUARTER_MS }))
      );
      await log.append([told('a', abandoned(1))], async () => ({
        entries: [],
        tallies: quarters.map((quarter) => ({ ...quarter, delta: tally({ offered: 1 }) }))
      }));
      const found = async (queues?: string[]) =>
        (await log.tallies(TEN, TEN + 2 * QUARTER_MS, queues)).map(
          ({ queue, quarterStart }) => `${queue}${(quarterStart - TEN) / QUARTER_MS}`
        );
      expect(await found()).toEqual(['a0', 'b0', 'a1', 'b1']);
      expect(await found(['b'])).toEqual(['b0', 'b1']);
      expect(await found([])).toEqual([]);
    });

    test('finds the entries that a period touches, however long they took, and those asked for by name', async () => {
      const { log } = await open();
      const day = 86_400_000;
      const old = { offeredAt: TEN - 2 * day };
      const all = [
        entry('waiting since yesterday', old),
        entry('talking since yesterday', { ...old, outcome: 'answered', answeredAt: TEN - day + 5 }),
        entry('answered today', { ...old, outcome: 'answered', answeredAt: TEN, talkEndedAt: TEN }),
        entry('left today', { ...old, outcome: 'abandoned', leftAt: TEN }),
        entry('ended today', { ...old, outcome: 'answered', answeredAt: TEN - day + 5, talkEndedAt: TEN + 1 }),
        entry('left after midnight', { offeredAt: TEN - day / 2, outcome: 'abandoned', leftAt: TEN }),
        entry('offered today', { outcome: 'abandoned', leftAt: TEN + 9 }),
        entry('over yesterday', { ...old, outcome: 'abandoned', leftAt: TEN - 1 }),
        entry('talk over yesterday', { ...old, outcome: 'answered', answeredAt: TEN - day, talkEndedAt: TEN - 1 })
      ];
      await log.append([told('a', abandoned(1))], async () => ({ entries: all, tallies: [] }));
      const found = await log.entriesSince(TEN, ['waiting since yesterday', 'talking since yesterday', 'left today']);
      expect(new Set(found.map(({ id }) => id))).toEqual(new Set(all.slice(0, 7).map(({ id }) => id)));
      expect(found.find(({ id }) => id === 'ended today')).toEqual(all[4]);
      expect(found.at(-1)!.id).toBe('offered today');
    });

    test("finds one PBX's entries by when they were offered, oldest first", async () => {
      const { log, database } = await open();
      const queue = await seeQueue(database.kysely, 'pbx', 'växel', TEN, 'Europe/Stockholm');
      const other = await seeQueue(database.kysely, 'other', 'växel', TEN, 'Europe/Stockholm');
      const entries = [
        entry('later', { queue, offeredAt: TEN + 2 }),
        entry('first', { queue, offeredAt: TEN }),
        entry('before', { queue, offeredAt: TEN - 1 }),
        entry('at the end', { queue, offeredAt: TEN + 3 }),
        entry('elsewhere', { queue: other, offeredAt: TEN })
      ];
      await log.append([told('a', abandoned(1))], async () => ({ entries, tallies: [] }));
      const found = await log.entriesOffered('pbx', TEN, TEN + 3);
      expect(found.map(({ id }) => id)).toEqual(['first', 'later']);
      expect(found[1]).toEqual(entries[0]);
    });

    test('finds the refused calls of a period in the log itself', async () => {
      const { log } = await open();
      const refused = (at: number): Partial<Incoming> => ({ at });
      const event: CallEvent = { kind: 'CallRefused', call: 'c', queue: 'växel', why: 'full' };
      const batch = [
        told('a', event, refused(TEN - 1)),
        told('b', event, refused(TEN)),
        told('c', abandoned(1)),
        told('d', event, refused(TEN + 5))
      ];
      await log.append(batch, projectNothing);
      expect(await log.refusalsSince(TEN)).toEqual([
        { queue: 'växel', at: TEN },
        { queue: 'växel', at: TEN + 5 }
      ]);
    });

    test('every value comes back as the same JavaScript type as from the other database', async () => {
      const { log, database } = await open();
      const large = 1_000_000_000_000_000;
      const full = entry('é', {
        from: 'a',
        adopted: true,
        caller: 'c',
        offeredAt: large,
        outcome: 'answered',
        answeredAt: large,
        answeredQuality: 'second',
        agent: 't',
        why: 'key',
        leftAt: large,
        pressed: '1',
        heldSince: large,
        heldMs: large,
        passedOn: 'blind',
        passedOnTo: '+46 31-365 00 00',
        talkEndedAt: large,
        by: 'agent',
        wrapUpUntil: large,
        revisedAt: large
      });
      const [written] = await log.append([told('a', abandoned(1), { at: large, seenAt: large })], async () => ({
        entries: [full],
        tallies: [{ queue: 'q', quarterStart: large, delta: tally({ talkMs: large, blindMs: 1 }), revisedAt: large }],
        checkpoint: { name: 'floor', offset: large, version: 1, state: null }
      }));
      expect(await log.entriesSince(0)).toEqual([full]);
      expect(await log.read(0, 1)).toEqual([written]);
      expect((await log.tallies(large, large + 1))[0]).toEqual({
        queue: 'q',
        quarterStart: large,
        tally: tally({ talkMs: large, blindMs: 1 }),
        revisedAt: large
      });
      expect((await log.checkpoint('floor'))!.offset).toBe(large);
      const sums = await database.kysely
        .selectFrom('entry')
        .select(({ fn }) => [fn.countAll().as('n'), fn.sum('held_ms').as('sum'), fn.avg('held_ms').as('mean')])
        .executeTakeFirstOrThrow();
      expect(sums).toEqual({ n: 1, sum: large, mean: large });
      for (const rows of Object.values(await everything(database))) {
        for (const [column, value] of Object.entries(rows[0]!)) {
          const isWhole = /^(offset|version|quarter_start|adopted)$|_at$|_ms$|_since$|_until$|^at$/.test(column);
          const where = `${column} is ${String(value)}`;
          expect(`${where}, a ${typeof value}`).toBe(`${where}, a ${isWhole ? 'number' : 'string'}`);
        }
      }
    });

    test('writes nothing at all when the projection fails', async () => {
      const { log, database } = await open();
      await log.append([told('a', abandoned(1))], projectNothing);
      const before = await everything(database);
      const failing = log.append([told('b', abandoned(2))], async (_, stored) => {
        await stored.entries(['e1']);
        throw new Error('a fold failed');
      });
      await expect(failing).rejects.toThrow('a fold failed');
      expect(await everything(database)).toEqual(before);
      expect(log.position().offset).toBe(1);
      expect((await log.append([told('b', abandoned(2))], projectNothing))[0]!.offset).toBe(2);
    });

    test('on a full disk refuses, leaves nothing behind, and goes on when there is room again', async () => {
      const { log, database } = await open();
      await log.append([told('a', abandoned(1))], projectNothing);
      const before = await everything(database);
      const makeRoom = await fillTheDisk(database);
      const large = 'x'.repeat(200_000);
      const full = log.append([told('b', { kind: 'Anomaly', code: 'c', detail: large })], async () => ({
        entries: [entry('e1')],
        tallies: [{ queue: 'växel', quarterStart: TEN, delta: tally({ offered: 1 }) }],
        checkpoint: { name: 'floor', offset: 2, version: 1, state: large }
      }));
      await expect(full).rejects.toThrow(LogRefuses);
      expect(log.position().offset).toBe(1);
      expect(await everything(database)).toEqual(before);
      await makeRoom();
      expect((await log.append([told('b', abandoned(2))], projectNothing))[0]!.offset).toBe(2);
    });

    test('a server that another has replaced is refused, and the new one goes on from the last offset', async () => {
      const old = await open();
      await old.log.append([told('a', abandoned(1))], projectNothing);
      const { log } = await open(old.where);
      await expect(old.log.append([told('b', abandoned(2))], projectNothing)).rejects.toThrow(/taken over.*Stop one/);
      expect((await log.append([told('b', abandoned(2))], projectNothing))[0]!.offset).toBe(2);
    });

    test('an import beside a running server takes nothing over, and their offsets interleave', async () => {
      const { log, where } = await open();
      const beside = await openDatabase(where);
      opened.push(beside);
      const guest = await openEventLog(beside, 'guest');
      await log.append([told('a', abandoned(1))], projectNothing);
      await guest.append([told('b', abandoned(2), { lane: 'history' })], projectNothing);
      const [third] = await log.append([told('c', abandoned(3))], projectNothing);
      expect(third!.offset).toBe(3);
      expect((await log.read(0, 9)).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    });

    test('a question to the database in the middle of an append waits, and never becomes part of it', async () => {
      const { log, database } = await open();
      let asked: Promise<unknown> | undefined;
      const failing = log.append([told('a', abandoned(1))], async () => {
        asked = database.kysely.insertInto('unit').values({ id: 'u', name: 'U', position: 1 }).execute();
        throw new Error('a fold failed');
      });
      await expect(failing).rejects.toThrow('a fold failed');
      await asked;
      expect(await database.kysely.selectFrom('unit').select('id').execute()).toEqual([{ id: 'u' }]);
    });
  });
}

/** Lets no more be written; what it returns lets it again. */
async function fillTheDisk(database: Database): Promise<() => Promise<void>> {
  if (database.dialect === 'sqlite') {
    const pages = database.sqlite.pragma('page_count', { simple: true });
    database.sqlite.pragma(`max_page_count = ${String(pages)}`);
    return async () => void database.sqlite.pragma('max_page_count = 1000000');
  }
  await sql`
    create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`.execute(
    database.kysely
  );
  await sql`create trigger full_disk before insert on projection execute function full_disk()`.execute(database.kysely);
  return async () => void (await sql`drop trigger full_disk on projection`.execute(database.kysely));
}
