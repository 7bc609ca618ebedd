/**
 * A page's own copy of a draft: what is on screen, how much of it the server has answered for, and how the two come
 * together again after a crash, another tab or another device. Pure; the page gives the time, the network and the disk.
 */
import type { Instant } from '../time.ts';
import type { ClientId, DraftEdit, FieldValue } from './draft.ts';

export interface CopyField {
  /** What is on screen, as it was typed. */
  value: FieldValue;
  /** Which value of this browser's it is: larger is later, over tabs and reloads. 0 as the server has it. */
  edition: number;
  /** The edition that the server has answered for. */
  settled: number;
  /** The server's rev that the value goes on from. */
  rev: number;
  /** Pages whose unanswered values it goes on from. */
  supersedes: readonly ClientId[];
  /** Conflicts that it settles. */
  resolves: readonly string[];
}
/** Two texts for one field. The field's own value is ours; typing goes on in it meanwhile. */
export interface CopyConflict {
  path: string;
  /** By which the server knows the ones that lost; empty until it has told. */
  ids: readonly string[];
  other: FieldValue;
  /** The server's rev that a choice goes on from. */
  rev: number;
  /** When each was written; null when that is not known. */
  ownAt: Instant | null;
  otherAt: Instant | null;
}
export interface DraftCopy {
  readonly fields: ReadonlyMap<string, CopyField>;
  readonly conflicts: ReadonlyMap<string, CopyConflict>;
}
export const emptyCopy: DraftCopy = { fields: new Map(), conflicts: new Map() };

const fresh: CopyField = { value: null, edition: 0, settled: 0, rev: 0, supersedes: [], resolves: [] };
export const isUnsettled = ({ edition, settled }: CopyField): boolean => edition > settled;

/** The next edition: later than all that this copy knows, and near the clock, so that two tabs agree on what is later. */
export function nextEdition({ fields }: DraftCopy, now: Instant): number {
  let latest = 0;
  for (const { edition } of fields.values()) latest = Math.max(latest, edition);
  return Math.max(latest + 1, now);
}

export function typed(copy: DraftCopy, path: string, value: FieldValue, edition: number): DraftCopy {
  const field = copy.fields.get(path) ?? fresh;
  return field.value === value ? copy : withField(copy, path, { ...field, value, edition });
}

/** What the server has not answered for, each as an edit. `outgoing` covers what may not leave the page. */
export function edits(copy: DraftCopy, outgoing: (path: string, value: FieldValue) => FieldValue): DraftEdit[] {
  return [...copy.fields]
    .filter(([, field]) => isUnsettled(field))
    .map(([path, { value, rev, supersedes, resolves }]) => ({
      path,
      baseRev: rev,
      value: outgoing(path, value),
      supersedes,
      resolves
    }));
}

/** What the server said of one edit. `value` is what stands there, where that is not what was sent. */
export type FieldAnswer = { path: string; rev: number } & (
  | { kind: 'taken' }
  | { kind: 'masked'; value: FieldValue }
  | { kind: 'conflict'; value: FieldValue; conflict: string; at: Instant | null }
);

/** After an answer. `sent` is what was sent of each field: its edition, and its value as it left. */
export function answered(
  copy: DraftCopy,
  answers: readonly FieldAnswer[],
  sent: ReadonlyMap<string, { edition: number; at: Instant }>
): DraftCopy {
  let after = copy;
  for (const answer of answers) {
    const field = after.fields.get(answer.path);
    const asked = sent.get(answer.path);
    if (!field || !asked) continue;
    const settled = Math.max(field.settled, asked.edition);
    if (answer.kind === 'conflict' && field.rev >= answer.rev) {
      // The choice was made while the question travelled: it settles this conflict too.
      after = withField(after, answer.path, { ...field, settled, resolves: [...field.resolves, answer.conflict] });
    } else if (answer.kind === 'conflict') {
      // What is kept beside is kept: nothing is unsaved. Later keystrokes replace the value that lost.
      after = withField(after, answer.path, { ...field, settled, resolves: [] });
      after = withConflict(after, {
        path: answer.path,
        ids: [answer.conflict],
        other: answer.value,
        rev: answer.rev,
        ownAt: asked.at,
        otherAt: answer.at
      });
    } else if (answer.rev >= field.rev) {
      const typedOn = field.edition > asked.edition;
      const value = answer.kind === 'masked' && !typedOn ? answer.value : field.value;
      const resolves = typedOn ? field.resolves : [];
      after = withField(after, answer.path, { ...field, value, settled, rev: answer.rev, supersedes: [], resolves });
    }
  }
  return after;
}

