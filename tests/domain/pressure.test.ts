import { expect, test } from 'vitest';
import { pressure, signedIn } from '../../src/lib/domain/pressure.ts';
import { agents, busy, exchangeLost, NOW } from '../support/frames.ts';

const someQueue = busy().queues[0]!;
const waiting = (count: number, longestSeconds: number, available: number) => ({
  ...someQueue,
  waiting: count,
  longestWaitSince: count === 0 ? null : NOW - longestSeconds * 1000,
  agents: agents(available, 3, 0, 0)
});

// The target is 60 seconds.
test.each([
  [0, 0, 0, 'calm', 'nobody waits'],
  [1, 60, 0, 'calm', 'one waits within the target'],
  [2, 41, 0, 'calm', 'two are nothing out of the ordinary'],
  [3, 20, 0, 'busy', 'three wait and nobody is free'],
  [3, 20, 3, 'calm', 'three wait and three are free'],
  [1, 61, 2, 'busy', 'one has waited longer than the target'],
  [4, 48, 1, 'busy', 'more wait than are free, but not for long'],
  [4, 61, 1, 'strained', 'more wait than are free, and too long'],
  [1, 180, 0, 'busy', 'one has waited three times the target'],
  [1, 181, 0, 'strained', 'one has waited far too long']
])('%i waiting, longest %i s, %i free: %s (%s)', (count, seconds, available, expected) => {
  expect(pressure(waiting(count, seconds, available), NOW)).toBe(expected);
});

test('a queue that is out of sight is unknown, never calm', () => {
  expect(pressure(exchangeLost().queues[3]!, NOW)).toBe('unknown');
});

test('a queue where nobody is signed in is closed, unless somebody waits in it', () => {
  const nobody = agents(0, 0, 0, 0);
  expect(pressure({ ...waiting(0, 0, 0), agents: nobody }, NOW)).toBe('closed');
  expect(pressure({ ...waiting(4, 70, 0), agents: nobody }, NOW)).toBe('strained');
});

test('nobody is not the same as not knowing', () => {
  expect(signedIn({ agents: agents(0, 0, 0, 0) })).toBe(0);
  expect(signedIn({ agents: { ...agents(1, 2, 3, 4), paused: null } })).toBe(null);
});
