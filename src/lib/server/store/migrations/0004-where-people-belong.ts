import { type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** Which units a person belongs to: whose board and queues are their own. */
export async function up(db: Kysely<never>): Promise<void> {
  const { ending } = columnTypes(db);
  await db.schema
    .createTable('person_unit')
    .addColumn('person_id', 'text', (column) => column.notNull().references('person.id').onDelete('cascade'))
    .addColumn('unit_id', 'text', (column) => column.notNull().references('unit.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('person_unit_once', ['person_id', 'unit_id'])
    .modifyEnd(ending)
    .execute();
}
