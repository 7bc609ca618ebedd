import { type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** How long what is kept, by whose decision; from when on the log tells nothing any more; and the first start's link. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const { schema } = db;

  await schema
    .createTable('retention_rule')
    .addColumn('kept', 'text', (column) => column.primaryKey().notNull())
    .addColumn('period', whole)
    .addColumn('decision', 'text', (column) => column.notNull())
    .addColumn('decided_on', 'text')
    .addColumn('changed_at', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  await schema
    .alterTable('log')
    .addColumn('cut_before', whole, (column) => column.notNull().defaultTo(0))
    .execute();

  await schema
    .createTable('first_start')
    .addColumn('id', whole, (column) => column.primaryKey().notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('expires_at', whole, (column) => column.notNull())
    .addColumn('used_at', whole)
    .modifyEnd(ending)
    .execute();
}
