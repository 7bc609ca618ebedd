import {
  RETENTION_CLASSES,
  retentionRefusal,
  type Kept,
  type RetentionRefusal,
  type RetentionRule,
  type RetentionWish
} from '../../domain/retention.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import type { Database } from './database.ts';
import { cutLog, monthsBefore } from './log-cut.ts';

const DAY_MS = 86_400_000;

export interface Retention {
  /** Every class with the period that holds, in the domain's order. */
  rules(): Promise<RetentionRule[]>;
  /** Null when it was done. What is older goes at the next `apply`, and does not come back if the period grows again. */
  set(wish: RetentionWish, now: Instant): Promise<RetentionRefusal | null>;
  /** Throws away what is older than the rules say. Returns how many events and announcements went. */
  apply(now: Instant): Promise<{ events: number; announcements: number }>;
}

interface Parts {
  zone: Zone;
  /** The register keeps tokens in memory too, so it forgets them itself. */
  forgetTokens(now: Instant, keptMs: { agents: number; callers: number }): Promise<void>;
}

export function openRetention(database: Database, { zone, forgetTokens }: Parts): Retention {
  const { kysely } = database;

  async function rules(): Promise<RetentionRule[]> {
    const rows = await kysely.selectFrom('retention_rule').selectAll().execute();
    return RETENTION_CLASSES.map((known) => {
      const row = rows.find(({ kept }) => kept === known.kept);
      return {
        ...known,
        // A choice that this version no longer offers is not followed.
        period: known.choice !== null && row ? (row.period ?? known.period) : known.period,
        decision: row?.decision ?? '',
        decidedOn: row?.decided_on ?? null,
        changedAt: row?.changed_at ?? null
      };
    });
  }

  async function announcementsBefore(before: Instant): Promise<number> {
    return kysely.transaction().execute(async (inside) => {
      const old = inside.selectFrom('announcement').select('id').where('until_at', '<', before);
      await inside.updateTable('announcement').set({ replaces: null }).where('replaces', 'in', old).execute();
      await inside.deleteFrom('announcement_board').where('announcement_id', 'in', old).execute();
      await inside.deleteFrom('announcement_queue').where('announcement_id', 'in', old).execute();
      const gone = await inside.deleteFrom('announcement').where('until_at', '<', before).executeTakeFirst();
      return Number(gone.numDeletedRows);
    });
  }

  return {
    rules,
    async set(wish, now) {
      const refused = retentionRefusal(wish);
      if (refused) return refused;
      const { kept, period, decision, decidedOn } = wish;
      const row = { period, decision: decision.trim(), decided_on: decidedOn, changed_at: now };
      await kysely
        .insertInto('retention_rule')
        .values({ kept, ...row })
        .onConflict((conflict) => conflict.column('kept').doUpdateSet(row))
        .execute();
      return null;
    },
    async apply(now) {
      const present = await rules();
      const period = (kept: Kept) => present.find((rule) => rule.kept === kept)!.period!;
      await forgetTokens(now, { agents: period('agent-tokens') * DAY_MS, callers: period('caller-tokens') * DAY_MS });
      return {
        announcements: await announcementsBefore(monthsBefore(now, period('announcements'), zone)),
        events: await cutLog(database, monthsBefore(now, period('log'), zone))
      };
    }
  };
}
