import { describe, expect, test } from 'vitest';
import { formTime, instantOfForm, usualEnd } from '../../src/lib/domain/form-time.ts';

const zone = 'Europe/Stockholm';
const at = (text: string) => Date.parse(text);

describe('a time in a form', () => {
  test.each([
    ['2026-11-24T16:00', '2026-11-24T16:00:00+01:00'],
    ['2026-07-01T08:30', '2026-07-01T08:30:00+02:00'],
    ['2026-12-31T23:59', '2026-12-31T23:59:00+01:00']
  ])('%s is %s', (text, instant) => {
    expect(instantOfForm(text, zone)).toBe(at(instant));
    expect(formTime(at(instant), zone)).toBe(text);
  });
  test.each(['', 'i morgon', '2026-13-01T10:00', '2026-11-24T24:00', '2026-11-24'])('%j is none', (text) =>
    expect(instantOfForm(text, zone)).toBeNull()
  );
});

describe('when an announcement usually ends', () => {
  test('at four, when it is written in the day', () => {
    expect(usualEnd(at('2026-11-24T10:20:00+01:00'), zone)).toBe(at('2026-11-24T16:00:00+01:00'));
  });
  test('in eight hours and on the hour, when four is near or past', () => {
    expect(usualEnd(at('2026-11-24T15:20:00+01:00'), zone)).toBe(at('2026-11-25T00:00:00+01:00'));
    expect(usualEnd(at('2026-11-24T21:00:00+01:00'), zone)).toBe(at('2026-11-25T05:00:00+01:00'));
  });
});
