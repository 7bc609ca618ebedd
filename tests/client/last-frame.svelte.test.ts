import { beforeEach, expect, test } from 'vitest';
import { forgetFrames, lastFrame, rememberFrame } from '../../src/lib/client/last-frame.ts';
import { busy, NOW } from '../support/frames.ts';

beforeEach(() => {
  forgetFrames();
  localStorage.clear();
});

test('keeps a frame for the offline shell, cut down to what describes no person', () => {
  rememberFrame(busy(), NOW);
  expect(lastFrame('all', NOW + 1_000)).toEqual({
    board: busy().board,
    position: busy().position,
    asOf: busy().asOf,
    provenAt: busy().source.provenAt,
    queues: busy().queues.map(({ queue, waiting, longestWaitSince, today }) => ({
      id: queue.id,
      name: queue.name,
      shortName: queue.shortName,
      waiting,
      longestWaitSince,
      offered: today.offered,
      answered: today.answered,
      abandoned: today.abandoned,
      abandonedShort: today.abandonedShort,
      overflowed: today.overflowed,
      lost: today.lost
    }))
  });
  const everything = JSON.stringify({ ...localStorage });
  expect(everything).not.toMatch(/agents|talk|paused|available|recent|serviceLevel/i);
});

test('writes at most every ten seconds', () => {
  rememberFrame(busy(), NOW);
  const later = { ...busy(), asOf: NOW + 9_000 };
  rememberFrame(later, NOW + 9_999);
  expect(lastFrame('all', NOW)?.asOf).toBe(NOW);
  rememberFrame(later, NOW + 10_000);
  expect(lastFrame('all', NOW)?.asOf).toBe(NOW + 9_000);
});

test('is gone when it is twelve hours old, also from the storage', () => {
  rememberFrame(busy(), NOW);
  expect(lastFrame('all', NOW + 12 * 3_600_000 - 1)).not.toBeNull();
  expect(lastFrame('all', NOW + 12 * 3_600_000)).toBeNull();
  expect(localStorage.length).toBe(0);
});

test('is forgotten for every board when somebody signs out, and nothing else is touched', () => {
  rememberFrame(busy(), NOW);
  rememberFrame({ ...busy(), board: { ...busy().board, id: 'unit-1' } }, NOW);
  localStorage.setItem('theme', 'dark');
  forgetFrames();
  expect({ ...localStorage }).toEqual({ theme: 'dark' });
  rememberFrame(busy(), NOW + 1);
  expect(lastFrame('all', NOW)).not.toBeNull();
});

test('what cannot be read is the same as nothing', () => {
  localStorage.setItem('stamgaffel.last-frame.all', '{"half');
  expect(lastFrame('all', NOW)).toBeNull();
  expect(lastFrame('other', NOW)).toBeNull();
});
