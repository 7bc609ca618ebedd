import type { Kysely } from 'kysely';
import { DEFAULT_SERVICE_LEVEL } from '../../domain/statistics/service-level.ts';
import type { QueueId, SourceName } from '../../domain/telephony/event.ts';
import { dayStart, type Instant, type Zone } from '../../domain/time.ts';
import type { ServiceLevelDefinition } from '../../domain/wallboard.ts';
import { renewRights } from './rights.ts';
import type { QueueTable, Tables } from './tables.ts';

/** What an administrator may set of a queue at any time; what is left out stays as it is. */
export interface QueueSettings {
  name?: string;
  /** At most eleven letters. */
  shortName?: string;
  unit?: string | null;
  position?: number;
  wrapUpMs?: number | null;
  /** Whether wrap-up after a call from this queue also keeps the agent from the others. */
  sharedWrapUp?: boolean;
  /** Replaces all earlier ones. */
  wrapUpReasons?: string[];
}

/** A setting that would make the figures lie, told to the administrator. */
export class SettingRefused extends Error {
  override readonly name = 'SettingRefused';
}

/** By id, else by the PBX's name if only one exchange has it. Throws `SettingRefused` with the names there are. */
export async function findQueue(db: Kysely<Tables>, idOrPbxName: string): Promise<QueueTable> {
  const queues = await db.selectFrom('queue').selectAll().orderBy('position').execute();
  const named = queues.filter(({ pbx_name }) => pbx_name === idOrPbxName);
  const found = queues.find(({ id }) => id === idOrPbxName) ?? (named.length === 1 ? named[0] : undefined);
  if (found) return found;
  throw new SettingRefused(
    `There is no queue ${idOrPbxName}. ` +
      (queues.length > 0
        ? `These are known: ${queues.map(({ id }) => id).join(', ')}.`
        : 'None is known yet: they appear when the PBX has told of them, or after an import.')
  );
}

/**
 * The id of a queue by the PBX's name, made when it is seen the first time: the PBX's name itself, and `name@source` if
 * a second exchange has a queue of that name too. An old name that an administrator has tied to a queue leads to it.
 */
export async function seeQueue(
  db: Kysely<Tables>,
  source: SourceName,
  pbxName: string,
  now: Instant,
  zone: Zone
): Promise<QueueId> {
  const known = await queueByPbxName(db, source, pbxName);
  if (known !== undefined) return known;
  for (let id = pbxName; ; id = `${id}@${source}`) {
    const { last } = await db
      .selectFrom('queue')
      .select(({ fn }) => fn.max('position').as('last'))
      .executeTakeFirstOrThrow();
    // Somebody may see the same queue at the same moment, or another exchange may have the id: then nothing is done.
    await db
      .insertInto('queue')
      .values({
        id,
        source,
        pbx_name: pbxName,
        name: pbxName,
        short_name: shortened(pbxName),
        unit_id: null,
        position: (last ?? 0) + 1,
        wrap_up_ms: null,
        shared_wrap_up: 0,
        waiting_limit: null,
        seen_at: now,
        gone_at: null
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const made = await queueByPbxName(db, source, pbxName);
    if (made === undefined) continue;
    // Written down at once, because a definition that only came later would seem to have held before it was made.
    await writeServiceLevel(db, made, { ...DEFAULT_SERVICE_LEVEL, from: dayStart(now, zone) }, 'keep');
    return made;
  }
}

export async function queueByPbxName(
  db: Kysely<Tables>,
  source: SourceName,
  pbxName: string
): Promise<QueueId | undefined> {
  const present = await db
    .selectFrom('queue')
    .select('id')
    .where('source', '=', source)
    .where('pbx_name', '=', pbxName)
    .executeTakeFirst();
  if (present) return present.id;
  const former = await db
    .selectFrom('queue_alias')
    .select('queue_id')
    .where('source', '=', source)
    .where('pbx_name', '=', pbxName)
    .executeTakeFirst();
  return former?.queue_id;
}

export async function setUnit(db: Kysely<Tables>, unit: { id: string; name: string; position: number }): Promise<void> {
  await db
    .insertInto('unit')
    .values(unit)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name: unit.name, position: unit.position }))
    .execute();
}

