import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { DraftField, DraftFields, FieldValue } from '../../../domain/coaching/draft.ts';
import { documentRev } from '../../../domain/coaching/draft.ts';
import type { ServerDraft } from '../../../domain/coaching/draft-copy.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import { draftCipher, type DraftCipher } from './draft-cipher.ts';
import { takeIn, type DraftAnswer, type DraftRequest } from './draft-saving.ts';

/** Where keys are: the key store fulfils it. */
export interface DraftKeys {
  make(kind: 'draft', id: string): Buffer;
  key(kind: 'draft' | 'text', id: string): Buffer | null;
  destroy(kind: 'draft', id: string): boolean;
}
/** Whose draft of what, and the text key that its words are locked by. */
export interface DraftOwner {
  personId: string;
  subject: string;
  textKey: string;
}
/** A draft that is there and can be read. */
export interface OpenDraft {
  id: string;
  /** 256 bits, for the journal in its owner's browser. */
  key: Buffer;
  cipher: DraftCipher;
}

export interface StoredDrafts {
  /** The owner's draft, made at the first look; null when the keys it is locked by are gone. */
  open(owner: DraftOwner): Promise<OpenDraft | null>;
  /** What a draft of this person is a draft of; null when it is not theirs, or not there. */
  subjectOf(draftId: string, personId: string): Promise<string | null>;
  read(draft: OpenDraft): Promise<ServerDraft & { rev: number }>;
  /** Takes edits in, in one transaction; what it answers is on the disk. Null when the draft is no longer there. */
  save(draft: OpenDraft, request: DraftRequest): Promise<DraftAnswer | null>;
  rev(draft: Pick<OpenDraft, 'id'>): Promise<number>;
  /** The fields as they are, for a hand-in inside its own transaction: what is handed in is read here, never sent. */
  fields(inside: Kysely<Tables>, owner: DraftOwner): Promise<DraftFields>;
  /**
   * Removes the drafts of these subjects, of one person or of all. The keys are destroyed by what is returned, which is
   * to be called when the transaction has been committed: a key does not come back when a transaction is undone.
   */
  destroy(inside: Kysely<Tables>, subjects: readonly string[], personId?: string): Promise<() => void>;
}

export function openDrafts({ kysely }: Database, keys: DraftKeys): StoredDrafts {
  const find = (db: Kysely<Tables>, { subject, personId }: DraftOwner) =>
    db
      .selectFrom('draft')
      .selectAll()
      .where('subject', '=', subject)
      .where('person_id', '=', personId)
      .executeTakeFirst();

  function unlocked(row: { id: string; text_key: string } | undefined): OpenDraft | null {
    if (!row) return null;
    const [own, text] = [keys.key('draft', row.id), keys.key('text', row.text_key)];
    return own && text ? { id: row.id, key: own, cipher: draftCipher(text, own) } : null;
  }

  return {
    async open(owner) {
      const there = await find(kysely, owner);
      if (there) return unlocked(there);
      if (!keys.key('text', owner.textKey)) return null;
      const id = randomUUID();
      keys.make('draft', id);
      // Two pages may look for the first time in the same instant: one of them makes it.
      await kysely
        .insertInto('draft')
        .values({ id, person_id: owner.personId, subject: owner.subject, text_key: owner.textKey })
        .onConflict((conflict) => conflict.columns(['subject', 'person_id']).doNothing())
        .execute();
      const made = await find(kysely, owner);
      if (made?.id !== id) keys.destroy('draft', id);
      return unlocked(made);
    },

    async subjectOf(draftId, personId) {
      const row = await kysely
        .selectFrom('draft')
        .select('subject')
        .where('id', '=', draftId)
        .where('person_id', '=', personId)
        .executeTakeFirst();
      return row?.subject ?? null;
    },

    async read(draft) {
      const conflicts = await kysely
        .selectFrom('draft_conflict')
        .selectAll()
        .where('draft_id', '=', draft.id)
        .orderBy('saved_at')
        .orderBy('id')
        .execute();
      const rows = await kysely
        .selectFrom('draft_field')
        .selectAll()
        .where('draft_id', '=', draft.id)
        .orderBy('path')
        .execute();
      return {
        rev: documentRev(rows),
        fields: rows.map(({ path, value, rev, saved_at }) => ({
          path,
          value: openedField(draft, path, value),
          rev,
          at: saved_at
        })),
        conflicts: conflicts.map(({ id, path, value, saved_at }) => ({
          id,
          path,
          value: value === null ? null : draft.cipher.open(value, id),
          at: saved_at
        }))
      };
    },

    save: (draft, request) => kysely.transaction().execute((inside) => takeIn(inside, draft, request)),

    async rev({ id }) {
      const rows = await kysely.selectFrom('draft_field').select('rev').where('draft_id', '=', id).execute();
      return documentRev(rows);
    },

    async fields(inside, owner) {
      const draft = unlocked(await find(inside, owner));
      return draft ? fieldsOf(inside, draft) : new Map();
    },

    async destroy(inside, subjects, personId) {
      if (subjects.length === 0) return () => {};
      let rows = inside
        .selectFrom('draft')
        .select('id')
        .where('subject', 'in', [...subjects]);
      if (personId !== undefined) rows = rows.where('person_id', '=', personId);
      const ids = (await rows.execute()).map(({ id }) => id);
      if (ids.length > 0) await inside.deleteFrom('draft').where('id', 'in', ids).execute();
      return () => {
        for (const id of ids) keys.destroy('draft', id);
      };
    }
  };
}

/** All fields, or these, with their texts open. */
export async function fieldsOf(
  db: Kysely<Tables>,
  draft: OpenDraft,
  paths?: readonly string[]
): Promise<Map<string, DraftField>> {
  let rows = db.selectFrom('draft_field').selectAll().where('draft_id', '=', draft.id);
  if (paths) rows = rows.where('path', 'in', paths.length > 0 ? [...paths] : ['']);
  return new Map(
    (await rows.execute()).map(({ path, value, rev, last_client }) => [
      path,
      { value: openedField(draft, path, value), rev, lastClient: last_client }
    ])
  );
}

/** What a field's text is bound to. */
export const aboutField = (draft: { id: string }, path: string): string => `${draft.id}/${path}`;

function openedField(draft: OpenDraft, path: string, value: string | null): FieldValue {
  return value === null ? null : draft.cipher.open(value, aboutField(draft, path));
}
