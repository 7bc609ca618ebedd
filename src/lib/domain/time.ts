/**
 * Instants, and the quarters, days and longer periods they fall in. Instants are UTC; days are those of a zone, so a day
 * has 92, 96 or 100 quarters. What the calendar says is asked of `Intl` once per day and zone and then remembered.
 */

/** An instant: whole milliseconds since 1970 in UTC. */
export type Instant = number;
/** A zone by its IANA name, such as Europe/Stockholm. */
export type Zone = string;
export type Grain = 'QUARTER_HOUR' | 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';
/** From `startsAt` up to but not including `endsAt`. */
export interface Period {
  startsAt: Instant;
  endsAt: Instant;
}
/** A day of the calendar; months and days count from 1. */
export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

/** An instant as the API writes it: ISO 8601 in UTC. */
export function isoText(at: Instant): string {
  return new Date(at).toISOString();
}

export const MINUTE_MS = 60_000;
export const QUARTER_MS = 900_000;
export const HOUR_MS = 3_600_000;
const UTC_DAY_MS = 86_400_000;

export function minuteStart(at: Instant): Instant {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/** The quarter hour an instant falls in. The same in every zone, because all differ by whole quarters. */
export function quarterStart(at: Instant): Instant {
  return Math.floor(at / QUARTER_MS) * QUARTER_MS;
}

interface Calendar {
  clock: Intl.DateTimeFormat;
  /** The midnights that fall within a day of UTC, by its number since 1970: nearly always one. */
  midnights: Map<number, readonly Instant[]>;
}
const calendars = new Map<Zone, Calendar>();

function calendarOf(zone: Zone): Calendar {
  let calendar = calendars.get(zone);
  if (calendar === undefined) {
    const clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric'
    });
    calendar = { clock, midnights: new Map() };
    calendars.set(zone, calendar);
  }
  return calendar;
}

