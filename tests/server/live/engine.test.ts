import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Told } from '../../../src/lib/domain/telephony/event.ts';
import { floorToJson } from '../../../src/lib/domain/telephony/floor-json.ts';
import { createEngine, type Engine } from '../../../src/lib/server/live/engine.ts';
import type { SourceSink } from '../../../src/lib/server/live/ports.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { openEventLog } from '../../../src/lib/server/store/event-log.ts';
import { openRegister } from '../../../src/lib/server/store/register.ts';
import { databasesForTests } from '../../support/databases.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { teller } from '../../support/telling.ts';

const zone = 'Europe/Stockholm';
const TEN = Date.parse('2026-11-24T10:00:00+01:00');
const s = 1_000;
/** The exchange is connected for the first time at ten: of the hours before we know nothing, and the day says so. */
const MORNING = 10 * 3_600 * s;

let location: string;
let clock: FakeClock;
let database: Database;
let engine: Engine;
let sink: SourceSink;
let told: (at: number, event: Told['event']) => Told;

async function open() {
  database = await openDatabase(location);
  engine = await createEngine({
    log: await openEventLog(database),
    register: await openRegister(database, { zone, now: clock.now }),
    zone,
    demo: false,
    now: clock.now,
    after: (ms, callback) => {
      const id = clock.setTimeout(callback, ms);
      return () => clock.clearTimeout(id);
    }
  });
  await engine.attach({
    name: 'pbx',
    start: async (given) => void (sink = given),
    stop: async () => {}
  });
}
async function close() {
  await engine.close();
  await database.close();
}
async function kill() {
  // What a crash leaves: nothing is said, nothing more is written.
  await database.close();
}

/** SQLite is told that the file may not grow; PostgreSQL has no such word, so a trigger says what a full disk would. */
async function fillTheDisk() {
  if (database.dialect === 'sqlite') {
    const pages = database.sqlite.pragma('page_count', { simple: true }) as number;
    database.sqlite.pragma(`max_page_count = ${pages}`);
    return;
  }
  await sql`create function refuse() returns trigger as $$ begin raise exception 'full' using errcode = 'disk_full'; end $$ language plpgsql`.execute(
    database.kysely
  );
  await sql`create trigger refuse before insert on event for each row execute function refuse()`.execute(
    database.kysely
  );
}
async function emptyTheDisk() {
  if (database.dialect === 'sqlite') database.sqlite.pragma('max_page_count = 1000000');
  else await sql`drop trigger refuse on event`.execute(database.kysely);
}

