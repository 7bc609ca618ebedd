import type { Instant } from '../time.ts';
import type {
  AgentToken,
  CallEvent,
  CallId,
  EntryFacts,
  EntryId,
  EntryOutcome,
  Envelope,
  EventOf,
  LostWhy,
  OverflowWhy,
  PassedOnHow,
  Quality,
  QueueId,
  SourceName,
  TalkEndedBy
} from './event.ts';

/** One stay of one call in one queue, from the moment it is offered until the talk and its wrap-up are over. */
export interface Entry {
  id: EntryId;
  call: CallId;
  source: SourceName;
  queue: QueueId;
  channel: string;
  from: QueueId | null;
  adopted: boolean;
  caller: string | null;
  offeredAt: Instant;
  offeredQuality: Quality;
  outcome: EntryOutcome;
  /** When an agent was connected; null until then. */
  answeredAt: Instant | null;
  answeredQuality: Quality | null;
  agent: AgentToken | null;
  /** When the wait ended without an answer; null while waiting and when answered. */
  leftAt: Instant | null;
  why: OverflowWhy | LostWhy | null;
  pressed: string | null;
  /** Since when the caller is on hold; null when not. */
  heldSince: Instant | null;
  /** Hold time so far, ended holds only. */
  heldMs: number;
  passedOn: PassedOnHow | null;
  passedOnTo: string | null;
  talkEndedAt: Instant | null;
  by: TalkEndedBy | null;
  wrapUpUntil: Instant | null;
  /** When a correction last restated it; null when never. */
  revisedAt: Instant | null;
}

/** The entry that an event may change, by id; null when it changes none (or only an agent's wrap-up: see the floor). */
export function entryOf(event: CallEvent): EntryId | null {
  switch (event.kind) {
    case 'CallOffered':
    case 'CallAnswered':
    case 'CallAbandoned':
    case 'CallOverflowed':
    case 'CallLost':
    case 'CallHeld':
    case 'CallResumed':
    case 'CallPassedOn':
    case 'TalkEnded':
    case 'EntryCorrected':
      return event.entry;
    default:
      return null;
  }
}

/**
 * The entry after an event. What cannot be, such as an answer to somebody who has hung up, leaves the entry exactly as
 * it was (the same object): the log is kept, and a fold of it must not be corrupted by one wrong line.
 *
 * Instants are kept as they were told, even out of order. Durations come from the functions below, which never turn
 * negative.
 */
export function evolveEntry(entry: Entry | null, envelope: Envelope): Entry | null {
  const { event } = envelope;
  if (entry === null) return event.kind === 'CallOffered' ? offeredEntry(envelope, event) : null;
  if (entryOf(event) !== entry.id) return withWrapUpCutShort(entry, envelope);
  switch (event.kind) {
    case 'CallAnswered':
    case 'CallAbandoned':
    case 'CallOverflowed':
    case 'CallLost':
      return entry.outcome === 'waiting' ? decidedEntry(entry, envelope, event) : entry;
    case 'CallHeld':
      return isTalking(entry) && entry.heldSince === null ? { ...entry, heldSince: envelope.at } : entry;
    case 'CallResumed':
      return entry.heldSince === null ? entry : withHoldEnded(entry, envelope.at);
    case 'CallPassedOn':
      if (entry.outcome !== 'answered' || entry.passedOn !== null) return entry;
      return { ...entry, passedOn: event.how, passedOnTo: event.to ?? null };
    case 'TalkEnded':
      if (!isTalking(entry)) return entry;
      return {
        ...withHoldEnded(entry, envelope.at),
        talkEndedAt: envelope.at,
        by: event.by,
        wrapUpUntil: event.wrapUpUntil ?? null
      };
    case 'EntryCorrected':
      return correctedEntry(entry, envelope, event);
    default:
      return entry;
  }
}