export async function setQueue(db: Kysely<Tables>, id: QueueId, settings: QueueSettings): Promise<void> {
  const { name, shortName, unit, position, wrapUpMs, sharedWrapUp, wrapUpReasons } = settings;
  const columns = {
    ...(name === undefined ? {} : { name, short_name: shortened(name) }),
    ...(shortName === undefined ? {} : { short_name: shortened(shortName) }),
    ...(unit === undefined ? {} : { unit_id: unit }),
    ...(position === undefined ? {} : { position }),
    ...(wrapUpMs === undefined ? {} : { wrap_up_ms: wrapUpMs }),
    ...(sharedWrapUp === undefined ? {} : { shared_wrap_up: sharedWrapUp ? (1 as const) : (0 as const) })
  };
  await db.transaction().execute(async (transaction) => {
    const before = await transaction.selectFrom('queue').select('unit_id').where('id', '=', id).executeTakeFirst();
    if (before && unit !== undefined && unit !== before.unit_id) await renewRights(transaction, [before.unit_id, unit]);
    if (Object.keys(columns).length > 0) {
      await transaction.updateTable('queue').set(columns).where('id', '=', id).execute();
    }
    if (wrapUpReasons === undefined) return;
    await transaction.deleteFrom('wrap_up_reason').where('queue_id', '=', id).execute();
    for (const reason of new Set(wrapUpReasons)) {
      await transaction.insertInto('wrap_up_reason').values({ queue_id: id, reason }).execute();
    }
  });
}

/**
 * Says how the service level of a queue is counted from a day on. Throws `SettingRefused` when that day is not a
 * midnight, or when calls have already been counted on or after it: a changed definition never rewrites history.
 */
export async function setServiceLevel(
  db: Kysely<Tables>,
  id: QueueId,
  definition: ServiceLevelDefinition,
  zone: Zone
): Promise<void> {
  const { from } = definition;
  if (dayStart(from, zone) !== from) {
    throw new SettingRefused('A definition holds for whole days: let it begin at a midnight of the centre.');
  }
  const counted = await db
    .selectFrom('entry')
    .select('id')
    .where('queue', '=', id)
    .where('offered_at', '>=', from)
    .limit(1)
    .executeTakeFirst();
  if (counted) {
    throw new SettingRefused(
      `Calls to ${id} have already been counted on or after that day, by the definition that held. ` +
        'Figures that have been shown are never rewritten. Let the new definition begin on a later day.'
    );
  }
  await writeServiceLevel(db, id, definition, 'replace');
}

/**
 * Tells that the PBX has given a queue a new name. The queue keeps its id and its history, and the old name still leads
 * to it. Throws `SettingRefused` when calls have already come to the new name as to a queue of its own.
 */
export async function renameQueue(db: Kysely<Tables>, id: QueueId, pbxName: string, at: Instant): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { source, pbx_name: old } = await transaction
      .selectFrom('queue')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (old === pbxName) return;
    const taken = await queueByPbxName(transaction, source, pbxName);
    if (taken !== undefined && taken !== id) {
      const entry = await transaction.selectFrom('entry').select('id').where('queue', '=', taken).executeTakeFirst();
      if (entry) {
        throw new SettingRefused(
          `Calls have already come to ${pbxName} as a queue of its own (${taken}). ` +
            'Two histories cannot be made one afterwards. Rename it in the PBX again, or keep both.'
        );
      }
      for (const table of ['service_level', 'wrap_up_reason', 'queue_alias'] as const) {
        await transaction.deleteFrom(table).where('queue_id', '=', taken).execute();
      }
      await transaction.deleteFrom('queue').where('id', '=', taken).execute();
    }
    await transaction
      .deleteFrom('queue_alias')
      .where('source', '=', source)
      .where('pbx_name', 'in', [old, pbxName])
      .execute();
    await transaction.insertInto('queue_alias').values({ source, pbx_name: old, queue_id: id, until_at: at }).execute();
    await transaction.updateTable('queue').set({ pbx_name: pbxName }).where('id', '=', id).execute();
  });
}

async function writeServiceLevel(
  db: Kysely<Tables>,
  id: QueueId,
  { from, variant, targetMs, shortAbandonMs }: ServiceLevelDefinition,
  whenThere: 'keep' | 'replace'
): Promise<void> {
  const values = { variant, target_ms: targetMs, short_abandon_ms: shortAbandonMs };
  await db
    .insertInto('service_level')
    .values({ queue_id: id, from_at: from, ...values })
    .onConflict((conflict) => {
      const same = conflict.columns(['queue_id', 'from_at']);
      return whenThere === 'keep' ? same.doNothing() : same.doUpdateSet(values);
    })
    .execute();
}

/** Eleven letters have room under a figure on the wall; letters as people count them, not code units. */
function shortened(name: string): string {
  return [...name].slice(0, 11).join('');
}
