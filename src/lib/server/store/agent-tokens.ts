import type { Kysely } from 'kysely';
import { randomBytes } from 'node:crypto';
import type { AgentToken, SourceName } from '../../domain/telephony/event.ts';
import { periodOf, type Instant, type Zone } from '../../domain/time.ts';
import type { AgentTokenTable, Tables } from './tables.ts';

/**
 * Who an agent is in the log: a random token, new each month of the centre's calendar, so that the log is no diary of
 * anybody's work. The row that says whose it is goes `KEPT_MS` after its month; then the token is nobody.
 */
export interface AgentTokens {
  tokens(source: SourceName, keys: string[], at: Instant): Promise<Map<string, AgentToken>>;
  key(token: AgentToken): { source: SourceName; key: string } | undefined;
  forget(now: Instant, keptMs?: number): Promise<void>;
  refresh(): Promise<void>;
}

const KEPT_MS = 45 * 86_400_000;

export function agentTokens(db: Kysely<Tables>, zone: Zone): AgentTokens {
  let byMonth = new Map<string, AgentToken>();
  let byToken = new Map<AgentToken, { source: SourceName; key: string }>();
  const monthSlot = (source: SourceName, key: string, from: Instant) => `${from}\n${source}\n${key}`;
  const remember = ({ token, source, key, from_at }: AgentTokenTable) => {
    byMonth.set(monthSlot(source, key, from_at), token);
    byToken.set(token, { source, key });
  };

  async function make(source: SourceName, keys: string[], from: Instant, until: Instant): Promise<void> {
    const rows = keys.map((key) => ({ token: newToken(), source, key, from_at: from, until_at: until }));
    // Another node may have made the same one meanwhile: whichever came first holds for both.
    await db
      .insertInto('agent_token')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['source', 'key', 'from_at']).doNothing())
      .execute();
    const made = await db
      .selectFrom('agent_token')
      .selectAll()
      .where('source', '=', source)
      .where('from_at', '=', from)
      .where('key', 'in', keys)
      .execute();
    made.forEach(remember);
  }

  const self: AgentTokens = {
    async tokens(source, keys, at) {
      const { startsAt, endsAt } = periodOf(at, 'MONTH', zone);
      const missing = [...new Set(keys)].filter((key) => !byMonth.has(monthSlot(source, key, startsAt)));
      if (missing.length > 0) await make(source, missing, startsAt, endsAt);
      return new Map(keys.map((key) => [key, byMonth.get(monthSlot(source, key, startsAt))!]));
    },
    key: (token) => byToken.get(token),
    async forget(now, keptMs = KEPT_MS) {
      await db
        .deleteFrom('agent_token')
        .where('until_at', '<=', now - keptMs)
        .execute();
      await self.refresh();
    },
    async refresh() {
      const rows = await db.selectFrom('agent_token').selectAll().execute();
      byMonth = new Map();
      byToken = new Map();
      rows.forEach(remember);
    }
  };
  return self;
}

const TOKEN_BYTES = 16;
const pool = { bytes: Buffer.alloc(0), next: 0 };

/** 128 random bits: nothing about the key or the month can be told from it. */
export function newToken(): string {
  // An import of a year needs hundreds of thousands, and asking the system for each takes longer than all else of it.
  if (pool.next === pool.bytes.length) Object.assign(pool, { bytes: randomBytes(256 * TOKEN_BYTES), next: 0 });
  const from = pool.next;
  pool.next += TOKEN_BYTES;
  return pool.bytes.toString('base64url', from, pool.next);
}
