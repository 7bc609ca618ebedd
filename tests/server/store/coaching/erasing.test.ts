import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { backUp } from '../../../../src/lib/server/store/backup/backup.ts';
import { restore } from '../../../../src/lib/server/store/backup/restore.ts';
import { contentsFor } from '../../../../src/lib/server/store/coaching/contents.ts';
import { openParticipations } from '../../../../src/lib/server/store/coaching/participations.ts';
import { openDatabase, type Database } from '../../../../src/lib/server/store/database.ts';
import { stampKind } from '../../../../src/lib/server/store/kind.ts';
import { databasesForTests } from '../../../support/databases.ts';
import { acknowledged, agent, coach, does, recorded, revealed, roundAt } from '../../../support/coaching-round.ts';

const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-erasing-'));
const opened: Database[] = [];
afterAll(async () => {
  for (const database of opened) await database.close();
  rmSync(folder, { recursive: true });
});

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`what is erased on ${name}`, { timeout: 60_000 }, () => {
    const PRIVATE = 'Det tar vi för oss själva';
    async function open() {
      const at = await roundAt(await location(), folder);
      opened.push(at.database);
      await stampKind(at.database, 'real');
      return at;
    }
    async function copied(database: Database): Promise<string> {
      const file = join(folder, `${Math.random()}.gz`);
      await backUp(database, file, { now: 0 });
      return file;
    }
    async function restored(file: string) {
      const database = await openDatabase(await location());
      opened.push(database);
      await stampKind(database, 'real');
      await restore(database, file, { kind: 'real', replace: true });
      return database;
    }
    const noted = async (at: Awaited<ReturnType<typeof open>>) => {
      await revealed(at);
      await does(at, coach, {
        kind: 'answerMustBeRight',
        slot: 'host-amina-1',
        point: 'secrecy',
        answer: 'in-private',
        text: { text: 'm', words: PRIVATE }
      });
    };

    test('a backup shows no word of what anybody wrote, and with the keys all of it is there again', async () => {
      const at = await open();
      await noted(at);
      const file = await copied(at.database);
      const text = gunzipSync(readFileSync(file)).toString('utf8');
      expect(text).toContain('host-amina');
      for (const word of ['Det här hör jag', 'bästa samtal', 'prova', PRIVATE, 'in-private'])
        expect(text).not.toContain(word);
      const again = await restored(file);
      const before = await contentsFor(at.database.kysely, at.keys, 'amina', 'host-amina');
      expect(await contentsFor(again.kysely, at.keys, 'amina', 'host-amina')).toEqual(before);
      // What the database refuses it refuses again after a restore.
      await expect(sql`delete from strength where reading = 'coach-1'`.execute(again.kysely)).rejects.toThrow(
        /already-in/
      );
      at.keys.close();
    });

    test('the private list is gone when it is acknowledged, also from a backup that was taken before', async () => {
      const at = await open();
      await noted(at);
      const file = await copied(at.database);
      await does(at, agent, { kind: 'agreeGoal', version: 1 });
      await does(at, coach, { kind: 'holdTalk' });
      await does(at, agent, { kind: 'acknowledge', snapshotHash: 'hash' });
      const again = await restored(file);
      expect(await again.kysely.selectFrom('must_be_right').selectAll().execute()).toHaveLength(1);
      const theirs = (await contentsFor(again.kysely, at.keys, 'amina', 'host-amina'))!;
      expect(theirs.mustBeRight).toEqual([]);
      expect(theirs.readings[1]!.strengths[0]!.words).toContain('Det här hör jag');
      at.keys.close();
    });

    test('a whole participation is unreadable in every copy, no row of it is left, and the person can go', async () => {
      const at = await open();
      await acknowledged(at);
      const file = await copied(at.database);
      expect(await at.participations.erase('host-amina', recorded)).toBe(true);
      expect(await at.participations.erase('host-amina', recorded)).toBe(false);
      const { kysely } = at.database;
      for (const table of await kysely.introspection.getTables())
        for (const { name: column } of table.columns.filter((each) => each.name === 'participation'))
          expect(
            (await sql`select * from ${sql.table(table.name)} where ${sql.ref(column)} = 'host-amina'`.execute(kysely))
              .rows
          ).toEqual([]);
      await kysely.deleteFrom('person').where('id', '=', 'amina').execute();
      const again = await restored(file);
      const theirs = (await contentsFor(again.kysely, at.keys, 'amina', 'host-amina'))!;
      expect(theirs.readings.flatMap(({ strengths }) => strengths.map(({ words }) => words))).toEqual(
        Array.from({ length: 6 }, () => null)
      );
      expect(theirs.lastWords.map(({ words }) => words)).toEqual([null]);
      at.keys.close();
    });

    test('a key that a crash left behind is destroyed at the next start', async () => {
      const at = await open();
      await revealed(at);
      await at.database.kysely
        .insertInto('key_to_destroy')
        .values({ kind: 'text', id: 'host-amina/coach-1-text-1' })
        .execute();
      await openParticipations(at.database, at.keys);
      expect(at.keys.has('text', 'host-amina/coach-1-text-1')).toBe(false);
      expect(at.keys.has('text', 'host-amina/coach-1-text-2')).toBe(true);
      expect(await at.database.kysely.selectFrom('key_to_destroy').selectAll().execute()).toEqual([]);
      at.keys.close();
    });
  });
}
