import { DEFAULT_SERVICE_LEVEL, definitionAt } from '../../domain/statistics/service-level.ts';
import type { QueueId, SourceName } from '../../domain/telephony/event.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import type { ServiceLevelDefinition } from '../../domain/wallboard.ts';
import type { Register } from '../live/ports.ts';
import { agentTokens } from './agent-tokens.ts';
import { callerTokens } from './caller-tokens.ts';
import type { Database } from './database.ts';
import { seeQueue } from './queues.ts';
import { installSecret } from './secrets.ts';
import type { QueueTable } from './tables.ts';

export interface StoredRegister extends Register {
  /** Deletes the rows that say whose a token is: agents' 45 days after their month, callers' after eight days. */
  forgetTokens(now: Instant, keptMs?: { agents: number; callers: number }): Promise<void>;
  /** Reads again what another process (the command line) may have set. */
  refresh(): Promise<void>;
}

/**
 * Opens the register. What is asked for synchronously is served from memory, read at opening, after every change made
 * here and at `refresh`. Never call it from within `EventLog.append`'s `project`: on SQLite they share one connection.
 */
export async function openRegister(
  { kysely }: Database,
  { zone, now }: { zone: Zone; now: () => Instant }
): Promise<StoredRegister> {
  const agents = agentTokens(kysely, zone);
  const callers = callerTokens(kysely, await installSecret(kysely, 'caller-token'), now);
  let queues = new Map<QueueId, KnownQueue>();
  const ids = new Map<string, Promise<QueueId>>();

  async function readQueues(): Promise<void> {
    const rows = await kysely.selectFrom('queue').selectAll().orderBy('position').orderBy('id').execute();
    const units = await kysely.selectFrom('unit').selectAll().execute();
    const levels = await kysely.selectFrom('service_level').selectAll().orderBy('from_at').execute();
    const reasons = await kysely.selectFrom('wrap_up_reason').selectAll().execute();
    const unitById = new Map(units.map(({ id, name }) => [id, { id, name }]));
    const levelsByQueue = Map.groupBy(levels, (level) => level.queue_id);
    const reasonsByQueue = Map.groupBy(reasons, (reason) => reason.queue_id);
    queues = new Map(
      rows.map((row) => {
        const definitions = (levelsByQueue.get(row.id) ?? []).map((level) => ({
          variant: level.variant,
          targetMs: level.target_ms,
          shortAbandonMs: level.short_abandon_ms,
          from: level.from_at
        }));
        const known: KnownQueue = {
          row,
          unit: (row.unit_id && unitById.get(row.unit_id)) || null,
          definitions: definitions.length > 0 ? definitions : [DEFAULT_SERVICE_LEVEL],
          wrapUpReasons: new Set(reasonsByQueue.get(row.id)?.map(({ reason }) => reason))
        };
        return [row.id, known];
      })
    );
  }
  async function refresh(): Promise<void> {
    ids.clear();
    await Promise.all([readQueues(), agents.refresh()]);
  }
  await refresh();
  const ofPbx = (source: SourceName, pbxName: string) =>
    queues.values().find(({ row }) => row.source === source && row.pbx_name === pbxName);

  return {
    agentTokens: agents.tokens,
    agentKey: agents.key,
    callerToken: callers.token,
    async forgetTokens(now, keptMs) {
      await agents.forget(now, keptMs?.agents);
      await callers.forget(now, keptMs?.callers);
    },
    refresh,

    queueId(source, pbxName) {
      const name = `${source}\n${pbxName}`;
      let id = ids.get(name);
      if (!id) {
        id = seeQueue(kysely, source, pbxName, now(), zone).then(async (seen) => {
          if (!queues.has(seen)) await readQueues();
          return seen;
        });
        ids.set(name, id);
        // A database that was away for a moment must not be remembered as a queue that cannot be found.
        id.catch(() => ids.delete(name));
      }
      return id;
    },
    queuePbxName: (queue) => queues.get(queue)?.row.pbx_name,
    boardQueues: (at) =>
      [...queues.values()]
        .filter(({ row }) => row.gone_at === null)
        .map(({ row, unit, definitions }) => ({
          id: row.id,
          name: row.name,
          shortName: row.short_name,
          source: row.source,
          unit,
          serviceLevel: definitionAt(definitions, at),
          wrapUpMs: row.wrap_up_ms
        })),
    definitions: (queue) => queues.get(queue)?.definitions ?? [],
    wrapUpMs: (source, pbxName) => ofPbx(source, pbxName)?.row.wrap_up_ms ?? null,
    isWrapUpReason: (source, reason) =>
      queues.values().some(({ row, wrapUpReasons }) => row.source === source && wrapUpReasons.has(reason)),
    async queueSeen(queue, limit, at) {
      const row = queues.get(queue)?.row;
      if (row && row.waiting_limit === limit && row.gone_at === null) return;
      await kysely
        .updateTable('queue')
        .set({ waiting_limit: limit, gone_at: null, seen_at: at })
        .where('id', '=', queue)
        .execute();
      await readQueues();
    },
    async queueGone(queue, at) {
      await kysely.updateTable('queue').set({ gone_at: at }).where('id', '=', queue).execute();
      await readQueues();
    }
  };
}

interface KnownQueue {
  row: QueueTable;
  unit: { id: string; name: string } | null;
  /** Oldest first, never none. */
  definitions: ServiceLevelDefinition[];
  wrapUpReasons: ReadonlySet<string>;
}
