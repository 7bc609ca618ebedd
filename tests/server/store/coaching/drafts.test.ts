import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { documentOf, type DraftEdit } from '../../../../src/lib/domain/coaching/draft.ts';
import { openKeyStore } from '../../../../src/lib/server/keys/key-store.ts';
import { openDatabase, type Database } from '../../../../src/lib/server/store/database.ts';
import { openDrafts, type OpenDraft } from '../../../../src/lib/server/store/coaching/drafts.ts';
import { databasesForTests } from '../../../support/databases.ts';

const now = Date.parse('2026-11-24T10:15:42Z');
const edit = (path: string, value: string | null, over: Partial<DraftEdit> = {}): DraftEdit => ({
  path,
  value,
  baseRev: 0,
  supersedes: [],
  resolves: [],
  ...over
});

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`drafts on ${name}`, () => {
    const opened: Database[] = [];
    const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-draft-keys-'));
    let made = 0;
    afterAll(async () => {
      await Promise.all(opened.map((database) => database.close()));
      rmSync(folder, { recursive: true });
    });

    async function begin() {
      const where = await location();
      const database = await openDatabase(where);
      opened.push(database);
      const person = { disabled_at: null, password_hash: null, created_at: 0, access_version: 1 };
      await database.kysely
        .insertInto('person')
        .values([
          { ...person, id: 'karin', name: 'Karin Ek', email: 'k@x' },
          { ...person, id: 'henrik', name: 'Henrik Lund', email: 'h@x' }
        ])
        .execute();
      const file = join(folder, `${(made += 1)}.sqlite`);
      const keys = openKeyStore({ file, masterKey: Buffer.alloc(32, 7), masterKeyFile: `${file}.key` });
      keys.make('text', 'participation-1');
      const store = openDrafts(database, keys);
      const owner = { personId: 'karin', subject: 'reading/slot-1', textKey: 'participation-1' };
      const draft = (await store.open(owner))!;
      let seq = 0;
      const save = (
        clientId: string,
        edits: DraftEdit[],
        over: { seq?: number; draft?: OpenDraft; at?: number } = {}
      ) => store.save(over.draft ?? draft, { clientId, seq: over.seq ?? (seq += 1), edits, now: over.at ?? now });
      const values = async () =>
        Object.fromEntries((await store.read(draft)).fields.map((each) => [each.path, each.value]));
      return { database, keys, store, owner, draft, save, values, where };
    }

    test('what is saved is there, with its rev and the minute, and the text stands nowhere in the clear', async () => {
      const { database, store, draft, save, where } = await begin();
      const answer = await save('flik', [edit('q/1', 'Mormors hemlighet'), edit('level/closing', '4')]);
      expect(answer).toMatchObject({
        outcome: 'saved',
        savedAt: now,
        fields: [
          { path: 'q/1', rev: 1, kind: 'taken' },
          { path: 'level/closing', rev: 1, kind: 'taken' }
        ]
      });
      const read = await store.read(draft);
      expect(read.rev).toBe(2);
      expect(read.fields).toContainEqual({
        path: 'q/1',
        value: 'Mormors hemlighet',
        rev: 1,
        at: Date.parse('2026-11-24T10:15:00Z')
      });
      if (database.dialect === 'sqlite') {
        for (const file of [where, `${where}-wal`]) expect(readFileSync(file).includes('hemlighet')).toBe(false);
      } else {
        const rows = await database.kysely.selectFrom('draft_field').selectAll().execute();
        expect(JSON.stringify(rows)).not.toContain('hemlighet');
      }
    });

    test('asked again with the same number, the answer is the same and nothing changes', async () => {
      const { save, values, store, draft } = await begin();
      const first = await save('flik', [edit('q/1', 'Ett')], { seq: 1 });
      expect(await save('flik', [edit('q/1', 'Ett')], { seq: 1 })).toEqual(first);
      const second = await save('flik', [edit('q/1', 'Ett två', { baseRev: 1 })], { seq: 2 });
      // The first one comes once more, late: it was overtaken.
      expect(await save('flik', [edit('q/1', 'Ett')], { seq: 1 })).toEqual(second);
      expect(await values()).toEqual({ 'q/1': 'Ett två' });
      expect(await store.rev(draft)).toBe(2);
    });

    test('two pages that meet in a field keep both texts until one is chosen', async () => {
      const { save, store, draft, values } = await begin();
      await save('flik', [edit('q/1', 'Från kontoret')]);
      const answer = await save('hemma', [edit('q/1', 'Hemifrån')]);
      expect(answer).toMatchObject({
        fields: [{ kind: 'conflict', path: 'q/1', rev: 1, value: 'Från kontoret', at: now - (now % 60_000) }]
      });
      // Typing goes on in the one that lost: it is one conflict still.
      await save('hemma', [edit('q/1', 'Hemifrån, vid köksbordet')]);
      const { conflicts } = await store.read(draft);
      expect(conflicts).toMatchObject([{ path: 'q/1', value: 'Hemifrån, vid köksbordet' }]);
      expect(await values()).toEqual({ 'q/1': 'Från kontoret' });
      await save('hemma', [edit('q/1', 'Båda', { baseRev: 1, resolves: conflicts.map(({ id }) => id) })]);
      expect(await store.read(draft)).toMatchObject({ fields: [{ value: 'Båda', rev: 2 }], conflicts: [] });
    });

    test('a page that was killed is gone on from, and what of it still travels is not taken in', async () => {
      const { save, store, draft, values } = await begin();
      await save('dödad', [edit('q/1', 'a0001 ')], { seq: 1 });
      await save('ny', [edit('q/1', 'a0001 a0002 ', { supersedes: ['dödad'] })], { seq: 1 });
      expect(await save('dödad', [edit('q/1', 'a0001 a0')], { seq: 2 })).toEqual({ outcome: 'superseded' });
      expect(await values()).toEqual({ 'q/1': 'a0001 a0002 ' });
      expect((await store.read(draft)).conflicts).toEqual([]);
    });

    test('a field that was taken away stays away when an older page is heard of late', async () => {
      const { save, store, draft } = await begin();
      await save('flik', [edit('strength/a/text', 'Lugn')]);
      await save('flik', [edit('strength/a/text', null, { baseRev: 1 })]);
      await save('sen', [edit('strength/a/text', 'Lugn', { baseRev: 1 })]);
      expect((await store.read(draft)).fields).toMatchObject([{ value: null, rev: 2 }]);
    });

    test('an identity number is covered before it is kept, and the answer says so', async () => {
      const { save, values } = await begin();
      expect(await save('flik', [edit('q/1', 'Hon är 811228-9874')])).toMatchObject({
        fields: [{ kind: 'masked', value: 'Hon är 811228-••••' }]
      });
      expect(await values()).toEqual({ 'q/1': 'Hon är 811228-••••' });
    });

    test('is one per person and thing: another person has another, with another key', async () => {
      const { store, owner, draft } = await begin();
      expect(await store.open(owner)).toMatchObject({ id: draft.id, key: draft.key });
      const other = (await store.open({ ...owner, personId: 'henrik' }))!;
      expect(other.id).not.toBe(draft.id);
      expect(other.key.equals(draft.key)).toBe(false);
      expect(await store.subjectOf(draft.id, 'henrik')).toBeNull();
      expect(await store.subjectOf(draft.id, 'karin')).toBe('reading/slot-1');
    });

    test('two pages that look for the first time in the same instant get the same draft', async () => {
      const { store, owner } = await begin();
      const looks = await Promise.all([1, 2, 3].map(() => store.open({ ...owner, subject: 'reflection/1' })));
      expect(new Set(looks.map((each) => each?.id)).size).toBe(1);
      expect(new Set(looks.map((each) => each?.key.toString('hex'))).size).toBe(1);
    });

    test('is handed in inside another transaction, as it stands there', async () => {
      const { database, store, owner, save } = await begin();
      await save('flik', [edit('q/1', 'Det här')]);
      const document = await database.kysely.transaction().execute((inside) => store.fields(inside, owner));
      expect([...documentOf(document)]).toEqual([['q/1', 'Det här']]);
    });

    test('is unreadable when it is destroyed, and when the participation is', async () => {
      const { database, keys, store, owner, draft, save } = await begin();
      await save('flik', [edit('q/1', 'Borta snart')]);
      const other = (await store.open({ ...owner, subject: 'reflection/1' }))!;
      const destroyKeys = await database.kysely
        .transaction()
        .execute((inside) => store.destroy(inside, ['reading/slot-1'], 'karin'));
      destroyKeys();
      expect(keys.key('draft', draft.id)).toBeNull();
      expect(await save('flik', [edit('q/1', 'Kvar?')])).toBeNull();
      expect((await store.read(draft)).fields).toEqual([]);
      const anew = (await store.open(owner))!;
      expect(anew.id).not.toBe(draft.id);
      keys.destroy('text', 'participation-1');
      expect(await store.open({ ...owner, subject: 'reflection/1' })).toBeNull();
      expect(keys.key('draft', other.id)).not.toBeNull();
    });

    test('pages are forgotten when no journal of theirs can be left', async () => {
      const { database, save } = await begin();
      await save('gammal', [edit('q/1', 'Ett')]);
      await save('ny', [edit('q/2', 'Två')], { at: now + 16 * 24 * 3_600_000 });
      const rows = await database.kysely.selectFrom('draft_client').select('client_id').execute();
      expect(rows).toEqual([{ client_id: 'ny' }]);
    });

    test('writers of one field at the same time are taken one after the other', async () => {
      const { save, store, draft } = await begin();
      const answers = await Promise.all(
        [...Array(8).keys()].map((page) => save(`flik ${page}`, [edit('q/1', `Text ${page}`)], { seq: 1 }))
      );
      const kinds = answers.map((answer) => (answer?.outcome === 'saved' ? answer.fields[0]?.kind : null));
      expect(kinds.filter((kind) => kind === 'taken')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'conflict')).toHaveLength(7);
      expect(await store.read(draft)).toMatchObject({ rev: 1 });
    });
  });
}
