import { afterAll, describe, expect, test } from 'vitest';
import { CONVERSATION_TECHNIQUE } from '../../../../src/lib/domain/coaching/default-rubric/conversation-technique.ts';
import { filledIn } from '../../../../src/lib/domain/coaching/rubric-wording.ts';
import { openRubricVersions } from '../../../../src/lib/server/store/coaching/rubric-versions.ts';
import { openDatabase, type Database } from '../../../../src/lib/server/store/database.ts';
import { databasesForTests } from '../../../support/databases.ts';

const first = filledIn(CONVERSATION_TECHNIQUE, 'Exempelstad');
const at = Date.parse('2027-01-18T09:00:00+01:00');
const recorded = () => Promise.resolve();
const calmer = new Map([['criteria/1/name', { sv: 'Lugn närvaro', en: 'Calm presence' }]]);

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`versions of the rubric on ${name}`, () => {
    const opened: Database[] = [];
    afterAll(() => Promise.all(opened.map((database) => database.close())));
    async function open() {
      const database = await openDatabase(await location());
      opened.push(database);
      return { kysely: database.kysely, versions: openRubricVersions(database.kysely) };
    }
    async function withVersionOne() {
      const house = await open();
      const { revision } = await house.versions.makeDraft(first);
      await house.versions.publish(revision, at, recorded);
      return house;
    }

    test('the first draft is the default; once published it is what new rounds take', async () => {
      const { versions } = await open();
      expect([await versions.published(), await versions.draft(), await versions.all()]).toEqual([null, null, []]);
      const draft = await versions.makeDraft(first);
      expect(draft).toMatchObject({ number: 1, state: 'draft', publishedAt: null, text: first });
      const told: string[] = [];
      await versions.publish(draft.revision, at, (_, id) => Promise.resolve(void told.push(id)));
      expect(told).toEqual([draft.id]);
      expect(await versions.published()).toMatchObject({ id: draft.id, number: 1, publishedAt: at, text: first });
      expect(await versions.draft()).toBeNull();
    });

    test('the next draft begins as what is published, and there is only one, whoever begins it', async () => {
      const { versions } = await withVersionOne();
      const [one, two] = await Promise.all([versions.makeDraft(first), versions.makeDraft(first)]);
      expect(one.id).toBe(two.id);
      expect(one).toMatchObject({ number: 2, text: first });
    });

    test('publishing the next retires the one before, and both stay readable', async () => {
      const { versions } = await withVersionOne();
      const old = (await versions.published())!;
      const { revision } = await versions.makeDraft(first);
      await versions.rewrite({ revision, words: calmer, meansAnew: [] });
      await versions.publish(revision + 1, at + 1, recorded);
      expect((await versions.all()).map(({ number, state }) => [number, state])).toEqual([
        [2, 'published'],
        [1, 'retired']
      ]);
      expect(await versions.find(old.id)).toEqual({ ...old, state: 'retired' });
      const next = (await versions.published())!;
      expect(next.text.criteria[1]).toMatchObject({
        id: 'presence',
        name: { sv: 'Lugn närvaro', en: 'Calm presence' }
      });
    });

    test('a criterion that means something else has a new id, and can be taken back before publishing', async () => {
      const { versions } = await withVersionOne();
      await versions.makeDraft(first);
      await versions.rewrite({ revision: 1, words: calmer, meansAnew: ['presence'] });
      expect((await versions.draft())!.text.criteria[1]!.id).toBe('presence-v2');
      await versions.rewrite({ revision: 2, words: new Map(), meansAnew: [] });
      expect((await versions.draft())!.text.criteria[1]).toMatchObject({
        id: 'presence',
        name: { sv: 'Lugn närvaro' }
      });
    });

    test('nobody writes over what they have not read, and nobody publishes it', async () => {
      const { versions } = await withVersionOne();
      await versions.makeDraft(first);
      const both = [
        versions.rewrite({ revision: 1, words: calmer, meansAnew: [] }),
        versions.rewrite({ revision: 1, words: new Map(), meansAnew: ['closing'] })
      ];
      const outcomes = (await Promise.all(both)).map((each) => ('refusal' in each ? each.refusal : 'kept'));
      expect(outcomes.sort()).toEqual(['kept', 'stale']);
      expect(await versions.publish(1, at, recorded)).toEqual({ refusal: 'stale', place: null });
      expect((await versions.all()).map(({ number }) => number)).toEqual([1]);
    });

    test('what may not be published is not: the same words, an empty text, a city without a name', async () => {
      const { versions } = await withVersionOne();
      expect(await versions.publish(1, at, recorded)).toEqual({ refusal: 'no-draft', place: null });
      await versions.makeDraft(first);
      expect(await versions.publish(1, at, recorded)).toEqual({ refusal: 'unchanged', place: null });
      for (const [revision, sv, code] of [
        [1, '', 'empty'],
        [2, 'Hej, {city}', 'city']
      ] as const) {
        await versions.rewrite({ revision, words: new Map([['lead', { sv, en: 'Listen.' }]]), meansAnew: [] });
        expect(await versions.publish(revision + 1, at, recorded)).toEqual({ refusal: code, place: 'lead' });
      }
      const nowhere = new Map([['criteria/9/name', { sv: 'a', en: 'b' }]]);
      expect(await versions.rewrite({ revision: 3, words: nowhere, meansAnew: [] })).toEqual({
        refusal: 'no-such-place'
      });
    });

    test('when the audit log refuses, nothing is published and nothing retired', async () => {
      const { versions } = await withVersionOne();
      await versions.makeDraft(first);
      await versions.rewrite({ revision: 1, words: calmer, meansAnew: [] });
      const refuse = () => Promise.reject(new Error('the disk is full'));
      await expect(versions.publish(2, at, refuse)).rejects.toThrow('full');
      expect(await versions.published()).toMatchObject({ number: 1 });
      expect(await versions.draft()).toMatchObject({ number: 2, revision: 2 });
    });

    test('a draft can be thrown away, and what is published cannot', async () => {
      const { versions } = await withVersionOne();
      await versions.makeDraft(first);
      expect([await versions.discard(), await versions.discard()]).toEqual([true, false]);
      expect(await versions.published()).toMatchObject({ number: 1 });
    });

    test('the database itself refuses to change a published version, to remove it, or to make it a draft', async () => {
      const { kysely, versions } = await withVersionOne();
      const { id } = (await versions.published())!;
      const change = (to: object) => kysely.updateTable('rubric_version').set(to).where('id', '=', id).execute();
      for (const to of [{ content: '{}' }, { number: 9 }, { published_at: at + 1 }, { id: 'another' }, { revision: 7 }])
        await expect(change(to)).rejects.toThrow('never changes');
      await expect(change({ state: 'draft', published_at: null })).rejects.toThrow('never changes');
      await expect(kysely.deleteFrom('rubric_version').where('id', '=', id).execute()).rejects.toThrow('never removed');
      await change({ state: 'retired' });
      await expect(change({ state: 'published' })).rejects.toThrow('never changes');
      await expect(change({ content: '{}' })).rejects.toThrow('never changes');
      expect((await versions.find(id))!.text).toEqual(first);
    });
  });
}
