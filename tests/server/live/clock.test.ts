import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createClock } from '../../../src/lib/server/live/clock.ts';

it('the clock follows the wall clock when nobody touches it', () => {
  let ms = 1_000;
  const clock = createClock({ wallMs: () => ms, monotonicMs: () => ms });
  ms += 60_000;
  expect(clock()).toBe(61_000);
});

it('a wall clock set back an hour is approached by one second a minute, and time never goes back', () => {
  let wall = 10_000_000;
  let monotonic = 0;
  const clock = createClock({ wallMs: () => wall, monotonicMs: () => monotonic });
  const before = clock();
  wall -= 3_600_000;
  wall += 60_000;
  monotonic += 60_000;
  expect(clock() - before).toBe(59_000);
});

it('whatever the wall clock does, time goes on at a rate within one second a minute', () => {
  const step = fc.record({ passed: fc.integer({ min: 0, max: 100_000 }), moved: fc.integer({ min: -1e7, max: 1e7 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let wall = 1e9;
      let monotonic = 0;
      const clock = createClock({ wallMs: () => wall, monotonicMs: () => monotonic });
      let last = clock();
      for (const { passed, moved } of steps) {
        monotonic += passed;
        wall += passed + moved;
        const now = clock();
        expect(now).toBeGreaterThanOrEqual(last);
        expect(Math.abs(now - last - passed)).toBeLessThanOrEqual(passed / 60 + 1);
        last = now;
      }
    })
  );
});
