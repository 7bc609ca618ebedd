import type { Instant } from '../../../domain/time.ts';
import { general, queues } from './city.ts';
import type { CityDay } from './city-day.ts';
import { seeded, type Seeded } from './seeded.ts';

/** Somebody calls the city. */
export interface Arrival {
  at: Instant;
  queue: string;
  /** Null when withheld. An invented number: no Swedish subscriber's begins with 0, so it is nobody's. */
  number: string | null;
}
/** Something changed in the city, and everybody asks about it at once. */
export interface Surge {
  queue: string;
  from: Instant;
  until: Instant;
  /** Additional callers, all in all. */
  callers: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A weekday's pressure per half hour from 07:00: two humps with the lunch between them, as contact centres have. */
const curve = [
  0.25, 0.4, 0.75, 1.05, 1.3, 1.35, 1.35, 1.25, 1.05, 0.85, 0.75, 0.8, 0.95, 1, 0.9, 0.8, 0.7, 0.6, 0.45, 0.35, 0.25,
  0.15
];
const curveSum = curve.reduce((sum, weight) => sum + weight, 0);
/** Monday to Friday. */
const weekdayFactor = [1.06, 1.02, 1, 0.99, 0.95];
const weekdayCalls = 1_170;
/** What keeps a watched demonstration alive outside opening hours; see `livedDay`. */
const nightCallsPerHour = 55;

/** Everybody who calls this day, in order; from 1 000 to 1 400 in the opening hours of a weekday. */
export function demand(seed: string, day: CityDay): { arrivals: Arrival[]; surges: Surge[] } {
  const chance = seeded(seed, day.plan, 'demand');
  const surges = day.open ? surgesOf(seeded(seed, day.plan, 'surge'), day) : [];
  const instants: { at: Instant; queue: string }[] = [];

  if (day.open) {
    const calls = Math.round(weekdayCalls * (weekdayFactor[day.weekday] ?? 1) * chance.between(0.97, 1.03));
    for (let n = 0; n < calls; n++) {
      const at = day.opensAt + (chance.weighted(curve) + chance.next()) * (HOUR / 2);
      const specialOpen = at >= day.specialFrom && at < day.specialUntil;
      instants.push({ at, queue: specialOpen ? anyQueue(chance) : general });
    }
  }
  for (const surge of surges) {
    for (let n = 0; n < surge.callers; n++)
      instants.push({ at: chance.between(surge.from, surge.until), queue: surge.queue });
  }
  if (day.lived) {
    // Poisson at the night's rate, thinned to what the office hours' own curve leaves room for.
    for (let at = day.startsAt; ;) {
      at += chance.exponential(HOUR / nightCallsPerHour);
      if (at >= day.endsAt - 3 * MINUTE) break;
      if (chance.chance(1 - Math.min(1, officeCallsPerHour(day, at) / nightCallsPerHour)))
        instants.push({ at, queue: anyQueue(chance) });
    }
  }

  instants.sort((a, b) => a.at - b.at);
  const numbers: (string | null)[] = [];
  const arrivals = instants.map(({ at, queue }) => {
    const number = numberOf(chance, numbers);
    numbers.push(number);
    return { at: Math.round(at), queue, number };
  });
  return { arrivals, surges };
}

function officeCallsPerHour(day: CityDay, at: Instant): number {
  if (!day.open || at < day.opensAt || at >= day.closesAt) return 0;
  const weight = curve[Math.floor((at - day.opensAt) / (HOUR / 2))] ?? 0;
  return (2 * weekdayCalls * weight) / curveSum;
}

const shares = queues.map((queue) => queue.share);
const anyQueue = (chance: Seeded): string => queues[chance.weighted(shares)]!.pbxName;

/** Every third weekday something happens: +150 % on the main number, or a special group's telephones all at once. */
function surgesOf(chance: Seeded, day: CityDay): Surge[] {
  if (!chance.chance(0.33)) return [];
  const queue = chance.pick(queues);
  const from = day.opensAt + chance.between(2, 7.5) * HOUR;
  const usual = (officeCallsPerHour(day, from) * queue.share * 40) / 60;
  const callers = Math.round(usual * (queue.pbxName === general ? 1.5 : 4));
  return [{ queue: queue.pbxName, from, until: from + 40 * MINUTE, callers }];
}

/** One of forty thousand who call; one in fourteen withholds the number, one in sixteen has called earlier today. */
function numberOf(chance: Seeded, before: readonly (string | null)[]): string | null {
  if (chance.chance(0.07)) return null;
  if (before.length > 0 && chance.chance(0.06)) return chance.pick(before);
  return `+46310${String(chance.whole(0, 39_999)).padStart(6, '0')}`;
}
