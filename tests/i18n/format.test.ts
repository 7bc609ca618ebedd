import { describe, expect, test } from 'vitest';
import { duration, durationText, formats } from '../../src/lib/i18n/format.ts';

const sv = formats('sv', 'Europe/Stockholm');
const en = formats('en', 'Europe/Stockholm');
const at = (iso: string) => Date.parse(iso);

describe('waits', () => {
  test.each([
    [0, '0:00'],
    [999, '0:00'],
    [48_000, '0:48'],
    [372_000, '6:12'],
    [599_999, '9:59'],
    [600_000, '10'],
    [12 * 60_000 + 59_000, '12'],
    [75 * 60_000, '75']
  ])('%i ms reads %s', (ms, text) => expect(duration(ms).value).toBe(text));

  test('from ten minutes the unit is said, because the seconds are gone', () => {
    expect(duration(599_999).unit).toBe(null);
    expect(duration(600_000).unit).toBe('min');
    expect(durationText(12 * 60_000)).toBe('12\u00a0min');
  });

  test('a wait is never negative, even when the screen is a moment behind the server', () => {
    expect(durationText(-400)).toBe('0:00');
  });
});

describe('the clock and the calendar', () => {
  test('the clock has 24 hours in both languages and is the centre’s own', () => {
    expect(sv.clock(at('2026-11-24T13:03:00Z'))).toBe('14:03');
    expect(en.clock(at('2026-11-24T13:03:00Z'))).toBe('14:03');
    expect(sv.clock(at('2026-11-23T23:00:00Z'))).toBe('00:00');
    expect(sv.clock(at('2026-06-24T12:03:00Z'))).toBe('14:03');
  });

  test('dates are short and have no full stop', () => {
    expect(sv.date(at('2026-11-24T12:00:00Z'))).toBe('24\u00a0nov');
    expect(en.date(at('2026-11-24T12:00:00Z'))).toBe('24\u00a0Nov');
    expect(sv.date(at('2026-11-24T23:30:00Z'))).toBe('25\u00a0nov');
  });

  test('weekdays are written out', () => {
    expect(sv.weekday(at('2026-11-24T12:00:00Z'))).toBe('tisdag');
    expect(en.weekday(at('2026-11-24T12:00:00Z'))).toBe('Tuesday');
  });

  test.each([
    ['2026-11-24T12:00:00Z', 48],
    ['2026-11-22T12:00:00Z', 47], // a Sunday still belongs to the week that began on Monday
    ['2026-11-22T23:30:00Z', 48], // and in Stockholm it is Monday half an hour after midnight
    ['2027-01-01T12:00:00Z', 53],
    ['2027-01-04T12:00:00Z', 1],
    ['2024-12-30T12:00:00Z', 1]
  ])('%s is in week %i', (iso, week) => expect(sv.week(at(iso))).toBe(week));

  test('an axis says the hour alone, through the night when the clocks change too', () => {
    expect(sv.hour(at('2026-11-24T07:00:00Z'))).toBe('8');
    expect(sv.hour(at('2026-10-25T00:00:00Z'))).toBe('2');
    expect(sv.hour(at('2026-10-25T01:00:00Z'))).toBe('2');
  });
});

describe('numbers', () => {
  test('thousands are kept apart and together on one line', () => {
    expect(sv.number(1629)).toBe('1\u00a0629');
    expect(en.number(1629)).toBe('1,629');
    expect(sv.number(975)).toBe('975');
    expect(sv.number(1_260_000)).toBe('1\u00a0260\u00a0000');
    expect(sv.number(-3)).toBe('\u22123');
  });

  test('Swedish has a decimal comma', () => {
    expect(sv.decimal(4.46, 1)).toBe('4,5');
    expect(en.decimal(4.46, 1)).toBe('4.5');
  });

  test('only all is a hundred per cent and only none is nought', () => {
    expect(sv.percent(0.794)).toBe('79');
    expect(sv.percent(0.999)).toBe('99');
    expect(sv.percent(1)).toBe('100');
    expect(sv.percent(0.001)).toBe('1');
    expect(sv.percent(0)).toBe('0');
  });
});
