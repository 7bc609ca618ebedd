import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Viewer } from '../../domain/access.ts';
import { SCREEN_LIVES_MS } from '../../domain/pairing.ts';
import type { Instant } from '../../domain/time.ts';
import type { Audit } from './audit.ts';
import { hashed, randomSecret } from './secrets.ts';
import type { IdentityTables } from './tables.ts';

export type ScreenViewer = Extract<Viewer, { kind: 'screen' }>;

/** What a screen is told of itself: where it hangs, what it shows, and what somebody wants of it. */
export interface OwnScreen {
  id: string;
  room: string;
  board: string;
  /** Until then it shows its room's name large. */
  identifyUntil: Instant | null;
  /** A page that was loaded before this should be loaded anew. */
  reloadAskedAt: Instant | null;
}
/** What an administrator sees of a screen. */
export interface Screen extends OwnScreen {
  pairedAt: Instant;
  /** When it last told of itself; null when it has not yet. */
  seenAt: Instant | null;
  /** When the frame that it showed then was made. */
  frameAt: Instant | null;
  /** The build whose page it runs. */
  version: string | null;
  /** How much later than the swiftest of the last minute its newest frame came. */
  lagMs: number | null;
}
export interface ScreenReport {
  frameAt: Instant | null;
  version: string;
  lagMs: number;
}

export interface Screens {
  /** The screen behind a token, and whether its 30 days should begin anew; null when it is unknown, revoked or over. */
  viewer(token: string): Promise<{ viewer: ScreenViewer; expiresAt: Instant; version: number; worn: boolean } | null>;
  /** Begins the 30 days anew. */
  renew(token: string): Promise<void>;
  /** A new token for a screen; the one before is worth nothing from now on. */
  token(id: string): Promise<string>;
  list(): Promise<Screen[]>;
  own(id: string): Promise<OwnScreen | null>;
  /** Calls back with each change of a screen, on this node at once and from others within two seconds. */
  watch(id: string, onChange: (own: OwnScreen) => void): () => void;
  report(id: string, report: ScreenReport): Promise<void>;
  identify(id: string): Promise<boolean>;
  reload(id: string): Promise<boolean>;
  move(by: Viewer, id: string, board: string): Promise<boolean>;
  revoke(by: Viewer, id: string): Promise<boolean>;
  close(): void;
}

export const IDENTIFY_MS = 10_000;
/** A cookie is set again once a day, not at every question. */
const WORN_AFTER_MS = 86_400_000;
/** Reports are kept in memory, and written for other nodes and the next start no more often than this. */
const WRITTEN_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 2_000;

