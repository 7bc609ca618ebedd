import { ContributionSums, refusal, type Contribution } from './contribution.ts';
import { RecentEntries } from './recent-entries.ts';
import { addTally, emptyTally, type Tally } from './tally.ts';
import type { Entry } from '../telephony/call.ts';
import type { AgentToken, QueueId } from '../telephony/event.ts';
import { dayStart, MINUTE_MS, nextDayStart, QUARTER_MS, type Instant, type Zone } from '../time.ts';
import type { ServiceLevelDefinition } from '../wallboard.ts';

/**
 * What a board needs of today beside the floor: per queue the day's sum so far, and the entries of the last half hour.
 * A fold of how entries change, so that live counting, late events and corrections are one thing, and making a frame
 * adds a dozen sums instead of a thousand entries.
 */
export interface Today {
  zone: Zone;
  startsAt: Instant;
  endsAt: Instant;
  queues: ReadonlyMap<QueueId, QueueToday>;
  /** Entries with an instant within the last 35 minutes or so, and those that wait, however long. */
  recent: RecentEntries;
  /** When what is no longer recent was last let go of. */
  sweptAt: Instant;
  refusals: readonly Refusal[];
}
export interface QueueToday {
  /** The day's quarters merged; what is carried out of today is not known yet. */
  tally: Tally;
  /** Entries offered in each quarter, from midnight. */
  arrivals: readonly number[];
  /** How many entries each person answered today. Its size is what decides `few`. */
  answerers: ReadonlyMap<AgentToken, number>;
  /** How many entries came from each other queue. */
  movedFrom: ReadonlyMap<QueueId, number>;
}
export interface Refusal {
  queue: QueueId;
  at: Instant;
}
/** How an event changed an entry; `before` is null when it is new. */
export interface EntryChange {
  before: Entry | null;
  after: Entry;
}
export type DefinitionsOf = (queue: QueueId) => readonly ServiceLevelDefinition[];

export const emptyQueueToday: QueueToday = {
  tally: emptyTally,
  arrivals: [],
  answerers: new Map(),
  movedFrom: new Map()
};
/** Longer than the half hour a board shows, so that a minute's slide and a late event still find their entries. */
const RECENT_MS = 35 * MINUTE_MS;

export function emptyToday(now: Instant, zone: Zone): Today {
  return {
    zone,
    startsAt: dayStart(now, zone),
    endsAt: nextDayStart(now, zone),
    queues: new Map(),
    recent: new RecentEntries(),
    sweptAt: now,
    refusals: []
  };
}

/**
 * The day of `now` from entries: at a start from all of today's and those still waiting (refusals beside them), and at
 * midnight from yesterday's `recent`, which holds every entry that can already have counted in the new day.
 */
export function todayOf(
  entries: Iterable<Entry>,
  refusals: Iterable<Refusal>,
  now: Instant,
  zone: Zone,
  definitionsOf: DefinitionsOf
): Today {
  const changes = [...entries].map((after) => ({ before: null, after }));
  return evolveToday(emptyToday(now, zone), changes, [...refusals], now, definitionsOf);
}

/** Midnight comes without an event: asked with a `now` beyond its end, today becomes the next day. */
export function todayAt(today: Today, now: Instant, definitionsOf: DefinitionsOf): Today {
  if (now < today.endsAt) return today;
  return todayOf(today.recent.values(), today.refusals, now, today.zone, definitionsOf);
}

/**
 * Today after a batch of changes. Pure; what did not change is shared. `added` is what the changes add to the tallies,
 * for who has worked that out already.
 */
export function evolveToday(
  before: Today,
  changes: readonly EntryChange[],
  refusals: readonly Refusal[],
  now: Instant,
  definitionsOf: DefinitionsOf,
  added: readonly Contribution[] = addedBy(changes, definitionsOf)
): Today {
  const today = todayAt(before, now, definitionsOf);
  const queues = new Map(today.queues);
  const add = (part: Contribution) => queues.set(part.queue, withContribution(today, queues.get(part.queue), part));
  added.forEach(add);
  for (const change of changes) withPeople(today, queues, change);
  for (const each of refusals) add(refusal(each.queue, each.at));
  const since = now - RECENT_MS;
  const isDue = now - today.sweptAt >= MINUTE_MS;
  // What is held already is always renewed, recent or not: an entry as it was must never be taken for the entry as it is.
  const held = changes
    .map(({ after }) => after)
    .filter((e) => isRecent(e, since) || today.recent.get(e.id) !== undefined);
  const recent = today.recent.with(held);
  return {
    ...today,
    queues,
    recent: isDue ? recent.filter((entry) => isRecent(entry, since)) : recent,
    sweptAt: isDue ? now : today.sweptAt,
    refusals: [...today.refusals, ...refusals].filter(({ at }) => at >= since)
  };
}

function addedBy(changes: readonly EntryChange[], definitionsOf: DefinitionsOf): Contribution[] {
  const sums = new ContributionSums();
  for (const { before, after } of changes) {
    if (before !== null) sums.add(before, definitionsOf(before.queue), -1);
    sums.add(after, definitionsOf(after.queue));
  }
  return sums.contributions();
}

function withContribution(today: Today, before: QueueToday | undefined, part: Contribution): QueueToday {
  const queue = before ?? emptyQueueToday;
  if (part.quarterStart < today.startsAt || part.quarterStart >= today.endsAt) return queue;
  const carriedIn = part.quarterStart === today.startsAt ? part.delta.carriedIn : 0;
  const tally = addTally(queue.tally, { ...part.delta, carriedIn, carriedOut: 0 });
  if (part.delta.offered === 0) return { ...queue, tally };
  const quarter = (part.quarterStart - today.startsAt) / QUARTER_MS;
  const arrivals = [...queue.arrivals];
  while (arrivals.length <= quarter) arrivals.push(0);
  arrivals[quarter]! += part.delta.offered;
  return { ...queue, tally, arrivals };
}

/** Who answered, and from where the calls came: what is counted of entries but is not in a tally. */
function withPeople(today: Today, queues: Map<QueueId, QueueToday>, { before, after }: EntryChange): void {
  // Most changes are of something else, and who answered is copied whole for every change of it.
  if (before?.agent === after.agent && before.answeredAt === after.answeredAt && before.from === after.from) return;
  const isToday = (at: Instant | null) => at !== null && at >= today.startsAt && at < today.endsAt;
  for (const [entry, by] of [
    [before, -1],
    [after, 1]
  ] as const) {
    if (entry === null) continue;
    const queue = queues.get(entry.queue) ?? emptyQueueToday;
    let { answerers, movedFrom } = queue;
    if (entry.agent !== null && isToday(entry.answeredAt)) answerers = counted(answerers, entry.agent, by);
    if (entry.from !== null && isToday(entry.offeredAt)) movedFrom = counted(movedFrom, entry.from, by);
    if (answerers !== queue.answerers || movedFrom !== queue.movedFrom)
      queues.set(entry.queue, { ...queue, answerers, movedFrom });
  }
}

function counted<Id>(counts: ReadonlyMap<Id, number>, id: Id, by: number): ReadonlyMap<Id, number> {
  const after = new Map(counts);
  const count = (counts.get(id) ?? 0) + by;
  if (count === 0) after.delete(id);
  else after.set(id, count);
  return after;
}

function isRecent(entry: Entry, since: Instant): boolean {
  if (entry.outcome === 'waiting' || entry.offeredAt >= since) return true;
  const last = Math.max(entry.answeredAt ?? 0, entry.leftAt ?? 0, entry.talkEndedAt ?? 0, entry.wrapUpUntil ?? 0);
  return last >= since;
}