/** What the server has, as it was read. */
export interface ServerDraft {
  fields: readonly { path: string; value: FieldValue; rev: number; at: Instant | null }[];
  conflicts: readonly { id: string; path: string; value: FieldValue; at: Instant | null }[];
}

/**
 * After a reading of the server. Fields that are settled follow it in place. Unsettled ones stay as they are: what they
 * meet there is decided when they are sent, by the one rule there is (`verdict`).
 */
export function heard(copy: DraftCopy, { fields, conflicts }: ServerDraft): DraftCopy {
  let after = copy;
  const standing = new Map(fields.map((each) => [each.path, each]));
  for (const { path, value, rev } of fields) {
    const field = after.fields.get(path) ?? fresh;
    // A reading may be older than an answer that came meanwhile.
    if (rev <= field.rev || isUnsettled(field) || after.conflicts.has(path)) continue;
    after = withField(after, path, { ...field, value, rev, supersedes: [] });
  }
  for (const path of new Set([...after.conflicts.keys(), ...conflicts.map((each) => each.path)])) {
    const known = after.conflicts.get(path);
    const told = conflicts.filter((each) => each.path === path);
    const server = standing.get(path);
    const [latest] = [...told].sort((one, other) => (other.at ?? 0) - (one.at ?? 0));
    const ids = told.map(({ id }) => id);
    const field = after.fields.get(path) ?? fresh;
    if (known && latest) {
      // Ours lost here, and what stands may have gone on.
      const ours = known.rev > field.rev;
      const other = ours ? (server?.value ?? known.other) : latest.value;
      after = withConflict(after, { ...known, ids, other, rev: Math.max(known.rev, server?.rev ?? 0) });
    } else if (known && !isUnsettled(field)) {
      // Somebody has chosen, on another device.
      after = withoutConflict(after, path);
      if (server && server.rev > field.rev)
        after = withField(after, path, { ...field, value: server.value, rev: server.rev, supersedes: [] });
    } else if (latest && !isUnsettled(field) && latest.value !== field.value) {
      const rev = server?.rev ?? field.rev;
      after = withConflict(after, {
        path,
        ids,
        other: latest.value,
        rev,
        ownAt: server?.at ?? null,
        otherAt: latest.at
      });
    }
  }
  return after;
}

/** A choice between two texts, or a third made of both. It is sent like any other value. */
export function resolved(copy: DraftCopy, path: string, value: FieldValue, edition: number): DraftCopy {
  const conflict = copy.conflicts.get(path);
  if (!conflict) return copy;
  const field = copy.fields.get(path) ?? fresh;
  const chosen = { ...field, value, edition, rev: conflict.rev, resolves: conflict.ids };
  return withField(withoutConflict(copy, path), path, chosen);
}

/** One field as the journal keeps it, and as one tab tells another. */
export interface KeptField {
  path: string;
  value: FieldValue;
  edition: number;
  settled: number;
  rev: number;
  supersedes: readonly ClientId[];
  resolves: readonly string[];
}

/** How many pages back a value can go on from: each crash without an answer adds one. */
const SUPERSEDES_MOST = 16;

/** A field as another page of this browser takes it over: it then goes on from what `writer` had under way. */
export function kept(copy: DraftCopy, path: string, writer: ClientId): KeptField | null {
  const field = copy.fields.get(path);
  if (!field) return null;
  const supersedes = isUnsettled(field) ? [...new Set([writer, ...field.supersedes])].slice(0, SUPERSEDES_MOST) : [];
  return { path, ...field, supersedes };
}

/** After what another page of this browser had kept or told: whatever is later than ours, or more settled. */
export function takenOver(copy: DraftCopy, others: readonly KeptField[]): DraftCopy {
  let after = copy;
  for (const { path, ...other } of others) {
    const field = after.fields.get(path) ?? fresh;
    if (other.edition > field.edition) {
      const settled = Math.max(field.settled, other.settled);
      after = withField(after, path, { ...other, settled });
    } else if (other.edition === field.edition && (other.settled > field.settled || other.rev > field.rev))
      after = withField(after, path, { ...other, settled: Math.max(field.settled, other.settled) });
  }
  return after;
}

function withField(copy: DraftCopy, path: string, field: CopyField): DraftCopy {
  return { ...copy, fields: new Map(copy.fields).set(path, field) };
}
function withConflict(copy: DraftCopy, conflict: CopyConflict): DraftCopy {
  return { ...copy, conflicts: new Map(copy.conflicts).set(conflict.path, conflict) };
}
function withoutConflict(copy: DraftCopy, path: string): DraftCopy {
  const conflicts = new Map(copy.conflicts);
  conflicts.delete(path);
  return { ...copy, conflicts };
}
