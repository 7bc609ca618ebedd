import type { Kysely } from 'kysely';
import type { Viewer } from '../../domain/access.ts';
import type { Audit, NamedRow } from './audit.ts';
import { TooManyAttempts, type Guessing } from './guessing.ts';
import { TooBusy, type Passwords } from './passwords.ts';
import type { IdentityTables } from './tables.ts';

export type PersonViewer = Extract<Viewer, { kind: 'person' }>;

export interface OwnSession {
  id: string;
  createdAt: number;
  /** When it ends if it is not used until then. */
  expiresAt: number;
  browser: string | null;
  /** The one that asks. */
  current: boolean;
}
/** A person's own account. Every question and act is about the one who asks: nobody else's id is ever taken. */
export interface Account {
  sessions(me: PersonViewer): Promise<OwnSession[]>;
  /** False when it is not one of the person's own, or is over already. */
  endSession(me: PersonViewer, id: string): Promise<boolean>;
  /** Ends all but the one that asks; returns how many. */
  endOtherSessions(me: PersonViewer): Promise<number>;
  /** How one signs in, and whether somebody else has made a way to one's password. */
  signIn(me: PersonViewer): Promise<{ email: string; directory: boolean; reset: { at: number; by: string } | null }>;
  /** Whether it was proven lately, by password or directory, that it is the person who sits there. */
  proven(me: PersonViewer): Promise<boolean>;
  /** Proves it again by the password. `delayed` and `busy`: nothing was tried; `directory`: there is no password here. */
  prove(me: PersonViewer, password: string): Promise<'proven' | 'wrong' | 'delayed' | 'busy' | 'directory'>;
  /** What the audit log tells of oneself, newest first. */
  told(me: PersonViewer, before: number | null): Promise<NamedRow[]>;
}
/** Rights, links to passwords and screens are given only to a hand that was known this lately. */
export const PROVEN_MS = 10 * 60_000;
const ROWS_MOST = 50;

interface Parts {
  audit: Audit;
  guessing: Guessing;
  passwords: Passwords;
}

export function createAccount(db: Kysely<IdentityTables>, { audit, guessing, passwords }: Parts): Account {
  return {
    async sessions({ personId, sessionId }) {
      const rows = await db
        .selectFrom('session')
        .select(['id', 'created_at', 'expires_at', 'ends_at', 'browser'])
        .where('person_id', '=', personId)
        .where('expires_at', '>', Date.now())
        .where('ends_at', '>=', Date.now())
        .where('succeeded_by', 'is', null)
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map(({ id, created_at, expires_at, ends_at, browser }) => ({
        id,
        createdAt: created_at,
        expiresAt: Math.min(expires_at, ends_at),
        browser,
        current: id === sessionId
      }));
    },

    endSession: (me, id) =>
      db.transaction().execute(async (inside) => {
        const { numDeletedRows } = await inside
          .deleteFrom('session')
          .where((is) => is.or([is('id', '=', id), is('succeeded_by', '=', id)]))
          .where('person_id', '=', me.personId)
          .executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        await audit.write('session-ended', { actor: me, subject: me.personId }, inside);
        return true;
      }),

    endOtherSessions: (me) =>
      db.transaction().execute(async (inside) => {
        const { numDeletedRows } = await inside
          .deleteFrom('session')
          .where('id', '!=', me.sessionId)
          .where('person_id', '=', me.personId)
          .executeTakeFirst();
        const ended = Number(numDeletedRows);
        if (ended > 0)
          await audit.write('session-ended', { actor: me, subject: me.personId, about: `${ended} others` }, inside);
        return ended;
      }),

    async signIn({ personId }) {
      const row = await db.selectFrom('person').selectAll().where('id', '=', personId).executeTakeFirstOrThrow();
      const by =
        row.password_reset_by === null
          ? undefined
          : await db.selectFrom('person').select('name').where('id', '=', row.password_reset_by).executeTakeFirst();
      const reset = row.password_reset_at === null ? null : { at: row.password_reset_at, by: by?.name ?? '' };
      return { email: row.email, directory: row.directory_object !== null, reset };
    },

    async proven({ sessionId }) {
      const row = await db.selectFrom('session').select('proven_at').where('id', '=', sessionId).executeTakeFirst();
      return row !== undefined && Date.now() - row.proven_at < PROVEN_MS;
    },

    async prove({ personId, sessionId }, password) {
      const row = await db
        .selectFrom('person')
        .select(['email', 'password_hash', 'directory_object'])
        .where('id', '=', personId)
        .executeTakeFirstOrThrow();
      if (row.directory_object !== null) return 'directory';
      // The session counts as the device: whoever sits at a stolen one is slowed down without slowing down its owner.
      const whence = `session ${sessionId}`;
      try {
        const right = await guessing.attempt({ account: row.email, address: whence, device: whence }, async () =>
          (await passwords.right(row.password_hash, password)) ? true : null
        );
        if (right === null) return 'wrong';
      } catch (error) {
        if (error instanceof TooManyAttempts) return 'delayed';
        if (error instanceof TooBusy) return 'busy';
        throw error;
      }
      await db.updateTable('session').set({ proven_at: Date.now() }).where('id', '=', sessionId).execute();
      return 'proven';
    },

    told: ({ personId }, before) => audit.read({ subject: personId, before: before ?? undefined, most: ROWS_MOST })
  };
}
