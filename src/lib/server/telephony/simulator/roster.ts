import type { Instant } from '../../../domain/time.ts';
import { agents, queues, units, type CityAgent } from './city.ts';
import type { CityDay } from './city-day.ts';
import { seeded, type Seeded } from './seeded.ts';

/** One agent's time at the telephone on one day. */
export interface Shift {
  agent: CityAgent;
  /** By the PBX's name. */
  queues: readonly string[];
  from: Instant;
  until: Instant;
  pauses: readonly Pause[];
}
export interface Pause {
  at: Instant;
  ms: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Hours after midnight: at the telephone from and until. The general group answers all day, in three rows. */
const generalShifts: readonly (readonly [number, number])[] = [
  [6.9, 15.2],
  [8.2, 16.9],
  [9.5, 18.1],
  [6.9, 15.2],
  [8.2, 16.9],
  [8.2, 16.9],
  [9.5, 18.1]
];
/** The special groups have telephone passes; the rest of the day they work in the city's own systems. */
const specialShifts: readonly (readonly [number, number])[] = [
  [7.9, 12.1],
  [11.9, 16.2],
  [8.4, 15.5],
  [9, 13.5],
  [12.5, 16.2],
  [7.9, 12.1],
  [8.9, 14.5]
];
/** How many of each unit are at the telephone some time of a weekday: the others are part-time, ill or on leave. */
const presentOf: Readonly<Record<string, number>> = {
  allmanna: 13,
  'forskola-och-skola': 12,
  'vard-och-omsorg': 12,
  'stad-och-fritid': 10
};

export function roster(seed: string, day: CityDay): Shift[] {
  const chance = seeded(seed, day.plan, 'roster');
  const shifts: Shift[] = [];
  if (day.open) {
    for (const unit of units) {
      const patterns = unit.id === 'allmanna' ? generalShifts : specialShifts;
      const ofUnit = chance.shuffled(agents.filter((agent) => agent.unit === unit.id));
      for (const [index, agent] of ofUnit.slice(0, presentOf[unit.id]).entries()) {
        const [from, until] = patterns[index % patterns.length]!;
        shifts.push(shift(chance, agent, agent.queues, day.midnight + from * HOUR, day.midnight + until * HOUR));
      }
    }
  }
  if (day.lived) shifts.push(...nightShifts(chance, day, new Set(shifts.map(({ agent }) => agent.key))));
  return shifts;
}

/**
 * Who keeps a watched demonstration alive outside opening hours: they answer every queue. Those of the morning have odd
 * numbers and those of the evening even ones, so that the evening's last talks never overlap the next morning's shift
 * of the same person.
 */
function nightShifts(chance: Seeded, day: CityDay, atWork: ReadonlySet<string>): Shift[] {
  const everywhere = queues.map((queue) => queue.pbxName);
  const spare = chance.shuffled(agents.filter((agent) => !atWork.has(agent.key)));
  const odd = spare.filter((agent) => Number(agent.key.slice(-2)) % 2 === 1);
  const even = spare.filter((agent) => Number(agent.key.slice(-2)) % 2 === 0);
  const morningUntil = day.open ? day.midnight + 8.2 * HOUR : day.midnight + 16 * HOUR;
  const crew = day.open ? 10 : 11;
  const eveningFrom = day.midnight + 15.8 * HOUR;
  return [
    ...odd.slice(0, crew).map((agent) => shift(chance, agent, everywhere, day.startsAt, morningUntil)),
    ...even.slice(0, crew).map((agent) => shift(chance, agent, everywhere, eveningFrom, day.endsAt + 12 * MINUTE))
  ];
}

function shift(chance: Seeded, agent: CityAgent, queueNames: readonly string[], from: Instant, until: Instant): Shift {
  const startsAt = Math.round(from + chance.between(-4, 4) * MINUTE);
  const hours = (until - from) / HOUR;
  const pauses: Pause[] = [];
  const pause = (afterHours: number, minutes: number): void => {
    const at = Math.round(startsAt + afterHours * HOUR);
    if (at < until - 20 * MINUTE) pauses.push({ at, ms: Math.round(minutes * MINUTE) });
  };
  // Coffee every two hours and a half, lunch in the middle of a long day, and an hour for what came in writing.
  for (let after = chance.between(0.8, 2.6); after < hours; after += 2.5) pause(after, chance.between(12, 18));
  if (hours > 6) {
    pause(hours * chance.between(0.38, 0.6), chance.between(35, 50));
    pause(hours * chance.between(0.62, 0.85), chance.between(25, 45));
  }
  return { agent, queues: queueNames, from: startsAt, until: Math.round(until), pauses };
}
