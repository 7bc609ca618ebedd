import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import {
  FIELDS_MOST,
  verdict,
  type ClientId,
  type DraftEdit,
  type FieldValue
} from '../../../domain/coaching/draft.ts';
import type { FieldAnswer } from '../../../domain/coaching/draft-copy.ts';
import { maskIdentityNumbers } from '../../../domain/coaching/identity-number.ts';
import type { Instant } from '../../../domain/time.ts';
import { isPostgres } from '../migrations/column-types.ts';
import type { Tables } from '../tables.ts';
import { aboutField, fieldsOf, type OpenDraft } from './drafts.ts';

/** What one page asks to have kept. */
export interface DraftRequest {
  clientId: ClientId;
  /** 1 and up, one more for each request of this page; the same again when it is asked again. */
  seq: number;
  edits: readonly DraftEdit[];
  now: Instant;
}
/** `superseded`: another page has gone on from what this one had under way. Nothing is taken in from it any more. */
export type DraftAnswer =
  | { outcome: 'saved'; seq: number; savedAt: Instant; fields: FieldAnswer[]; changed: boolean }
  | { outcome: 'superseded' };

/** The page before was killed, or gave up its turn: what of it still travels is not to be taken in. */
const SUPERSEDED = Number.MAX_SAFE_INTEGER;
const MINUTE_MS = 60_000;
/** A day more than a journal is kept in a browser: so long may a page that was closed come back. */
const CLIENTS_KEPT_MS = 15 * 24 * 3_600_000;

/** Takes a request in. Whoever calls has begun the transaction, and answers when it is committed and not before. */
export async function takeIn(
  db: Kysely<Tables>,
  draft: OpenDraft,
  { clientId, seq, edits, now }: DraftRequest
): Promise<DraftAnswer | null> {
  // Two pages of one person write at the same time: the second waits here, and sees what the first has written.
  const locked = db.selectFrom('draft').select('id').where('id', '=', draft.id);
  const there = await (isPostgres(db as unknown as Kysely<never>) ? locked.forUpdate() : locked).executeTakeFirst();
  if (!there) return null;

  const client = await db
    .selectFrom('draft_client')
    .selectAll()
    .where('draft_id', '=', draft.id)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (client?.seq === SUPERSEDED) return { outcome: 'superseded' };
  // Asked before: the same answer. An older question was overtaken by a later one, which carried all that it did.
  if (client?.answer && seq <= client.seq)
    return JSON.parse(draft.cipher.open(client.answer, aboutAnswer(draft, clientId))) as DraftAnswer;

  const savedAt = now - (now % MINUTE_MS);
  const fields = await fieldsOf(
    db,
    draft,
    edits.map(({ path }) => path)
  );
  const answers: FieldAnswer[] = [];
  let changed = false;
  for (const asked of edits) {
    const value = asked.value === null ? null : maskIdentityNumbers(asked.value, now);
    const edit = { ...asked, value };
    const { kind, field } = verdict(fields.get(edit.path), edit, clientId);
    if (edit.resolves.length > 0) changed = (await settle(db, draft, edit.resolves)) || changed;
    if (kind === 'conflict') {
      const conflict = await keepBeside(db, draft, edit, clientId, savedAt);
      const at = await savedAtOf(db, draft, edit.path);
      answers.push({ kind, path: edit.path, rev: field.rev, value: field.value, conflict, at });
      changed = true;
      continue;
    }
    if (kind === 'taken') {
      if (!fields.has(edit.path)) await assertRoom(db, draft);
      const row = {
        value: field.value === null ? null : draft.cipher.lock(field.value, aboutField(draft, edit.path)),
        rev: field.rev,
        last_client: clientId,
        saved_at: savedAt
      };
      await db
        .insertInto('draft_field')
        .values({ draft_id: draft.id, path: edit.path, ...row })
        .onConflict((conflict) => conflict.columns(['draft_id', 'path']).doUpdateSet(row))
        .execute();
      fields.set(edit.path, field);
      changed = true;
      // Choices that were made elsewhere and losers of pages that this one goes on from are settled by this value.
      await forget(db, draft, edit.path, [clientId, ...edit.supersedes]);
    }
    const said = { path: edit.path, rev: field.rev };
    answers.push(value === asked.value ? { kind: 'taken', ...said } : { kind: 'masked', value, ...said });
  }
  await supersede(db, draft, clientId, edits, now);

  const answer: DraftAnswer = { outcome: 'saved', seq, savedAt: now, fields: answers, changed };
  const row = { seq, answer: draft.cipher.lock(JSON.stringify(answer), aboutAnswer(draft, clientId)), seen_at: now };
  await db
    .insertInto('draft_client')
    .values({ draft_id: draft.id, client_id: clientId, ...row })
    .onConflict((conflict) => conflict.columns(['draft_id', 'client_id']).doUpdateSet(row))
    .execute();
  return answer;
}

