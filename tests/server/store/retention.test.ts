import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Told } from '../../../src/lib/domain/telephony/event.ts';
import { createEngine } from '../../../src/lib/server/live/engine.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { openEventLog } from '../../../src/lib/server/store/event-log.ts';
import { monthsBefore } from '../../../src/lib/server/store/log-cut.ts';
import { openRegister, type StoredRegister } from '../../../src/lib/server/store/register.ts';
import { openRetention, type Retention } from '../../../src/lib/server/store/retention.ts';
import { databasesForTests } from '../../support/databases.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const zone = 'Europe/Stockholm';
const day = 86_400_000;
const NOW = Date.parse('2026-11-24T10:00:00+01:00');
const OLD = Date.parse('2024-09-30T12:00:00+02:00');
/** 25 whole months before November 2026 begin here. */
const CUT = Date.parse('2024-10-01T00:00:00+02:00');

let database: Database;
let register: StoredRegister;
let retention: Retention;
let clock: FakeClock;

async function engine() {
  const after = (ms: number, callback: () => void) => {
    const id = clock.setTimeout(callback, ms);
    return () => clock.clearTimeout(id);
  };
  const log = await openEventLog(database);
  return createEngine({ log, register, zone, demo: true, now: clock.now, after });
}

/** One caller who gives up after ten seconds, and one who is still waiting. */
function calls(name: string, at: number, count = 1): Told[] {
  return Array.from({ length: count }, (_, i): Told[] => {
    const about = { seenAt: at, lane: 'live', quality: 'exact' } as const;
    const entry = `${name} ${i}`;
    const offered = { kind: 'CallOffered', call: entry, entry, queue: 'vaxel', channel: entry } as const;
    const gone = { kind: 'CallAbandoned', entry, channel: entry } as const;
    return [
      { ...about, at: at + i, key: `${entry} offered`, event: offered },
      { ...about, at: at + i + 10_000, key: `${entry} gone`, event: gone as Told['event'] }
    ];
  }).flat();
}

/** Old calls, a recent one who still waits, and enough events for the floor's checkpoint to be newer than the old. */
async function tell(recent: number): Promise<void> {
  const running = await engine();
  const sink = running.sink('pbx');
  await sink.append(calls('old', OLD, 20));
  await sink.append(calls('new', NOW - day, recent));
  const [waits] = calls('waits', NOW - 60_000);
  await sink.append([waits!]);
  await running.close();
}
const eventsLeft = async () =>
  (await database.kysely.selectFrom('event').select(['offset', 'at']).orderBy('offset').execute()).map(({ at }) => at);

for (const where of await databasesForTests()) {
  describe.skipIf(where.skip)(`on ${where.name}`, () => {
    beforeEach(async () => {
      clock = new FakeClock(NOW);
      database = await openDatabase(await where.location());
      register = await openRegister(database, { zone, now: clock.now });
      retention = openRetention(database, { zone, forgetTokens: register.forgetTokens });
    });
    afterEach(() => database.close());

    it('the log is cut by whole months, and boards, counts and offsets are as they were', async () => {
      await tell(1_000);
      const before = await engine();
      const [frame, counted] = [before.feed.current('all'), await (await openEventLog(database)).tallies(0, NOW + day)];
      await before.close();

      expect((await retention.apply(NOW)).events).toBe(40);
      expect(Math.min(...(await eventsLeft()))).toBeGreaterThanOrEqual(CUT);
      const after = await engine();
      expect(after.feed.current('all')).toEqual(frame);
      expect(after.feed.current('all')!.total.waiting).toBe(null);
      expect([...after.floor().entries.keys()]).toEqual(['waits 0']);
      await after.close();
      expect(await (await openEventLog(database)).tallies(0, NOW + day)).toEqual(counted);
      expect((await retention.apply(NOW)).events).toBe(0);
    });

    it('what was cut off is not counted again when an old file comes a second time', async () => {
      await tell(1_000);
      const tallies = async () => (await openEventLog(database)).tallies(0, NOW + day);
      const counted = await tallies();
      await retention.apply(NOW);
      const running = await engine();
      await running.sink('pbx').append(calls('old', OLD, 20));
      await running.close();
      expect(await tallies()).toEqual(counted);
    });

    it('nothing is cut that the checkpoint of the floor does not have yet', async () => {
      await tell(3);
      expect((await retention.apply(NOW)).events).toBe(0);
      expect((await eventsLeft())[0]).toBe(OLD);
    });

    it('a month that has begun within the period is kept whole', () => {
      expect(monthsBefore(NOW, 25, zone)).toBe(CUT);
      expect(monthsBefore(CUT, 1, zone)).toBe(Date.parse('2024-09-01T00:00:00+02:00'));
    });

    it('tokens go after the periods that were decided', async () => {
      await register.agentTokens('pbx', ['PJSIP/ada'], NOW);
      await register.callerToken('pbx', '0701234567', NOW);
      const rows = async () => [
        (await database.kysely.selectFrom('agent_token').selectAll().execute()).length,
        (await database.kysely.selectFrom('caller_token').selectAll().execute()).length
      ];
      const decided = { decision: 'KS 2026/114', decidedOn: '2026-11-01' };
      expect(await retention.set({ kept: 'caller-tokens', period: 2, ...decided }, NOW)).toBeNull();
      expect(await retention.set({ kept: 'agent-tokens', period: 7, ...decided }, NOW)).toBeNull();
      const monthEnd = Date.parse('2026-12-01T00:00:00+01:00');
      await retention.apply(NOW + 2 * day - 1);
      expect(await rows()).toEqual([1, 1]);
      await retention.apply(NOW + 2 * day);
      expect(await rows()).toEqual([1, 0]);
      await retention.apply(monthEnd + 7 * day - 1);
      expect(await rows()).toEqual([1, 0]);
      await retention.apply(monthEnd + 7 * day);
      expect(await rows()).toEqual([0, 0]);
    });

    it('an announcement goes when it has been down for as long as was decided, also when a later one replaced it', async () => {
      await register.queueId('pbx', 'vaxel');
      const said = { text: 'Nya regler', from_at: 0, posted_at: 0, posted_by: null, taken_down_at: null };
      const { kysely } = database;
      await kysely
        .insertInto('announcement')
        .values({ ...said, id: 'old', until_at: OLD, replaces: null })
        .execute();
      await kysely
        .insertInto('announcement')
        .values({ ...said, id: 'new', until_at: NOW, replaces: 'old' })
        .execute();
      await kysely.insertInto('announcement_board').values({ announcement_id: 'old', board: 'all' }).execute();
      await kysely.insertInto('announcement_queue').values({ announcement_id: 'old', queue_id: 'vaxel' }).execute();
      expect((await retention.apply(NOW)).announcements).toBe(1);
      const left = await kysely.selectFrom('announcement').select(['id', 'replaces']).execute();
      expect(left).toEqual([{ id: 'new', replaces: null }]);
    });

    it('a rule shows its decision, and one that cannot be followed changes nothing', async () => {
      const wish = { kept: 'log', period: 36, decision: ' KS 2026/114 ', decidedOn: '2026-11-01' } as const;
      expect(await retention.set(wish, NOW)).toBeNull();
      expect(await retention.set({ ...wish, period: 3 }, NOW)).toBe('period');
      const rule = (await retention.rules()).find(({ kept }) => kept === 'log');
      expect(rule).toMatchObject({ period: 36, decision: 'KS 2026/114', decidedOn: '2026-11-01', changedAt: NOW });
    });
  });
}
