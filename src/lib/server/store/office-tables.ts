/** The tables of the office around the board: announcements, screens, the audit log, how long what is kept. */
import type { Sensitivity } from '../../domain/board.ts';
import type { YesNo } from './tables.ts';

/** One act that somebody may have to answer for: ids and codes, never texts. Rows are added and never changed. */
export interface AuditTable {
  position: number;
  at: number;
  act: string;
  /** `person <id>`, `token <id>`, `screen <id>`, `command-line` or `stamgaffel` itself. */
  actor: string;
  /** The person it concerns, who may read it. */
  subject: string | null;
  /** What it was about: an id, or codes. */
  about: string | null;
  content_hash: string;
  /** SHA-256 of the hash before and the hash of the content. */
  hash: string;
}
/** One row: the end of the chain. Whoever writes takes its lock first. */
export interface AuditHeadTable {
  id: 1;
  position: number;
  hash: string;
}
/** A link by which a person sets their password, once. Only the hash of its secret is kept. */
export interface InvitationTable {
  id: string;
  person_id: string;
  hash: string;
  kind: 'invitation' | 'reset';
  made_by: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}
/** Never changed once posted, but for the instant it was taken down: a new wording is a new row that replaces it. */
export interface AnnouncementTable {
  id: string;
  text: string;
  from_at: number;
  until_at: number;
  posted_at: number;
  /** Null for a token's, and when the person is erased. */
  posted_by: string | null;
  replaces: string | null;
  taken_down_at: number | null;
}
export interface AnnouncementBoardTable {
  announcement_id: string;
  board: string;
}
export interface AnnouncementQueueTable {
  announcement_id: string;
  queue_id: string;
}
/** Whose a member of the PBX is, and since when; `until_at` is null while it holds. */
export interface PersonAgentTable {
  person_id: string;
  source: string;
  agent_key: string;
  from_at: number;
  until_at: number | null;
}
/** How a person wants the strip at home. The quiet hours are times of the day such as `17:30`. */
export interface PersonStripTable {
  person_id: string;
  figures: YesNo;
  alerts: YesNo;
  sound: YesNo;
  quiet_from: string;
  quiet_until: string;
}
/** A television that an administrator approved. `token_hash` is null until it has fetched its token. */
export interface ScreenTable {
  id: string;
  room: string;
  board: string;
  token_hash: string | null;
  /** Raised when it is moved to another board, so that its open sockets notice. */
  access_version: number;
  paired_at: number;
  /** Moves on while the screen is used. */
  expires_at: number;
  identify_until: number | null;
  reload_asked_at: number | null;
  seen_at: number | null;
  frame_at: number | null;
  version: string | null;
  lag_ms: number | null;
}
/** A television that shows a code. The row is gone once it has used its token. */
export interface ScreenPairingTable {
  device_hash: string;
  code: string;
  network: string;
  browser: string;
  began_at: number;
  expires_at: number;
  room: string | null;
  board: string | null;
  /** The id of the administrator who typed the code; only they can type the digits. */
  approver: string | null;
  digits: string | null;
  match_until: number | null;
  /** Set when the digits were right. */
  screen_id: string | null;
}
/** A board that somebody has defined; the others are as they are by themselves. */
export interface BoardTable {
  id: string;
  /** Null for the board of everything. */
  name: string | null;
  /** The unit whose leaders look after it. */
  unit_id: string | null;
  /** JSON: parts, layout and thresholds of the domain's BoardDefinition. */
  definition: string;
  changed_at: number;
}
export interface OpeningHoursTable {
  /** `all`, or the id of a unit. */
  scope: string;
  /** JSON of the domain's OpeningHours. */
  hours: string;
  changed_at: number;
}
export interface QueueSensitivityTable {
  queue_id: string;
  sensitivity: Sensitivity;
}

/** How long what is kept, where it is not as the program came. */
export interface RetentionRuleTable {
  kept: string;
  period: number | null;
  /** What the period rests on; empty when nobody has decided. */
  decision: string;
  /** A calendar day, `2026-11-21`. */
  decided_on: string | null;
  changed_at: number;
}
/** A row once administrators are no longer led through the first steps. */
export interface FirstStepsTable {
  id: 1;
  ended_at: number;
}
/** The one link by which the first administrator is made; only the hash of its secret. */
export interface FirstStartTable {
  id: 1;
  hash: string;
  expires_at: number;
  used_at: number | null;
}