export function createScreens(db: Kysely<IdentityTables>, audit: Audit, now: () => Instant): Screens {
  const reports = new Map<string, ScreenReport & { seenAt: Instant; writtenAt: Instant }>();
  const watchers = new Map<string, Set<(own: OwnScreen) => void>>();
  const told = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  async function own(id: string): Promise<OwnScreen | null> {
    const row = await db
      .selectFrom('screen')
      .select(['id', 'room', 'board', 'identify_until', 'reload_asked_at'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? ownOf(row) : null;
  }

  /** Tells those who watch of what is new since they were last told. */
  async function look(): Promise<void> {
    for (const id of watchers.keys()) {
      const screen = await own(id);
      if (screen === null || told.get(id) === JSON.stringify(screen)) continue;
      told.set(id, JSON.stringify(screen));
      for (const onChange of watchers.get(id) ?? []) onChange(screen);
    }
  }

  async function change(
    id: string,
    to: Partial<Pick<IdentityTables['screen'], 'identify_until' | 'reload_asked_at'>>
  ): Promise<boolean> {
    const { numUpdatedRows } = await db.updateTable('screen').set(to).where('id', '=', id).executeTakeFirst();
    await look();
    return numUpdatedRows > 0n;
  }

  return {
    own,

    async viewer(token) {
      const row = await db
        .selectFrom('screen')
        .select(['id', 'board', 'expires_at', 'access_version'])
        .where('token_hash', '=', hashed(token))
        .where('expires_at', '>', now())
        .executeTakeFirst();
      if (!row) return null;
      const { id, board, expires_at: expiresAt, access_version: version } = row;
      const worn = expiresAt - now() < SCREEN_LIVES_MS - WORN_AFTER_MS;
      return { viewer: { kind: 'screen', screenId: id, board }, expiresAt, version, worn };
    },

    async renew(token) {
      const expires_at = now() + SCREEN_LIVES_MS;
      await db.updateTable('screen').set({ expires_at }).where('token_hash', '=', hashed(token)).execute();
    },

    async token(id) {
      const token = randomSecret();
      const to = { token_hash: hashed(token), expires_at: now() + SCREEN_LIVES_MS };
      await db.updateTable('screen').set(to).where('id', '=', id).execute();
      return token;
    },

    async list() {
      const rows = await db.selectFrom('screen').selectAll().where('expires_at', '>', now()).execute();
      const screens = rows.map((row): Screen => {
        const stored = { seenAt: row.seen_at, frameAt: row.frame_at, version: row.version, lagMs: row.lag_ms };
        const heard = reports.get(row.id);
        const newest = heard && heard.seenAt >= (row.seen_at ?? 0) ? heard : stored;
        const { seenAt, frameAt, version, lagMs } = newest;
        return { ...ownOf(row), pairedAt: row.paired_at, seenAt, frameAt, version, lagMs };
      });
      return screens.sort((one, other) => one.room.localeCompare(other.room, 'sv'));
    },

    watch(id, onChange) {
      const all = watchers.get(id) ?? new Set();
      watchers.set(id, all.add(onChange));
      timer ??= setInterval(() => void look().catch(() => {}), LOOK_EVERY_MS).unref();
      return () => {
        all.delete(onChange);
        if (all.size > 0) return;
        watchers.delete(id);
        told.delete(id);
        if (watchers.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },

    async report(id, report) {
      const seenAt = now();
      const before = reports.get(id);
      const due = before === undefined || seenAt - before.writtenAt >= WRITTEN_EVERY_MS;
      reports.set(id, { ...report, seenAt, writtenAt: due ? seenAt : before.writtenAt });
      if (!due) return;
      const { frameAt: frame_at, version, lagMs: lag_ms } = report;
      await db.updateTable('screen').set({ seen_at: seenAt, frame_at, version, lag_ms }).where('id', '=', id).execute();
    },

    identify: (id) => change(id, { identify_until: now() + IDENTIFY_MS }),
    reload: (id) => change(id, { reload_asked_at: now() }),

    async move(by, id, board) {
      const moved = await db.transaction().execute(async (inside) => {
        const { numUpdatedRows } = await inside
          .updateTable('screen')
          .set((row) => ({ board, access_version: row('access_version', '+', 1) }))
          .where('id', '=', id)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await audit.write('screen-moved', { actor: by, about: `screen ${id} board ${board}` }, inside);
        return true;
      });
      // The screen hears of its new board before its old sockets are closed.
      await look();
      return moved;
    },

    revoke: (by, id) =>
      db.transaction().execute(async (inside) => {
        const { numDeletedRows } = await inside.deleteFrom('screen').where('id', '=', id).executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        reports.delete(id);
        await audit.write('screen-revoked', { actor: by, about: `screen ${id}` }, inside);
        return true;
      }),

    close() {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** A screen as it is stored when its digits were right. It has no token until it asks for one. */
export function newScreen(room: string, board: string, at: Instant): IdentityTables['screen'] {
  return {
    id: randomUUID(),
    room,
    board,
    token_hash: null,
    access_version: 1,
    paired_at: at,
    expires_at: at + SCREEN_LIVES_MS,
    identify_until: null,
    reload_asked_at: null,
    seen_at: null,
    frame_at: null,
    version: null,
    lag_ms: null
  };
}

type OwnRow = Pick<IdentityTables['screen'], 'id' | 'room' | 'board' | 'identify_until' | 'reload_asked_at'>;
const ownOf = (row: OwnRow): OwnScreen => ({
  id: row.id,
  room: row.room,
  board: row.board,
  identifyUntil: row.identify_until,
  reloadAskedAt: row.reload_asked_at
});
