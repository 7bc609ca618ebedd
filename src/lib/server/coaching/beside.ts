import type { Kysely } from 'kysely';
import type { Instant } from '../../domain/time.ts';
import type { Tables } from '../store/tables.ts';

/** Nobody listens beside for longer: who forgot to say that it is over has said it by now. */
const BESIDE_MS_MOST = 4 * 3_600_000;

/** When the coach listened beside, for this slot; null when they never did. */
export async function besideSpan(
  db: Kysely<Tables>,
  slot: string,
  now: Instant
): Promise<{ from: Instant; to: Instant; running: boolean } | null> {
  const row = await db.selectFrom('beside').selectAll().where('slot', '=', slot).executeTakeFirst();
  if (!row) return null;
  const end = row.stopped_at ?? Math.min(now, row.started_at + BESIDE_MS_MOST);
  return { from: row.started_at, to: end, running: row.stopped_at === null && now < row.started_at + BESIDE_MS_MOST };
}

/** “Karin listens now”: said by the agent, on their own page, before the caller is told. */
export async function startBeside(db: Kysely<Tables>, slot: string, now: Instant): Promise<void> {
  await db
    .insertInto('beside')
    .values({ slot, started_at: now, stopped_at: null })
    .onConflict((conflict) => conflict.column('slot').doUpdateSet({ started_at: now, stopped_at: null }))
    .execute();
}

export async function stopBeside(db: Kysely<Tables>, slot: string, now: Instant): Promise<void> {
  await db
    .updateTable('beside')
    .set({ stopped_at: now })
    .where('slot', '=', slot)
    .where('stopped_at', 'is', null)
    .execute();
}
