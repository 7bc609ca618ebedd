import type { Instant } from '../time.ts';
import type { AgentToken, CallId, Device, QueueId, RingId, SourceName } from './event.ts';

/** All that a PBX says about now, when it is asked. Names are whoever's the floor beside it uses. */
export interface PbxSnapshot {
  source: SourceName;
  /** When the reading was complete, our clock. */
  at: Instant;
  /** Names the reading, unique within the source: keys of events that belong to no entry begin with it. */
  reading: string;
  /** Since when we had been blind before this reading; null when contact was not lost. */
  blindSince: Instant | null;
  /** The PBX was started anew while we were blind: nobody of before is still there. */
  rebooted: boolean;
  /** Whether the list of channels was read too. Without it nothing is known of who talks and which telephone rings. */
  channelsRead: boolean;
  queues: { queue: QueueId; limit: number | null }[];
  waiting: WaitingSeen[];
  talking: TalkSeen[];
  members: MemberSeen[];
  devices: ReadonlyMap<AgentToken, Device>;
  /** Rings that are still going on, of those that we knew. */
  rings: ReadonlySet<RingId>;
}
export interface WaitingSeen {
  channel: string;
  call: CallId;
  queue: QueueId;
  /** When the caller joined, give or take a second. */
  since: Instant;
  caller: string | null;
  /** The queue that the call was in before; null when none is known. */
  from: QueueId | null;
}
export interface TalkSeen extends WaitingSeen {
  agent: AgentToken;
  /** Not before this: when the agent's telephone began to ring. */
  answeredAt: Instant;
}
export interface MemberSeen {
  agent: AgentToken;
  queue: QueueId;
  paused: boolean;
  wrapUp: boolean;
}