/** What the clock on the wall shows, as if it were an instant of UTC. */
function wallClock(at: Instant, zone: Zone): number {
  const shown: Record<string, number> = {};
  for (const part of calendarOf(zone).clock.formatToParts(new Date(at))) shown[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
}

/** The first instant at which the calendar shows this day. Where the clocks change at midnight that is not 00:00. */
function firstInstantOf(wallDay: number, zone: Zone): Instant {
  let before = wallDay - UTC_DAY_MS;
  let within = wallDay + UTC_DAY_MS;
  while (within - before > QUARTER_MS) {
    const between = quarterStart((before + within) / 2);
    if (wallClock(between, zone) < wallDay) before = between;
    else within = between;
  }
  return within;
}

function midnightsIn(utcDay: number, zone: Zone): readonly Instant[] {
  const { midnights } = calendarOf(zone);
  let found = midnights.get(utcDay);
  if (found === undefined) {
    const from = utcDay * UTC_DAY_MS;
    found = [-1, 0, 1]
      .map((days) => firstInstantOf(from + days * UTC_DAY_MS, zone))
      .filter((midnight) => midnight >= from && midnight < from + UTC_DAY_MS);
    midnights.set(utcDay, found);
  }
  return found;
}

/** The midnight that began the day of this instant. */
export function dayStart(at: Instant, zone: Zone): Instant {
  for (let utcDay = Math.floor(at / UTC_DAY_MS); ; utcDay--) {
    const begun = midnightsIn(utcDay, zone).findLast((midnight) => midnight <= at);
    if (begun !== undefined) return begun;
  }
}

/** The midnight that ends the day of this instant. */
export function nextDayStart(at: Instant, zone: Zone): Instant {
  for (let utcDay = Math.floor(at / UTC_DAY_MS); ; utcDay++) {
    const next = midnightsIn(utcDay, zone).find((midnight) => midnight > at);
    if (next !== undefined) return next;
  }
}

/** The quarters of the day of this instant: 96 of them, or 92 or 100 when the clocks change. */
export function quartersOfDay(at: Instant, zone: Zone): Instant[] {
  const quarters: Instant[] = [];
  const end = nextDayStart(at, zone);
  for (let quarter = dayStart(at, zone); quarter < end; quarter += QUARTER_MS) quarters.push(quarter);
  return quarters;
}

export function calendarDay(at: Instant, zone: Zone): CalendarDay {
  const wall = new Date(wallClock(at, zone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/** The midnight of a day of the calendar. Months and days beyond their end run over, as in month 13. */
export function midnightOf({ year, month, day }: CalendarDay, zone: Zone): Instant {
  return firstInstantOf(Date.UTC(year, month - 1, day), zone);
}

/**
 * When the clock on the wall shows so many minutes after 00:00 of a day; 1440 is the next midnight. A time that the
 * clock skips in spring is taken by the clock before it was moved.
 */
export function clockTime(day: CalendarDay, minutes: number, zone: Zone): Instant {
  const wall = Date.UTC(day.year, day.month - 1, day.day) + minutes * MINUTE_MS;
  const near = midnightOf(day, zone) + minutes * MINUTE_MS;
  return near + wall - wallClock(near, zone);
}

/** Monday is 1 and Sunday 7, as ISO 8601 counts. */
export function weekday(at: Instant, zone: Zone): number {
  return new Date(wallClock(at, zone)).getUTCDay() || 7;
}

/** The week of ISO 8601: it begins on a Monday and belongs to the year of its Thursday. */
export function isoWeek(at: Instant, zone: Zone): { year: number; week: number } {
  const { year, month, day } = calendarDay(at, zone);
  const thursday = new Date(Date.UTC(year, month - 1, day + 4 - weekday(at, zone)));
  const weekYear = thursday.getUTCFullYear();
  const dayOfYear = (thursday.getTime() - Date.UTC(weekYear, 0, 1)) / UTC_DAY_MS;
  return { year: weekYear, week: Math.floor(dayOfYear / 7) + 1 };
}

/** The period of a grain in which an instant falls. */
export function periodOf(at: Instant, grain: Grain, zone: Zone): Period {
  if (grain === 'QUARTER_HOUR') return { startsAt: quarterStart(at), endsAt: quarterStart(at) + QUARTER_MS };
  if (grain === 'HOUR') return hourOf(at, zone);
  if (grain === 'DAY') return { startsAt: dayStart(at, zone), endsAt: nextDayStart(at, zone) };
  const { year, month, day } = calendarDay(at, zone);
  const between = (from: CalendarDay, to: CalendarDay): Period => ({
    startsAt: midnightOf(from, zone),
    endsAt: midnightOf(to, zone)
  });
  if (grain === 'WEEK') {
    const monday = day + 1 - weekday(at, zone);
    return between({ year, month, day: monday }, { year, month, day: monday + 7 });
  }
  if (grain === 'MONTH') return between({ year, month, day: 1 }, { year, month: month + 1, day: 1 });
  return between({ year, month: 1, day: 1 }, { year: year + 1, month: 1, day: 1 });
}

/** The hour of the clock on the wall, so that a zone half an hour off still has its own hours. */
function hourOf(at: Instant, zone: Zone): Period {
  const startsAt = at - (((wallClock(at, zone) % HOUR_MS) + HOUR_MS) % HOUR_MS);
  return { startsAt, endsAt: startsAt + HOUR_MS };
}

/**
 * The whole periods that [from, to) touches, in order, without gaps between them. The first may begin before `from` and
 * the last end after `to`: half a week is not a week, so a reader is given whole ones.
 */
export function periods(from: Instant, to: Instant, grain: Grain, zone: Zone): Period[] {
  const all: Period[] = [];
  for (let at = from; at < to;) {
    const period = periodOf(at, grain, zone);
    all.push(period);
    at = period.endsAt;
  }
  return all;
}
