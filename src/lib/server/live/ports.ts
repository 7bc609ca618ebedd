/**
 * What the engine needs from others, declared by the engine: a log that keeps, sources that tell, a register that
 * exchanges the PBX's names for ours. `store/` and `telephony/` fulfil these; the engine knows neither.
 */
import type { Entry } from '../../domain/telephony/call.ts';
import type { AgentToken, EntryId, Envelope, QueueId, SourceName, Told } from '../../domain/telephony/event.ts';
import type { Floor } from '../../domain/telephony/floor.ts';
import type { Tally } from '../../domain/statistics/tally.ts';
import type { Refusal } from '../../domain/statistics/today.ts';
import type { Instant } from '../../domain/time.ts';
import type { BoardQueue, Position, ServiceLevelDefinition } from '../../domain/wallboard.ts';

/** An event that waits to be written: agent, queue and caller are already exchanged for tokens and ids. */
export interface Incoming extends Told {
  source: SourceName;
}

/** What one transaction writes beside the events. */
export interface Projected {
  /** Whole new values, replacing by id. */
  entries: Entry[];
  /** To be added to what is stored for (queue, quarter): counts add, histograms add, see `addTally`. */
  tallies: TallyDelta[];
  /** The floor's own checkpoint, when it is time for one. */
  checkpoint?: Checkpoint;
}
export interface TallyDelta {
  queue: QueueId;
  quarterStart: Instant;
  delta: Tally;
  /** Set when a correction or a late event restates a quarter that had ended. */
  revisedAt?: Instant;
}
export interface Checkpoint {
  name: string;
  offset: number;
  version: number;
  /** JSON. */
  state: unknown;
}

export interface EventLog {
  /** Life of the log, and the last durable offset. */
  position(): Position;
  /**
   * Writes a batch in one transaction and resolves when it is durable. Drops what was delivered before (same source
   * and key), gives the rest dense offsets in order, lets `project` say what else belongs in the same transaction,
   * and returns the fresh envelopes. Rejects with `LogRefuses` when the disk is full or the database refuses; then
   * nothing of the batch is written. One call at a time: the engine gathers (group commit), the log writes.
   */
  append(
    incoming: Incoming[],
    project: (fresh: Envelope[], stored: StoredEntries) => Promise<Projected>
  ): Promise<Envelope[]>;
  /** Envelopes after `offset`, in order, lifted to today's shapes; at most `limit`. */
  read(after: number, limit: number): Promise<Envelope[]>;
  checkpoint(name: string): Promise<Checkpoint | null>;
  /** Entries with any instant (offered, answered, left, talk ended) at or after `since`, plus those with the ids `open`. */
  entriesSince(since: Instant, open?: readonly EntryId[]): Promise<Entry[]>;
  /** Entries of this source's queues with from <= offeredAt < to, oldest first. */
  entriesOffered(source: SourceName, from: Instant, to: Instant): Promise<Entry[]>;
  /** Every refused call at or after `since`: it has no entry, so only the log knows it. */
  refusalsSince(since: Instant): Promise<Refusal[]>;
  /** Stored tallies with from <= quarterStart < to. */
  tallies(
    from: Instant,
    to: Instant,
    queues?: QueueId[]
  ): Promise<{ queue: QueueId; quarterStart: Instant; tally: Tally; revisedAt: Instant | null }[]>;
}
/** Reads entries inside the running transaction. */
export interface StoredEntries {
  entries(ids: EntryId[]): Promise<Map<EntryId, Entry>>;
}
/** The disk is full, or the database refuses to write: nothing of the batch was saved. */
export class LogRefuses extends Error {
  override readonly name = 'LogRefuses';
}

