import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { migrateToLatest } from '../../../src/lib/server/store/migrate.ts';
import { migrations } from '../../../src/lib/server/store/migrations/index.ts';
import { databasesForTests } from '../../support/databases.ts';

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`the schema on ${name}`, () => {
    const opened: Database[] = [];
    const open = async (where: string) => {
      const database = await openDatabase(where);
      opened.push(database);
      return database;
    };
    afterAll(() => Promise.all(opened.map((database) => database.close())));

    test('is made at the first opening, and a second finds nothing left to do', async () => {
      const where = await location();
      await open(where);
      const again = await open(where);
      expect(await migrateToLatest(again.kysely)).toEqual([]);
    });

    test('is made once when several processes start at the same time', async () => {
      const where = await location();
      const opener = fileURLToPath(new URL('./open-and-close.ts', import.meta.url));
      const starts = [1, 2, 3].map(() => promisify(execFile)(process.execPath, [opener, where]));
      const epochs = (await Promise.all(starts)).map(({ stdout }) => stdout);
      expect(new Set(epochs).size).toBe(1);
    }, 60_000);

    test('is as before when a step fails halfway', async () => {
      const { kysely } = await open(await location());
      const broken = {
        name: '9999-broken',
        up: async (db: Kysely<never>) => {
          await db.schema.createTable('half').addColumn('id', 'text').execute();
          throw new Error('the power went');
        }
      };
      await expect(migrateToLatest(kysely, [...migrations, broken])).rejects.toThrow('the power went');
      await expect(sql`select * from half`.execute(kysely)).rejects.toThrow(/half/);
      expect(await migrateToLatest(kysely)).toEqual([]);
    });

    test('of a later version is refused with cause, consequence and remedy', async () => {
      const where = await location();
      const { kysely } = await open(where);
      await sql`insert into migration (name) values ('9999-from-the-future')`.execute(kysely);
      await expect(openDatabase(where)).rejects.toThrow(
        /later version.*9999-from-the-future.*nothing is started.*backup/
      );
    });
  });
}
