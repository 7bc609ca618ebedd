import type { Kysely } from 'kysely';
import type { Viewer } from '../../domain/access.ts';
import type { Audit } from './audit.ts';
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
}

export function createAccount(db: Kysely<IdentityTables>, audit: Audit): Account {
  return {
    async sessions({ personId, sessionId }) {
      const rows = await db
        .selectFrom('session')
        .select(['id', 'created_at', 'expires_at', 'ends_at', 'browser'])
        .where('person_id', '=', personId)
        .where('expires_at', '>', Date.now())
        .where('ends_at', '>=', Date.now())
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
          .where('id', '=', id)
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
      })
  };
}
