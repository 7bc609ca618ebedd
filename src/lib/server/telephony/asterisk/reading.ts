import type { Instant } from '../../../domain/time.ts';
import type { Message } from './message.ts';

/** What the PBX answered when it was asked for everything it knows about now. */
export interface Reading {
  /** Unique within the source: keys of events that belong to no entry begin with it. */
  id: string;
  /** When the last of the answer came, our clock. */
  at: Instant;
  /** How far the PBX's clock is ahead of ours: the median of the last pings. */
  skewMs: number;
  /** QueueParams, QueueMember and QueueEntry, in the PBX's order. */
  queues: readonly Message[];
  /** CoreShowChannel; null when the PBX does not let us ask. */
  channels: readonly Message[] | null;
  /** Since when we had been blind before this reading; null when contact was not lost. */
  blindSince: Instant | null;
  /** The PBX was started anew while we were blind. */
  rebooted: boolean;
}
