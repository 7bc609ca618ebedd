import { HOUR_MS, type Instant } from '../time.ts';
import * as agents from './agent.ts';
import type { AgentOnFloor } from './agent.ts';
import { entryOf, evolveEntry, isOpen, isTalking, type Entry } from './call.ts';
import type {
  AgentToken,
  CallId,
  EntryId,
  Envelope,
  EventOf,
  QueueId,
  RingId,
  SourceLostWhy,
  SourceName
} from './event.ts';

/** Who waits, who talks and who is here, now. A fold of the live lane of the log, and nothing else. */
export interface Floor {
  sources: ReadonlyMap<SourceName, SourceOnFloor>;
  queues: ReadonlyMap<QueueId, QueueOnFloor>;
  /** Entries that are waiting or talking, and no others. */
  entries: ReadonlyMap<EntryId, Entry>;
  calls: ReadonlyMap<CallId, CallOnFloor>;
  agents: ReadonlyMap<AgentToken, AgentOnFloor>;
  rings: ReadonlyMap<RingId, RingOnFloor>;
}
export interface SourceOnFloor {
  state: 'connected' | 'lost';
  since: Instant;
  session: string | null;
  lostWhy: SourceLostWhy | null;
  /** Since when it is watched live; null before the first contact. What is learnt later of that time is a restatement. */
  watchedSince: Instant | null;
  /** The times without proof that ended within the last 26 hours, and the one that goes on (`to` null), in order. */
  blind: readonly BlindInterval[];
}
export interface BlindInterval {
  from: Instant;
  to: Instant | null;
}
export interface QueueOnFloor {
  source: SourceName;
  limit: number | null;
}
export interface CallOnFloor {
  /** Open entries of this call. */
  entries: readonly EntryId[];
}
export interface RingOnFloor {
  agent: AgentToken;
  entry: EntryId;
  since: Instant;
}

export const emptyFloor: Floor = {
  sources: new Map(),
  queues: new Map(),
  entries: new Map(),
  calls: new Map(),
  agents: new Map(),
  rings: new Map()
};

/** How long blindness is remembered: longer than the longest day, so that today's is always known. */
const BLIND_KEPT_MS = 26 * HOUR_MS;

/**
 * The floor after one event. Pure: what did not change is shared with the floor before, and an event that changes
 * nothing, or cannot be, gives back the same floor. `at` may be older than the event before it; nothing here assumes
 * that time grows. The history lane never touches the floor.
 */
export function evolveFloor(floor: Floor, envelope: Envelope): Floor {
  return foldFloor(floor, [envelope]);
}

/** The floor after many events: the same as one at a time, but each part that changes is copied only once. */
export function foldFloor(floor: Floor, envelopes: Iterable<Envelope>): Floor {
  const folding = foldingFloor(floor);
  for (const envelope of envelopes) folding.take(envelope);
  return folding.floor();
}

/**
 * The same for who must look at the floor between two events of a batch. What `floor()` gives is only for looking: it
 * goes on changing until the last event has been taken.
 */
export function foldingFloor(before: Floor): { floor(): Floor; take(envelope: Envelope): void } {
  const draft: Draft = { floor: before, copied: new Set() };
  return {
    floor: () => draft.floor,
    take(envelope) {
      if (envelope.lane === 'live') fold(draft, envelope);
    }
  };
}

/**
 * The entry whose wrap-up ends early because of this event, by id, or null. Ask before folding the event; the entry is
 * then evolved with the same event, so that its wrap-up is counted as long as it was.
 */
export function wrapUpCutShort(floor: Floor, envelope: Envelope): EntryId | null {
  const { event, at, lane } = envelope;
  if (lane !== 'live') return null;
  if (event.kind !== 'CallAnswered' && event.kind !== 'AgentPaused' && event.kind !== 'AgentLeftQueue') return null;
  const before = floor.agents.get(event.agent);
  if (before === undefined || before.wrapUpUntil === null || before.wrapUpUntil <= at) return null;
  const after = evolveFloor(floor, envelope).agents.get(event.agent);
  return after === undefined || after.wrapUpUntil === null ? before.wrapUpOf : null;
}

type Editable<Part> = Part extends ReadonlyMap<infer Id, infer Value> ? Map<Id, Value> : never;
interface Draft {
  floor: Floor;
  copied: Set<keyof Floor>;
}
function edit<Part extends keyof Floor>(draft: Draft, part: Part): Editable<Floor[Part]> {
  if (!draft.copied.has(part)) {
    draft.floor = { ...draft.floor, [part]: new Map<unknown, unknown>(draft.floor[part]) };
    draft.copied.add(part);
  }
  return draft.floor[part] as unknown as Editable<Floor[Part]>;
}

