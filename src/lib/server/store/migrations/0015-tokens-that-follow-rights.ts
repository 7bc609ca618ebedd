import { type Kysely, sql } from 'kysely';
import { columnTypes } from './column-types.ts';

/** A session's token is made anew when the person's rights are others than it was made for. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole } = columnTypes(db);
  const { schema } = db;
  await schema
    .alterTable('session')
    .addColumn('rights_version', whole, (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('session').addColumn('succeeded_by', 'text').execute();
  await sql`update session set rights_version = (select access_version from person where person.id = person_id)`.execute(
    db
  );
}
