import type { Kysely } from 'kysely';
import type { Sensitivity } from '../../domain/board.ts';
import type { QueueId } from '../../domain/telephony/event.ts';
import type { Instant } from '../../domain/time.ts';
import type { ServiceLevelDefinition } from '../../domain/wallboard.ts';
import type { Tables } from './tables.ts';

/** A queue with everything that is decided about it, also when its PBX no longer has it. */
export interface KeptQueueRow {
  id: QueueId;
  pbxName: string;
  source: string;
  name: string;
  shortName: string;
  unit: string | null;
  wrapUpMs: number | null;
  sensitivity: Sensitivity;
  goneAt: Instant | null;
  serviceLevels: ServiceLevelDefinition[];
}

export async function keptQueues(db: Kysely<Tables>): Promise<KeptQueueRow[]> {
  const rows = await db
    .selectFrom('queue')
    .leftJoin('queue_sensitivity', 'queue_sensitivity.queue_id', 'queue.id')
    .selectAll('queue')
    .select('queue_sensitivity.sensitivity')
    .orderBy('queue.position')
    .orderBy('queue.id')
    .execute();
  const levels = await db.selectFrom('service_level').selectAll().orderBy('from_at').execute();
  const levelsByQueue = Map.groupBy(levels, (level) => level.queue_id);
  return rows.map((row) => ({
    id: row.id,
    pbxName: row.pbx_name,
    source: row.source,
    name: row.name,
    shortName: row.short_name,
    unit: row.unit_id,
    wrapUpMs: row.wrap_up_ms,
    sensitivity: row.sensitivity ?? 'ordinary',
    goneAt: row.gone_at,
    serviceLevels: (levelsByQueue.get(row.id) ?? []).map((level) => ({
      variant: level.variant,
      targetMs: level.target_ms,
      shortAbandonMs: level.short_abandon_ms,
      from: level.from_at
    }))
  }));
}

export async function orderUnits(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  await db.transaction().execute(async (inside) => {
    for (const [position, id] of ids.entries()) {
      await inside.updateTable('unit').set({ position }).where('id', '=', id).execute();
    }
  });
}
