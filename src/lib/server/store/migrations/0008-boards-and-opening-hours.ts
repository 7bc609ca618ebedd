import { type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** Boards that somebody has defined, when the telephones are open, and how readily a queue is called pressed. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  await db.schema
    .createTable('board')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text')
    .addColumn('unit_id', 'text', (column) => column.references('unit.id'))
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('changed_at', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  // `all` for the whole centre, or the id of a unit that has hours of its own.
  await db.schema
    .createTable('opening_hours')
    .addColumn('scope', 'text', (column) => column.primaryKey().notNull())
    .addColumn('hours', 'text', (column) => column.notNull())
    .addColumn('changed_at', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  await db.schema
    .createTable('queue_sensitivity')
    .addColumn('queue_id', 'text', (column) => column.primaryKey().notNull().references('queue.id').onDelete('cascade'))
    .addColumn('sensitivity', 'text', (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
}
