import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Told } from '../../../src/lib/domain/telephony/event.ts';
import { floorToJson } from '../../../src/lib/domain/telephony/floor-json.ts';
import { createEngine, type Engine } from '../../../src/lib/server/live/engine.ts';
import { createHistoryLane } from '../../../src/lib/server/live/history-lane.ts';
import type { SourceSink } from '../../../src/lib/server/live/ports.ts';
import { recallFloor } from '../../../src/lib/server/live/recall.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { openEventLog } from '../../../src/lib/server/store/event-log.ts';
import { openRegister } from '../../../src/lib/server/store/register.ts';
import { databasesForTests } from '../../support/databases.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { teller } from '../../support/telling.ts';

const zone = 'Europe/Stockholm';
const TEN = Date.parse('2026-11-24T10:00:00+01:00');
const s = 1_000;

for (const where of await databasesForTests()) {
  describe.skipIf(where.skip)(`what another process imports beside a server, on ${where.name}`, () => {
    let clock: FakeClock;
    let database: Database;
    let engine: Engine;
    let sink: SourceSink;
    let told: ReturnType<typeof teller>;

    beforeEach(async () => {
      clock = new FakeClock(TEN);
      told = teller();
      database = await openDatabase(await where.location());
      const after = (ms: number, callback: () => void) => {
        const id = clock.setTimeout(callback, ms);
        return () => clock.clearTimeout(id);
      };
      const register = await openRegister(database, { zone, now: clock.now });
      engine = await createEngine({
        log: await openEventLog(database),
        register,
        zone,
        demo: false,
        now: clock.now,
        after
      });
    });
    afterEach(async () => {
      await engine.close();
      await database.close();
    });

    async function signIn() {
      await engine.attach({ name: 'pbx', start: async (given) => void (sink = given), stop: async () => {} });
      sink.proven(clock.now());
      await sink.append([
        told(clock.now(), { kind: 'SourceConnected', session: 's1', skewMs: 0 }),
        told(clock.now(), { kind: 'QueueSeen', queue: 'vaxel', limit: null })
      ]);
    }
    const offered = (at: number, entry: string) =>
      told(at, { kind: 'CallOffered', call: `call ${entry}`, entry, queue: 'vaxel', channel: entry });
    const lane = async () =>
      createHistoryLane('pbx', {
        log: await openEventLog(database, 'guest'),
        register: await openRegister(database, { zone, now: clock.now }),
        zone,
        now: clock.now
      });

    it('is on the board within a minute, and nothing is counted twice', async () => {
      await signIn();
      const beside = await lane();
      const early = TEN - 3_600 * s;
      const call = [offered(early, 'i1'), told(early + 9 * s, { kind: 'CallAbandoned', entry: 'i1' })];
      await beside.append(call.map((one) => ({ ...one, lane: 'history' })));
      clock.pass(60 * s);
      await eventually(() => expect(engine.feed.current('all')!.total.today.offered).toBe(1));
      await sink.append([offered(clock.now(), 'mine')]);
      expect(engine.feed.current('all')!.total).toMatchObject({
        waiting: 1,
        imbalance: 0,
        today: { offered: 2, abandoned: 1 }
      });
    });

    it('is not read again at the next start, and a server that tells meanwhile is not passed over', async () => {
      const call = (name: string): Told[] =>
        [offered(TEN - 9_000 * s, name), told(TEN - 8_990 * s, { kind: 'CallAbandoned', entry: name })].map((one) => ({
          ...one,
          lane: 'history'
        }));
      const recalled = async () => recallFloor(await openEventLog(database, 'guest'));

      const first = await lane();
      expect(first.watchedSince).toBeNull();
      await first.append(call('h1'));
      expect(await recalled()).toMatchObject({ replayed: 0 });
      await signIn();
      await sink.append([offered(TEN, 'live')]);
      await first.append(call('h2')); // whoever waits now must not be forgotten
      expect((await recalled()).floor.entries.size).toBe(1);
      await first.append(call('h3'));
      const { replayed, floor } = await recalled();
      expect([replayed, floorToJson(floor)]).toEqual([0, floorToJson(engine.floor())]);
      expect((await lane()).watchedSince).toBe(TEN);
    });
  });
}