for (const where of await databasesForTests()) {
  describe.skipIf(where.skip)(`on ${where.name}`, () => {
    beforeEach(async () => {
      location = await where.location();
      clock = new FakeClock(TEN);
      told = teller();
      await open();
    });
    afterEach(async () => {
      await close().catch(() => {});
    });

    const connected = (at = clock.now()) => told(at, { kind: 'SourceConnected', session: `s${at}`, skewMs: 0 });
    const offered = (at: number, entry: string, more = {}) =>
      told(at, { kind: 'CallOffered', call: `call ${entry}`, entry, queue: 'vaxel', channel: entry, ...more });

    async function signIn() {
      sink.proven(clock.now());
      await sink.append([
        connected(),
        told(clock.now(), { kind: 'QueueSeen', queue: 'vaxel', limit: null }),
        told(clock.now(), { kind: 'AgentJoinedQueue', agent: 'PJSIP/agent07', queue: 'vaxel' }),
        told(clock.now(), { kind: 'DeviceChanged', agent: 'PJSIP/agent07', device: 'free' })
      ]);
    }

    describe('a call on its way to the board', () => {
      it('waits, is answered and is counted, in a frame that says how sure it is', async () => {
        await signIn();
        await sink.append([offered(TEN + s, 'e1', { caller: '0701740605' })]);
        clock.pass(5 * s);
        sink.proven(clock.now());
        const waiting = engine.feed.current('all')!;
        expect(waiting.total.waiting).toBe(1);
        expect(waiting.total.longestWaitSince).toBe(TEN + s);
        expect(waiting.source).toEqual({ state: 'CONNECTED', since: TEN, provenAt: TEN + 5 * s });

        await sink.append([told(TEN + 8 * s, { kind: 'CallAnswered', entry: 'e1', agent: 'PJSIP/agent07' })]);
        clock.pass(5 * s);
        const answered = engine.feed.current('all')!;
        expect(answered.total.waiting).toBe(0);
        expect(answered.total.today).toMatchObject({
          offered: 1,
          answered: 1,
          answeredInTime: 1,
          answerTimeMsMean: 7_000
        });
        expect(answered.total.imbalance).toBe(0);
        expect(answered.queues.map(({ queue }) => queue.id)).toEqual(['vaxel']);
      });

      it('leaves no number, extension or name in the log', async () => {
        await signIn();
        await sink.append([
          offered(TEN + s, 'e1', { caller: '0701740605' }),
          told(TEN + 2 * s, { kind: 'CallAnswered', entry: 'e1', agent: 'PJSIP/agent07' })
        ]);
        const rows = await database.kysely.selectFrom('event').selectAll().execute();
        expect(JSON.stringify(rows)).toContain('CallAnswered');
        expect(JSON.stringify(rows)).not.toMatch(/agent07|0701740605/);
      });

      it('told twice is counted once', async () => {
        await signIn();
        const call = offered(TEN + s, 'e1');
        await sink.append([call]);
        await sink.append([call]);
        expect(engine.feed.current('all')!.total.today.offered).toBe(1);
      });
    });

    describe('losing contact', () => {
      it('makes every live number unknown, never 0, and keeps what was last known', async () => {
        await signIn();
        await sink.append([offered(TEN + s, 'e1')]);
        sink.proven(TEN + 10 * s);
        clock.pass(16 * s);
        await sink.append([told(TEN + 10 * s, { kind: 'SourceLost', why: 'silent' })]);
        const frame = engine.feed.current('all')!;
        expect(frame.source).toEqual({ state: 'LOST', since: TEN + 10 * s, provenAt: TEN + 10 * s });
        expect(frame.total.waiting).toBeNull();
        expect(frame.total.agents.available).toBeNull();
        expect(frame.total.lastKnown).toMatchObject({ at: TEN + 10 * s, waiting: 1 });
        clock.pass(10 * s);
        expect(engine.feed.current('all')!.total.today.blindMs).toBe(MORNING + 16 * s);
      });

      it('is written into the quarters it lasted when contact is back', async () => {
        await signIn();
        await sink.append([told(TEN + 60 * s, { kind: 'SourceLost', why: 'network' })]);
        clock.pass(20 * 60 * s);
        await sink.append([connected()]);
        const log = await openEventLog(database, 'guest');
        const blind = (await log.tallies(TEN, TEN + 3_600 * s)).map(({ quarterStart, tally }) => [
          quarterStart,
          tally.blindMs
        ]);
        expect(blind).toEqual([
          [TEN, 14 * 60 * s],
          [TEN + 900 * s, 5 * 60 * s]
        ]);
      });
    });

    describe('an exchange that is connected for the first time', () => {
      it('is being read until it is known, and never said to be lost since a time before it was there', async () => {
        sink.health({ state: 'connecting' });
        const frame = engine.feed.current('all')!;
        expect(frame.total.lastKnown).toBeNull();
        await signIn();
        clock.pass(s);
        const connected = engine.feed.current('all')!;
        expect(connected.source.state).toBe('CONNECTED');
        expect(connected.total.today.blindMs).toBe(MORNING);
      });

      it('leaves the quarters before it marked as blind, in every queue that it turns out to have', async () => {
        await signIn();
        const log = await openEventLog(database, 'guest');
        const morning = await log.tallies(TEN - MORNING, TEN);
        expect(morning).toHaveLength(40);
        expect(morning.every(({ queue, tally }) => queue === 'vaxel' && tally.blindMs === 900 * s)).toBe(true);
      });
    });

    describe('a restart', () => {
      async function busyMorning() {
        await signIn();
        for (let i = 0; i < 50; i++) {
          const at = TEN + i * 20 * s;
          clock.pass(20 * s);
          sink.proven(clock.now());
          await sink.append([offered(at + 1, `e${i}`)]);
          if (i % 3 === 0) await sink.append([told(at + 9 * s, { kind: 'CallAbandoned', entry: `e${i}` })]);
          if (i % 3 === 1) {
            await sink.append([told(at + 5 * s, { kind: 'CallAnswered', entry: `e${i}`, agent: 'PJSIP/agent07' })]);
            await sink.append([
              told(at + 19 * s, {
                kind: 'TalkEnded',
                entry: `e${i}`,
                agent: 'PJSIP/agent07',
                by: 'caller',
                wrapUpUntil: at + 30 * s
              })
            ]);
          }
        }
        await sink.append([told(clock.now(), { kind: 'CallRefused', call: 'r', queue: 'vaxel', why: 'full' })]);
      }
      /** What must be the same; that the source is lost while nobody was there is the one thing that differs. */
      const picture = () => ({ ...floorToJson(engine.floor()), sources: [] });

      it('replays to exactly the same floor and figures, and says since when it was blind', async () => {
        await busyMorning();
        const before = picture();
        const figures = engine.feed.current('all')!.total;
        const position = engine.health().position;
        await close();
        clock.pass(30 * s);
        await open();
        expect(picture()).toEqual(before);
        expect(engine.health().position.epoch).toBe(position.epoch);
        const after = engine.feed.current('all')!;
        expect(after.source.state).not.toBe('CONNECTED');
        expect(after.total.waiting).toBeNull();
        expect(after.total.lastKnown!.waiting).toBe(figures.waiting);
        await sink.append([connected()]);
        const back = engine.feed.current('all')!.total;
        expect(back.waiting).toBe(figures.waiting);
        expect(back.arrivals).toEqual(figures.arrivals);
        expect(back.answerTimes).toEqual(figures.answerTimes);
        const { blindMs, ...today } = back.today;
        expect(today).toEqual({ ...figures.today, blindMs: undefined });
        expect(blindMs).toBe(MORNING + 30 * s);
      });

      it('after a crash: the same, with blindness from the last event', async () => {
        await busyMorning();
        const before = picture();
        await kill();
        clock.pass(30 * s);
        await open();
        expect(picture()).toEqual(before);
        expect(engine.feed.current('all')!.source.state).not.toBe('CONNECTED');
      });

      it('from an older checkpoint of the floor counts nothing twice', async () => {
        await signIn();
        // More than two thousand events, so that there is a checkpoint, and then some more: S < P.
        const many = Array.from({ length: 1_100 }, (_, i) => [
          offered(TEN + i, `m${i}`),
          told(TEN + i + 500, { kind: 'CallAbandoned', entry: `m${i}` })
        ]).flat();
        await sink.append(many);
        await sink.append([offered(TEN + 5 * s, 'last')]);
        clock.pass(10 * s);
        const figures = engine.feed.current('all')!.total.today;
        const before = picture();
        await kill();
        await open();
        expect(picture()).toEqual(before);
        await sink.append([connected()]);
        expect(engine.feed.current('all')!.total.today).toMatchObject({ offered: figures.offered, abandoned: 1_100 });
      });
    });

    describe('a correction', () => {
      it('restates the quarters concerned, as if it had been known from the start, and marks them', async () => {
        await signIn();
        await sink.append([offered(TEN + s, 'e1'), told(TEN + 30 * s, { kind: 'CallLost', entry: 'e1', why: 'gap' })]);
        const later = clock.now() + 3_600 * s;
        await sink.append([
          {
            ...told(TEN + 30 * s, {
              kind: 'EntryCorrected',
              entry: 'e1',
              was: { outcome: 'lost', leftAt: TEN + 30 * s, why: 'gap' },
              now: { outcome: 'abandoned', leftAt: TEN + 12 * s, why: null },
              evidence: 'queue-log'
            }),
            lane: 'history',
            seenAt: later
          }
        ]);
        const log = await openEventLog(database, 'guest');
        const [quarter] = await log.tallies(TEN, TEN + 900 * s);
        expect(quarter).toMatchObject({ tally: { offered: 1, abandoned: 1, lost: 0 }, revisedAt: later });
        expect(engine.feed.current('all')!.total.today).toMatchObject({ offered: 1, abandoned: 1, lost: 0 });
      });
    });

    describe('history', () => {
      const yesterday = TEN - 86_400 * s;

      it('of which half is told does not seem to wait in anybody’s queue, now or after a restart', async () => {
        await signIn();
        await sink.append([{ ...offered(yesterday, 'h1'), lane: 'history' }]);
        const balanced = () => {
          const { waiting, imbalance, today } = engine.feed.current('all')!.total;
          expect({ waiting, imbalance, carriedIn: today.carriedIn }).toEqual({
            waiting: 0,
            imbalance: 0,
            carriedIn: 0
          });
        };
        balanced();
        await close();
        await open();
        await sink.append([connected()]);
        balanced();
        await sink.append([{ ...told(yesterday + 9 * s, { kind: 'CallAbandoned', entry: 'h1' }), lane: 'history' }]);
        balanced();
        const log = await openEventLog(database, 'guest');
        expect((await log.tallies(yesterday, yesterday + 900 * s))[0]!.tally).toMatchObject({
          offered: 1,
          abandoned: 1
        });
      });

      it('corrects an entry that still talks after an hour as it is stored, not as the floor remembers it', async () => {
        await signIn();
        await sink.append([
          offered(TEN, 'long'),
          told(TEN + 9 * s, { kind: 'CallAnswered', entry: 'long', agent: 'PJSIP/agent07' })
        ]);
        clock.pass(3_600 * s);
        await sink.append([offered(clock.now(), 'other')]); // lets go of what is no longer recent
        const restate = (from: number, to: number): Told => ({
          ...told(TEN, {
            kind: 'EntryCorrected',
            entry: 'long',
            was: { offeredAt: from },
            now: { offeredAt: to },
            evidence: 'queue-log'
          }),
          lane: 'history'
        });
        await sink.append([restate(TEN, TEN - 4 * s)]);
        clock.pass(3_600 * s);
        await sink.append([offered(clock.now(), 'another')]);
        await sink.append([restate(TEN - 4 * s, TEN - 5 * s)]);
        const log = await openEventLog(database, 'guest');
        const [entry] = await log.entriesOffered('pbx', TEN - 10 * s, TEN + s);
        expect(entry).toMatchObject({ id: 'long', offeredAt: TEN - 5 * s });
      });
    });

    describe('a full disk', () => {
      it('the board goes on from memory and says so; nothing is acknowledged until it is saved; then all of it is', async () => {
        await signIn();
        await fillTheDisk();
        let acknowledged = 0;
        const many = Array.from({ length: 400 }, (_, i) =>
          sink.append([offered(TEN + i, `f${i}`)]).then(() => acknowledged++)
        );
        await until(() => !engine.health().saved && engine.floor().entries.size === 400);
        const durable = engine.health().position.offset;
        const frame = engine.feed.current('all')!;
        expect(frame.saved).toBe(false);
        expect(frame.total.waiting).toBe(400);
        expect(frame.total.today.offered).toBe(400);
        expect(frame.position.offset).toBe(durable);
        expect(acknowledged).toBe(durable - 5); // those that reached the disk before it was full, and no other

        await emptyTheDisk();
        clock.pass(1_000);
        await Promise.all(many);
        expect(engine.health().saved).toBe(true);
        expect(engine.health().position.offset).toBe(405);
        expect(engine.feed.current('all')!.total.waiting).toBe(400);
        await kill();
        await open();
        expect(engine.floor().entries.size).toBe(400);
      });
    });

    it('at the month’s turn an agent gets a new token, once the talk is over', async () => {
      clock = new FakeClock(Date.parse('2026-11-30T23:58:00+01:00'));
      await close();
      await open();
      await signIn();
      const before = [...engine.floor().agents.keys()];
      await sink.append([
        offered(clock.now(), 'n1'),
        told(clock.now(), { kind: 'CallAnswered', entry: 'n1', agent: 'PJSIP/agent07' })
      ]);
      const minute = async () => {
        const offset = engine.health().position.offset;
        clock.pass(60 * s);
        await until(() => clock.pending > 0);
        return offset;
      };
      await minute();
      await minute();
      await minute();
      expect([...engine.floor().agents.keys()]).toEqual(before);
      await sink.append([told(clock.now(), { kind: 'TalkEnded', entry: 'n1', agent: 'PJSIP/agent07', by: 'caller' })]);
      await minute();
      await until(() => ![...engine.floor().agents.keys()].includes(before[0]!));
      const [agent] = [...engine.floor().agents.values()];
      expect(agent!.device).toBe('free');
      expect([...agent!.queues.keys()]).toEqual(['vaxel']);
      expect((await sink.floor()).agents.has('PJSIP/agent07')).toBe(true);
    });
  });
}

/** Waits for what the database does in its own time, without a sleep. */
async function until(condition: () => boolean) {
  const until = performance.now() + 8_000;
  while (!condition() && performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
  expect(condition()).toBe(true);
}