function fold(draft: Draft, envelope: Envelope): void {
  const { event, source } = envelope;
  const { floor } = draft;
  switch (event.kind) {
    case 'SourceConnected':
      return connected(draft, envelope, event);
    case 'SourceLost':
      return lost(draft, envelope, event);
    case 'QueueSeen': {
      const known = floor.queues.get(event.queue);
      if (known?.source === source && known.limit === event.limit) return;
      edit(draft, 'queues').set(event.queue, { source, limit: event.limit });
      return;
    }
    case 'QueueGone':
      return queueGone(draft, event.queue);
    case 'AgentRung':
      return rung(draft, envelope, event);
    case 'RingEnded':
      return ringEnded(draft, event.ring);
    case 'AgentJoinedQueue':
      return change(
        draft,
        event.agent,
        agents.joined(floor.agents.get(event.agent) ?? agents.newAgent(source), event.queue)
      );
    case 'AgentLeftQueue':
    case 'AgentPaused':
    case 'AgentUnpaused':
    case 'DeviceChanged': {
      const known = floor.agents.get(event.agent);
      if (known !== undefined) change(draft, event.agent, agents.evolveAgent(known, event));
      return;
    }
    default:
      return entryEvent(draft, envelope);
  }
}

function entryEvent(draft: Draft, envelope: Envelope): void {
  const id = entryOf(envelope.event);
  if (id === null) return;
  const before = draft.floor.entries.get(id) ?? null;
  const after = evolveEntry(before, envelope);
  if (after === null || after === before) return;

  if (isOpen(after)) edit(draft, 'entries').set(id, after);
  else edit(draft, 'entries').delete(id);

  const ofCall = draft.floor.calls.get(after.call)?.entries ?? [];
  const open = isOpen(after) ? [...ofCall.filter((other) => other !== id), id] : ofCall.filter((other) => other !== id);
  if (open.length === 0) edit(draft, 'calls').delete(after.call);
  else if (before === null || !isOpen(after)) edit(draft, 'calls').set(after.call, { entries: open });

  const talkedWith = before !== null && isTalking(before) ? before.agent : null;
  const talksWith = isTalking(after) ? after.agent : null;
  if (talkedWith === talksWith) return;
  if (talkedWith !== null) {
    const agent = draft.floor.agents.get(talkedWith);
    if (agent !== undefined) change(draft, talkedWith, agents.talkEnded(agent, id, after.wrapUpUntil));
  }
  if (talksWith !== null) {
    const agent = draft.floor.agents.get(talksWith) ?? agents.newAgent(envelope.source);
    change(draft, talksWith, agents.talkBegan(agent, id));
  }
}

/** Whoever is signed in nowhere, talks to nobody and is rung by nobody has gone home. */
function change(draft: Draft, token: AgentToken, after: AgentOnFloor): void {
  if (agents.isGone(after)) {
    if (draft.floor.agents.has(token)) edit(draft, 'agents').delete(token);
  } else if (draft.floor.agents.get(token) !== after) edit(draft, 'agents').set(token, after);
}

function rung(draft: Draft, { source, at }: Envelope, { entry, agent, ring }: EventOf<'AgentRung'>): void {
  if (draft.floor.rings.has(ring) || draft.floor.entries.get(entry)?.outcome !== 'waiting') return;
  edit(draft, 'rings').set(ring, { agent, entry, since: at });
  change(draft, agent, agents.rung(draft.floor.agents.get(agent) ?? agents.newAgent(source), ring));
}

function ringEnded(draft: Draft, ring: RingId): void {
  const known = draft.floor.rings.get(ring);
  if (known === undefined) return;
  edit(draft, 'rings').delete(ring);
  const agent = draft.floor.agents.get(known.agent);
  if (agent !== undefined) change(draft, known.agent, agents.ringEnded(agent, ring));
}

function queueGone(draft: Draft, queue: QueueId): void {
  if (!draft.floor.queues.has(queue)) return;
  edit(draft, 'queues').delete(queue);
  for (const [token, agent] of [...draft.floor.agents]) change(draft, token, agents.left(agent, queue));
}

function connected(draft: Draft, { source, at, seenAt }: Envelope, { session }: EventOf<'SourceConnected'>): void {
  const known = draft.floor.sources.get(source);
  if (known?.state === 'connected') {
    if (known.session !== session) edit(draft, 'sources').set(source, { ...known, session });
  } else {
    const blind = (known?.blind ?? [])
      .map(({ from, to }) => ({ from, to: to ?? Math.max(at, from) }))
      .filter(({ to }) => to > at - BLIND_KEPT_MS);
    const watchedSince = known?.watchedSince ?? seenAt;
    edit(draft, 'sources').set(source, { state: 'connected', since: at, session, lostWhy: null, watchedSince, blind });
  }
  // A ring whose end we did not hear must not keep a telephone ringing on the board for ever.
  for (const [ring, { agent, entry }] of [...draft.floor.rings]) {
    const isOurs = draft.floor.agents.get(agent)?.source === source;
    if (isOurs && draft.floor.entries.get(entry)?.outcome !== 'waiting') ringEnded(draft, ring);
  }
}

/** What was known stays, as the last known; that it is unknown now follows from the source's state. */
function lost(draft: Draft, { source, at }: Envelope, { why }: EventOf<'SourceLost'>): void {
  const known = draft.floor.sources.get(source);
  if (known?.state === 'lost') return;
  const from = Math.max(at, known?.since ?? at);
  const blind = [...(known?.blind ?? []), { from, to: null }];
  edit(draft, 'sources').set(source, {
    state: 'lost',
    since: from,
    session: known?.session ?? null,
    lostWhy: why,
    watchedSince: known?.watchedSince ?? null,
    blind
  });
}
