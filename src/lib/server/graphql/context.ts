/**
 * What a resolver may use. The interfaces are declared here, by those who need them, and fulfilled by `app.ts`; nothing
 * in this folder imports a store or an engine.
 */
import type { Viewer } from '../../domain/access.ts';
import type { RefusedVisible } from '../../domain/statistics/figures.ts';
import type { Contribution } from '../../domain/statistics/contribution.ts';
import type { Tally } from '../../domain/statistics/tally.ts';
import type { QueueId } from '../../domain/telephony/event.ts';
import type { Instant, Period } from '../../domain/time.ts';
import type { BoardFrame, BoardQueue, ServiceLevelDefinition } from '../../domain/wallboard.ts';
import type { Account } from './account.ts';
import type { AuditLog } from './audit.ts';
import type { PeopleDesk } from './people.ts';
import type { PeopleFile } from './people-file.ts';
import type { Agents } from './agents.ts';
import type { Announcements } from './announcement.ts';
import type { BoardKeeping } from './board-definition.ts';
import type { QueueKeeping } from './queue-settings.ts';
import type { ApiTokenKeeping } from './api-tokens.ts';
import type { Exchanges } from './exchanges.ts';
import type { FirstSteps } from './first-steps.ts';
import type { NamesOfUnits } from './names-by-state.ts';
import type { RecordingKeeping } from './recordings.ts';
import type { RetentionKeeping } from './retention.ts';
import type { Pairings } from './pairing.ts';
import type { CoachingDesk } from './coaching/commands.ts';
import type { Drafts } from './coaching/draft-port.ts';
import type { Insight } from './coaching/insight.ts';
import type { Participations } from './coaching/participation.ts';
import type { CoachPlans } from './coaching/plan.ts';
import type { Rounds } from './coaching/rounds.ts';
import type { Rubrics } from './coaching/rubric.ts';
import type { Log } from './refusal.ts';
import type { Screens } from './screen.ts';
import type { Strips } from './strip.ts';

/** The latest frame of each board (`live/feed.ts`). */
export interface Feed {
  boards(): string[];
  current(board: string): BoardFrame | null;
  watch(board: string, onFrame: (frame: BoardFrame) => void): () => void;
}

/** What is stored of the past. The store fulfils it. */
export interface Tallies {
  /** Stored tallies of whole quarters with from <= quarterStart < to; all queues when none are named. */
  tallies(from: Instant, to: Instant, queues?: QueueId[]): Promise<StoredTally[]>;
  /**
   * How many different people answered in each queue and each of these periods, or fewer where that is no longer known,
   * and never more; and whether anything describes agents: somebody answered, or a talk or its wrap-up ended. A pair that
   * is missing is 0 and no. Periods do not overlap.
   */
  answerers(periods: Period[], queues: QueueId[]): Promise<Answerers[]>;
  /** What goes with the stored tallies of a period at `now` and is not in them; `offset` changes with what is stored. */
  unfinished(period: Period, now: Instant): { offset: number; parts: Contribution[] };
}
export interface Answerers {
  queue: QueueId;
  startsAt: Instant;
  answerers: number;
  describes: boolean;
}
export interface StoredTally {
  queue: QueueId;
  quarterStart: Instant;
  tally: Tally;
  revisedAt: Instant | null;
}

/** The queues there are. */
export interface Queues {
  /** In the PBX's order, each with the definition that holds at `now`. */
  boardQueues(now: Instant): BoardQueue[];
  /** Every definition a queue has had; each holds from its `from` until the next. */
  serviceLevels(queue: QueueId): readonly ServiceLevelDefinition[];
  /** Whether the dial plan of its PBX tells of refused callers. */
  refusedVisible(queue: QueueId): RefusedVisible;
  /**
   * Since when its PBX has been watched live; null when it never was. What is known of the time before comes from
   * queue_log, which does not show transfers behind Local members. A demonstration knows everything: 0.
   */
  watchedSince(queue: QueueId): Instant | null;
}

/** What every operation may use, whoever asks. One object for the life of the process. */
export interface Services {
  feed: Feed;
  tallies: Tallies;
  queues: Queues;
  account: Account;
  audit: AuditLog;
  people: PeopleDesk;
  peopleFile: PeopleFile;
  screens: Screens;
  pairings: Pairings;
  announcements: Announcements;
  boardKeeping: BoardKeeping;
  queueKeeping: QueueKeeping;
  agents: Agents;
  strips: Strips;
  exchanges: Exchanges;
  apiTokens: ApiTokenKeeping;
  recordingKeeping: RecordingKeeping;
  retention: RetentionKeeping;
  firstSteps: FirstSteps;
  namesOfUnits: NamesOfUnits;
  participations: Participations;
  coachingDesk: CoachingDesk;
  drafts: Drafts;
  coachPlans: CoachPlans;
  rounds: Rounds;
  rubrics: Rubrics;
  insight: Insight;
  /** The centre's zone, such as `Europe/Stockholm`: days and weeks begin at its midnights. */
  timeZone: string;
  /** The server's clock. */
  now(): Instant;
  log: Log;
}

/** What one operation is carried out with. */
export interface Context extends Services {
  /** Who asks; null in a shared execution, where `audience` stands for all who were let in. */
  viewer: Viewer | null;
  audience?: AudienceScope;
  /** Where the question comes from; absent over a socket. */
  address?: string;
}
/** A frame that is made once for all who may read this board, for all windows of the one person whose strip it is, or for one screen. */
export type AudienceScope = { board: string } | { person: string } | { screen: string };

/** Who a cookie or an `Authorization` header belongs to, and until when (null: until revoked). */
export interface Authenticated {
  viewer: Viewer;
  expiresAt: Instant | null;
}
/** The headers that say who it is; a token that came over the socket is written as a header too. */
export interface Credential {
  cookie?: string;
  authorization?: string;
  /** A television asks: only its own cookie counts. */
  screen?: boolean;
}
/** Someone's right to be here ended (`ended`) or is another than it was (`changed`). */
export interface Revocation {
  sessionId?: string;
  personId?: string;
  tokenId?: string;
  screenId?: string;
  why: 'ended' | 'changed';
}
/** Who comes in by a socket. `identity/` fulfils it. */
export interface Identity {
  authenticate(headers: Credential): Promise<Authenticated | null>;
  /** Calls back within a second of each revocation on this node. Returns how to stop. */
  onRevoked(callback: (revocation: Revocation) => void): () => void;
}
