import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { PersonViewer } from './account.ts';
import type { Audit } from './audit.ts';
import { PersonRefused } from './people.ts';
import { hashed, randomSecret } from './secrets.ts';
import type { IdentityTables } from './tables.ts';

export const INVITATION_MS = 72 * 3_600_000;

/** What a link is for, for whoever opens it. */
export interface Invitation {
  kind: 'invitation' | 'reset';
  name: string;
  email: string;
  /** The one who made the link. */
  madeBy: string;
  expiresAt: number;
}
export interface Invitations {
  /**
   * A one-time link's secret for this person, told once and stored as a hash. Links made before end. For somebody who
   * has a password already it is a reset, and the person will always see who made it.
   */
  make(me: PersonViewer, personId: string): Promise<{ secret: string; expiresAt: number; kind: Invitation['kind'] }>;
  /** What the link is for, as often as one likes: mail programs open links before people do. */
  look(secret: string): Promise<Invitation | null>;
  /** Uses the link up: whose password it now sets, null when it is used, replaced, over or unknown. */
  use(secret: string, passwordHash: string): Promise<string | null>;
}

export function createInvitations(db: Kysely<IdentityTables>, audit: Audit): Invitations {
  const open = (on: Kysely<IdentityTables>, secret: string) =>
    on
      .selectFrom('invitation')
      .innerJoin('person', 'person.id', 'invitation.person_id')
      .select(['invitation.id', 'invitation.person_id', 'invitation.kind', 'invitation.made_by'])
      .select(['invitation.expires_at', 'person.name', 'person.email'])
      .where('invitation.hash', '=', hashed(secret))
      .where('invitation.used_at', 'is', null)
      .where('invitation.expires_at', '>', Date.now())
      .where('person.disabled_at', 'is', null)
      .executeTakeFirst();

  return {
    make: (me, personId) =>
      db.transaction().execute(async (inside) => {
        const person = await inside
          .selectFrom('person')
          .select(['password_hash', 'disabled_at', 'directory_object'])
          .where('id', '=', personId)
          .executeTakeFirst();
        if (!person || person.disabled_at !== null) throw new PersonRefused('unknown', 'There is no such person');
        if (person.directory_object !== null)
          throw new PersonRefused('directory', 'This person signs in by the directory and has no password here');
        await inside.deleteFrom('invitation').where('person_id', '=', personId).where('used_at', 'is', null).execute();
        const [secret, now] = [randomSecret(), Date.now()];
        const kind = person.password_hash === null ? ('invitation' as const) : ('reset' as const);
        const expiresAt = now + INVITATION_MS;
        await inside
          .insertInto('invitation')
          .values({
            id: randomUUID(),
            person_id: personId,
            hash: hashed(secret),
            kind,
            made_by: me.personId,
            created_at: now,
            expires_at: expiresAt,
            used_at: null
          })
          .execute();
        await audit.write('password-link-made', { actor: me, subject: personId, about: kind }, inside);
        return { secret, expiresAt, kind };
      }),

    async look(secret) {
      const found = await open(db, secret);
      if (!found) return null;
      const maker = await db.selectFrom('person').select('name').where('id', '=', found.made_by).executeTakeFirst();
      return {
        kind: found.kind,
        name: found.name,
        email: found.email,
        madeBy: maker?.name ?? '',
        expiresAt: found.expires_at
      };
    },

    use: (secret, passwordHash) =>
      db.transaction().execute(async (inside) => {
        const now = Date.now();
        // Used up first: of two who press at the same moment only one gets further.
        const { numUpdatedRows } = await inside
          .updateTable('invitation')
          .set({ used_at: now })
          .where('hash', '=', hashed(secret))
          .where('used_at', 'is', null)
          .where('expires_at', '>', now)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return null;
        const { person_id, kind, made_by } = await inside
          .selectFrom('invitation')
          .selectAll()
          .where('hash', '=', hashed(secret))
          .executeTakeFirstOrThrow();
        const mark = kind === 'reset' ? { password_reset_at: now, password_reset_by: made_by } : {};
        const changed = await inside
          .updateTable('person')
          .set((row) => ({ ...mark, password_hash: passwordHash, access_version: row('access_version', '+', 1) }))
          .where('id', '=', person_id)
          .where('disabled_at', 'is', null)
          .executeTakeFirst();
        if (changed.numUpdatedRows === 0n) return null;
        await inside.deleteFrom('session').where('person_id', '=', person_id).execute();
        await audit.write('password-set', { actor: `person ${person_id}`, subject: person_id, about: kind }, inside);
        return person_id;
      })
  };
}
