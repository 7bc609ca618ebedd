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

export interface ApiTokens {
  /** The token itself is returned once and stored nowhere. */
  create(wish: {
    name: string;
    scopes: readonly Scope[];
    days: number;
  }): Promise<{ id: string; token: string; expiresAt: number }>;
  revoke(id: string): Promise<void>;
  /** The integrator behind a token; null when it is mistyped, unknown, revoked or expired. */
  viewer(token: string): Promise<{ viewer: Viewer & { kind: 'integrator' }; expiresAt: number } | null>;
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
      await db.deleteFrom('api_token').where('id', '=', id).execute();
    },

    async viewer(token) {
      if (!looksLikeApiToken(token)) return null;
      const row = await db.selectFrom('api_token').selectAll().where('hash', '=', hashed(token)).executeTakeFirst();
      const now = Date.now();
      if (!row || row.expires_at <= now) return null;
      if (row.last_used_at === null || now - row.last_used_at >= LAST_USED_STEP_MS)
        await db.updateTable('api_token').set({ last_used_at: now }).where('id', '=', row.id).execute();
      const given = row.scopes.split(' ');
      const scopes = SCOPES.filter((scope) => given.includes(scope));
      return { viewer: { kind: 'integrator', tokenId: row.id, scopes }, expiresAt: row.expires_at };
    }
  };
}
