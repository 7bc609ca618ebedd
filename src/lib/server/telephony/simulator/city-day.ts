import { calendarDay, HOUR_MS, midnightOf, weekday, type Instant, type Zone } from '../../../domain/time.ts';

/**
 * One day of the city. A **lived** day was watched: it runs from 04:00 to 04:00 and never closes, because somebody who
 * starts the demonstration at 23:00, or on a Sunday, must see a board that moves; outside opening hours a small crew
 * answers about fifty callers an hour. A day that nobody watched has opening hours only, and is what the weeks of
 * history consist of. Instants are real either way: nothing is shifted in time.
 */
export interface CityDay {
  /** `2026-11-24` */
  date: string;
  /** Begins every key and Uniqueid of the day: `20261124`, or `L20261124` when lived. */
  plan: string;
  lived: boolean;
  /** 0 is Monday. */
  weekday: number;
  /** Whether the contact centre is open at all: on weekdays. */
  open: boolean;
  midnight: Instant;
  startsAt: Instant;
  endsAt: Instant;
  opensAt: Instant;
  closesAt: Instant;
  specialFrom: Instant;
  specialUntil: Instant;
}

/**
 * When a lived day gives way to the next one: four hours after midnight, the quietest hour there is. (By the hours
 * passed and not by the clock on the wall, which is why the nights when the clocks change need no care.)
 */
const turnsAfterMs = 4 * HOUR_MS;

export function cityDay(date: string, lived: boolean, zone: Zone): CityDay {
  const midnight = midnightOfDate(date, zone);
  const today = (weekday(midnight, zone) + 6) % 7;
  return {
    date,
    plan: `${lived ? 'L' : ''}${date.replaceAll('-', '')}`,
    lived,
    weekday: today,
    open: today < 5,
    midnight,
    startsAt: midnight + (lived ? turnsAfterMs : 6 * HOUR_MS),
    endsAt: lived ? midnightOfDate(daysAfter(date, 1), zone) + turnsAfterMs : midnight + 18 * HOUR_MS,
    opensAt: midnight + 7 * HOUR_MS,
    closesAt: midnight + 18 * HOUR_MS,
    specialFrom: midnight + 8 * HOUR_MS,
    specialUntil: midnight + 16 * HOUR_MS
  };
}

/** The date of the lived day that an instant belongs to. */
export function livedDate(at: Instant, zone: Zone): string {
  const { year, month, day } = calendarDay(at - turnsAfterMs, zone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The date of the lived day that a Uniqueid was given in; null for a day of history. */
export function livedDateOf(channel: string): string | null {
  const found = /^L(\d{4})(\d\d)(\d\d)-/.exec(channel);
  return found ? `${found[1]}-${found[2]}-${found[3]}` : null;
}

export function daysAfter(date: string, days: number): string {
  const [year, month, day] = numbersOf(date);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

function midnightOfDate(date: string, zone: Zone): Instant {
  const [year, month, day] = numbersOf(date);
  return midnightOf({ year, month, day }, zone);
}

function numbersOf(date: string): [year: number, month: number, day: number] {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return [year, month, day];
}