function offeredEntry(envelope: Envelope, event: EventOf<'CallOffered'>): Entry {
  return {
    id: event.entry,
    call: event.call,
    source: envelope.source,
    queue: event.queue,
    channel: event.channel,
    from: event.from ?? null,
    adopted: event.adopted ?? false,
    caller: event.caller ?? null,
    offeredAt: envelope.at,
    offeredQuality: envelope.quality,
    outcome: 'waiting',
    answeredAt: null,
    answeredQuality: null,
    agent: null,
    leftAt: null,
    why: null,
    pressed: null,
    heldSince: null,
    heldMs: 0,
    passedOn: null,
    passedOnTo: null,
    talkEndedAt: null,
    by: null,
    wrapUpUntil: null,
    revisedAt: null
  };
}

type Decision = EventOf<'CallAnswered' | 'CallAbandoned' | 'CallOverflowed' | 'CallLost'>;

function decidedEntry(entry: Entry, { at, quality }: Envelope, event: Decision): Entry {
  switch (event.kind) {
    case 'CallAnswered':
      return { ...entry, outcome: 'answered', answeredAt: at, answeredQuality: quality, agent: event.agent };
    case 'CallAbandoned':
      return { ...entry, outcome: 'abandoned', leftAt: at };
    case 'CallOverflowed':
      return { ...entry, outcome: 'overflowed', leftAt: at, why: event.why, pressed: event.pressed ?? null };
    case 'CallLost':
      return { ...entry, outcome: 'lost', leftAt: at, why: event.why };
  }
}

function withHoldEnded(entry: Entry, at: Instant): Entry {
  if (entry.heldSince === null) return entry;
  return { ...entry, heldSince: null, heldMs: entry.heldMs + Math.max(0, at - entry.heldSince) };
}

/** The next ring answered, a pause or a sign-off of the same agent ends the wrap-up before its time. */
function withWrapUpCutShort(entry: Entry, { at, event }: Envelope): Entry {
  if (event.kind !== 'CallAnswered' && event.kind !== 'AgentPaused' && event.kind !== 'AgentLeftQueue') return entry;
  if (entry.agent !== event.agent || entry.talkEndedAt === null) return entry;
  if (entry.wrapUpUntil === null || entry.wrapUpUntil <= at) return entry;
  return { ...entry, wrapUpUntil: at };
}

/**
 * A correction holds only for an entry that still is what it `was`: one that was worked out from older knowledge must
 * not undo a newer one. Nor may it leave an entry that contradicts itself, such as an answer without an instant.
 */
function correctedEntry(entry: Entry, envelope: Envelope, { was, now, evidence }: EventOf<'EntryCorrected'>): Entry {
  for (const field of Object.keys(was) as (keyof EntryFacts)[]) {
    if (was[field] !== undefined && entry[field] !== was[field]) return entry;
  }
  const told = Object.fromEntries(Object.entries(now).filter(([, fact]) => fact !== undefined)) as EntryFacts;
  const after: Entry = { ...entry, ...told, revisedAt: envelope.seenAt };
  // The log of the queue counts whole seconds; what the manager interface tells afterwards is as sure as the event says.
  if (now.offeredAt !== undefined) after.offeredQuality = evidence === 'queue-log' ? 'second' : envelope.quality;
  if (after.outcome === 'waiting') {
    return after.answeredAt === null && after.leftAt === null ? after : entry;
  }
  if (now.answeredAt != null) after.answeredQuality = evidence === 'queue-log' ? 'second' : envelope.quality;
  if (after.outcome === 'answered') {
    if (after.answeredAt === null || after.agent === null) return entry;
    return { ...after, leftAt: null, why: null, pressed: null };
  }
  if (after.leftAt === null) return entry;
  return {
    ...after,
    answeredAt: null,
    answeredQuality: null,
    agent: null,
    heldSince: null,
    heldMs: 0,
    passedOn: null,
    passedOnTo: null,
    talkEndedAt: null,
    by: null,
    wrapUpUntil: null
  };
}

export function isTalking(entry: Entry): boolean {
  return entry.outcome === 'answered' && entry.talkEndedAt === null;
}

/** Waiting or talking: what the floor keeps. */
export function isOpen(entry: Entry): boolean {
  return entry.outcome === 'waiting' || isTalking(entry);
}
