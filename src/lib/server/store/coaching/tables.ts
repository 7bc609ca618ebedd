/** The tables of rounds and participations. Instants are ms in UTC; words are only in `text_body`, and encrypted. */
import type { Generated } from 'kysely';
import type { Level, MustBeRightPoint, Side, SlotKind } from '../../../domain/coaching/level.ts';
import type { YesNo } from '../tables.ts';

export interface CoachingTables {
  round: RoundTable;
  round_unit: { round: string; unit_id: string };
  round_window: { round: string; n: number; starts_at: number; ends_at: number };
  round_coach: { round: string; coach: string };
  /** `n` is the order in which the rubric has them. */
  round_criterion: { round: string; criterion: string; n: number };
  participation: ParticipationTable;
  participation_event: ParticipationEventTable;
  participation_command: ParticipationCommandTable;
  text_body: TextBodyTable;
  key_to_destroy: { kind: 'text' | 'recording' | 'draft'; id: string };
  slot: SlotTable;
  reading: ReadingTable;
  strength: StrengthTable;
  reading_level: ReadingLevelTable;
  reflection: { participation: string; state: 'draft' | 'in' | 'skipped' };
  reflection_answer: { participation: string; n: number; text_id: string };
  goal: GoalTable;
  talk: { participation: string; booked_at: number | null; held_at: number | null };
  last_word: { participation: string; n: number; text_id: string; written_at: number };
  record: RecordTable;
  must_be_right: MustBeRightTable;
}

export interface RoundTable {
  id: string;
  name: string;
  rubric_version: string;
  starts_at: number;
  ends_at: number;
  calls_per_agent: number;
  state: 'draft' | 'open' | 'closing' | 'closed';
  opened_at: number | null;
  closed_at: number | null;
  /** The hash of what the seed of every draw is made from; null until the round opens. */
  commitment: string | null;
}
export interface ParticipationTable {
  id: string;
  round: string;
  agent: string;
  /** Null when the coach was erased. */
  coach: string | null;
  /** Who takes over at `coach_to_be_from`; null when nobody is announced. */
  coach_to_be: string | null;
  coach_to_be_from: number | null;
  /** The unit the person counted in when the round opened. */
  unit_id: string | null;
  /** In which of the round's windows their calls are drawn. */
  window_n: number;
  sound: 'recorded' | 'beside';
  /** How many facts there are: the last `seq` of `participation_event`. */
  seq: number;
  revealed_at: number | null;
  ended_at: number | null;
  erased: Generated<YesNo>;
}
export interface ParticipationEventTable {
  participation: string;
  seq: number;
  kind: string;
  at: number;
  /** `person <id>` or `system`. */
  actor: string;
  /** JSON of the fact: ids and codes only. */
  data: string;
}
export interface ParticipationCommandTable {
  participation: string;
  command: string;
  actor: string;
  /** JSON of what was answered. */
  answer: string;
}
export interface TextBodyTable {
  id: string;
  participation: string;
  /** Base64 of nonce, ciphertext and tag; null when it was taken away. */
  ciphertext: string | null;
}
/** `span_from` is the instant of the answer, `span_to` that of the agent's own hang-up: moments lie between. */
export interface SlotTable {
  id: string;
  participation: string;
  n: number;
  kind: SlotKind;
  state: 'empty' | 'chosen' | 'withdrawn' | 'void';
  draw_no: number;
  entry: string | null;
  queue: string | null;
  span_from: number | null;
  span_to: number | null;
  sound_gone: YesNo;
}
export interface ReadingTable {
  id: string;
  slot: string;
  author: string;
  role: Side;
  rubric_version: string;
  state: 'draft' | 'in' | 'destroyed';
}
export interface StrengthTable {
  id: string;
  reading: string;
  criterion: string;
  moment_ms: number;
  text_id: string;
  chars: number;
}
/** `level` null: not applicable in this call. */
export interface ReadingLevelTable {
  reading: string;
  criterion: string;
  level: Level | null;
  moment_ms: number | null;
}
export interface GoalTable {
  participation: string;
  version: number;
  criterion: string;
  when_id: string;
  try_id: string;
  how_id: string | null;
  state: 'proposed' | 'agreed';
  proposed_by: Side;
}
/** One version. What it said is kept by ids: the goal, and how many last words there were. */
export interface RecordTable {
  participation: string;
  version: number;
  acknowledged_at: number | null;
  snapshot_hash: string | null;
  criterion: string | null;
  when_id: string | null;
  try_id: string | null;
  how_id: string | null;
  last_words: number | null;
}
/** The answer is among the words of `text_id`. */
export interface MustBeRightTable {
  participation: string;
  slot: string;
  point: MustBeRightPoint;
  author: string;
  text_id: string;
  expires_at: number;
}
