import type { Kysely } from 'kysely';
import type { Audit } from './audit.ts';
import { PersonRefused, type People, type WhyRefused } from './people.ts';
import { hashed, randomSecret } from './secrets.ts';
import type { IdentityTables } from './tables.ts';

/** Long enough for a working day, short enough that a forgotten line in a log opens nothing. */
export const FIRST_START_MS = 24 * 3_600_000;

export type FirstAdministrator = { outcome: 'made' } | { outcome: 'gone' } | { outcome: 'refused'; why: WhyRefused };

/**
 * The way in for the first administrator: a secret that only whoever started the server has seen, good once, and only
 * while there is no administrator. Somebody who opens the page without it is shown nothing that they could try.
 */
export interface FirstStart {
  /** Makes a new secret and forgets the one before; null when there is an administrator. */
  invite(): Promise<string | null>;
  /** Makes the first administrator. */
  begin(wish: { secret: string; name: string; email: string; password: string }): Promise<FirstAdministrator>;
}

export function createFirstStart(db: Kysely<IdentityTables>, people: People, audit: Audit): FirstStart {
  async function isWithoutAdministrator(inside: Kysely<IdentityTables>): Promise<boolean> {
    const row = await inside
      .selectFrom('person_role')
      .innerJoin('person', 'person.id', 'person_role.person_id')
      .select('person.id')
      .where('role', '=', 'administrator')
      .where('disabled_at', 'is', null)
      .limit(1)
      .executeTakeFirst();
    return row === undefined;
  }

  return {
    async invite() {
      if (!(await isWithoutAdministrator(db))) return null;
      const secret = randomSecret();
      const row = { hash: hashed(secret), expires_at: Date.now() + FIRST_START_MS, used_at: null };
      await db
        .insertInto('first_start')
        .values({ id: 1, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
      return secret;
    },

    async begin({ secret, ...person }) {
      const hash = hashed(secret);
      const valid = await db
        .selectFrom('first_start')
        .select('id')
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', Date.now())
        .executeTakeFirst();
      // Looked at before anything costs: whoever guesses at secrets must not make us hash passwords.
      if (!valid) return { outcome: 'gone' };
      try {
        return await db.transaction().execute(async (inside) => {
          // Taken by changing it: of two at once the second finds it used.
          const { numUpdatedRows } = await inside
            .updateTable('first_start')
            .set({ used_at: Date.now() })
            .where('hash', '=', hash)
            .where('used_at', 'is', null)
            .executeTakeFirst();
          if (numUpdatedRows === 0n || !(await isWithoutAdministrator(inside))) return { outcome: 'gone' };
          const id = await people.add({ ...person, roles: ['administrator'] }, 'stamgaffel', inside);
          await audit.write('roles-changed', { actor: 'stamgaffel', subject: id, about: 'first-start' }, inside);
          return { outcome: 'made' };
        });
      } catch (error) {
        // Nothing was written, so the link holds for another try.
        if (error instanceof PersonRefused) return { outcome: 'refused', why: error.reason };
        throw error;
      }
    }
  };
}
