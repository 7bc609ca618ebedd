/** The tables of recordings: which there are, what became of the files in the folder, and who has heard what. */

export interface RecordingTable {
  id: string;
  entry: string;
  /** SHA-256 of the file it came from. */
  source_hash: string;
  file_id: string;
  peaks_file_id: string;
  format: 's16le-8000' | 's16le-16000';
  channels: number;
  duration_ms: number;
  /** Bytes on the disk. */
  size: number;
  clock: 'running' | 'bridged';
  /** The instant of the first sample. */
  starts_at: number;
  received_at: number;
  state: 'ready' | 'held' | 'deleting' | 'deleted';
  deleted_why: string | null;
  deleted_at: number | null;
}
export interface RecordingImportTable {
  /** A calendar day of the centre's zone, `2026-11-21`. */
  day: string;
  outcome: string;
  files: number;
}
export interface RecordingLeftTable {
  fingerprint: string;
  seen_at: number;
}
export interface RecordingQueueTable {
  queue_id: string;
  /** What the decision is registered under. */
  decision: string;
  /** What callers are told before they are recorded. */
  caller_notice: string;
  allowed_at: number;
}
export interface RecordingRefusedTable {
  entry: string;
}
/** That somebody listened to a slot's call; a later time of theirs within half an hour is the same row. */
export interface ListeningTable {
  person_id: string;
  slot: string;
  at: number;
}
