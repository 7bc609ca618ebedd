import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { SCOPES, type Scope, type Viewer } from '../../domain/access.ts';
import { hashed, looksLikeApiToken, newApiToken } from './secrets.ts';
import type { IdentityTables } from './tables.ts';

export const DAY_MS = 86_400_000;
/** A token that nobody renews must end by itself, within reach of a yearly round of looking. */
export const EXPIRY_DAYS_MOST = 400;
/** "Last used" to the minute is what an administrator needs; a write per request is what the disk does not need. */
const LAST_USED_STEP_MS = 60_000;

export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

export interface ApiTokenRow {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: number;
  expiresAt: number;
  lastUsedAt: number | null;
}

export interface ApiTokens {
  /** The token itself is returned once and stored nowhere. */
  create(wish: {
    name: string;
    scopes: readonly Scope[];
    days: number;
  }): Promise<{ id: string; token: string; expiresAt: number }>;
  /** False when there was none. */
  revoke(id: string): Promise<boolean>;
  /** By name; those that have ended too, until somebody revokes them. */
  list(): Promise<ApiTokenRow[]>;
  /** The integrator behind a token; null when it is mistyped, unknown, revoked or expired. */
  viewer(token: string): Promise<{ viewer: Viewer & { kind: 'integrator' }; expiresAt: number } | null>;
}

/** A scope that this version does not know gives no right. */
function scopesOf(kept: string): Scope[] {
  const given = kept.split(' ');
  return SCOPES.filter((scope) => given.includes(scope));
}

export function createApiTokens(db: Kysely<IdentityTables>): ApiTokens {
  return {
    async create({ name, scopes, days }) {
      if (!name.trim()) throw new TokenRefused('A token needs a name, so that one knows what stops when it is revoked');
      if (scopes.length === 0) throw new TokenRefused(`A token needs a scope: ${SCOPES.join(', ')}`);
      if (!(days > 0 && days <= EXPIRY_DAYS_MOST))
        throw new TokenRefused(`A token lives at least a day and at most ${EXPIRY_DAYS_MOST}`);
      const [id, token, now] = [randomUUID(), newApiToken(), Date.now()];
      const expiresAt = now + days * DAY_MS;
      await db
        .insertInto('api_token')
        .values({
          id,
          name: name.trim(),
          hash: hashed(token),
          scopes: scopes.join(' '),
          created_at: now,
          expires_at: expiresAt,
          last_used_at: null
        })
        .execute();
      return { id, token, expiresAt };
    },

    async revoke(id) {
      const { numDeletedRows } = await db.deleteFrom('api_token').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async list() {
      const rows = await db.selectFrom('api_token').selectAll().orderBy('name').orderBy('created_at').execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        scopes: scopesOf(row.scopes),
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at
      }));
    },

    async viewer(token) {
      if (!looksLikeApiToken(token)) return null;
      const row = await db.selectFrom('api_token').selectAll().where('hash', '=', hashed(token)).executeTakeFirst();
      const now = Date.now();
      if (!row || row.expires_at <= now) return null;
      if (row.last_used_at === null || now - row.last_used_at >= LAST_USED_STEP_MS)
        await db.updateTable('api_token').set({ last_used_at: now }).where('id', '=', row.id).execute();
      return {
        viewer: { kind: 'integrator', tokenId: row.id, scopes: scopesOf(row.scopes) },
        expiresAt: row.expires_at
      };
    }
  };
}
