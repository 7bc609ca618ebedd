import type { Kysely } from 'kysely';
import type { Viewer } from '../../domain/access.ts';
import { ABSOLUTE_MS } from './sessions.ts';
import type { IdentityTables } from './tables.ts';

/** Other nodes and the command line change rights too; they are noticed by looking. */
const LOOK_EVERY_MS = 2_000;

/** Told when the viewer is no longer who they were: `null` when they may not stay at all. */
export type OnChange = (viewer: Viewer | null) => void;
interface Guarded {
  viewer: Viewer;
  onChange: OnChange;
  /** What the rights were read from: when this changes, they are read again. */
  mark: string | null;
}

/**
 * Watches over those who stay: an open socket was let in once, and must not stay a second longer than its session, its
 * token or its roles allow. `look` is run at once after a change on this node and every two seconds for all others.
 */
export class Guard {
  readonly #db: Kysely<IdentityTables>;
  readonly #again: (viewer: Viewer) => Promise<Viewer | null>;
  readonly #guarded = new Set<Guarded>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(db: Kysely<IdentityTables>, again: (viewer: Viewer) => Promise<Viewer | null>) {
    this.#db = db;
    this.#again = again;
  }

  watch(viewer: Viewer, onChange: OnChange): () => void {
    const guarded: Guarded = { viewer, onChange, mark: null };
    this.#guarded.add(guarded);
    this.#timer ??= setInterval(() => void this.look().catch(() => {}), LOOK_EVERY_MS).unref();
    return () => {
      this.#guarded.delete(guarded);
      if (this.#guarded.size === 0) this.close();
    };
  }

  /** One look at everybody who stays. Looks never overlap, so an older answer cannot overwrite a newer one. */
  look(): Promise<void> {
    this.#looking = this.#looking.catch(() => {}).then(() => this.#lookOnce());
    return this.#looking;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #lookOnce(): Promise<void> {
    if (this.#guarded.size === 0) return;
    const marks = await this.#marks();
    for (const guarded of [...this.#guarded]) {
      const mark = marks.get(keyOf(guarded.viewer)) ?? null;
      if (mark !== null && mark === guarded.mark) continue;
      const before = guarded.viewer;
      const after = mark === null ? null : await this.#again(before);
      if (!this.#guarded.has(guarded)) continue;
      guarded.mark = mark;
      if (after === null) this.#guarded.delete(guarded);
      else guarded.viewer = after;
      if (JSON.stringify(after) !== JSON.stringify(before)) guarded.onChange(after);
    }
  }

  /** What everybody's rights hang on, in two questions however many there are. */
  async #marks(): Promise<Map<string, string>> {
    const now = Date.now();
    const sessions = await this.#db
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.person_id')
      .select(['session.id', 'access_version'])
      .where('disabled_at', 'is', null)
      .where('expires_at', '>', now)
      .where('session.created_at', '>=', now - ABSOLUTE_MS)
      .execute();
    const tokens = await this.#db.selectFrom('api_token').select('id').where('expires_at', '>', now).execute();
    return new Map([
      ...sessions.map(({ id, access_version }) => [`person ${id}`, String(access_version)] as const),
      ...tokens.map(({ id }) => [`integrator ${id}`, 'valid'] as const)
    ]);
  }
}

function keyOf(viewer: Viewer): string {
  if (viewer.kind === 'person') return `person ${viewer.sessionId}`;
  return viewer.kind === 'integrator' ? `integrator ${viewer.tokenId}` : `screen ${viewer.screenId}`;
}
