/**
 * What a board shows: a whole snapshot, a pure function of (the log up to a position, now). Mirrors `WallboardFrame` of
 * the API, in domain values. `null` always means "we do not know"; 0 always means that we know there are none.
 */
import type { QueueId, SourceName } from './telephony/event.ts';
import type { BoardAnnouncement } from './announcement.ts';
import type { BoardLayout } from './board.ts';
import type { Opening } from './opening-hours.ts';
import type { Pressure } from './pressure.ts';
import type { Instant } from './time.ts';

export interface Position {
  epoch: string;
  offset: number;
}
export type SourceState = 'CONNECTED' | 'STARTING' | 'LOST';
export interface SourceStatus {
  state: SourceState;
  since: Instant;
  /** The last byte from the PBX: every age on a board is counted from here. Null when there never was one. */
  provenAt: Instant | null;
}
export interface AgentCounts {
  available: number | null;
  ringing: number | null;
  talking: number | null;
  busy: number | null;
  wrappingUp: number | null;
  paused: number | null;
  unreachable: number | null;
}
export interface ServiceLevelDefinition {
  variant: ServiceLevelVariant;
  targetMs: number;
  shortAbandonMs: number;
  /** The day from which it holds, as the instant of that day's midnight in the centre's zone. */
  from: Instant;
}
/** The six in measures: what counts as met and who counts at all. `without-short` is the default. */
export type ServiceLevelVariant =
  'without-short' | 'abandoned-in-time-met' | 'answered-only' | 'all' | 'without-abandoned-in-time' | 'short-met';

/** Figures over a period, derived from a raw tally last of all. */
export interface Figures {
  carriedIn: number;
  carriedOut: number | null;
  offered: number;
  answered: number;
  answeredInTime: number;
  abandoned: number;
  abandonedShort: number;
  overflowed: number;
  lost: number;
  refused: number | null;
  refusedVisible: boolean;
  passedOn: number | null;
  solvedDirectly: number | null;
  serviceLevel: number | null;
  serviceLevelN: number;
  serviceLevelBy: ServiceLevelDefinition[];
  answerTimeMsMean: number | null;
  answerTimeMsP50: number | null;
  answerTimeMsP80: number | null;
  answerTimeMsP90: number | null;
  talkTimeMsMean: number | null;
  few: boolean;
  blindMs: number;
}
export interface BoardFigures {
  waiting: number | null;
  longestWaitSince: Instant | null;
  agents: AgentCounts;
  today: Figures;
  recent: Figures;
  /** carriedIn + offered − answered − abandoned − overflowed − lost − waiting, of today: 0, or the board says so. Null while waiting is unknown. */
  imbalance: number | null;
  /** What was known when contact was lost; null while we are in contact. */
  lastKnown: { at: Instant; waiting: number; longestWaitMs: number | null } | null;
}
export interface BoardNow extends BoardFigures {
  /** Distinct calls today, counted by their first entry. */
  calls: number;
  /** Offered entries per quarter of today, from midnight through the running quarter. */
  arrivals: number[];
  /** Answer times of today: how many were answered in each step; `toMs` null for the last, open one. */
  answerTimes: { fromMs: number; toMs: number | null; answered: number }[];
}
export interface BoardQueue {
  id: QueueId;
  name: string;
  /** At most eleven letters, for the line under Längst. */
  shortName: string;
  source: SourceName;
  unit: { id: string; name: string } | null;
  serviceLevel: ServiceLevelDefinition;
  /** When wrap-up is configured: how long after a talk; null when the agent ends it by a pause reason or not at all. */
  wrapUpMs: number | null;
}
export interface QueueNow extends BoardFigures {
  queue: BoardQueue;
  source: SourceStatus;
  /** By the board's own thresholds, once it has lasted: the same word on every screen. */
  pressure: Pressure;
}
export interface BoardFrame {
  board: { id: string; name: string | null; demo: boolean; timeZone: string };
  position: Position;
  asOf: Instant;
  /** Midnight that began today in the centre's zone. */
  dayStartsAt: Instant;
  source: SourceStatus;
  saved: boolean;
  /** What is said on this board now, the newest first. */
  announcements: BoardAnnouncement[];
  /** How it is to be drawn, and on what screen it hangs. */
  layout: BoardLayout;
  /** Whether the telephones of any of its queues are open. */
  opening: Opening;
  total: BoardNow;
  queues: QueueNow[];
}
