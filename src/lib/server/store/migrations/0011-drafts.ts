import { type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** What is being written and not handed in. Texts are encrypted by a key that stands in no table. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  await db.schema
    .createTable('draft')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('person_id', 'text', (column) => column.notNull().references('person.id').onDelete('cascade'))
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('text_key', 'text', (column) => column.notNull())
    .addUniqueConstraint('draft_of_a_person', ['subject', 'person_id'])
    .modifyEnd(ending)
    .execute();
  await db.schema
    .createTable('draft_field')
    .addColumn('draft_id', 'text', (column) => column.notNull().references('draft.id').onDelete('cascade'))
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('value', 'text')
    .addColumn('rev', whole, (column) => column.notNull())
    .addColumn('last_client', 'text', (column) => column.notNull())
    .addColumn('saved_at', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('draft_field_key', ['draft_id', 'path'])
    .modifyEnd(ending)
    .execute();
  await db.schema
    .createTable('draft_client')
    .addColumn('draft_id', 'text', (column) => column.notNull().references('draft.id').onDelete('cascade'))
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('seq', whole, (column) => column.notNull())
    .addColumn('answer', 'text')
    .addColumn('seen_at', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('draft_client_key', ['draft_id', 'client_id'])
    .modifyEnd(ending)
    .execute();
  await db.schema
    .createTable('draft_conflict')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('draft_id', 'text', (column) => column.notNull().references('draft.id').onDelete('cascade'))
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('value', 'text')
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('saved_at', whole, (column) => column.notNull())
    .addUniqueConstraint('draft_conflict_of_a_client', ['draft_id', 'path', 'client_id'])
    .modifyEnd(ending)
    .execute();
}
