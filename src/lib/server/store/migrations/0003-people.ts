import { type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** People and what they may do, their sessions, and the tokens of other systems. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const schema = db.schema;

  await schema
    .createTable('person')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('created_at', whole, (column) => column.notNull())
    .addColumn('disabled_at', whole)
    .addColumn('access_version', whole, (column) => column.notNull().defaultTo(1))
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('person_role')
    .addColumn('person_id', 'text', (column) => column.notNull().references('person.id').onDelete('cascade'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('person_role_once', ['person_id', 'role'])
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('session')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('person_id', 'text', (column) => column.notNull().references('person.id').onDelete('cascade'))
    .addColumn('created_at', whole, (column) => column.notNull())
    .addColumn('expires_at', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  await schema.createIndex('session_by_person').on('session').column('person_id').execute();
  await schema
    .createTable('api_token')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('created_at', whole, (column) => column.notNull())
    .addColumn('expires_at', whole, (column) => column.notNull())
    .addColumn('last_used_at', whole)
    .modifyEnd(ending)
    .execute();
}
