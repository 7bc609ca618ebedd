import { expect, test } from 'vitest';
import type { Viewer } from '../../src/lib/domain/access.ts';
import { RATES, Rates } from '../../src/lib/server/rates.ts';

const NINE = Date.UTC(2026, 10, 23, 8);
const session = (sessionId: string): Viewer => ({
  kind: 'person',
  personId: 'amina',
  sessionId,
  name: 'Amina Berg',
  roles: ['agent']
});
const token: Viewer = { kind: 'integrator', tokenId: 'bi', scopes: ['boards:read'] };
const screen: Viewer = { kind: 'screen', screenId: 'tv', board: 'all' };

function clocked() {
  const clock = { now: NINE };
  const rates = new Rates(() => clock.now);
  /** How many of these come through. */
  const through = (count: number, viewer: Viewer | null, address = '192.0.2.7') =>
    Array.from({ length: count }, () => rates.take(viewer, address)).filter((wait) => wait === 0).length;
  return { clock, rates, through };
}

test.each([
  ['a session', session('s'), RATES.session],
  ['a token', token, RATES.token],
  ['a screen', screen, RATES.screen],
  ['a network of strangers', null, RATES.network]
] as const)('%s may ask much at once, and then so much a second', (_whose, viewer, { burst, perSecond }) => {
  const { clock, rates, through } = clocked();
  expect(through(10 * burst, viewer)).toBe(burst);
  const wait = rates.take(viewer, '192.0.2.7');
  expect(wait).toBe(Math.ceil(1000 / perSecond));
  clock.now += wait;
  expect(through(2, viewer)).toBe(1);
  clock.now += 60_000;
  expect(through(10 * burst, viewer)).toBe(Math.min(burst, 60 * perSecond));
});

test('an hour of asking without pause brings no more than the rate and one burst', () => {
  const { clock, rates } = clocked();
  let through = 0;
  for (let at = 0; at < 3_600_000; at += 10) {
    clock.now = NINE + at;
    if (rates.take(token, '') === 0) through += 1;
  }
  expect(through).toBeLessThanOrEqual(3_600 * RATES.token.perSecond + RATES.token.burst);
  expect(through).toBeGreaterThan(3_600 * RATES.token.perSecond - RATES.token.burst);
});

test('whoever was let in pays nothing for strangers behind the same address, nor for another session of theirs', () => {
  const { through } = clocked();
  expect(through(10_000, null)).toBe(RATES.network.burst);
  expect(through(10_000, session('stolen'))).toBe(RATES.session.burst);
  expect(through(100, session('own'))).toBe(100);
  expect(through(50, token)).toBe(50);
});

test('a network is one IPv4 address, or the /64 of one IPv6 customer', () => {
  const { through } = clocked();
  const { burst } = RATES.network;
  expect(through(burst, null, '2001:db8:1:2::1')).toBe(burst);
  expect(through(1, null, '2001:db8:1:2:ffff::9')).toBe(0);
  expect(through(1, null, '2001:db8:1:3::1')).toBe(1);
  expect(through(1, null, '192.0.2.8')).toBe(1);
});

test('a clock that is set back neither refills nor locks', () => {
  const { clock, rates, through } = clocked();
  through(1_000, token);
  clock.now -= 3_600_000;
  expect(rates.take(token, '')).toBeGreaterThan(0);
  clock.now += 1_000;
  expect(through(100, token)).toBe(RATES.token.perSecond);
});

test('what strangers from everywhere leave behind is forgotten: the counters do not grow without end', () => {
  const { rates, through } = clocked();
  through(RATES.network.burst, null, '192.0.2.1');
  for (let n = 0; n < 30_000; n += 1)
    rates.take(null, `2001:db8:${(n >> 8).toString(16)}:${(n & 255).toString(16)}::1`);
  expect(rates.take(null, '192.0.2.1')).toBe(0);
});
