import { recordingWishRefusal, type RecordingWish, type RecordingWishRefusal } from '../domain/recording-wish.ts';
import { calendarDay, type Instant, type Zone } from '../domain/time.ts';
import type { Config } from './config.ts';
import type { RecordingKeeping } from './graphql/recordings.ts';
import type { Actor, Audit } from './identity/audit.ts';
import { openRecordingPool, type StoredRecordingPool } from './store/coaching/recording-pool.ts';
import type { Database } from './store/database.ts';

interface Deciding {
  pool: Pick<StoredRecordingPool, 'allow' | 'disallow'>;
  audit: Pick<Audit, 'write'>;
}

/** Lets a queue be recorded, from the page as from the command line. */
export async function allowRecording(
  { pool, audit }: Deciding,
  actor: Actor,
  wish: RecordingWish,
  now: Instant
): Promise<RecordingWishRefusal | null> {
  const refusal = recordingWishRefusal(wish);
  if (refusal !== null) return refusal;
  const { queue, decision, callerNotice } = wish;
  const told = { decision: decision.trim(), callerNotice: callerNotice.trim(), now };
  if (!(await pool.allow(queue, told))) return 'unknown';
  await audit.write('queue-changed', { actor, about: queue });
  return null;
}

/** False when it was not allowed. */
export async function forbidRecording({ pool, audit }: Deciding, actor: Actor, queue: string): Promise<boolean> {
  if (!(await pool.disallow(queue))) return false;
  await audit.write('queue-changed', { actor, about: queue });
  return true;
}

const SHOWN_MS = 30 * 86_400_000;

/** What whoever looks after the machine sees of recordings: counts and decisions. */
export function recordingKeeping(
  { recordings }: Pick<Config, 'recordings'>,
  { database, audit, zone, now }: { database: Database; audit: Pick<Audit, 'write'>; zone: Zone; now(): Instant }
): RecordingKeeping {
  const pool = openRecordingPool(database, zone);
  return {
    async read() {
      const counted = new Map<string, number>();
      for (const { outcome, files } of await pool.counts(dayOf(now() - SHOWN_MS, zone)))
        counted.set(outcome, (counted.get(outcome) ?? 0) + files);
      const allowed = new Map((await pool.allowed()).map((each) => [each.queue, each]));
      const queues = await database.kysely
        .selectFrom('queue')
        .select(['id', 'name', 'pbx_name', 'gone_at'])
        .orderBy('position')
        .orderBy('id')
        .execute();
      return {
        watched: recordings.folder !== null,
        leftInFolder: recordings.folder !== null && recordings.afterImport === 'keep',
        ...(await pool.shelved()),
        files: [...counted].map(([outcome, files]) => ({ outcome, files })).sort((a, b) => b.files - a.files),
        queues: queues
          // One that the exchange has no longer stays here while it is allowed, or nobody could take that back.
          .filter(({ id, gone_at }) => gone_at === null || allowed.has(id))
          .map(({ id, name, pbx_name }) => {
            const { decision = null, callerNotice = null, allowedAt = null } = allowed.get(id) ?? {};
            return { id, name: name ?? pbx_name, decision, callerNotice, allowedAt };
          })
      };
    },
    allow: (me, wish) => allowRecording({ pool, audit }, me, wish, now()),
    forbid: (me, queue) => forbidRecording({ pool, audit }, me, queue)
  };
}

function dayOf(at: Instant, zone: Zone): string {
  const { year, month, day } = calendarDay(at, zone);
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
}
