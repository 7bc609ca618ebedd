import {
  blindContribution,
  ContributionSums,
  refusal,
  restated,
  sumOf,
  type Contribution
} from '../../domain/statistics/contribution.ts';
import {
  evolveToday,
  type DefinitionsOf,
  type EntryChange,
  type Refusal,
  type Today
} from '../../domain/statistics/today.ts';
import { entryOf, evolveEntry, type Entry } from '../../domain/telephony/call.ts';
import type { EntryId, Envelope } from '../../domain/telephony/event.ts';
import { foldingFloor, wrapUpCutShort, type Floor } from '../../domain/telephony/floor.ts';
import { HOUR_MS, QUARTER_MS, quarterStart, type Instant } from '../../domain/time.ts';
import type { Projected, StoredEntries, TallyDelta } from './ports.ts';

/** What the engine knows between two batches: folds of the log, and therefore nothing that is not in it. */
export interface Known {
  floor: Floor;
  today: Today;
}

/** A quarter that ended longer ago than this is restated by a late event; before that it has merely just ended. */
const LATE_MS = 60_000;

/**
 * Folds a batch of fresh envelopes: the floor by the live lane, entries by every lane, tallies and today's figures by
 * the difference between each entry as it was and as it is. Pure but for reading entries that are not in memory; and
 * nothing takes effect until the transaction that asked for it has committed.
 */
export async function project(
  fresh: readonly Envelope[],
  known: Known,
  now: Instant,
  stored: StoredEntries,
  definitionsOf: DefinitionsOf
): Promise<{ known: Known; projected: Projected }> {
  const before = await entriesBefore(fresh, known, stored);
  const after = new Map<EntryId, Entry>();
  const restatedAt = new Map<EntryId, Instant>();
  const withoutEntry: Contribution[] = [];
  const refusals: Refusal[] = [];
  const folding = foldingFloor(known.floor);

  for (const envelope of fresh) {
    const { event } = envelope;
    const floor = folding.floor();
    for (const id of [entryOf(event), wrapUpCutShort(floor, envelope)]) {
      if (id === null) continue;
      const was = after.get(id) ?? before.get(id) ?? null;
      const is = evolveEntry(was, envelope);
      if (is === null || is === was) continue;
      after.set(id, is);
      if (isLate(envelope, floor)) restatedAt.set(id, envelope.seenAt);
    }
    if (event.kind === 'CallRefused') {
      withoutEntry.push(refusal(event.queue, envelope.at));
      refusals.push({ queue: event.queue, at: envelope.at });
    }
    if (envelope.lane === 'live') withoutEntry.push(...blindness(floor, envelope));
    folding.take(envelope);
  }

  const floor = folding.floor();
  const onTime = new ContributionSums();
  const late: TallyDelta[] = [];
  const ofToday: EntryChange[] = [];
  const concerns = (entry: Entry) => mayConcern(known.today, floor, entry);
  for (const [id, is] of after) {
    const was = before.get(id) ?? null;
    const definitions = definitionsOf(is.queue);
    const revisedAt = restatedAt.get(id);
    if (revisedAt === undefined) {
      if (was !== null) onTime.add(was, definitions, -1);
      onTime.add(is, definitions);
    } else {
      for (const part of restated(was, is, definitions)) late.push({ ...part, revisedAt });
    }
    // Who is held as waiting is let go of, also when that wait turns out to have ended on another day.
    const isHeld = known.today.recent.get(id) !== undefined;
    if (isHeld || concerns(is) || (was !== null && concerns(was))) ofToday.push({ before: was, after: is });
  }
  const ofEntries = [...onTime.contributions(), ...late];
  const today = evolveToday(known.today, ofToday, refusals, now, definitionsOf, ofEntries);
  const tallies = [...sumOf(withoutEntry), ...ofEntries];
  return { known: { floor, today }, projected: { entries: [...after.values()], tallies } };
}

/** Entries of the batch as they are before it: from memory, else from the store in one reading. */
async function entriesBefore(
  fresh: readonly Envelope[],
  known: Known,
  stored: StoredEntries
): Promise<Map<EntryId, Entry>> {
  const before = new Map<EntryId, Entry>();
  const missing = new Set<EntryId>();
  const find = (id: EntryId, ofHistory = false) => {
    if (before.has(id) || missing.has(id)) return;
    // The floor knows nothing of the history lane: what that lane corrects must be read as it is stored.
    const entry = known.today.recent.get(id) ?? (ofHistory ? undefined : known.floor.entries.get(id));
    if (entry) before.set(id, entry);
    else missing.add(id);
  };
  for (const { event, lane } of fresh) {
    const id = entryOf(event);
    if (id !== null) find(id, lane === 'history');
  }
  // A wrap-up of an entry from before may be cut short by what happens in this batch.
  for (const { wrapUpOf } of known.floor.agents.values()) if (wrapUpOf !== null) find(wrapUpOf);
  if (missing.size > 0) for (const [id, entry] of await stored.entries([...missing])) before.set(id, entry);
  return before;
}

/**
 * What a blind time that ends adds to the queues of its source: from the last moment we were sure until the contact. A
 * queue that is seen for the first time was as blind before as its source.
 */
function blindness(floor: Floor, { source, at, event }: Envelope): Contribution[] {
  const known = floor.sources.get(source);
  if (event.kind === 'SourceConnected' && known?.state === 'lost') {
    const parts = blindContribution(known.since, at);
    const queues = [...floor.queues].filter(([, queue]) => queue.source === source).map(([id]) => id);
    return queues.flatMap((queue) => parts.map((part) => ({ queue, ...part })));
  }
  if (event.kind === 'QueueSeen' && !floor.queues.has(event.queue)) {
    const ended = (known?.blind ?? []).flatMap(({ from, to }) => (to === null ? [] : blindContribution(from, to)));
    return ended.map((part) => ({ queue: event.queue, ...part }));
  }
  return [];
}

/** Whether an event changes what was already told about a quarter that had ended. */
function isLate(envelope: Envelope, floor: Floor): boolean {
  if (envelope.event.kind === 'EntryCorrected') return true;
  if (envelope.lane === 'history') return envelope.at >= (floor.sources.get(envelope.source)?.watchedSince ?? Infinity);
  return quarterStart(envelope.at) + QUARTER_MS + LATE_MS < envelope.seenAt;
}

/**
 * History of other days need not be weighed against today; nor does an entry that an import has told only half of wait
 * in anybody's queue.
 */
export function mayConcern(today: Today, floor: Floor, entry: Entry): boolean {
  if (entry.outcome === 'waiting' && entry.offeredAt < today.startsAt) return floor.entries.has(entry.id);
  return lastInstant(entry) >= today.startsAt - HOUR_MS;
}

function lastInstant(entry: Entry): Instant {
  const { offeredAt, answeredAt, leftAt, talkEndedAt, wrapUpUntil } = entry;
  return Math.max(offeredAt, answeredAt ?? 0, leftAt ?? 0, talkEndedAt ?? 0, wrapUpUntil ?? 0);
}
