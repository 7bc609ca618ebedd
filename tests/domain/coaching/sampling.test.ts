import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  commitment,
  drawCall,
  drawPlaces,
  drawsInOrder,
  pool,
  poolHash,
  verifiedDraw,
  type DrawRecord,
  type Hmac,
  type PoolCall
} from '../../../src/lib/domain/coaching/sampling.ts';
import { START } from '../../support/coaching.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const hmacOf =
  (secret: string): Hmac =>
  (message) =>
    createHmac('sha256', secret).update(message).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = hmacOf('secret');
const call = (entry: string, change: Partial<PoolCall> = {}): PoolCall => ({
  entry,
  queue: 'parking',
  answeredAt: START,
  talkMs: 90_000,
  spanMs: 95_000,
  ...change
});
const name = { round: '2027-spring', participation: 'p1', n: 1, drawNo: 0 };
const none = { held: [], gone: [] };
const many = Array.from({ length: 40 }, (_, at) => call(`call-${String(at).padStart(2, '0')}`));

describe('the pool', () => {
  it('holds talks of a minute and more, of allowed queues, in an order of their own', () => {
    const calls = [
      call('b'),
      call('short', { talkMs: 59_999 }),
      call('care', { queue: 'care' }),
      call('a', { talkMs: 60_000 })
    ];
    expect(pool(calls, ['parking']).map(({ entry }) => entry)).toEqual(['a', 'b']);
    expect(pool(calls, [])).toEqual([]);
  });
});

describe('a draw', () => {
  it('gives the same call for the same round, participation, place and number, whenever it is asked', () => {
    expect(drawCall(name, many, none, hmac)).toEqual(drawCall(name, many, none, hmac));
  });
  it('gives another for another secret, participation, place or number', () => {
    const drawn = (change: object, secret = 'secret'): string[] =>
      [0, 1, 2, 3, 4].map((n) => drawCall({ ...name, n, ...change }, many, none, hmacOf(secret))!.entry);
    for (const other of [
      drawn({}, 'other'),
      drawn({ participation: 'p2' }),
      drawn({ round: 'r' }),
      drawn({ drawNo: 1 })
    ]) {
      expect(other).not.toEqual(drawn({}));
    }
  });
  it('never takes what is held or was withdrawn, and says when nothing is left', () => {
    const three = [call('a'), call('b'), call('c')];
    expect(drawCall(name, three, { held: ['a'], gone: ['b'] }, hmac)?.entry).toBe('c');
    expect(drawCall(name, three, { held: ['a'], gone: ['b', 'c'] }, hmac)).toBeNull();
  });
  it('spreads over queues and weeks before it takes two of a kind', () => {
    const calls = ['parking', 'care'].flatMap((queue) =>
      [0, 1].flatMap((week) =>
        [0, 1, 2].map((at) => call(`${queue}-${week}-${at}`, { queue, answeredAt: START + week * WEEK_MS }))
      )
    );
    for (let p = 0; p < 50; p += 1) {
      const places = [1, 2].map((n) => ({ n, drawNo: 0 }));
      const [one, two] = drawPlaces({ round: 'r', participation: `p${p}` }, places, calls, none, hmac);
      expect(two!.call!.queue).not.toBe(one!.call!.queue);
      expect(two!.call!.answeredAt).not.toBe(one!.call!.answeredAt);
    }
  });
  it('gives every call of a kind the same chance', () => {
    const ten = many.slice(0, 10);
    const counts = new Map(ten.map(({ entry }) => [entry, 0]));
    for (let p = 0; p < 5000; p += 1) {
      const { entry } = drawCall({ ...name, participation: `p${p}` }, ten, none, hmac)!;
      counts.set(entry, counts.get(entry)! + 1);
    }
    const unevenness = [...counts.values()].reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    // Chi-squared with nine degrees of freedom: beyond 27.9 once in a thousand; the draws are the same every time.
    expect(unevenness).toBeLessThan(27.9);
  });
  it('throws a number away rather than favour the first calls', () => {
    const numbers = [0xff_ff_ff_ff, 7];
    const told: Hmac = () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(numbers.shift() ?? 0);
      return bytes;
    };
    expect(drawCall(name, many.slice(0, 3), none, told)?.entry).toBe('call-01');
  });
});

describe('the check of a round', () => {
  const record = (change: Partial<DrawRecord> = {}): DrawRecord => ({
    name,
    held: [],
    gone: [],
    poolSize: many.length,
    poolHash: poolHash(many, sha256),
    entry: drawCall(name, many, none, hmac)!.entry,
    ...change
  });
  const committed = commitment('secret', sha256);
  const verdict = (kept: DrawRecord, from = many, secret = 'secret') =>
    verifiedDraw(kept, from, { secret, committed }, { hmacOf, sha256 });

  it('finds a draw as it was made', () => {
    expect(verdict(record())).toBe('as-drawn');
    expect(verdict(record({ held: many.map(({ entry }) => entry), entry: null }))).toBe('as-drawn');
  });
  it('finds another secret than the one whose hash was shown at the opening', () => {
    expect(verdict(record(), many, 'handy')).toBe('other-secret');
  });
  it('finds a pool that something was taken out of, or that was moved in time', () => {
    expect(verdict(record(), many.slice(1))).toBe('other-pool');
    expect(verdict(record(), [...many.slice(1), call('call-00', { answeredAt: START + 1 })])).toBe('other-pool');
  });
  it('finds a call that somebody put in the place of the drawn one', () => {
    const other = many.find(({ entry }) => entry !== record().entry)!.entry;
    expect(verdict(record({ entry: other }))).toBe('other-call');
  });
  it('finds a draw that was made again, or a number that was skipped', () => {
    const draws = (...numbers: number[]) => numbers.map((drawNo) => record({ name: { ...name, drawNo } }));
    expect(drawsInOrder(draws(1, 0, 2))).toBe(true);
    expect(drawsInOrder(draws(0, 0))).toBe(false);
    expect(drawsInOrder(draws(0, 2))).toBe(false);
  });
});
