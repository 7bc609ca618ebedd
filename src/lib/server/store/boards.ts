import type { Kysely } from 'kysely';
import type { BoardDefinition, Sensitivity } from '../../domain/board.ts';
import type { Holidays, OpeningHours } from '../../domain/opening-hours.ts';
import type { QueueId } from '../../domain/telephony/event.ts';
import type { Instant } from '../../domain/time.ts';
import type { Database } from './database.ts';
import { renewRights } from './rights.ts';
import type { Tables } from './tables.ts';

/** What is decided about boards, asked for synchronously: from memory, read at opening, after changes and at `refresh`. */
export interface StoredBoards {
  definitions(): readonly BoardDefinition[];
  units(): readonly { id: string; name: string }[];
  hours(unit: string | null): OpeningHours | null;
  sensitivity(queue: QueueId): Sensitivity;
  holidays: Holidays;
  /** Reads again; true when something was another than before. */
  refresh(): Promise<boolean>;
  /**
   * Keeps a board, for whoever may look after all of them or those of these units: false when it is another's. With
   * `isNew` it is only made, and false also means that there is one already.
   */
  save(definition: BoardDefinition, isNew: boolean, mayEdit: readonly string[] | 'all', at: Instant): Promise<boolean>;
  /** A board of everything or of a unit is then as it is by itself; another is gone. False when it is another's. */
  remove(id: string, mayEdit: readonly string[] | 'all'): Promise<boolean>;
  setHours(unit: string | null, hours: OpeningHours | null, at: Instant): Promise<void>;
  setSensitivity(queue: QueueId, sensitivity: Sensitivity): Promise<void>;
}

/** The centre as a whole, beside the ids of units. */
const CENTRE = 'all';

export async function openBoards({ kysely }: Pick<Database, 'kysely'>, holidays: Holidays): Promise<StoredBoards> {
  let known = await read(kysely);
  let face = JSON.stringify(known);

  async function refresh(): Promise<boolean> {
    const next = await read(kysely);
    const nextFace = JSON.stringify(next);
    if (nextFace === face) return false;
    known = next;
    face = nextFace;
    return true;
  }

  return {
    holidays,
    definitions: () => known.definitions,
    units: () => known.units,
    hours: (unit) => known.hours[unit ?? CENTRE] ?? null,
    sensitivity: (queue) => known.sensitivities[queue] ?? 'ordinary',
    refresh,

    async save({ id, name, unit, parts, layout, thresholds }, isNew, mayEdit, at) {
      const columns = {
        name,
        unit_id: unit,
        definition: JSON.stringify({ parts, layout, thresholds }),
        changed_at: at
      };
      if (mayEdit !== 'all' && (unit === null || !mayEdit.includes(unit))) return false;
      const saved = await kysely.transaction().execute(async (inside) => {
        const present = await inside.selectFrom('board').select('unit_id').where('id', '=', id).executeTakeFirst();
        if (present === undefined) {
          await inside
            .insertInto('board')
            .values({ id, ...columns })
            .execute();
          await renewRights(inside, [unit]);
          return true;
        }
        if (isNew) return false;
        const { numUpdatedRows } = await owned(
          inside.updateTable('board').set(columns),
          id,
          mayEdit
        ).executeTakeFirstOrThrow();
        if (numUpdatedRows > 0n && present.unit_id !== unit) await renewRights(inside, [present.unit_id, unit]);
        return numUpdatedRows > 0n;
      });
      await refresh();
      return saved;
    },

    async remove(id, mayEdit) {
      const removed = await kysely.transaction().execute(async (inside) => {
        const gone = await owned(inside.deleteFrom('board'), id, mayEdit).returning('unit_id').executeTakeFirst();
        if (gone) await renewRights(inside, [gone.unit_id]);
        return gone !== undefined;
      });
      await refresh();
      return removed;
    },

    async setHours(unit, hours, at) {
      const scope = unit ?? CENTRE;
      if (hours === null) await kysely.deleteFrom('opening_hours').where('scope', '=', scope).execute();
      else {
        const columns = { hours: JSON.stringify(hours), changed_at: at };
        await kysely
          .insertInto('opening_hours')
          .values({ scope, ...columns })
          .onConflict((conflict) => conflict.column('scope').doUpdateSet(columns))
          .execute();
      }
      await refresh();
    },

    async setSensitivity(queue, sensitivity) {
      await kysely
        .insertInto('queue_sensitivity')
        .values({ queue_id: queue, sensitivity })
        .onConflict((conflict) => conflict.column('queue_id').doUpdateSet({ sensitivity }))
        .execute();
      await refresh();
    }
  };
}

/** The row rule: a board of these units only, whatever a resolver has thought. */
function owned<
  Query extends {
    where(column: 'id', is: '=', id: string): Query;
    where(column: 'unit_id', is: 'in', units: string[]): Query;
  }
>(query: Query, id: string, mayEdit: readonly string[] | 'all'): Query {
  const one = query.where('id', '=', id);
  return mayEdit === 'all' ? one : one.where('unit_id', 'in', [...mayEdit]);
}

interface Known {
  definitions: BoardDefinition[];
  units: { id: string; name: string }[];
  hours: Record<string, OpeningHours>;
  sensitivities: Record<string, Sensitivity>;
}

async function read(db: Kysely<Tables>): Promise<Known> {
  const boards = await db.selectFrom('board').selectAll().orderBy('name').orderBy('id').execute();
  const units = await db.selectFrom('unit').select(['id', 'name']).orderBy('position').orderBy('id').execute();
  const hours = await db.selectFrom('opening_hours').selectAll().execute();
  const sensitivities = await db.selectFrom('queue_sensitivity').selectAll().execute();
  return {
    definitions: boards.map(({ id, name, unit_id, definition }) => {
      const { parts, layout, thresholds } = JSON.parse(definition) as Omit<BoardDefinition, 'id' | 'name' | 'unit'>;
      return { id, name, unit: unit_id, parts, layout, thresholds };
    }),
    units,
    hours: Object.fromEntries(hours.map((row) => [row.scope, JSON.parse(row.hours) as OpeningHours])),
    sensitivities: Object.fromEntries(sensitivities.map((row) => [row.queue_id, row.sensitivity]))
  };
}
