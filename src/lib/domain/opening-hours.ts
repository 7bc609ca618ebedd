/** When the telephones are open. Nobody has said anything: always. Closed is neither a silence of ours nor a lost network. */
import { calendarDay, clockTime, weekday, type CalendarDay, type Instant, type Zone } from './time.ts';

/** Open from one minute after 00:00 up to, not including, another. */
export interface Span {
  from: number;
  to: number;
}
/** `2026-12-24`. */
export type Day = string;
export interface OpeningHours {
  /** From Monday to Sunday; no span is a day that is closed. */
  week: readonly (readonly Span[])[];
  /** What holds on a public holiday, and on the eves that are half closed, such as julafton. Null: as on any such day. */
  holidays: readonly Span[] | null;
  eves: readonly Span[] | null;
  /** What holds on a certain day, whatever else it is. */
  exceptions: readonly { day: Day; spans: readonly Span[] }[];
}
export type HolidayKind = 'public' | 'eve';
/** The holidays of a year. A table of the calendar, made outside the domain. */
export type Holidays = (year: number) => ReadonlyMap<Day, HolidayKind>;

export type Opening =
  /** `until` is null when it never closes, or not within two weeks. */
  | { state: 'open'; until: Instant | null }
  /** `until` is null when nobody knows when it opens. */
  | { state: 'closed'; until: Instant | null };

export const DAY_MINUTES = 1440;
/** So far ahead is looked for the next change: longer than any closure between Christmas and Epiphany. */
const DAYS_AHEAD = 15;
const ALWAYS: Opening = { state: 'open', until: null };

export function dayName({ year, month, day }: CalendarDay): Day {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The spans of a day: by its date, else by its holiday, else by its weekday. In order. */
export function spansOf(
  hours: OpeningHours,
  day: Day,
  isoWeekday: number,
  holiday: HolidayKind | undefined
): readonly Span[] {
  const exception = hours.exceptions.find((each) => each.day === day);
  if (exception) return exception.spans;
  const special = holiday === 'public' ? hours.holidays : holiday === 'eve' ? hours.eves : null;
  return special ?? hours.week[isoWeekday - 1] ?? [];
}

/** Whether it is open, and until when that holds. `null` is that no hours were ever set. */
export function openingAt(hours: OpeningHours | null, holidays: Holidays, now: Instant, zone: Zone): Opening {
  if (hours === null) return ALWAYS;
  const spans = spansFrom(hours, holidays, now, zone);
  const running = spans.findIndex(({ opens, closes }) => opens <= now && now < closes);
  if (running < 0) {
    return { state: 'closed', until: spans.find(({ opens }) => opens > now)?.opens ?? null };
  }
  // Open past midnight is one opening, though it is two days'.
  let last = running;
  while (spans[last + 1] !== undefined && spans[last + 1]!.opens <= spans[last]!.closes) last += 1;
  return { state: 'open', until: last === spans.length - 1 ? null : spans[last]!.closes };
}

/** Several together, as a board with queues of several units: open while any is, and closed until the first opens. */
export function openingOfAll(openings: readonly Opening[]): Opening {
  if (openings.length === 0) return ALWAYS;
  const open = openings.filter(({ state }) => state === 'open');
  const untils = (open.length > 0 ? open : openings).map(({ until }) => until);
  const known = untils.filter((until) => until !== null);
  if (open.length > 0) return { state: 'open', until: known.length < untils.length ? null : Math.max(...known) };
  return { state: 'closed', until: known.length > 0 ? Math.min(...known) : null };
}

/** Closed, and nobody waits any more: then there is nothing to show. Who waits is shown, whatever the hours say. */
export function isNight(opening: Opening, waiting: number | null): boolean {
  return opening.state === 'closed' && (waiting ?? 0) === 0;
}

export type HoursProblem = 'week' | 'span' | 'overlap' | 'day';

/** What is wrong with hours that somebody wrote, or null. */
export function hoursProblem({ week, holidays, eves, exceptions }: OpeningHours): HoursProblem | null {
  if (week.length !== 7) return 'week';
  const days = exceptions.map(({ day }) => day);
  if (new Set(days).size < days.length || !days.every((day) => isDay(day))) return 'day';
  for (const spans of [...week, holidays ?? [], eves ?? [], ...exceptions.map((each) => each.spans)]) {
    for (const [index, { from, to }] of spans.entries()) {
      if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > DAY_MINUTES || from >= to) return 'span';
      if (index > 0 && spans[index - 1]!.to > from) return 'overlap';
    }
  }
  return null;
}

function isDay(day: Day): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function spansFrom(
  hours: OpeningHours,
  holidays: Holidays,
  now: Instant,
  zone: Zone
): { opens: Instant; closes: Instant }[] {
  const today = calendarDay(now, zone);
  const spans: { opens: Instant; closes: Instant }[] = [];
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead += 1) {
    const noon = clockTime({ ...today, day: today.day + ahead }, DAY_MINUTES / 2, zone);
    const day = calendarDay(noon, zone);
    const name = dayName(day);
    for (const { from, to } of spansOf(hours, name, weekday(noon, zone), holidays(day.year).get(name))) {
      spans.push({ opens: clockTime(day, from, zone), closes: clockTime(day, to, zone) });
    }
  }
  return spans;
}
