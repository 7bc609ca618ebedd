import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Now } from '../../src/lib/client/now.svelte.ts';

beforeEach(() => vi.useFakeTimers({ now: 1_000_000_300 }));
afterEach(() => vi.useRealTimers());

test('before anything ticks it is when the first frame was made', () => {
  expect(new Now(77).current).toBe(77);
});

test('it ticks once a second, on the second of the server', () => {
  const now = new Now(0);
  // The server is an hour and 250 ms ahead of this television.
  now.heard(Date.now() + 3_600_250);
  const stop = now.start();
  const ticks: number[] = [];
  for (let ms = 0; ms < 5_000; ms += 10) {
    vi.advanceTimersByTime(10);
    if (ticks.at(-1) !== now.current) ticks.push(now.current);
  }
  stop();
  expect(ticks.every((tick) => tick % 1000 === 0)).toBe(true);
  expect(ticks.map((tick) => tick - (ticks[0] ?? 0))).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000]);
  expect(Math.abs(now.current - now.exact())).toBeLessThan(1_000);
  vi.advanceTimersByTime(5_000);
  expect(now.current).toBe(ticks.at(-1));
});

test('a frame that was old when it came does not set the clock back', () => {
  const now = new Now(0);
  now.heard(Date.now() - 4_000);
  now.heard(Date.now() + 20);
  now.heard(Date.now() - 3_000);
  expect(now.exact()).toBe(Date.now() + 20);
});

test("it follows within a minute when somebody sets the television's own clock", () => {
  const now = new Now(0);
  for (let n = 0; n < 20; n++) now.heard(Date.now());
  vi.setSystemTime(Date.now() + 3_600_000);
  for (let n = 0; n < 12; n++) now.heard(Date.now() - 3_600_000);
  expect(now.exact()).toBe(Date.now() - 3_600_000);
});
