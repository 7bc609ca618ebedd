import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { kindOf, requireKind, stampKind } from '../../../src/lib/server/store/kind.ts';
import { databasesForTests } from '../../support/databases.ts';

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`demonstration and reality on ${name}`, () => {
    const opened: Database[] = [];
    afterAll(() => Promise.all(opened.map((database) => database.close())));
    async function open(): Promise<Database> {
      const database = await openDatabase(await location());
      opened.push(database);
      return database;
    }
    const aQueue = {
      id: 'q',
      source: 'pbx',
      pbx_name: 'q',
      name: 'q',
      short_name: 'q',
      position: 1,
      shared_wrap_up: 0,
      seen_at: 0
    } as const;

    test('a new database has no stamp, and keeps the one it is given', async () => {
      const database = await open();
      expect(await kindOf(database.kysely)).toBeNull();
      await stampKind(database, 'demo');
      await stampKind(database, 'demo');
      expect(await kindOf(database.kysely)).toBe('demo');
    });

    test('a PBX and an import refuse a demonstration, and say what to do', async () => {
      const database = await open();
      await stampKind(database, 'demo');
      await expect(stampKind(database, 'real')).rejects.toThrow(/demonstration\. Real calls would.*DATA_DIR/);
      await expect(requireKind(database, 'real')).rejects.toThrow(/demonstration/);
      expect(await kindOf(database.kysely)).toBe('demo');
    });

    test('the simulator refuses a real database, and says what to do', async () => {
      const database = await open();
      await stampKind(database, 'real');
      await expect(stampKind(database, 'demo')).rejects.toThrow(/real calls\. Invented calls would.*unset DEMO/);
      await expect(requireKind(database, 'demo')).rejects.toThrow(/real calls/);
    });

    test('a database without a stamp counts as neither', async () => {
      const database = await open();
      await expect(requireKind(database, 'real')).rejects.toThrow(/never been stamped as real/);
      await expect(requireKind(database, 'demo')).rejects.toThrow(/never been stamped as a demonstration/);
    });

    test('the simulator refuses a database in which something stands that nobody stamped; a PBX takes it', async () => {
      const database = await open();
      await database.kysely.insertInto('queue').values(aQueue).execute();
      await expect(stampKind(database, 'demo')).rejects.toThrow(/not empty/);
      expect(await kindOf(database.kysely)).toBeNull();
      await stampKind(database, 'real');
      expect(await kindOf(database.kysely)).toBe('real');
    });
  });
}
