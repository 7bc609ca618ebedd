import { describe, expect, it } from 'vitest';
import {
  calendarDay,
  dayStart,
  HOUR_MS,
  isoWeek,
  midnightOf,
  nextDayStart,
  periodOf,
  periods,
  QUARTER_MS,
  quartersOfDay,
  quarterStart,
  weekday
} from '../../src/lib/domain/time.ts';

const zone = 'Europe/Stockholm';
const at = (iso: string): number => Date.parse(iso);

describe('quarters and days in Stockholm', () => {
  it.each([
    ['2026-03-29', 92],
    ['2026-10-25', 100],
    ['2027-03-28', 92],
    ['2027-10-31', 100],
    ['2026-11-21', 96]
  ])('%s has %i quarters', (day, count) => {
    const quarters = quartersOfDay(at(`${day}T12:00:00Z`), zone);
    expect(quarters).toHaveLength(count);
    expect(quarters.at(-1)! + QUARTER_MS).toBe(nextDayStart(quarters[0]!, zone));
    expect(new Set(quarters.map((quarter) => dayStart(quarter, zone)))).toEqual(new Set([quarters[0]]));
  });

  it('a quarter begins at the quarter, also before 1970', () => {
    expect(quarterStart(at('2026-11-21T10:14:59.999Z'))).toBe(at('2026-11-21T10:00:00Z'));
    expect(quarterStart(at('2026-11-21T10:15:00Z'))).toBe(at('2026-11-21T10:15:00Z'));
    expect(quarterStart(-1)).toBe(-QUARTER_MS);
  });

  it('a day begins at midnight and the instant before belongs to yesterday', () => {
    const midnight = at('2026-11-20T23:00:00Z');
    expect(dayStart(midnight, zone)).toBe(midnight);
    expect(dayStart(midnight - 1, zone)).toBe(at('2026-11-19T23:00:00Z'));
    expect(nextDayStart(midnight - 1, zone)).toBe(midnight);
    expect(nextDayStart(midnight, zone)).toBe(at('2026-11-21T23:00:00Z'));
  });

  it('the day on which the clocks go forward is 23 hours, and the one on which they go back is 25', () => {
    const spring = periodOf(at('2026-03-29T12:00:00Z'), 'DAY', zone);
    expect(spring).toEqual({ startsAt: at('2026-03-28T23:00:00Z'), endsAt: at('2026-03-29T22:00:00Z') });
    const autumn = periodOf(at('2026-10-25T12:00:00Z'), 'DAY', zone);
    expect(autumn).toEqual({ startsAt: at('2026-10-24T22:00:00Z'), endsAt: at('2026-10-25T23:00:00Z') });
  });

  it('every day of two years begins where the one before ended', () => {
    let day = dayStart(at('2026-01-01T12:00:00Z'), zone);
    for (let n = 0; n < 730; n++) {
      const next = nextDayStart(day, zone);
      expect(dayStart(next - 1, zone)).toBe(day);
      expect([23, 24, 25]).toContain((next - day) / HOUR_MS);
      day = next;
    }
    expect(calendarDay(day, zone)).toEqual({ year: 2028, month: 1, day: 1 });
  });
});

describe('other zones', () => {
  it('where the clocks go forward at midnight the day begins at one', () => {
    // Beirut went from 23:59:59 to 01:00 on 29 March 2026.
    expect(dayStart(at('2026-03-29T12:00:00Z'), 'Asia/Beirut')).toBe(at('2026-03-28T22:00:00Z'));
  });

  it('a zone half an hour off has its own hours and midnights', () => {
    expect(periodOf(at('2026-11-21T10:10:00Z'), 'HOUR', 'Asia/Kolkata').startsAt).toBe(at('2026-11-21T09:30:00Z'));
    expect(dayStart(at('2026-11-21T10:10:00Z'), 'Asia/Kolkata')).toBe(at('2026-11-20T18:30:00Z'));
  });

  it('far east and far west', () => {
    expect(dayStart(at('2026-11-21T09:59:00Z'), 'Pacific/Kiritimati')).toBe(at('2026-11-20T10:00:00Z'));
    expect(dayStart(at('2026-11-21T09:59:00Z'), 'Pacific/Pago_Pago')).toBe(at('2026-11-20T11:00:00Z'));
  });
});

describe('the calendar', () => {
  it.each([
    ['2026-11-21T12:00:00Z', 2026, 47],
    ['2026-12-31T12:00:00Z', 2026, 53],
    ['2027-01-03T12:00:00Z', 2026, 53],
    ['2027-01-04T12:00:00Z', 2027, 1],
    ['2024-12-30T12:00:00Z', 2025, 1]
  ])('%s is in week %i-%i', (iso, year, week) => {
    expect(isoWeek(at(iso), zone)).toEqual({ year, week });
  });

  it('Monday is 1 and Sunday 7, by the clock on the wall', () => {
    expect(weekday(at('2026-11-22T22:59:00Z'), zone)).toBe(7);
    expect(weekday(at('2026-11-22T23:00:00Z'), zone)).toBe(1);
  });

  it('a week begins on Monday, a month and a year on their first day', () => {
    const noon = at('2026-11-21T11:00:00Z');
    expect(periodOf(noon, 'WEEK', zone)).toEqual({
      startsAt: at('2026-11-15T23:00:00Z'),
      endsAt: at('2026-11-22T23:00:00Z')
    });
    expect(periodOf(noon, 'MONTH', zone)).toEqual({
      startsAt: at('2026-10-31T23:00:00Z'),
      endsAt: at('2026-11-30T23:00:00Z')
    });
    expect(periodOf(at('2026-12-31T22:59:00Z'), 'YEAR', zone)).toEqual({
      startsAt: at('2025-12-31T23:00:00Z'),
      endsAt: at('2026-12-31T23:00:00Z')
    });
    expect(midnightOf({ year: 2026, month: 13, day: 1 }, zone)).toBe(at('2026-12-31T23:00:00Z'));
  });

  it('periods are whole, touch each other and cover what was asked', () => {
    const from = at('2026-10-24T10:20:00Z');
    const to = at('2026-10-26T09:00:00Z');
    for (const grain of ['QUARTER_HOUR', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const) {
      const all = periods(from, to, grain, zone);
      expect(all[0]!.startsAt).toBeLessThanOrEqual(from);
      expect(all.at(-1)!.endsAt).toBeGreaterThanOrEqual(to);
      for (const [n, period] of all.entries()) if (n > 0) expect(period.startsAt).toBe(all[n - 1]!.endsAt);
    }
    expect(periods(from, to, 'DAY', zone)).toHaveLength(3);
    expect(periods(at('2026-10-24T22:00:00Z'), at('2026-10-25T23:00:00Z'), 'HOUR', zone)).toHaveLength(25);
    expect(periods(from, from, 'DAY', zone)).toEqual([]);
  });
});
