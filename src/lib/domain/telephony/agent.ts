import type { Instant } from '../time.ts';
import type { Device, EntryId, EventOf, QueueId, RingId, SourceName } from './event.ts';

/** What is known of an agent who is signed in somewhere, or still talks or is rung. No name: only what they do. */
export interface AgentOnFloor {
  source: SourceName;
  /** The queues the agent is signed in to, and whether paused there and whether that pause counts as wrap-up. */
  queues: ReadonlyMap<QueueId, Membership>;
  device: Device;
  /** Telephones may ring for several callers at once, and a talk may begin before another has ended: sets. */
  rings: ReadonlySet<RingId>;
  talks: ReadonlySet<EntryId>;
  wrapUpUntil: Instant | null;
  /** The entry whose wrap-up that is; null without one. */
  wrapUpOf: EntryId | null;
}
export interface Membership {
  paused: boolean;
  wrapUp: boolean;
}
/** One state for one person, by precedence: the first of these that holds. */
export type AgentState = 'talking' | 'ringing' | 'busy' | 'wrappingUp' | 'paused' | 'unreachable' | 'available';

export function newAgent(source: SourceName): AgentOnFloor {
  return {
    source,
    queues: new Map(),
    device: 'unknown',
    rings: new Set(),
    talks: new Set(),
    wrapUpUntil: null,
    wrapUpOf: null
  };
}

/** Signed in nowhere, talks to nobody and is rung by nobody: gone home. */
export function isGone(agent: AgentOnFloor): boolean {
  return agent.queues.size === 0 && agent.talks.size === 0 && agent.rings.size === 0;
}

/** What an agent, or their telephone, told of themselves. The same agent when it changes nothing or cannot be. */
export function evolveAgent(
  agent: AgentOnFloor,
  event: EventOf<'AgentLeftQueue' | 'AgentPaused' | 'AgentUnpaused' | 'DeviceChanged'>
): AgentOnFloor {
  switch (event.kind) {
    case 'AgentLeftQueue':
      return left(agent, event.queue);
    case 'AgentPaused': {
      const membership = agent.queues.get(event.queue);
      if (membership === undefined || (membership.paused && membership.wrapUp === event.wrapUp)) return agent;
      return { ...withMembership(agent, event.queue, { paused: true, wrapUp: event.wrapUp }), ...noWrapUp };
    }
    case 'AgentUnpaused':
      if (agent.queues.get(event.queue)?.paused !== true) return agent;
      return withMembership(agent, event.queue, { paused: false, wrapUp: false });
    case 'DeviceChanged':
      return agent.device === event.device ? agent : { ...agent, device: event.device };
  }
}

const noWrapUp = { wrapUpUntil: null, wrapUpOf: null };

export function joined(agent: AgentOnFloor, queue: QueueId): AgentOnFloor {
  return agent.queues.has(queue) ? agent : withMembership(agent, queue, { paused: false, wrapUp: false });
}

/** Leaving the last queue is a sign-off, which ends the wrap-up too. */
export function left(agent: AgentOnFloor, queue: QueueId): AgentOnFloor {
  if (!agent.queues.has(queue)) return agent;
  const queues = new Map(agent.queues);
  queues.delete(queue);
  return queues.size === 0 ? { ...agent, queues, ...noWrapUp } : { ...agent, queues };
}

function withMembership(agent: AgentOnFloor, queue: QueueId, membership: Membership): AgentOnFloor {
  return { ...agent, queues: new Map(agent.queues).set(queue, membership) };
}

export function rung(agent: AgentOnFloor, ring: RingId): AgentOnFloor {
  return { ...agent, rings: new Set(agent.rings).add(ring) };
}

export function ringEnded(agent: AgentOnFloor, ring: RingId): AgentOnFloor {
  const rings = new Set(agent.rings);
  return rings.delete(ring) ? { ...agent, rings } : agent;
}

/** Whoever answers the next call has ended the wrap-up after the one before. */
export function talkBegan(agent: AgentOnFloor, entry: EntryId): AgentOnFloor {
  return { ...agent, talks: new Set(agent.talks).add(entry), ...noWrapUp };
}

export function talkEnded(agent: AgentOnFloor, entry: EntryId, wrapUpUntil: Instant | null): AgentOnFloor {
  const talks = new Set(agent.talks);
  if (!talks.delete(entry)) return agent;
  return wrapUpUntil === null ? { ...agent, talks } : { ...agent, talks, wrapUpUntil, wrapUpOf: entry };
}

/**
 * One state for one person, the first that holds: talking, ringing, busy, wrapping up, paused, unreachable, available.
 *
 * A pause is of a queue. In one queue (`among` holds it alone) that queue's pause decides; among several, or among all
 * when `among` is left out, a person is paused who is paused in every one of theirs. A pause that counts as wrap-up is
 * wrap-up. A telephone that the PBX does not know (`unknown`) is one it would ring, so it hinders nothing.
 */
export function agentState(agent: AgentOnFloor, now: Instant, among?: ReadonlySet<QueueId>): AgentState {
  if (agent.talks.size > 0) return 'talking';
  if (agent.rings.size > 0 || agent.device === 'ringing') return 'ringing';
  if (agent.device === 'busy' || agent.device === 'held') return 'busy';
  if (agent.wrapUpUntil !== null && agent.wrapUpUntil > now) return 'wrappingUp';
  let isPaused = false;
  let isWrapUp = false;
  for (const [queue, membership] of agent.queues) {
    if (among !== undefined && !among.has(queue)) continue;
    if (!membership.paused) return reachable(agent);
    isPaused = true;
    isWrapUp ||= membership.wrapUp;
  }
  if (isPaused) return isWrapUp ? 'wrappingUp' : 'paused';
  return reachable(agent);
}

function reachable(agent: AgentOnFloor): AgentState {
  return agent.device === 'unreachable' ? 'unreachable' : 'available';
}