const aboutAnswer = (draft: OpenDraft, clientId: ClientId): string => `${draft.id}/client/${clientId}`;

/** Keeps a value that lost, in the place of what the same page, or one that it goes on from, had kept there before. */
async function keepBeside(
  db: Kysely<Tables>,
  draft: OpenDraft,
  { path, value, supersedes }: DraftEdit,
  clientId: ClientId,
  savedAt: Instant
): Promise<string> {
  await forget(db, draft, path, [clientId, ...supersedes]);
  const id = randomUUID();
  const locked: FieldValue = value === null ? null : draft.cipher.lock(value, id);
  await db
    .insertInto('draft_conflict')
    .values({ id, draft_id: draft.id, path, value: locked, client_id: clientId, saved_at: savedAt })
    .execute();
  return id;
}

const forget = (db: Kysely<Tables>, draft: OpenDraft, path: string, clients: readonly ClientId[]) =>
  db
    .deleteFrom('draft_conflict')
    .where('draft_id', '=', draft.id)
    .where('path', '=', path)
    .where('client_id', 'in', [...clients])
    .execute();

async function settle(db: Kysely<Tables>, draft: OpenDraft, ids: readonly string[]): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('draft_conflict')
    .where('draft_id', '=', draft.id)
    .where('id', 'in', [...ids])
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

async function savedAtOf(db: Kysely<Tables>, draft: OpenDraft, path: string): Promise<Instant | null> {
  const row = await db
    .selectFrom('draft_field')
    .select('saved_at')
    .where('draft_id', '=', draft.id)
    .where('path', '=', path)
    .executeTakeFirst();
  return row?.saved_at ?? null;
}

/** Deaf to the pages before from now on, or a late request of one that was killed would seem to be another's. */
async function supersede(
  db: Kysely<Tables>,
  draft: OpenDraft,
  clientId: ClientId,
  edits: readonly DraftEdit[],
  now: Instant
): Promise<void> {
  const before = new Set(edits.flatMap(({ supersedes }) => supersedes));
  before.delete(clientId);
  for (const each of before) {
    const row = { seq: SUPERSEDED, answer: null, seen_at: now };
    await db
      .insertInto('draft_client')
      .values({ draft_id: draft.id, client_id: each, ...row })
      .onConflict((conflict) => conflict.columns(['draft_id', 'client_id']).doUpdateSet(row))
      .execute();
  }
  await db
    .deleteFrom('draft_client')
    .where('draft_id', '=', draft.id)
    .where('seen_at', '<', now - CLIENTS_KEPT_MS)
    .execute();
}

async function assertRoom(db: Kysely<Tables>, draft: OpenDraft): Promise<void> {
  const { there } = await db
    .selectFrom('draft_field')
    .select(({ fn }) => fn.countAll<number>().as('there'))
    .where('draft_id', '=', draft.id)
    .executeTakeFirstOrThrow();
  if (there >= FIELDS_MOST) throw new RangeError(`A draft holds ${FIELDS_MOST} fields and no more`);
}
