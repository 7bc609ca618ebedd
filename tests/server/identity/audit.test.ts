import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { SECURITY_ACTS } from '../../../src/lib/domain/audit.ts';
import { createAudit, type Audit } from '../../../src/lib/server/identity/audit.ts';
import { createIdentity } from '../../../src/lib/server/identity/identity.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { databasesForTests } from '../../support/databases.ts';

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`the audit log on ${name}`, () => {
    const opened: Database[] = [];
    afterAll(() => Promise.all(opened.map((database) => database.close())));
    let database: Database;
    let audit: Audit;
    beforeEach(async () => {
      database = await openDatabase(await location());
      opened.push(database);
      audit = createAudit(database.kysely);
    });
    const actor = 'command-line' as const;

    test('an empty chain holds', async () => {
      expect(await audit.verify()).toEqual({ rows: 0, brokenAt: null, head: '' });
    });

    test('each row is chained to the one before, and the chain holds', async () => {
      for (const subject of ['a', 'b', 'c']) await audit.write('person-added', { actor, subject });
      const { rows, brokenAt, head } = await audit.verify();
      expect({ rows, brokenAt }).toEqual({ rows: 3, brokenAt: null });
      expect(await audit.head()).toEqual({ position: 3, hash: head });
      expect(await audit.knows(head)).toBe(true);
      expect(await audit.knows('another')).toBe(false);
    });

    test('forty that write at once get forty places without gaps', async () => {
      await Promise.all(Array.from({ length: 40 }, (_, n) => audit.write('signed-in', { actor, subject: `p${n}` })));
      expect(await audit.verify()).toMatchObject({ rows: 40, brokenAt: null });
    });

    test('a row is there only if the act is: both are undone together', async () => {
      const undone = database.kysely.transaction().execute(async (inside) => {
        await audit.write('roles-changed', { actor }, inside as never);
        throw new Error('the act failed');
      });
      await expect(undone).rejects.toThrow('the act failed');
      expect(await audit.verify()).toEqual({ rows: 0, brokenAt: null, head: '' });
    });

    test('the database refuses to change or remove a row', async () => {
      await audit.write('roles-changed', { actor, subject: 'a', about: 'leader' });
      await expect(database.kysely.updateTable('audit').set({ about: 'agent' }).execute()).rejects.toThrow(
        /only added/
      );
      await expect(database.kysely.deleteFrom('audit').execute()).rejects.toThrow(/only added/);
    });

    describe('when somebody with the right to change the schema has been at it', () => {
      beforeEach(async () => {
        for (const subject of ['a', 'b', 'c', 'd']) await audit.write('person-disabled', { actor, subject });
        const drop =
          database.dialect === 'sqlite'
            ? ['drop trigger audit_never_update', 'drop trigger audit_never_delete']
            : ['drop trigger audit_never_changed on audit'];
        for (const statement of drop) await sql.raw(statement).execute(database.kysely);
      });

      test('a changed row is found', async () => {
        await database.kysely.updateTable('audit').set({ subject: 'x' }).where('position', '=', 2).execute();
        expect(await audit.verify()).toMatchObject({ brokenAt: 2 });
      });
      test('a removed row is found, in the middle and at the end', async () => {
        await database.kysely.deleteFrom('audit').where('position', '=', 4).execute();
        expect(await audit.verify()).toMatchObject({ brokenAt: 4 });
        await database.kysely.deleteFrom('audit').where('position', '=', 2).execute();
        expect(await audit.verify()).toMatchObject({ brokenAt: 2 });
      });
      test('rows that changed places are found', async () => {
        for (const [from, to] of [
          [1, 9],
          [2, 1],
          [9, 2]
        ] as const)
          await database.kysely.updateTable('audit').set({ position: to }).where('position', '=', from).execute();
        expect(await audit.verify()).toMatchObject({ brokenAt: 1 });
      });
      test('a row that was put in afterwards is found', async () => {
        const last = await database.kysely
          .selectFrom('audit')
          .selectAll()
          .where('position', '=', 4)
          .executeTakeFirstOrThrow();
        await database.kysely
          .insertInto('audit')
          .values({ ...last, position: 5 })
          .execute();
        await database.kysely.updateTable('audit_head').set({ position: 5 }).execute();
        expect(await audit.verify()).toMatchObject({ brokenAt: 5 });
      });
    });

    test('a person reads what concerns them, an administrator what concerns doors, both with the names of today', async () => {
      const identity = createIdentity({ db: database.kysely, secure: true });
      const eva = await identity.people.add({ email: 'eva@x.se', name: 'Eva Ek', roles: ['administrator'] });
      const amina = await identity.people.add({ email: 'amina@x.se', name: 'Amina Berg', roles: ['agent'] });
      await identity.people.setRoles(amina, ['leader'], `person ${eva}`);
      await identity.audit.write('signed-in', { actor: `person ${amina}`, subject: amina });
      const own = await identity.audit.read({ subject: amina, most: 50 });
      expect(own.map(({ act, byName }) => [act, byName])).toEqual([
        ['signed-in', 'Amina Berg'],
        ['roles-changed', 'Eva Ek'],
        ['person-added', null]
      ]);
      const acts = SECURITY_ACTS.filter((act) => act !== 'signed-in');
      const doors = await identity.audit.read({ acts, most: 50 });
      expect(doors.map(({ act }) => act)).toEqual(['roles-changed', 'person-added', 'person-added']);
      expect((await identity.audit.read({ acts, most: 50, before: 3 })).length).toBe(2);
    });

    test('no name and no text is stored in it', async () => {
      const identity = createIdentity({ db: database.kysely, secure: true });
      await identity.people.add({ email: 'eva@x.se', name: 'Eva Ek', roles: ['administrator'] });
      expect(JSON.stringify(await database.kysely.selectFrom('audit').selectAll().execute())).not.toMatch(/eva/i);
    });
  });
}
