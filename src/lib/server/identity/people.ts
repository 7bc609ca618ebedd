import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { PERSON_ROLES, type Role, type Ties } from '../../domain/access.ts';
import type { Passwords } from './passwords.ts';
import type { IdentityTables } from './tables.ts';

export type PersonRole = (typeof PERSON_ROLES)[number];
export interface NewPerson {
  email: string;
  name: string;
  roles: readonly PersonRole[];
  password: string;
}
/** Why a person cannot be made or changed, for the one who tried. */
export class PersonRefused extends Error {
  override readonly name = 'PersonRefused';
  readonly reason: 'email' | 'taken' | 'password' | 'role-conflict' | 'unknown';
  constructor(reason: PersonRefused['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

export const PASSWORD_LENGTH = 12;
export const plainEmail = (email: string): string => email.trim().toLowerCase();

export interface People {
  add(person: NewPerson): Promise<string>;
  setRoles(personId: string, roles: readonly PersonRole[]): Promise<void>;
  disable(personId: string): Promise<void>;
  rolesOf(personId: string): Promise<Role[]>;
  tiesOf(personId: string): Promise<Ties>;
}

export function createPeople(db: Kysely<IdentityTables>, passwords: Passwords): People {
  const raiseAccess = (on: Kysely<IdentityTables>, personId: string, also: { disabled_at?: number } = {}) =>
    on
      .updateTable('person')
      .set((row) => ({ ...also, access_version: row('access_version', '+', 1) }))
      .where('id', '=', personId)
      .executeTakeFirst();

  return {
    async add({ email, name, roles, password }) {
      const address = plainEmail(email);
      if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new PersonRefused('email', `"${email}" is not an e-mail address`);
      if ([...password].length < PASSWORD_LENGTH)
        throw new PersonRefused('password', `The password is shorter than ${PASSWORD_LENGTH} characters`);
      refuseConflict(roles);
      const [id, hash] = [randomUUID(), await passwords.hash(password)];
      await db.transaction().execute(async (inside) => {
        const taken = await inside.selectFrom('person').select('id').where('email', '=', address).executeTakeFirst();
        if (taken) throw new PersonRefused('taken', `${address} is a person already`);
        await inside
          .insertInto('person')
          .values({
            id,
            email: address,
            name: name.trim(),
            password_hash: hash,
            created_at: Date.now(),
            disabled_at: null,
            access_version: 1
          })
          .execute();
        await writeRoles(inside, id, roles);
      });
      return id;
    },

    async setRoles(personId, roles) {
      refuseConflict(roles);
      await db.transaction().execute(async (inside) => {
        const { numUpdatedRows } = await raiseAccess(inside, personId);
        if (numUpdatedRows === 0n) throw new PersonRefused('unknown', 'There is no such person');
        await inside.deleteFrom('person_role').where('person_id', '=', personId).execute();
        await writeRoles(inside, personId, roles);
      });
    },

    async disable(personId) {
      await db.transaction().execute(async (inside) => {
        const { numUpdatedRows } = await raiseAccess(inside, personId, { disabled_at: Date.now() });
        if (numUpdatedRows === 0n) throw new PersonRefused('unknown', 'There is no such person');
        await inside.deleteFrom('session').where('person_id', '=', personId).execute();
      });
    },

    async rolesOf(personId) {
      const rows = await db.selectFrom('person_role').select('role').where('person_id', '=', personId).execute();
      // A role that this version does not know gives no right.
      return PERSON_ROLES.filter((role) => rows.some((row) => row.role === role));
    },

    async tiesOf(personId) {
      const rows = await db
        .selectFrom('person_unit')
        .leftJoin('queue', 'queue.unit_id', 'person_unit.unit_id')
        .select(['person_unit.unit_id as unit', 'queue.id as queue'])
        .where('person_id', '=', personId)
        .orderBy('queue.id')
        .execute();
      const boards = [...new Set(rows.map(({ unit }) => unit))];
      return { boards, queues: rows.flatMap(({ queue }) => queue ?? []) };
    }
  };
}

async function writeRoles(db: Kysely<IdentityTables>, personId: string, roles: readonly PersonRole[]): Promise<void> {
  for (const role of new Set(roles)) await db.insertInto('person_role').values({ person_id: personId, role }).execute();
}

/** Whoever looks after accounts must not be able to make themselves a reader of reviews. */
function refuseConflict(roles: readonly PersonRole[]): void {
  if (roles.includes('administrator') && (roles.includes('coach') || roles.includes('method-lead')))
    throw new PersonRefused('role-conflict', 'An administrator cannot also be coach or method lead');
}
