import type { DraftEdit, FieldValue } from '../../src/lib/domain/coaching/draft.ts';
import type { DraftServer } from '../../src/lib/client/drafts/server.ts';
import type { JournalRecord, JournalStore } from '../../src/lib/client/drafts/journal.ts';
import type { Database } from '../../src/lib/server/store/database.ts';
import type { StoredDrafts } from '../../src/lib/server/store/coaching/drafts.ts';

/** Four ways to get the protocol wrong, each of which looks right for as long as nothing is killed. */
export const MUTANTS = [
  'ack-before-commit',
  'delta-instead-of-value',
  'no-seq-check',
  'journal-after-network'
] as const;

/** The server's half of a mutant. */
export function mutated(mutant: string, store: StoredDrafts, { kysely }: Database): StoredDrafts {
  if (mutant === 'no-seq-check')
    return {
      ...store,
      async save(draft, request) {
        await kysely.deleteFrom('draft_client').where('draft_id', '=', draft.id).execute();
        return store.save(draft, request);
      }
    };
  if (mutant === 'ack-before-commit') {
    // It counts the revs by itself, answers, and writes in a while: what was answered for is in memory alone.
    const later = new Map<string, Promise<unknown>>();
    const revs = new Map<string, Map<string, number>>();
    return {
      ...store,
      async read(draft) {
        await later.get(draft.id);
        return store.read(draft);
      },
      async save(draft, request) {
        if (!revs.has(draft.id))
          revs.set(draft.id, new Map((await store.read(draft)).fields.map(({ path, rev }) => [path, rev])));
        const known = revs.get(draft.id)!;
        const fields = request.edits.map(({ path }) => {
          known.set(path, (known.get(path) ?? 0) + 1);
          return { kind: 'taken' as const, path, rev: known.get(path)! };
        });
        const before = later.get(draft.id) ?? Promise.resolve();
        later.set(
          draft.id,
          before.then(() => new Promise((resolve) => setTimeout(resolve, 400))).then(() => store.save(draft, request))
        );
        return { outcome: 'saved', seq: request.seq, savedAt: request.now, fields, changed: false };
      }
    };
  }
  if (mutant === 'delta-instead-of-value')
    return {
      ...store,
      async save(draft, request) {
        const standing = new Map((await store.read(draft)).fields.map(({ path, value }) => [path, value]));
        const edits = request.edits.map((edit): DraftEdit => {
          const value: FieldValue = `${standing.get(edit.path) ?? ''}${edit.value ?? ''}`;
          return { ...edit, value };
        });
        return store.save(draft, { ...request, edits });
      }
    };
  return store;
}

/** The page's half. `acknowledged` is what this browser remembers that the server has, over its crashes. */
export function mutatedServer(mutant: string, server: DraftServer, acknowledged: Map<string, string>): DraftServer {
  if (mutant !== 'delta-instead-of-value') return server;
  return {
    ...server,
    async save(batch, how) {
      const whole = new Map(batch.edits.map(({ path, value }) => [path, value ?? '']));
      const edits = batch.edits.map((edit) => ({
        ...edit,
        value: (edit.value ?? '').slice((acknowledged.get(edit.path) ?? '').length)
      }));
      const answer = await server.save({ ...batch, edits }, how);
      if (answer.outcome === 'saved') for (const [path, value] of whole) acknowledged.set(path, value);
      return answer;
    }
  };
}

/** A journal that is written when the server has answered: then there is nothing left to write. */
export function mutatedJournal(
  mutant: string,
  journal: JournalStore,
  server: DraftServer
): [JournalStore, DraftServer] {
  if (mutant !== 'journal-after-network') return [journal, server];
  let unwritten: JournalRecord[] = [];
  return [
    {
      ...journal,
      put(records) {
        unwritten.push(...records);
        return Promise.resolve();
      }
    },
    {
      ...server,
      async save(batch, how) {
        const answer = await server.save(batch, how);
        const written = unwritten;
        unwritten = [];
        await journal.put(written);
        return answer;
      }
    }
  ];
}
