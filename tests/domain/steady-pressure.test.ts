import { expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../src/lib/domain/board.ts';
import type { Pressed, Pressure } from '../../src/lib/domain/pressure.ts';
import { pressure } from '../../src/lib/domain/pressure.ts';
import { evolvePressure, type SteadyPressure } from '../../src/lib/domain/steady-pressure.ts';
import { agents, busy, NOW } from '../support/frames.ts';

const someQueue = busy().queues[0]!;
const patient: Thresholds = {
  ...DEFAULT_THRESHOLDS,
  easedBy: { callers: 1, share: 0.25 },
  worseAfterMs: 10_000,
  betterAfterMs: 30_000
};
/** How many wait, and how many seconds the oldest has, with nobody free. The target is 60 seconds. */
type Seen = [waiting: number | null, longestSeconds?: number];
const seen = ([waiting, longest = 0]: Seen, now: number): Pressed => ({
  ...someQueue,
  waiting,
  longestWaitSince: waiting ? now - longest * 1000 : null,
  agents: agents(0, 3, 0, 0)
});

/** Looks each second at what holds from these seconds on, and returns what was shown when, where it changed. */
function shown(timeline: Record<number, Seen>, until: number, thresholds = patient): [number, Pressure][] {
  const changes: [number, Pressure][] = [];
  let state: SteadyPressure | null = null;
  let holds: Seen = [0];
  for (let second = 0; second <= until; second += 1) {
    holds = timeline[second] ?? holds;
    const now = NOW + second * 1000;
    state = evolvePressure(state, seen(holds, now), now, thresholds);
    if (changes.at(-1)?.[1] !== state.shown) changes.push([second, state.shown]);
  }
  return changes;
}

test('three who wait for ten seconds make it busy; three who are answered before that do not', () => {
  expect(shown({ 5: [3, 10] }, 30)).toEqual([
    [0, 'calm'],
    [15, 'busy']
  ]);
  expect(shown({ 5: [3, 10], 14: [2, 10] }, 60)).toEqual([[0, 'calm']]);
});

test('a queue that wavers around the threshold keeps one word', () => {
  const wavering: Record<number, Seen> = { 0: [3, 10] };
  for (let second = 1; second < 120; second += 1) wavering[second] = [second % 2 === 0 ? 3 : 2, 10];
  expect(shown(wavering, 120)).toEqual([[0, 'busy']]);
});

test('it is calm again when it has been clearly less for half a minute, not when it is just below', () => {
  // One fewer than the threshold is not clearly less.
  expect(shown({ 0: [3, 10], 10: [2, 10] }, 100)).toEqual([[0, 'busy']]);
  expect(shown({ 0: [3, 10], 10: [1, 10] }, 100)).toEqual([
    [0, 'busy'],
    [40, 'calm']
  ]);
  // 50 s is within the target, but not by a quarter.
  expect(shown({ 0: [1, 70], 10: [1, 50] }, 100)).toEqual([[0, 'busy']]);
  expect(shown({ 0: [1, 70], 10: [1, 44] }, 100)).toEqual([
    [0, 'busy'],
    [40, 'calm']
  ]);
});

test('what gets worse while it is waited for is shown as it was all the time, and then as it is', () => {
  expect(shown({ 5: [3, 10], 12: [4, 61] }, 60)).toEqual([
    [0, 'calm'],
    [15, 'busy'],
    [25, 'strained']
  ]);
});

test('what eases by two steps in its own time is shown as the gravest of them', () => {
  expect(shown({ 0: [4, 61], 10: [3, 10], 30: [0] }, 100)).toEqual([
    [0, 'strained'],
    [40, 'busy'],
    [70, 'calm']
  ]);
});

test('what is no measure is shown at once: no contact, and contact again', () => {
  expect(shown({ 3: [null], 9: [5, 90] }, 20)).toEqual([
    [0, 'calm'],
    [3, 'unknown'],
    [9, 'strained']
  ]);
});

test('after looking away, what is seen is shown: nothing is hidden because a screen is new', () => {
  const first = evolvePressure(null, seen([0], NOW), NOW, patient);
  const later = evolvePressure(first, seen([9, 90], NOW + 6_000), NOW + 6_000, patient);
  expect(later.shown).toBe('strained');
});

test('looking more often changes nothing', () => {
  const often: Record<number, Seen> = { 5: [3, 10], 40: [1, 5] };
  let state: SteadyPressure | null = null;
  const changes: [number, Pressure][] = [];
  for (let ms = 0; ms <= 100_000; ms += 250) {
    const holds = ms < 5_000 ? ([0] as Seen) : ms < 40_000 ? often[5]! : often[40]!;
    state = evolvePressure(state, seen(holds, NOW + ms), NOW + ms, patient);
    state = evolvePressure(state, seen(holds, NOW + ms), NOW + ms, patient);
    if (changes.at(-1)?.[1] !== state.shown) changes.push([ms / 1000, state.shown]);
  }
  expect(changes).toEqual(shown(often, 100));
});

test('without thresholds of its own a board shows the plain word', () => {
  let state: SteadyPressure | null = null;
  for (const [second, holds] of ([[0], [3, 10], [4, 61], [2, 61], [1, 20], [0]] as Seen[]).entries()) {
    const now = NOW + second * 1000;
    const queue = seen(holds, now);
    state = evolvePressure(state, queue, now, DEFAULT_THRESHOLDS);
    expect(state.shown).toBe(pressure(queue, now));
  }
});
