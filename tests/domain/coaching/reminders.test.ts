import { describe, expect, test } from 'vitest';
import { dueDates } from '../../../src/lib/domain/coaching/dates.ts';
import { initial, type Participation } from '../../../src/lib/domain/coaching/participation.ts';
import { isReminded, waitsFor } from '../../../src/lib/domain/coaching/reminders.ts';

const DAY_MS = 86_400_000;
const window = { startsAt: 0, endsAt: 14 * DAY_MS };
const due = dueDates(window, { startsAt: 0, endsAt: 70 * DAY_MS });
const state = (over: Partial<Participation>): Participation => ({
  ...initial({
    id: 'p',
    round: 'r',
    agent: 'amina',
    coach: 'karin',
    sound: 'recorded',
    places: [{ slot: 's', n: 1, kind: 'random' }]
  }),
  sample: 'drawn',
  ...over
});
const called = (coachReading: { reading: string; author: string } | null) =>
  state({}).places.map((place) => ({ ...place, call: { entry: 'e', spanMs: 1 }, coachReading }));

describe('the days of a participation', () => {
  test('are two weeks for the reflection and four for the coach, and the round’s end for the talk', () => {
    expect(due).toEqual({ reflection: 28 * DAY_MS, reading: 42 * DAY_MS, talk: 70 * DAY_MS });
  });
  test('are a third of what is left each, in a short round', () => {
    const short = dueDates(window, { startsAt: 0, endsAt: 29 * DAY_MS });
    expect(short).toEqual({ reflection: 19 * DAY_MS, reading: 24 * DAY_MS, talk: 29 * DAY_MS });
  });
});

describe('a reminder', () => {
  test('stands there twice and no more: a week before the day, and on the last two days', () => {
    const days = Array.from({ length: 15 }, (_, before) => 14 - before).filter((before) =>
      isReminded(20 * DAY_MS, (20 - before) * DAY_MS)
    );
    expect(days).toEqual([7, 6, 2, 1]);
  });
  test('is for the one whose turn it is', () => {
    const planned = state({ sample: 'not-drawn' });
    expect([waitsFor(planned, 'agent', due), waitsFor(planned, 'coach', due)]).toEqual([null, null]);
    const reflecting = state({ places: called(null) });
    expect(waitsFor(reflecting, 'agent', due)?.kind).toBe('reflection');
    expect(waitsFor(reflecting, 'coach', due)?.kind).toBe('reading');
    const read = state({ places: called({ reading: 'x', author: 'karin' }) });
    expect(waitsFor(read, 'coach', due)).toBeNull();
    const ready = state({ reflection: 'in', revealed: true });
    expect(waitsFor(ready, 'coach', due)?.kind).toBe('talk');
    expect(waitsFor({ ...ready, talkAt: 5 }, 'coach', due)).toBeNull();
    const talked = state({ revealed: true, heldAt: 5 });
    expect(waitsFor(talked, 'agent', due)).toEqual({ kind: 'acknowledge', until: 5 + 30 * DAY_MS });
    expect(waitsFor(talked, 'coach', due)).toBeNull();
  });
  test('is nobody’s when it is over', () => {
    const over = state({ acknowledged: 1, heldAt: 5, revealed: true });
    expect([waitsFor(over, 'agent', due), waitsFor(over, 'coach', due)]).toEqual([null, null]);
  });
});
