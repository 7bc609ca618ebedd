/**
 * Numbers and times as people read them, in the centre's own zone. Pure: the same value, locale and zone always give the
 * same text. Words and sentences are messages; here is only what stands in their holes.
 */
export type Locale = 'sv' | 'en';

export interface Formats {
  /** `14:03`, on a 24-hour clock in both languages. */
  clock(at: number): string;
  /** As it is said: `7` on the hour, `7:30` else. */
  timeOfDay(at: number): string;
  /** `24 nov` or `24 Nov`. */
  date(at: number): string;
  weekday(at: number): string;
  /** The ISO week, which begins on a Monday and belongs to the year of its Thursday. */
  week(at: number): number;
  /** The hour of the clock without a leading zero, for an axis: `8`. */
  hour(at: number): string;
  /** A whole number with its thousands apart: `1 629` (U+00A0) or `1,629`. */
  number(value: number): string;
  /** With a decimal comma in Swedish: `4,5`. */
  decimal(value: number, digits: number): string;
  /** With at most one decimal, and none when it is whole: `55`, `4,5`. */
  short(value: number): string;
  /** A small number as a word, as a sentence has it: `sex`, `six`; above twelve in digits. */
  count(value: number): string;
  /**
   * A ratio from 0 to 1 as whole per cent, without the sign. Only all is 100 and only none is 0, so that one missed
   * caller among a thousand is not rounded away.
   */
  percent(ratio: number): string;
}

const tags: Record<Locale, string> = { sv: 'sv-SE', en: 'en-GB' };
const words: Record<Locale, readonly string[]> = {
  sv: 'noll ett två tre fyra fem sex sju åtta nio tio elva tolv'.split(' '),
  en: 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')
};
const EVERY_THIRD_DIGIT = /\B(?=(\d{3})+$)/g;

export function formats(locale: Locale, timeZone: string): Formats {
  const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tags[locale], { timeZone, ...options });
  const clock = of({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const month = of({ month: 'short' });
  const weekday = of({ weekday: 'long' });
  // Swedish figures in ISO order, whatever the language: this one is for reckoning.
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' });

  function day(at: number): { year: number; month: number; day: number } {
    const found = { year: 0, month: 0, day: 0 };
    for (const part of parts.formatToParts(at)) {
      if (part.type === 'year' || part.type === 'month' || part.type === 'day') found[part.type] = Number(part.value);
    }
    return found;
  }

  return {
    clock: (at) => clock.format(at),
    timeOfDay: (at) => clock.format(at).replace(/^0/, '').replace(/:00$/, ''),
    // CLDR ends a short Swedish month with a full stop, which looks like a sentence's end on a wall.
    date: (at) => `${day(at).day}\u00a0${month.format(at).replace('.', '')}`,
    weekday: (at) => weekday.format(at),
    week: (at) => {
      const { year, month, day: date } = day(at);
      return isoWeek(year, month, date);
    },
    hour: (at) => String(Number(clock.format(at).slice(0, 2))),
    number: (value) => grouped(Math.round(value), locale),
    decimal: (value, digits) => value.toFixed(digits).replace('.', locale === 'sv' ? ',' : '.'),
    short: (value) => String(Math.round(value * 10) / 10).replace('.', locale === 'sv' ? ',' : '.'),
    count: (value) => words[locale][value] ?? String(value),
    percent: (ratio) => String(ratio >= 1 ? 100 : ratio <= 0 ? 0 : Math.min(99, Math.max(1, Math.round(ratio * 100))))
  };
}

/** A wait as it is counted: `0:48`, `9:59`, and from ten minutes only the minutes, because nobody reads seconds then. */
export function duration(ms: number): { value: string; unit: 'min' | null } {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= 600) return { value: String(Math.floor(seconds / 60)), unit: 'min' };
  return { value: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`, unit: null };
}

/** The same in one piece, for running text and tables. */
export function durationText(ms: number): string {
  const { value, unit } = duration(ms);
  return unit ? `${value}\u00a0${unit}` : value;
}

function grouped(value: number, locale: Locale): string {
  const sign = value < 0 ? '\u2212' : '';
  return sign + String(Math.abs(value)).replace(EVERY_THIRD_DIGIT, locale === 'sv' ? '\u00a0' : ',');
}

function isoWeek(year: number, month: number, day: number): number {
  const date = Date.UTC(year, month - 1, day);
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = date + (3 - weekday) * 86_400_000;
  const firstOfYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.floor((thursday - firstOfYear) / (7 * 86_400_000)) + 1;
}
