import type { Kysely } from 'kysely';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia';
import type { IdentityTables } from './tables.ts';
import { hashed } from './secrets.ts';

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    DatabaseSessionAttributes: NewSession & { rightsVersion?: number; succeededBy?: string | null };
    /** `accessVersion` is raised whenever the person's rights change. */
    DatabaseUserAttributes: { name: string; accessVersion: number };
  }
}

/** What a session is begun with. */
export interface NewSession {
  createdAt: number;
  endsAt: number;
  provenAt: number;
  browser: string | null;
}

export const IDLE_MS = 12 * 3_600_000;
export const ABSOLUTE_MS = 7 * 24 * 3_600_000;
/** A directory does not tell us when it has sent somebody away, so that a working day is as long as we trust it. */
export const DIRECTORY_ABSOLUTE_MS = 12 * 3_600_000;
/** A page asks for several things at once: what is under way when the token changes may still bring the one before. */
export const SUCCESSION_MS = 30_000;

/**
 * Keeps sessions for Lucia. Lucia's own adapters store the bearer token itself; this one stores only its hash, and
 * *returns the token it was asked with* as the session's id: from that id Lucia makes the next lookup and the renewed
 * cookie, and if it were the hash everybody would be signed out at half-life.
 */
export class SessionAdapter implements Adapter {
  readonly #db: Kysely<IdentityTables>;
  constructor(db: Kysely<IdentityTables>) {
    this.#db = db;
  }

  async getSessionAndUser(token: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const row = await this.#db
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.person_id')
      .select(['person_id', 'session.created_at', 'expires_at', 'ends_at', 'proven_at', 'browser'])
      .select(['name', 'disabled_at', 'access_version', 'rights_version', 'succeeded_by'])
      .where('session.id', '=', hashed(token))
      .executeTakeFirst();
    if (!row) return [null, null];
    // Lucia knows no absolute limit. Without one, a stolen cookie that is used now and then would live for ever.
    const over = Date.now() > row.ends_at;
    if (over || row.disabled_at !== null) {
      await this.deleteSession(token);
      return [null, null];
    }
    return [
      {
        id: token,
        userId: row.person_id,
        expiresAt: new Date(row.expires_at),
        attributes: attributesOf(row)
      },
      { id: row.person_id, attributes: { name: row.name, accessVersion: row.access_version } }
    ];
  }

  /** Their ids are hashes here, because the tokens are nowhere: good for counting, not for signing in. */
  async getUserSessions(userId: string): Promise<DatabaseSession[]> {
    const rows = await this.#db.selectFrom('session').selectAll().where('person_id', '=', userId).execute();
    return rows.map((row) => ({
      id: row.id,
      userId: row.person_id,
      expiresAt: new Date(row.expires_at),
      attributes: attributesOf(row)
    }));
  }

  async setSession(session: DatabaseSession): Promise<void> {
    const { createdAt, endsAt, provenAt, browser } = session.attributes;
    await this.#db
      .insertInto('session')
      .values(({ selectFrom }) => ({
        id: hashed(session.id),
        person_id: session.userId,
        created_at: createdAt,
        expires_at: session.expiresAt.getTime(),
        ends_at: endsAt,
        proven_at: provenAt,
        browser,
        rights_version: selectFrom('person').select('access_version').where('id', '=', session.userId),
        succeeded_by: null
      }))
      .execute();
  }

  /**
   * Lets another token take over the session, which goes on as it was; false when one has already. The token before holds
   * for what is under way, and for nothing else: no socket is opened with it, and it is not prolonged.
   */
  succeed(token: string, next: string, now: number): Promise<boolean> {
    return this.#db.transaction().execute(async (inside) => {
      const before = await inside
        .selectFrom('session')
        .innerJoin('person', 'person.id', 'session.person_id')
        .selectAll('session')
        .select('access_version')
        .where('session.id', '=', hashed(token))
        .executeTakeFirst();
      if (!before) return false;
      const { numUpdatedRows } = await inside
        .updateTable('session')
        .set({ succeeded_by: hashed(next), expires_at: Math.min(before.expires_at, now + SUCCESSION_MS) })
        .where('id', '=', before.id)
        .where('succeeded_by', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      const { access_version, ...row } = before;
      await inside
        .insertInto('session')
        .values({ ...row, id: hashed(next), rights_version: access_version })
        .execute();
      return true;
    });
  }

  /** Ends a session by its token, with the one that took over from it and the one that it took over from. */
  async end(token: string): Promise<void> {
    const id = hashed(token);
    const row = await this.#db.selectFrom('session').select('succeeded_by').where('id', '=', id).executeTakeFirst();
    await this.#db
      .deleteFrom('session')
      .where((is) => is.or([is('id', 'in', [id, row?.succeeded_by ?? id]), is('succeeded_by', '=', id)]))
      .execute();
  }

  /** Ten requests of one page may renew at once: the latest expiry stays, whichever is written last. */
  async updateSessionExpiration(token: string, expiresAt: Date): Promise<void> {
    await this.#db
      .updateTable('session')
      .set({ expires_at: expiresAt.getTime() })
      .where('id', '=', hashed(token))
      .where('expires_at', '<', expiresAt.getTime())
      .where('succeeded_by', 'is', null)
      .execute();
  }

  async deleteSession(token: string): Promise<void> {
    await this.#db.deleteFrom('session').where('id', '=', hashed(token)).execute();
  }
  async deleteUserSessions(userId: string): Promise<void> {
    await this.#db.deleteFrom('session').where('person_id', '=', userId).execute();
  }
  async deleteExpiredSessions(): Promise<void> {
    const now = Date.now();
    await this.#db
      .deleteFrom('session')
      .where((row) => row.or([row('expires_at', '<=', now), row('ends_at', '<', now)]))
      .execute();
  }
}

const attributesOf = (row: Omit<IdentityTables['session'], 'id' | 'person_id' | 'expires_at'>) => ({
  createdAt: row.created_at,
  endsAt: row.ends_at,
  provenAt: row.proven_at,
  browser: row.browser,
  rightsVersion: row.rights_version,
  succeededBy: row.succeeded_by
});

export const createLucia = (adapter: Adapter, secure: boolean) =>
  new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(IDLE_MS / 1000, 's'),
    sessionCookie: {
      // `__Host-` binds the cookie to this very host over https; browsers refuse it on plain http, even on loopback.
      name: secure ? '__Host-session' : 'session',
      attributes: { secure, sameSite: 'lax', path: '/' }
    },
    getSessionAttributes: ({ rightsVersion, succeededBy }) => ({ rightsVersion, succeededBy: succeededBy ?? null }),
    getUserAttributes: ({ name, accessVersion }) => ({ name, accessVersion })
  });
