import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../../src/lib/server/live/engine.ts';
import { openDatabase } from '../../../../src/lib/server/store/database.ts';
import { openEventLog } from '../../../../src/lib/server/store/event-log.ts';
import { openRegister } from '../../../../src/lib/server/store/register.ts';
import { simulator, type Simulator } from '../../../../src/lib/server/telephony/simulator/simulator.ts';
import { movedClock } from '../../../support/city-log.ts';

const timeZone = 'Europe/Stockholm';
const at = (local: string): number => Date.parse(`${local}+01:00`);

it('the demonstration city goes the one way: its board balances, is not blind, and is the same after a restart', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'stamgaffel-city-')), 'demo.sqlite');
  const clock = movedClock(at('2026-11-24T10:42'));
  const run = async (): Promise<{ engine: Engine; city: Simulator; end(): Promise<void> }> => {
    const database = await openDatabase(file);
    const log = await openEventLog(database);
    const register = await openRegister(database, { zone: timeZone, now: clock.now });
    const engine = await createEngine({ log, register, zone: timeZone, demo: true, now: clock.now });
    const city = simulator({ seed: 'seed', timeZone, historyDays: 4, wait: clock.wait });
    await engine.attach(city);
    return {
      engine,
      city,
      async end() {
        await engine.close();
        await database.close();
      }
    };
  };

  const first = await run();
  const broken: (number | null)[] = [];
  first.engine.feed.watch('all', ({ total }) => void (total.imbalance === 0 || broken.push(total.imbalance)));
  await clock.moveTo(clock.now() + 20_000, 1_000);
  await clock.moveUntil(first.city.history());
  const board = first.engine.feed.current('all')!;
  expect(board.source.state).toBe('CONNECTED');
  expect(board.queues).toHaveLength(11);
  expect(board.total.imbalance).toBe(0);
  expect(board.total.today).toMatchObject({ blindMs: 0, refusedVisible: expect.any(Boolean) });
  expect(board.total.today.offered).toBeGreaterThan(300);
  expect(board.total.agents.talking).toBeGreaterThan(5);
  expect(broken).toEqual([]);
  await first.end();

  await clock.moveTo(at('2026-11-24T11:30'), 3_600_000);
  const second = await run();
  const later = second.engine.feed.current('all')!;
  expect(later.source.state).toBe('CONNECTED');
  expect(later.total.imbalance).toBe(0);
  expect(later.total.today.blindMs).toBe(0);
  expect(later.total.today.offered).toBeGreaterThan(board.total.today.offered + 40);
  expect(later.queues.every((queue) => queue.imbalance === 0)).toBe(true);
  await second.end();
}, 60_000);
