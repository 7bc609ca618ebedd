import { describe, expect, test } from 'vitest';
import { EVENT_VERSION, type Told } from '../../../src/lib/domain/telephony/event.ts';
import { emptyFloor, foldFloor, type Floor } from '../../../src/lib/domain/telephony/floor.ts';
import { differences, missed, reconcile } from '../../../src/lib/domain/telephony/reconcile.ts';
import type { PbxSnapshot } from '../../../src/lib/domain/telephony/snapshot.ts';
import { randomStream } from '../../support/random-stream.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const ten = Date.UTC(2026, 10, 23, 9, 0, 0);

function folded(floor: Floor, told: Told[]): Floor {
  return foldFloor(
    floor,
    told.map((one, n) => ({ ...one, offset: n + 1, source: 'pbx', version: EVENT_VERSION }))
  );
}

function snapshot(parts: Partial<PbxSnapshot>): PbxSnapshot {
  return {
    source: 'pbx',
    at: ten,
    reading: 's/reading-1',
    blindSince: null,
    rebooted: false,
    channelsRead: true,
    queues: [],
    waiting: [],
    talking: [],
    members: [],
    devices: new Map(),
    rings: new Set(),
    ...parts
  };
}

/** Tells the repair, and a second later that those who are missing have gone. */
function repaired(floor: Floor, reading: PbxSnapshot): Floor {
  const { told, missing } = reconcile(floor, reading);
  const gone = missing.map((entry) => missed(entry, reading.at, reading.at + 1000));
  return folded(floor, [...told, ...gone]);
}

/** Much of what the floor has, not all of it, and some that it has not: what a PBX might say after a gap. */
function randomReading(floor: Floor, seed: number): PbxSnapshot {
  const random = seededRandom(`reading ${seed}`);
  const at = ten + 24 * 3_600_000;
  const stays = (entry: { outcome: string }, outcome: string) => entry.outcome === outcome && random() < 0.6;
  const entries = [...floor.entries.values()];
  const seen = ({ channel, call, queue, offeredAt }: (typeof entries)[number]) => ({
    channel,
    call,
    queue,
    since: offeredAt + Math.round((random() - 0.5) * 8000),
    caller: null,
    from: null
  });
  const agents = [...floor.agents.keys(), 'Gun', 'Hans'];
  const queues = ['vaxel', 'skola', 'nyskapad'];
  const waiting = entries.filter((entry) => stays(entry, 'waiting')).map(seen);
  const answered = entries.filter((entry) => stays(entry, 'answered') || stays(entry, 'waiting'));
  const talking = answered
    .filter(({ channel }) => !waiting.some((one) => one.channel === channel))
    .map((entry) => ({ ...seen(entry), agent: entry.agent ?? agents[0]!, answeredAt: at - 5000 }));
  for (let n = 0; n < random() * 4; n++)
    waiting.push({
      channel: `ny-${n}`,
      call: `pbx/ny-${n}`,
      queue: 'nyskapad',
      since: at - n * 1000,
      caller: null,
      from: null
    });
  const members = agents.flatMap((agent) =>
    queues
      .filter(() => random() < 0.6)
      .map((queue) => ({ agent, queue, paused: random() < 0.3, wrapUp: false }))
      .map((member) => ({ ...member, wrapUp: member.paused && random() < 0.5 }))
  );
  return snapshot({
    at,
    blindSince: random() < 0.5 ? at - 60_000 : null,
    rebooted: random() < 0.2,
    queues: queues.map((queue) => ({ queue, limit: random() < 0.5 ? null : 5 })),
    waiting,
    talking,
    members,
    devices: new Map(members.map(({ agent }) => [agent, random() < 0.5 ? 'free' : 'busy']))
  });
}

describe('after a repair a second reading has nothing to say', () => {
  test.each(Array.from({ length: 200 }, (_, seed) => seed))('seed %i', (seed) => {
    const floor = folded(emptyFloor, randomStream(seed, ten, 150));
    const reading = randomReading(floor, seed);
    const after = repaired(floor, reading);
    expect(differences(after, reading)).toEqual([]);
    const again = reconcile(after, { ...reading, reading: 's/reading-2', rebooted: false });
    expect(again.told.map(({ event }) => event)).toEqual([]);
    expect(again.missing).toEqual([]);
  });
});

test('the keys of a repair are its own, so that a second delivery of it is known', () => {
  const floor = folded(emptyFloor, randomStream(7, ten, 150));
  const keys = reconcile(floor, randomReading(floor, 7)).told.map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(5);
  expect(new Set(keys).size).toBe(keys.length);
});

test('another source’s callers and agents are not ours to end', () => {
  const floor = folded(emptyFloor, randomStream(3, ten, 150));
  const { told, missing } = reconcile(floor, snapshot({ source: 'another' }));
  expect([told, missing]).toEqual([[], []]);
});

describe('drift', () => {
  const joined = (agent: string, queue: string): Told => ({
    at: ten,
    seenAt: ten,
    key: `${agent} ${queue}`,
    lane: 'live',
    quality: 'exact',
    event: { kind: 'AgentJoinedQueue', agent, queue }
  });
  const floor = folded(emptyFloor, [joined('Ada', 'vaxel'), joined('Bo', 'vaxel')]);
  const member = (agent: string, paused = false) => ({ agent, queue: 'vaxel', paused, wrapUp: false });

  test('is who waits, who is a member and who is paused', () => {
    const waiting = [{ channel: '1.0', call: 'pbx/1.0', queue: 'vaxel', since: ten, caller: null, from: null }];
    expect(differences(floor, snapshot({ waiting, members: [member('Ada', true), member('Cilla')] }))).toEqual([
      { what: 'waiting', queue: 'vaxel', key: '1.0' },
      { what: 'paused', queue: 'vaxel', key: 'Ada' },
      { what: 'not-member', queue: 'vaxel', key: 'Bo' },
      { what: 'member', queue: 'vaxel', key: 'Cilla' }
    ]);
  });

  test('is neither a telephone nor a talk: those move between the two halves of a reading', () => {
    const devices = new Map([['Ada', 'busy' as const]]);
    expect(differences(floor, snapshot({ members: [member('Ada'), member('Bo')], devices }))).toEqual([]);
  });
});
