import { describe, expect, test } from 'vitest';
import { Guessing, networkOf, TooManyAttempts } from '../../../src/lib/server/identity/guessing.ts';

/** Time passes only by waiting: what an attempt costs is what the clock then shows. */
function fresh() {
  let now = 0;
  const guessing = new Guessing(
    () => now,
    async (ms) => void (now += ms)
  );
  const costOf = async (attempt: Partial<Parameters<Guessing['attempt']>[0]>, right: boolean) => {
    const before = now;
    const who = { account: 'amina@exempelstad.se', address: '192.0.2.7', device: null, ...attempt };
    await guessing.attempt(who, async () => (right ? 'signed in' : null));
    return now - before;
  };
  return { guessing, costOf, pass: (ms: number) => void (now += ms) };
}

describe('guessing a password', () => {
  test('three wrong attempts are free, then each waits twice as long, to 25 seconds and no more', async () => {
    const { costOf } = fresh();
    const costs: number[] = [];
    for (let attempt = 0; attempt < 10; attempt++) costs.push(await costOf({}, false));
    expect(costs).toEqual([0, 0, 0, 1000, 2000, 4000, 8000, 16000, 25000, 25000]);
  });
  test('the right password gets in after the wait, and forgives what was before', async () => {
    const { costOf } = fresh();
    for (let attempt = 0; attempt < 5; attempt++) await costOf({}, false);
    expect(await costOf({}, true)).toBe(4000);
    expect(await costOf({}, false)).toBe(0);
  });
  test('the wait comes before the password is looked at', async () => {
    const order: string[] = [];
    const guessing = new Guessing(
      () => 0,
      async (ms) => void order.push(`waits ${ms}`)
    );
    for (let attempt = 0; attempt < 4; attempt++)
      await guessing.attempt({ account: 'a', address: 'b', device: null }, async () => (order.push('looks'), null));
    expect(order).toEqual(['looks', 'looks', 'looks', 'waits 1000', 'looks']);
  });
  test('an hour of quiet forgives', async () => {
    const { costOf, pass } = fresh();
    for (let attempt = 0; attempt < 5; attempt++) await costOf({}, false);
    pass(3_600_000);
    expect(await costOf({}, false)).toBe(0);
  });
  test('another account costs nothing more', async () => {
    const { costOf } = fresh();
    for (let attempt = 0; attempt < 8; attempt++) await costOf({}, false);
    expect(await costOf({ account: 'karin@exempelstad.se' }, true)).toBe(0);
  });
  test('the owner on a known device pays nothing for what strangers guess', async () => {
    const { costOf } = fresh();
    for (let attempt = 0; attempt < 8; attempt++) await costOf({ address: '203.0.113.9' }, false);
    expect(await costOf({ device: 'laptop' }, true)).toBe(0);
  });
  test('a known device that is wrong ten times is known no more', async () => {
    const { costOf } = fresh();
    for (let attempt = 0; attempt < 10; attempt++) await costOf({ device: 'laptop' }, false);
    expect(await costOf({ device: 'laptop' }, false)).toBe(0); // The account's own counter begins here.
  });
  test('a network is slowed only above a hundred failures an hour, whatever accounts it tries', async () => {
    const { costOf, pass } = fresh();
    for (let attempt = 0; attempt < 100; attempt++)
      expect(await costOf({ account: `person ${attempt}` }, false)).toBe(0);
    expect(await costOf({ account: 'another' }, true)).toBe(25_000);
    expect(await costOf({ account: 'another', address: '192.0.2.8' }, true)).toBe(0);
    pass(3_600_000);
    expect(await costOf({ account: 'another' }, true)).toBe(0);
  });
  test('attempts from one place stand in one line, and a fourth is asked to come back', async () => {
    const { guessing } = fresh();
    let running = 0;
    let most = 0;
    const gate = Promise.withResolvers<void>();
    const attempt = (address: string) =>
      guessing.attempt({ account: 'a', address, device: null }, async () => {
        most = Math.max(most, ++running);
        await gate.promise;
        running--;
        return null;
      });
    const line = [attempt('192.0.2.7'), attempt('192.0.2.7'), attempt('192.0.2.7')];
    await expect(attempt('192.0.2.7')).rejects.toThrow(TooManyAttempts);
    // A flood from one place does not stand in the way of another.
    const elsewhere = attempt('203.0.113.9');
    gate.resolve();
    await Promise.all([...line, elsewhere]);
    expect(most).toBe(2);
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64']
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
