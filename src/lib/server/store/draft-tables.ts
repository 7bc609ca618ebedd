/** The tables of what is being written: they name a person and no time nearer than a minute. */
export interface DraftTables {
  draft: DraftTable;
  draft_field: DraftFieldTable;
  draft_client: DraftClientTable;
  draft_conflict: DraftConflictTable;
}

/** One person's draft of one thing, such as the reading of a call. */
export interface DraftTable {
  id: string;
  person_id: string;
  /** What it is a draft of, opaque here. */
  subject: string;
  /** The text key (`server/keys`) that it is locked by, together with a key of its own. */
  text_key: string;
}
export interface DraftFieldTable {
  draft_id: string;
  path: string;
  /** Encrypted; null for a field that was taken away. */
  value: string | null;
  rev: number;
  last_client: string;
  /** A whole minute, so that no row tells how somebody writes. */
  saved_at: number;
}
/** What a page has been answered, so that asking again changes nothing. */
export interface DraftClientTable {
  draft_id: string;
  client_id: string;
  /** The last one taken in; the largest there is when another page has gone on from this one. */
  seq: number;
  /** The answer to it, encrypted, because it can hold a text. */
  answer: string | null;
  seen_at: number;
}
export interface DraftConflictTable {
  id: string;
  draft_id: string;
  path: string;
  value: string | null;
  client_id: string;
  saved_at: number;
}
