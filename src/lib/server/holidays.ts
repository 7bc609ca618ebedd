import DateHolidays from 'date-holidays';
import type { Day, HolidayKind, Holidays } from '../domain/opening-hours.ts';

/**
 * Swedish public holidays, and the eves on which much is half closed: midsommarafton, julafton and nyårsafton, which the
 * library calls bank holidays. Everything else it knows is an ordinary working day.
 */
export function swedishHolidays(): Holidays {
  const calendar = new DateHolidays('SE');
  const years = new Map<number, ReadonlyMap<Day, HolidayKind>>();
  return (year) => {
    let days = years.get(year);
    if (days === undefined) {
      days = new Map(
        calendar.getHolidays(year).flatMap(({ date, type }): [Day, HolidayKind][] => {
          const kind = type === 'public' ? 'public' : type === 'bank' ? 'eve' : null;
          return kind === null ? [] : [[date.slice(0, 10), kind]];
        })
      );
      years.set(year, days);
    }
    return days;
  };
}