/** Exchanges the PBX's names for ours, durable before the events that use them. */
export interface Register {
  /** This month's token for a PBX's key of an agent; made when new. `at` decides the month for events of the past. */
  agentTokens(source: SourceName, keys: string[], at: Instant): Promise<Map<string, AgentToken>>;
  /** The PBX's key behind a live token; undefined when the row is gone. */
  agentKey(token: AgentToken): { source: SourceName; key: string } | undefined;
  /** The internal id of a queue by the PBX's name; a row is made when it is seen the first time. */
  queueId(source: SourceName, pbxName: string): Promise<QueueId>;
  /** The PBX's present name of a queue. */
  queuePbxName(queue: QueueId): string | undefined;
  /** A random token, the same for the same number within its life (8 days). */
  callerToken(source: SourceName, number: string, at: Instant): Promise<string>;
  /** Every queue with its name, unit and the service-level definition valid at `now`, in the PBX's order. */
  boardQueues(now: Instant): BoardQueue[];
  /** The dated definitions of a queue's service level, oldest first; empty when only the default ever held. */
  definitions(queue: QueueId): readonly ServiceLevelDefinition[];
  /** How long an agent has for wrap-up after a call from this queue, valid now; null when none is configured. */
  wrapUpMs(source: SourceName, pbxName: string): number | null;
  /** Whether a pause with this reason counts as wrap-up. */
  isWrapUpReason(source: SourceName, reason: string): boolean;
  /** The PBX has the queue, with room for `limit` callers or without a limit. A queue that was gone is back. */
  queueSeen(queue: QueueId, limit: number | null, at: Instant): Promise<void>;
  /** The PBX no longer has it: `boardQueues` leaves it out, and everything about it is kept. */
  queueGone(queue: QueueId, at: Instant): Promise<void>;
}

/** A PBX or the demonstration city. */
export interface Source {
  readonly name: SourceName;
  /** Tells for ever; resolves when running. Reconnects by itself. */
  start(sink: SourceSink): Promise<void>;
  /** Stops telling and lets go of everything. */
  stop(): Promise<void>;
  /**
   * Asks the PBX to pause an agent in all queues, or to end the pause. The answer is the PBX's own; that the agent is
   * paused is told as an event like any other. A source that cannot ask for anything has no such method.
   */
  pause?(agentKey: string, paused: boolean, reason: string | null): Promise<PauseAnswer>;
}
/** `refused`: the PBX does not let us. `not-member`: it knows no such agent in any queue. */
export type PauseAnswer = 'done' | 'refused' | 'not-member' | 'no-contact';
/** Where a source tells. One per source; made by the engine. */
export interface SourceSink {
  /** The server's clock: monotonic, slewed towards the wall, never back. */
  now(): Instant;
  /** This source's part of the floor as the log has it, with the source's own names (keys and PBX names). */
  floor(): Promise<Floor>;
  /**
   * Resolves when every event is durable. While the disk refuses, live events wait in memory and the board says so;
   * so a source tells and goes on, and only waits for this where it must not tell twice (a position in a file).
   */
  append(told: Told[]): Promise<void>;
  /** A byte came: the numbers are proven as of this instant. Not an event. */
  proven(at: Instant): void;
  /** Entries the store knows, in the source's own names where they are still known, for queue_log's reconciler. */
  entries(from: Instant, to: Instant): Promise<Entry[]>;
  /** Settings of a queue by the PBX's name, valid now; for `wrapUpUntil`. */
  wrapUpMs(pbxQueue: string): number | null;
  /** Whether a pause with this reason counts as wrap-up. The words go no further. */
  isWrapUpReason(reason: string): boolean;
  /** Counters and the last message for the health page and /metrics; codes and numbers only. */
  health(report: Partial<SourceHealth>): void;
}
export interface SourceHealth {
  state: 'connecting' | 'starting' | 'connected' | 'lost';
  /** A code such as `wrong-secret`, `missing-read-class`, `silent`; null when all is well. */
  trouble: string | null;
  /** Differences found while connected that were still there 2 s later: must stay 0. */
  drift: number;
  /** Differences mended at reconnects. */
  gapRepairs: number;
  anomalies: Record<string, number>;
  bytes: number;
  reconnects: number;
}
