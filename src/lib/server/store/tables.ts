/**
 * The tables as Kysely sees them; the same on SQLite and PostgreSQL, and so are the JavaScript types that come back.
 *
 * Instants are whole ms since 1970 in UTC. Yes and no are 1 and 0, because SQLite has no booleans. JSON is text,
 * because PostgreSQL would otherwise hand back objects where SQLite hands back strings.
 */
import type { EntryOutcome, Lane, PassedOnHow, Quality, TalkEndedBy } from '../../domain/telephony/event.ts';
import type { ServiceLevelVariant } from '../../domain/wallboard.ts';
import type { BetweenTables } from './coaching/between-tables.ts';
import type { RubricVersionTable } from './coaching/rubric-versions.ts';
import type { CoachingTables } from './coaching/tables.ts';
import type { DraftTables } from './draft-tables.ts';
import type {
  AnnouncementBoardTable,
  AnnouncementQueueTable,
  AnnouncementTable,
  AuditHeadTable,
  AuditTable,
  BoardTable,
  FirstStartTable,
  FirstStepsTable,
  InvitationTable,
  OpeningHoursTable,
  PersonAgentTable,
  PersonStripTable,
  QueueSensitivityTable,
  RetentionRuleTable,
  ScreenPairingTable,
  ScreenTable
} from './office-tables.ts';
import type { ApiTokenTable, PersonRoleTable, PersonTable, PersonUnitTable, SessionTable } from './people-tables.ts';
import type {
  ListeningTable,
  RecordingImportTable,
  RecordingLeftTable,
  RecordingQueueTable,
  RecordingRefusedTable,
  RecordingTable
} from './recording-tables.ts';

export interface Tables extends CoachingTables, BetweenTables, DraftTables {
  stamp: StampTable;
  secret: SecretTable;
  log: LogTable;
  event: EventTable;
  entry: EntryTable;
  tally: TallyTable;
  projection: ProjectionTable;
  agent_token: AgentTokenTable;
  caller_token: CallerTokenTable;
  unit: UnitTable;
  queue: QueueTable;
  queue_alias: QueueAliasTable;
  service_level: ServiceLevelTable;
  wrap_up_reason: WrapUpReasonTable;
  person: PersonTable;
  person_role: PersonRoleTable;
  person_unit: PersonUnitTable;
  session: SessionTable;
  api_token: ApiTokenTable;
  screen: ScreenTable;
  screen_pairing: ScreenPairingTable;
  announcement: AnnouncementTable;
  announcement_board: AnnouncementBoardTable;
  announcement_queue: AnnouncementQueueTable;
  person_agent: PersonAgentTable;
  person_strip: PersonStripTable;
  audit: AuditTable;
  audit_head: AuditHeadTable;
  invitation: InvitationTable;
  retention_rule: RetentionRuleTable;
  first_start: FirstStartTable;
  first_steps: FirstStepsTable;
  board: BoardTable;
  opening_hours: OpeningHoursTable;
  queue_sensitivity: QueueSensitivityTable;
  rubric_version: RubricVersionTable;
  recording: RecordingTable;
  recording_import: RecordingImportTable;
  recording_left: RecordingLeftTable;
  recording_queue: RecordingQueueTable;
  recording_refused: RecordingRefusedTable;
  listening: ListeningTable;
}

/** 1 is yes, 0 is no. */
export type YesNo = 0 | 1;

/** One row: whether this database holds a demonstration or reality. They never mix. */
export interface StampTable {
  id: 1;
  kind: 'demo' | 'real';
}
/** Keys made at installation, hexadecimal. */
export interface SecretTable {
  name: string;
  value: string;
}
/** One row: the life of the log, its last offset, and the term of whoever may append what sources tell. */
export interface LogTable {
  id: 1;
  epoch: string;
  offset: number;
  term: number;
  /** What happened before this is not in the log any more, and is not taken in again. */
  cut_before: number;
}
export interface EventTable {
  offset: number;
  at: number;
  seen_at: number;
  source: string;
  source_key: string;
  lane: Lane;
  quality: Quality;
  version: number;
  kind: string;
  /** JSON of the event, its kind included. */
  event: string;
}
export interface EntryTable {
  id: string;
  call: string;
  source: string;
  queue: string;
  channel: string;
  from_queue: string | null;
  adopted: YesNo;
  caller: string | null;
  offered_at: number;
  offered_quality: Quality;
  outcome: EntryOutcome;
  answered_at: number | null;
  answered_quality: Quality | null;
  agent: string | null;
  left_at: number | null;
  why: string | null;
  pressed: string | null;
  held_since: number | null;
  held_ms: number;
  passed_on: PassedOnHow | null;
  passed_on_to: string | null;
  talk_ended_at: number | null;
  ended_by: TalkEndedBy | null;
  wrap_up_until: number | null;
  revised_at: number | null;
  /** The latest of offered, answered, left and talk ended, so that one index finds what a period needs. */
  last_at: number;
}
export interface TallyTable {
  queue: string;
  quarter_start: number;
  /** JSON of the domain's Tally. */
  tally: string;
  revised_at: number | null;
}
export interface ProjectionTable {
  name: string;
  offset: number;
  version: number;
  /** JSON of the checkpoint; null for a projection that lives in tables of its own. */
  state: string | null;
}
/** Who a token is, while the row lives: 45 days after its month. Without the row the token is nobody. */
export interface AgentTokenTable {
  token: string;
  source: string;
  key: string;
  from_at: number;
  until_at: number;
}
/** No number: only its HMAC with a secret of this installation, and for eight days. */
export interface CallerTokenTable {
  token: string;
  hmac: string;
  from_at: number;
  expires_at: number;
}
export interface UnitTable {
  id: string;
  name: string;
  position: number;
}
export interface QueueTable {
  id: string;
  source: string;
  pbx_name: string;
  name: string;
  short_name: string;
  unit_id: string | null;
  position: number;
  wrap_up_ms: number | null;
  /** Whether wrap-up after a call from one queue also keeps the agent from the others. */
  shared_wrap_up: YesNo;
  /** How many may wait; null when there is no limit or it is not known. */
  waiting_limit: number | null;
  seen_at: number;
  gone_at: number | null;
}
/** A name that the PBX used for a queue until `until_at`. */
export interface QueueAliasTable {
  source: string;
  pbx_name: string;
  queue_id: string;
  until_at: number;
}
/** How a queue's service level is counted from a day on; the row with the latest `from_at` that has come holds. */
export interface ServiceLevelTable {
  queue_id: string;
  from_at: number;
  variant: ServiceLevelVariant;
  target_ms: number;
  short_abandon_ms: number;
}
/** A pause's reason that counts as wrap-up. */
export interface WrapUpReasonTable {
  queue_id: string;
  reason: string;
}
