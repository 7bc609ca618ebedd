/**
 * What somebody is writing and has not handed in: a flat map from a path to a text, so that two pages can write in two
 * fields without knowing of each other. Pure, and the same on both ends: the server takes edits in by it, and a page's
 * copy (`draft-copy.ts`) follows. Every value is a text: a level is `2`, a moment `84000`.
 */
import type { Instant } from '../time.ts';

/** What stands in a field. `null` is a field that was taken away: it is kept, so that nothing brought late revives it. */
export type FieldValue = string | null;
/** One holding of a draft by one page: a page that stops writing and begins again is another. Never used twice. */
export type ClientId = string;

export interface DraftField {
  value: FieldValue;
  /** 1 for the first value, and one more for each that replaces it. */
  rev: number;
  lastClient: ClientId;
}
export type DraftFields = ReadonlyMap<string, DraftField>;

/** One field as a page wants it: the whole value and never a keystroke, so that a second delivery changes nothing. */
export interface DraftEdit {
  path: string;
  /** The rev that the writer had seen; 0 when there was no such field. */
  baseRev: number;
  value: FieldValue;
  /**
   * Pages whose unanswered values this one goes on from: a page that was killed and found its journal, or that took
   * over from another. The server may hold a value of theirs that nobody was ever told the rev of.
   */
  supersedes: readonly ClientId[];
  /** The conflicts that this value settles. */
  resolves: readonly string[];
}

/** `conflict`: somebody else had written in between. What stands there stands, and the value is kept beside it. */
export type FieldVerdict = { kind: 'taken' | 'same' | 'conflict'; field: DraftField };

/** The field after an edit. `same`: it said what stands there already, so nothing is new to anybody. */
export function verdict(field: DraftField | undefined, edit: DraftEdit, client: ClientId): FieldVerdict {
  const rev = field?.rev ?? 0;
  if (field && field.value === edit.value) return { kind: 'same', field };
  // Its own last value is no news to a page: it may not have heard the answer before it closed and sent once more.
  const own = field !== undefined && (field.lastClient === client || edit.supersedes.includes(field.lastClient));
  if (field && rev !== edit.baseRev && !own) return { kind: 'conflict', field };
  // Taking away what was never there leaves nothing to keep.
  if (!field && edit.value === null) return { kind: 'same', field: { value: null, rev: 0, lastClient: client } };
  return { kind: 'taken', field: { value: edit.value, rev: Math.max(rev, edit.baseRev) + 1, lastClient: client } };
}

/** A value that lost against what somebody else wrote; kept until its author has chosen. */
export interface DraftConflict {
  id: string;
  path: string;
  value: FieldValue;
  client: ClientId;
  at: Instant;
}

/** How the revs of all fields are told in one number: their sum. It grows with every change, and two copies of which
 * neither is ahead of the other have the same sum only when they are the same. */
export function documentRev(fields: Iterable<Pick<DraftField, 'rev'>>): number {
  let sum = 0;
  for (const { rev } of fields) sum += rev;
  return sum;
}

/** What can stand in a path: a kind, and at most two steps below it, of which a page makes the ids itself. */
const PATH = /^(strength|level|note|goal|q|must|text)(\/[A-Za-z0-9-]{1,64}){0,2}$/;
export const isFieldPath = (path: string): boolean => PATH.test(path);

/** Longer than anybody writes here. A field on screen takes no more, so that the server need not refuse any of it. */
export const FIELD_LENGTH_MOST = 10_000;
export const FIELDS_MOST = 500;

/** The texts that are there, by their path, in the order of the paths: what is handed in. */
export function documentOf(fields: DraftFields): ReadonlyMap<string, string> {
  const there = [...fields].flatMap(([path, { value }]): [string, string][] => (value === null ? [] : [[path, value]]));
  return new Map(there.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The ids below a kind in the paths of a document, such as the strengths: each once, in the order of the paths. */
export function itemsOf(document: { keys(): Iterable<string> }, kind: string): string[] {
  const ids = [...document.keys()].flatMap((path) => {
    const [first, id] = path.split('/');
    return first === kind && id !== undefined ? [id] : [];
  });
  return [...new Set(ids)];
}
