import type { Instant } from '../time.ts';
import type {
  AgentToken,
  CallId,
  EntryId,
  EntryOutcome,
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
