import { expect, test } from 'vitest';
import { DEFAULT_SERVICE_LEVEL } from '../../../src/lib/domain/statistics/service-level.ts';
import { emptyToday } from '../../../src/lib/domain/statistics/today.ts';
import type { CallEvent, Envelope } from '../../../src/lib/domain/telephony/event.ts';
import { emptyFloor } from '../../../src/lib/domain/telephony/floor.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/domain/time.ts';
import { project, type Known } from '../../../src/lib/server/live/projection.ts';

const midnight = Date.UTC(2026, 10, 20, 23);
const now = midnight + 2 * HOUR_MS;
const noon = midnight - 12 * HOUR_MS;
let offset = 0;
const told = (at: number, event: CallEvent): Envelope => ({
  at,
  seenAt: now,
  key: `k${(offset += 1)}`,
  lane: 'live',
  quality: 'exact',
  source: 'pbx',
  event,
  offset,
  version: 1
});

test('who seemed to wait since yesterday, and turns out to have left at noon, is carried into no new day', async () => {
  const fold = async (known: Known, envelope: Envelope) =>
    (
      await project([envelope], known, now, { entries: () => Promise.resolve(new Map()) }, () => [
        DEFAULT_SERVICE_LEVEL
      ])
    ).known;
  const empty: Known = { floor: emptyFloor, today: emptyToday(now, 'Europe/Stockholm') };
  const [entry, queue] = ['e1', 'vaxel'];
  const offered: CallEvent = { kind: 'CallOffered', entry, queue, call: 'c1', channel: '1' };
  const waits = await fold(empty, told(noon, offered));
  expect([...waits.today.recent.values()]).toHaveLength(1);
  const left = await fold(waits, told(noon + MINUTE_MS, { kind: 'CallAbandoned', entry }));
  expect(left.floor.entries.size).toBe(0);
  expect([...left.today.recent.values()].filter(({ outcome }) => outcome === 'waiting')).toEqual([]);
  expect(left.today.queues.get(queue)?.tally.carriedIn ?? 0).toBe(0);
});
