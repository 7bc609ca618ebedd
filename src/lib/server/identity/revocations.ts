import type { Kysely } from 'kysely';
import type { IdentityTables } from './tables.ts';

/** Someone's right to be here ended (`ended`) or is another than it was (`changed`). */
export interface Revocation {
  sessionId?: string;
  tokenId?: string;
  screenId?: string;
  why: 'ended' | 'changed';
}
export type OnRevoked = (revocation: Revocation) => void;

/** Other nodes and the command line change rights too; they are noticed by looking. */
const LOOK_EVERY_MS = 2_000;
/** In place of an access version: no right is of this one. */
const SUCCEEDED = -1;

/**
 * Watches the rights of those who stay: an open socket was let in once, and must not stay longer than its session, its
 * token or its roles allow. `look` is run at once after a change on this node, and every two seconds for all others.
 */
export class Revocations {
  readonly #db: Kysely<IdentityTables>;
  readonly #listeners = new Set<OnRevoked>();
  /** What each right hung on when last seen: `session`, `token` or `screen` and its id → the access version. */
  #known = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(db: Kysely<IdentityTables>) {
    this.#db = db;
  }

  on(listener: OnRevoked): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => void this.look().catch(() => {}), LOOK_EVERY_MS).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** Somebody was let in on this right, so its end must be noticed, also when no look has seen it alive. */
  letIn(key: { sessionId: string } | { tokenId: string } | { screenId: string }, version: number): void {
    if ('sessionId' in key) this.#known.set(`session ${key.sessionId}`, version);
    else this.#known.set('tokenId' in key ? `token ${key.tokenId}` : `screen ${key.screenId}`, version);
  }

  /** One look at every right there is. Looks never overlap, so an older answer cannot overwrite a newer one. */
  look(): Promise<void> {
    this.#looking = this.#looking.catch(() => {}).then(() => this.#lookOnce());
    return this.#looking;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #lookOnce(): Promise<void> {
    if (this.#listeners.size === 0) return this.#known.clear();
    // Whoever is let in while the database answers was let in by what is newer than the answer: not looked at yet.
    const before = new Map(this.#known);
    const now = await this.#rights();
    for (const [key, version] of before) {
      const present = now.get(key);
      if (present === version) continue;
      if (present === undefined) this.#known.delete(key);
      const [kind, id] = key.split(' ');
      const whose = kind === 'session' ? { sessionId: id } : kind === 'token' ? { tokenId: id } : { screenId: id };
      for (const listener of this.#listeners) listener({ ...whose, why: present === undefined ? 'ended' : 'changed' });
    }
    for (const [key, version] of now) this.#known.set(key, version);
  }

  /** Three questions, however many look on. */
  async #rights(): Promise<Map<string, number>> {
    const now = Date.now();
    const sessions = await this.#db
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.person_id')
      .select(['session.id', 'access_version', 'succeeded_by'])
      .where('disabled_at', 'is', null)
      .where('expires_at', '>', now)
      .where('ends_at', '>=', now)
      .execute();
    const tokens = await this.#db.selectFrom('api_token').select('id').where('expires_at', '>', now).execute();
    const screens = await this.#db
      .selectFrom('screen')
      .select(['id', 'access_version'])
      .where('expires_at', '>', now)
      .execute();
    return new Map([
      ...screens.map(({ id, access_version }) => [`screen ${id}`, access_version] as const),
      // Whoever stays on a token that another took over from comes back with that one.
      ...sessions.map(({ id, access_version, succeeded_by }) => {
        return [`session ${id}`, succeeded_by === null ? access_version : SUCCEEDED] as const;
      }),
      ...tokens.map(({ id }) => [`token ${id}`, 0] as const)
    ]);
  }
}
