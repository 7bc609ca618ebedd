/**
 * Figures of the past, per queue and period, from what is stored per quarter. What describes the agents is withheld
 * where few answered, and where it could be worked out by subtraction (access rule 1).
 */
import { figures, mergeQuarters } from '../../domain/statistics/figures.ts';
import { definitionsWithin } from '../../domain/statistics/service-level.ts';
import { addTally, type Tally } from '../../domain/statistics/tally.ts';
import { withheldBeside, type Part } from '../../domain/statistics/withholding.ts';
import type { QueueId } from '../../domain/telephony/event.ts';
import { type Grain, type Instant, type Period, periodOf, periods } from '../../domain/time.ts';
import type { BoardQueue, Figures } from '../../domain/wallboard.ts';
import type { Services, StoredTally } from './context.ts';

export interface QueueFigures {
  queue: BoardQueue;
  startsAt: Instant;
  tally: Figures;
  revisedAt: Instant | null;
  transfersVisible: boolean;
}

/** The longer period that is published too, and of which a period is a part. Weeks and years have none. */
const whole: Partial<Record<Grain, Grain>> = { QUARTER_HOUR: 'HOUR', HOUR: 'DAY', DAY: 'WEEK', MONTH: 'YEAR' };
const finerThanDay: readonly Grain[] = ['QUARTER_HOUR', 'HOUR'];

/** Whole periods that [from, to) touches, in order, and in each the queues in theirs. Only those of which something is stored. */
export async function past(
  asked: Period,
  grain: Grain,
  queues: BoardQueue[],
  services: Services
): Promise<QueueFigures[]> {
  const { timeZone, now } = services;
  const wanted = periods(asked.startsAt, asked.endsAt, grain, timeZone);
  const ids = queues.map(({ id }) => id);
  const at = now();
  const stored = await merged(wanted, grain, ids, services, at);
  const people = await peopleIn(wanted, grain, ids, services);
  return wanted.flatMap((period) =>
    queues.flatMap((queue) => {
      const found = stored.get(key(queue.id, period.startsAt));
      const who = people(queue.id, period);
      if (!found || who.one) return [];
      const { startsAt, endsAt } = period;
      const tally = figures(found.tally, {
        definitions: definitionsWithin(services.queues.serviceLevels(queue.id), startsAt, endsAt),
        answerers: who.answerers,
        withheld: who.withheld,
        refusedVisible: services.queues.refusedVisible(queue.id),
        running: endsAt > at
      });
      const transfersVisible = startsAt >= (services.queues.watchedSince(queue.id) ?? Infinity);
      return [{ queue, startsAt, tally, revisedAt: found.revisedAt, transfersVisible }];
    })
  );
}

interface Merged {
  tally: Tally;
  revisedAt: Instant | null;
}

/** Read a month at a time: the quarters of a year do not all have to be in memory at once. */
async function merged(
  wanted: Period[],
  grain: Grain,
  queues: QueueId[],
  { tallies, timeZone }: Services,
  now: Instant
): Promise<Map<string, Merged>> {
  const all = new Map<string, Merged>();
  const from = wanted[0]?.startsAt ?? 0;
  const to = wanted.at(-1)?.endsAt ?? 0;
  for (const month of periods(from, to, 'MONTH', timeZone)) {
    const part = { startsAt: Math.max(from, month.startsAt), endsAt: Math.min(to, month.endsAt) };
    const rows = await quartersOf(part, queues, tallies, now);
    const periodStart = (row: StoredTally) => periodOf(row.quarterStart, grain, timeZone).startsAt;
    for (const [place, quarters] of Map.groupBy(rows, (row) => key(row.queue, periodStart(row)))) {
      const [first] = quarters;
      if (!first) continue;
      const { startsAt, endsAt } = periodOf(first.quarterStart, grain, timeZone);
      const before = all.get(place);
      const tally = mergeQuarters(quarters, startsAt, endsAt);
      all.set(place, {
        tally: before ? addTally(before.tally, tally) : tally,
        revisedAt: quarters.reduce((latest, { revisedAt }) => later(latest, revisedAt), before?.revisedAt ?? null)
      });
    }
  }
  return all;
}

/** Between a reading and a look at the floor a caller may be answered, and would be carried on by the one and not the other. */
const READ_AGAIN = 3;

/** The stored quarters, and what goes with them at `now` without an event. */
async function quartersOf(
  period: Period,
  queues: QueueId[],
  tallies: Services['tallies'],
  now: Instant
): Promise<StoredTally[]> {
  for (let again = READ_AGAIN; ; again--) {
    const before = tallies.unfinished(period, now);
    const stored = await tallies.tallies(period.startsAt, period.endsAt, queues);
    const { offset, parts } = tallies.unfinished(period, now);
    if (offset !== before.offset && again > 0) continue;
    const open = parts.filter(({ queue }) => queues.includes(queue));
    return [...stored, ...open.map(({ delta, ...where }) => ({ ...where, tally: delta, revisedAt: null }))];
  }
}

interface People {
  answerers: number;
  withheld: boolean;
  /** One single person answered that day, so any finer count would be theirs: there is no row. */
  one: boolean;
}

/** How many answered in each period, judged in its whole even when only a part of that is asked for. */
async function peopleIn(
  wanted: Period[],
  grain: Grain,
  queues: QueueId[],
  services: Services
): Promise<(queue: QueueId, period: Period) => People> {
  const { timeZone } = services;
  const coarser = whole[grain];
  const wholes = coarser ? distinct(wanted.map(({ startsAt }) => periodOf(startsAt, coarser, timeZone))) : [];
  const parts = wholes.length ? wholes.map((each) => periods(each.startsAt, each.endsAt, grain, timeZone)) : [wanted];
  const counted = await countAnswerers(parts.flat(), queues, services);
  const days = finerThanDay.includes(grain)
    ? distinct(wanted.map(({ startsAt }) => periodOf(startsAt, 'DAY', timeZone)))
    : [];
  const byDay = await countAnswerers(days, queues, services);
  const withheld = new Set<string>();
  for (const queue of queues) {
    for (const each of wholes.length ? parts : []) {
      const beside = withheldBeside(each.map(({ startsAt }) => counted.get(key(queue, startsAt)) ?? nobody));
      for (const [part, { startsAt }] of each.entries()) if (beside[part]) withheld.add(key(queue, startsAt));
    }
  }
  return (queue, { startsAt }) => ({
    answerers: (counted.get(key(queue, startsAt)) ?? nobody).answerers,
    withheld: withheld.has(key(queue, startsAt)),
    one: days.length > 0 && byDay.get(key(queue, periodOf(startsAt, 'DAY', timeZone).startsAt))?.answerers === 1
  });
}

const nobody: Part = { answerers: 0, describes: false };

async function countAnswerers(all: Period[], queues: QueueId[], { tallies }: Services): Promise<Map<string, Part>> {
  if (all.length === 0) return new Map();
  const found = await tallies.answerers(all, queues);
  return new Map(found.map((part) => [key(part.queue, part.startsAt), part]));
}

function distinct(all: Period[]): Period[] {
  return [...new Map(all.map((period) => [period.startsAt, period])).values()];
}
function key(queue: QueueId, startsAt: Instant): string {
  return `${startsAt} ${queue}`;
}
function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
