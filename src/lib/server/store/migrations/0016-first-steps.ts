import { type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** One row once administrators are no longer led through the first steps: all were taken, or somebody put them aside. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  await db.schema
    .createTable('first_steps')
    .addColumn('id', whole, (column) => column.primaryKey().notNull())
    .addColumn('ended_at', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
}
