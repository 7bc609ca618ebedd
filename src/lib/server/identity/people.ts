import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { PERSON_ROLES, type Role, type Ties } from '../../domain/access.ts';
import {
  looksLikeEmail,
  NAME_LENGTH_MOST,
  PASSWORD_LENGTH,
  PASSWORD_LENGTH_MOST,
  passwordFits,
  plainEmail,
  roleConflict,
  type PersonRole
} from '../../domain/person.ts';
import type { Actor, Audit } from './audit.ts';
import type { Passwords } from './passwords.ts';
import type { IdentityTables } from './tables.ts';

export interface NewPerson {
  email: string;
  name: string;
  roles: readonly PersonRole[];
  /** Absent: the person sets one by an invitation. */
  password?: string;
  units?: readonly string[];
}
export type WhyRefused =
  'email' | 'taken' | 'name' | 'password' | 'role-conflict' | 'unknown' | 'unknown-unit' | 'own' | 'directory';
/** Why a person cannot be made or changed, for the one who tried. */
export class PersonRefused extends Error {
  override readonly name = 'PersonRefused';
  readonly reason: WhyRefused;
  constructor(reason: WhyRefused, message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface People {
  add(person: NewPerson, actor?: Actor, inside?: Kysely<IdentityTables>): Promise<string>;
  setRoles(personId: string, roles: readonly PersonRole[], actor?: Actor): Promise<void>;
  setUnits(personId: string, units: readonly string[], actor?: Actor): Promise<void>;
  disable(personId: string, actor?: Actor): Promise<void>;
  enable(personId: string, actor?: Actor): Promise<void>;
  rolesOf(personId: string): Promise<Role[]>;
  tiesOf(personId: string): Promise<Ties>;
}

const unknown = () => new PersonRefused('unknown', 'There is no such person');
/** Nobody gives themselves rights or takes the last way in from under their own feet. */
function refuseOwn(personId: string, actor: Actor): void {
  if (typeof actor === 'object' && actor.kind === 'person' && actor.personId === personId)
    throw new PersonRefused('own', 'Nobody changes their own rights: ask another administrator');
}

export function createPeople(db: Kysely<IdentityTables>, passwords: Passwords, audit: Audit): People {
  /** Changes the person's row so that open sockets notice. */
  async function raiseAccess(on: Kysely<IdentityTables>, id: string, also: { disabled_at?: number | null } = {}) {
    const { numUpdatedRows } = await on
      .updateTable('person')
      .set((row) => ({ ...also, access_version: row('access_version', '+', 1) }))
      .where('id', '=', id)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw unknown();
  }

  async function insert(
    inside: Kysely<IdentityTables>,
    { email, name, roles, units = [] }: NewPerson,
    password_hash: string | null,
    actor: Actor
  ): Promise<string> {
    const [id, address] = [randomUUID(), plainEmail(email)];
    const taken = await inside.selectFrom('person').select('id').where('email', '=', address).executeTakeFirst();
    if (taken) throw new PersonRefused('taken', `${address} is a person already`);
    const row = { id, email: address, name: name.trim(), password_hash, created_at: Date.now() };
    await inside
      .insertInto('person')
      .values({ ...row, disabled_at: null, access_version: 1 })
      .execute();
    await writeRoles(inside, id, roles);
    await writeUnits(inside, id, units);
    await audit.write('person-added', { actor, subject: id, about: roles.join(' ') || null }, inside);
    return id;
  }

  return {
    async add(person, actor = 'command-line', inside) {
      const { email, name, roles, password } = person;
      if (!looksLikeEmail(email)) throw new PersonRefused('email', `"${email}" is not an e-mail address`);
      if (!name.trim() || [...name].length > NAME_LENGTH_MOST)
        throw new PersonRefused('name', `A person needs a name of at most ${NAME_LENGTH_MOST} letters`);
      if (password !== undefined && !passwordFits(password))
        throw new PersonRefused(
          'password',
          [...password].length < PASSWORD_LENGTH
            ? `The password is shorter than ${PASSWORD_LENGTH} characters`
            : `The password is longer than ${PASSWORD_LENGTH_MOST} characters`
        );
      refuseConflict(roles);
      const hash = password === undefined ? null : await passwords.hash(password);
      if (inside) return insert(inside, person, hash, actor);
      return db.transaction().execute((own) => insert(own, person, hash, actor));
    },

    async setRoles(personId, roles, actor = 'command-line') {
      refuseConflict(roles);
      refuseOwn(personId, actor);
      await db.transaction().execute(async (inside) => {
        await raiseAccess(inside, personId);
        await inside.deleteFrom('person_role').where('person_id', '=', personId).execute();
        await writeRoles(inside, personId, roles);
        await audit.write('roles-changed', { actor, subject: personId, about: roles.join(' ') || null }, inside);
      });
    },

    setUnits: (personId, units, actor = 'command-line') =>
      db.transaction().execute(async (inside) => {
        await raiseAccess(inside, personId);
        await inside.deleteFrom('person_unit').where('person_id', '=', personId).execute();
        await writeUnits(inside, personId, units);
        await audit.write('units-changed', { actor, subject: personId, about: units.join(' ') || null }, inside);
      }),

    async disable(personId, actor = 'command-line') {
      refuseOwn(personId, actor);
      await db.transaction().execute(async (inside) => {
        await raiseAccess(inside, personId, { disabled_at: Date.now() });
        await inside.deleteFrom('session').where('person_id', '=', personId).execute();
        await inside.deleteFrom('invitation').where('person_id', '=', personId).where('used_at', 'is', null).execute();
        await audit.write('person-disabled', { actor, subject: personId }, inside);
      });
    },

    enable: (personId, actor = 'command-line') =>
      db.transaction().execute(async (inside) => {
        await raiseAccess(inside, personId, { disabled_at: null });
        await audit.write('person-enabled', { actor, subject: personId }, inside);
      }),

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
      const units = [...new Set(rows.map(({ unit }) => unit))];
      // A board that is made for a unit is for those who work there, as the unit's own is.
      const made = await db
        .selectFrom('board')
        .select('id')
        .where('unit_id', 'in', units.length > 0 ? units : [''])
        .orderBy('id')
        .execute();
      const boards = [...new Set([...units, ...made.map(({ id }) => id)])];
      return { boards, queues: rows.flatMap(({ queue }) => queue ?? []) };
    }
  };
}

export async function writeRoles(
  db: Kysely<IdentityTables>,
  personId: string,
  roles: readonly PersonRole[]
): Promise<void> {
  for (const role of new Set(roles)) await db.insertInto('person_role').values({ person_id: personId, role }).execute();
}

async function writeUnits(db: Kysely<IdentityTables>, personId: string, units: readonly string[]): Promise<void> {
  for (const unit_id of new Set(units)) {
    const there = await db.selectFrom('unit').select('id').where('id', '=', unit_id).executeTakeFirst();
    if (!there) throw new PersonRefused('unknown-unit', `There is no unit ${unit_id}`);
    await db.insertInto('person_unit').values({ person_id: personId, unit_id }).execute();
  }
}

function refuseConflict(roles: readonly PersonRole[]): void {
  if (roleConflict(roles))
    throw new PersonRefused('role-conflict', 'An administrator cannot also be coach or method lead');
}
