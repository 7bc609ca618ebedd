import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { isPersonRole, looksLikeEmail, NAME_LENGTH_MOST, roleConflict, type PersonRole } from '../../domain/person.ts';
import type { Audit } from './audit.ts';
import type { DirectoryPerson } from './directory.ts';
import { writeRoles } from './people.ts';
import type { IdentityTables } from './tables.ts';

export interface Admitted {
  personId: string;
  /** Why somebody comes in without a role: none was told, none is one of ours, or two that exclude each other. */
  without: 'none-told' | 'none-of-ours' | 'role-conflict' | null;
}

/**
 * Lets in whom the directory vouches for: made at the first sign-in, with the roles that the directory tells and no
 * others, each time anew. Null for somebody who is disabled here.
 */
export function admitFromDirectory(
  db: Kysely<IdentityTables>,
  audit: Audit,
  told: DirectoryPerson
): Promise<Admitted | null> {
  const { roles, without } = rolesOf(told.roles);
  return db.transaction().execute(async (inside) => {
    const present = await inside
      .selectFrom('person')
      .select(['id', 'disabled_at'])
      .where('directory_tenant', '=', told.tenant)
      .where('directory_object', '=', told.object)
      .executeTakeFirst();
    if (present && present.disabled_at !== null) return null;
    const name = [...told.name.trim()].slice(0, NAME_LENGTH_MOST).join('');
    const personId = present?.id ?? (await make(inside, told, name));
    if (!present)
      await audit.write('person-added', { actor: 'stamgaffel', subject: personId, about: 'directory' }, inside);
    await inside.updateTable('person').set({ name }).where('id', '=', personId).execute();

    const rows = await inside.selectFrom('person_role').select('role').where('person_id', '=', personId).execute();
    if (
      rows
        .map(({ role }) => role)
        .sort()
        .join(' ') === [...roles].sort().join(' ')
    )
      return { personId, without };
    await inside.deleteFrom('person_role').where('person_id', '=', personId).execute();
    await writeRoles(inside, personId, roles);
    await inside
      .updateTable('person')
      .set((row) => ({ access_version: row('access_version', '+', 1) }))
      .where('id', '=', personId)
      .execute();
    const about = roles.join(' ') || without;
    await audit.write('roles-changed', { actor: 'stamgaffel', subject: personId, about }, inside);
    return { personId, without };
  });
}

function rolesOf(told: readonly string[] | null): { roles: PersonRole[]; without: Admitted['without'] } {
  if (told === null) return { roles: [], without: 'none-told' };
  const roles = [...new Set(told.filter(isPersonRole))];
  if (roleConflict(roles)) return { roles: [], without: 'role-conflict' };
  return { roles, without: roles.length > 0 ? null : 'none-of-ours' };
}

async function make(
  db: Kysely<IdentityTables>,
  { tenant, object, email }: DirectoryPerson,
  name: string
): Promise<string> {
  const id = randomUUID();
  const free =
    email !== null &&
    looksLikeEmail(email) &&
    !(await db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst());
  await db
    .insertInto('person')
    .values({
      id,
      // Never joined with an account of the same address: whoever is given an address must not be given an account.
      email: free ? email : `${object}@${tenant.replace(/^https?:\/\//, '')}`.toLowerCase(),
      name,
      password_hash: null,
      created_at: Date.now(),
      disabled_at: null,
      access_version: 1,
      directory_tenant: tenant,
      directory_object: object
    })
    .execute();
  return id;
}
