import type { Instant } from '../time.ts';
import type { Entry } from './call.ts';
import type { AgentToken, CallId, Device, EntryId, QueueId, RingId, SourceLostWhy, SourceName } from './event.ts';

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
export interface AgentOnFloor {
  source: SourceName;
  /** The queues the agent is signed in to, and whether paused there and whether that pause counts as wrap-up. */
  queues: ReadonlyMap<QueueId, { paused: boolean; wrapUp: boolean }>;
  device: Device;
  /** Telephones may ring for several callers at once, and a talk may begin before another has ended: sets. */
  rings: ReadonlySet<RingId>;
  talks: ReadonlySet<EntryId>;
  wrapUpUntil: Instant | null;
}
/** One state for one person, by precedence: the first of these that holds. */
export type AgentState = 'talking' | 'ringing' | 'busy' | 'wrappingUp' | 'paused' | 'unreachable' | 'available';
