import { blindContribution, refusal, restated, sumOf, type Contribution } from '../../domain/statistics/contribution.ts';
import { evolveEntry, entryOf, type Entry } from '../../domain/telephony/call.ts';
import type { AgentToken, EntryId, Envelope, QueueId, SourceName } from '../../domain/telephony/event.ts';
import { evolveFloor, type Floor } from '../../domain/telephony/floor.ts';
import { QUARTER_MS, quarterStart, type Instant } from '../../domain/time.ts';
import type { ServiceLevelDefinition } from '../../domain/wallboard.ts';
import type { Projected, StoredEntries, TallyDelta } from './ports.ts';

/** What the engine knows between two batches: a fold of the log, and therefore nothing that is not in it. */
export interface Known {
  floor: Floor;
  /** Entries that a coming event is likely to touch: open, wrapping up, or of the last half hour. */
  entries: ReadonlyMap<EntryId, Entry>;
}

export interface Outcome {
  known: Known;
  projected: Projected;
}

/** A quarter that ended longer ago than this is restated by a late event; before that it has merely just ended. */
const LATE_MS = 60_000;

/**
 * Folds a batch of fresh envelopes: the floor by the live lane, entries by every lane, tallies by the difference
 * between each entry as it was and as it is. Pure but for reading entries that are not in memory; nothing takes effect
 * until the transaction that called it has committed.
 */
export async function project(
  fresh: readonly Envelope[],
  known: Known,
  stored: StoredEntries,
  definitions: (queue: QueueId) => readonly ServiceLevelDefinition[]
): Promise<Outcome> {
  const before = await entriesBefore(fresh, known, stored);
  const after = new Map<EntryId, Entry>();
  const wrappingUp = agentsWrappingUp(known.entries.values());
  const contributions: Contribution[] = [];
  const restatedAt = new Map<EntryId, Instant>();
  let floor = known.floor;

  const evolve = (id: EntryId, envelope: Envelope) => {
    const was = after.get(id) ?? before.get(id) ?? null;
    const is = evolveEntry(was, envelope);
    if (is === null || is === was) return;
    after.set(id, is);
    if (isLate(envelope, floor)) restatedAt.set(id, envelope.seenAt);
    if (is.agent !== null && is.wrapUpUntil !== null && is.wrapUpUntil > envelope.at) wrappingUp.set(is.agent, id);
  };

  for (const envelope of fresh) {
    const { event } = envelope;
    const id = entryOf(event);
    if (id !== null) evolve(id, envelope);
    if ('agent' in event && (event.kind === 'CallAnswered' || event.kind === 'AgentPaused' || event.kind === 'AgentLeftQueue')) {
      // The work after the last call ends when the agent takes the next one, pauses or signs off.
      const ended = wrappingUp.get(event.agent);
      if (ended !== undefined && ended !== id) {
        evolve(ended, envelope);
        wrappingUp.delete(event.agent);
      }
    }
    if (event.kind === 'CallRefused') contributions.push(refusal(event.queue, envelope.at));
    if (event.kind === 'SourceConnected' && envelope.lane === 'live') contributions.push(...blindness(floor, envelope.source, envelope.at));
    floor = evolveFloor(floor, envelope);
  }

  const tallies: TallyDelta[] = sumOf(contributions);
  for (const [id, is] of after) {
    const parts = restated(before.get(id) ?? null, is, definitions(is.queue));
    const revisedAt = restatedAt.get(id);
    tallies.push(...(revisedAt === undefined ? parts : parts.map((part) => ({ ...part, revisedAt }))));
  }
  const entries = new Map(known.entries);
  for (const [id, is] of after) entries.set(id, is);
  return { known: { floor, entries }, projected: { entries: [...after.values()], tallies } };
}

/** Entries of the batch as they are before it: from memory, else from the store in one reading. */
async function entriesBefore(fresh: readonly Envelope[], known: Known, stored: StoredEntries) {
  const before = new Map<EntryId, Entry>();
  const missing = new Set<EntryId>();
  for (const { event } of fresh) {
    const id = entryOf(event);
    if (id === null || before.has(id) || missing.has(id)) continue;
    const entry = known.entries.get(id);
    if (entry) before.set(id, entry);
    else missing.add(id);
  }
  for (const [, id] of agentsWrappingUp(known.entries.values())) before.set(id, known.entries.get(id)!);
  if (missing.size > 0) for (const [id, entry] of await stored.entries([...missing])) before.set(id, entry);
  return before;
}

function agentsWrappingUp(entries: Iterable<Entry>): Map<AgentToken, EntryId> {
  const found = new Map<AgentToken, EntryId>();
  for (const entry of entries) if (entry.agent !== null && entry.wrapUpUntil !== null) found.set(entry.agent, entry.id);
  return found;
}

/** From the last moment we were sure of the source until now, for each of its queues. */
function blindness(floor: Floor, source: SourceName, until: Instant): Contribution[] {
  const lost = floor.sources.get(source);
  if (lost?.state !== 'lost') return [];
  const parts = blindContribution(lost.since, until);
  return [...floor.queues]
    .filter(([, queue]) => queue.source === source)
    .flatMap(([queue]) => parts.map((part) => ({ queue, ...part })));
}

/** Whether an event changes what was already told about a quarter that had ended. */
function isLate(envelope: Envelope, floor: Floor): boolean {
  if (envelope.event.kind === 'EntryCorrected') return true;
  if (envelope.lane === 'history') return floor.sources.has(envelope.source);
  return quarterStart(envelope.at) + QUARTER_MS + LATE_MS < envelope.seenAt;
}
