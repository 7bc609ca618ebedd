import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Says that those who work in these units have other rights than before, because a queue or a board is another unit's
 * now: whoever of them stays on a socket is asked to come in anew.
 */
export async function renewRights(db: Kysely<Tables>, units: readonly (string | null)[]): Promise<void> {
  const theirs = units.filter((unit) => unit !== null);
  if (theirs.length === 0) return;
  await db
    .updateTable('person')
    .set((row) => ({ access_version: row('access_version', '+', 1) }))
    .where('id', 'in', (from) =>
      from.selectFrom('person_unit').select('person_unit.person_id').where('person_unit.unit_id', 'in', theirs)
    )
    .execute();
}
