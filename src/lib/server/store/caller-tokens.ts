import type { Kysely } from 'kysely';
import { createHmac, createSecretKey } from 'node:crypto';
import type { SourceName } from '../../domain/telephony/event.ts';
import type { Instant } from '../../domain/time.ts';
import { newToken } from './agent-tokens.ts';
import type { CallerTokenTable, Tables } from './tables.ts';

/**
 * Who a caller is in the log: a random token, the same for eight days from the number's first call, so that a call
 * within seven days can be told to be the same person's. No number is stored, and no hash that a list of all numbers
 * could be tried against without this installation's secret. When the row is gone the token links nothing.
 */
export interface CallerTokens {
  token(source: SourceName, number: string, at: Instant): Promise<string>;
  /** Deletes what is eight days old, or `keptMs` when that is less. */
  forget(now: Instant, keptMs?: number): Promise<void>;
}

const LIFE_MS = 8 * 86_400_000;
/** An import of a year has hundreds of thousands of callers, each needed for eight days of it only. */
const PAST_CALLERS_MOST = 50_000;

/** A statement has room for some thirty thousand values. */
const TOGETHER_MOST = 5_000;

interface Wanted {
  hmac: string;
  at: Instant;
  resolve(token: string): void;
  reject(error: unknown): void;
}
type Lives = Map<string, CallerTokenTable[]>;

export function callerTokens(db: Kysely<Tables>, secret: Buffer, now: () => Instant): CallerTokens {
  // Lives that were over before we heard of them (imports, old demonstration days) are never written down.
  const past: Lives = new Map();
  // Made once: out of the bare bytes, every single HMAC would make it anew, at six times its own cost.
  const key = createSecretKey(secret);
  const waiting: Wanted[] = [];
  let running = false;

  /** All who ask while the disk is busy share the next write: a burst of calls costs one, not one each. */
  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, TOGETHER_MOST);
      try {
        const tokens = await tokensOf(batch);
        batch.forEach(({ resolve }, i) => resolve(tokens[i]!));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = false;
  }

  async function tokensOf(batch: Wanted[]): Promise<string[]> {
    const isOver = ({ at }: Wanted) => at + LIFE_MS <= now();
    const current = [...new Set(batch.filter((wanted) => !isOver(wanted)).map(({ hmac }) => hmac))];
    const stored: Lives = new Map();
    if (current.length > 0) {
      const rows = await db.selectFrom('caller_token').selectAll().where('hmac', 'in', current).execute();
      for (const row of rows) addLife(stored, row);
    }
    const fresh: CallerTokenTable[] = [];
    const tokens = batch.map((wanted) => {
      const { hmac, at } = wanted;
      const lives = isOver(wanted) ? past : stored;
      const life = lives.get(hmac)?.findLast(({ from_at, expires_at }) => from_at <= at && at < expires_at);
      if (life) return life.token;
      const begun = { hmac, token: newToken(), from_at: at, expires_at: at + LIFE_MS };
      addLife(lives, begun);
      if (lives === stored) fresh.push(begun);
      return begun.token;
    });
    if (fresh.length > 0) {
      await db
        .insertInto('caller_token')
        .values(fresh)
        .onConflict((conflict) => conflict.columns(['hmac', 'from_at']).doNothing())
        .execute();
    }
    for (const hmac of past.keys()) {
      if (past.size <= PAST_CALLERS_MOST) break;
      past.delete(hmac);
    }
    return tokens;
  }

  return {
    token(source, number, at) {
      const hmac = createHmac('sha256', key).update(`${source}\n${number}`).digest('base64url');
      return new Promise((resolve, reject) => {
        waiting.push({ hmac, at, resolve, reject });
        if (!running) void run();
      });
    },
    async forget(now, keptMs = LIFE_MS) {
      const over = db.deleteFrom('caller_token');
      await over.where('expires_at', '<=', now).execute();
      if (keptMs < LIFE_MS) await over.where('from_at', '<=', now - keptMs).execute();
    }
  };
}

function addLife(lives: Lives, life: CallerTokenTable): void {
  lives.set(
    life.hmac,
    [...(lives.get(life.hmac) ?? []), life].sort((a, b) => a.from_at - b.from_at)
  );
}
