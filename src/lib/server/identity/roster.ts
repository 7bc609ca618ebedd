import type { Kysely } from 'kysely';
import { PERSON_ROLES } from '../../domain/access.ts';
import { byName, type PersonRole } from '../../domain/person.ts';
import type { IdentityTables } from './tables.ts';

export interface Listed {
  id: string;
  name: string;
  email: string;
  roles: PersonRole[];
  units: { id: string; name: string }[];
  disabled: boolean;
  /** `none`: nobody has made a link yet. `invited`: there is one that waits to be used. */
  signsInBy: 'none' | 'invited' | 'password' | 'directory';
}

/** Everybody, for those who look after accounts. By name and by nothing else. */
export async function roster(db: Kysely<IdentityTables>): Promise<Listed[]> {
  const [people, roles, units, invited] = await Promise.all([
    db.selectFrom('person').selectAll().execute(),
    db.selectFrom('person_role').selectAll().execute(),
    db
      .selectFrom('person_unit')
      .innerJoin('unit', 'unit.id', 'person_unit.unit_id')
      .select(['person_id', 'unit.id', 'unit.name'])
      .orderBy('unit.position')
      .execute(),
    db
      .selectFrom('invitation')
      .select('person_id')
      .where('used_at', 'is', null)
      .where('expires_at', '>', Date.now())
      .execute()
  ]);
  const rolesOf = Map.groupBy(roles, ({ person_id }) => person_id);
  const unitsOf = Map.groupBy(units, ({ person_id }) => person_id);
  const waiting = new Set(invited.map(({ person_id }) => person_id));
  return people
    .map(({ id, name, email, disabled_at, password_hash, directory_object }) => ({
      id,
      name,
      email,
      roles: PERSON_ROLES.filter((role) => rolesOf.get(id)?.some((row) => row.role === role)),
      units: (unitsOf.get(id) ?? []).map((unit) => ({ id: unit.id, name: unit.name })),
      disabled: disabled_at !== null,
      signsInBy:
        directory_object !== null
          ? ('directory' as const)
          : password_hash !== null
            ? ('password' as const)
            : waiting.has(id)
              ? ('invited' as const)
              : ('none' as const)
    }))
    .sort(byName);
}
