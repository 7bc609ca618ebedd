import { sql, type Kysely } from 'kysely';
import { columnTypes, isPostgres } from './column-types.ts';

/** The audit log, invitations, and what is known of a session and of how a person signs in. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const { schema } = db;

  await schema
    .createTable('audit')
    .addColumn('position', whole, (column) => column.primaryKey().notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('about', 'text')
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  await schema.createIndex('audit_by_subject').on('audit').columns(['subject', 'position']).execute();
  await schema
    .createTable('audit_head')
    .addColumn('id', whole, (column) => column.primaryKey().notNull())
    .addColumn('position', whole, (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  await sql`insert into audit_head (id, position, hash) values (1, 0, '')`.execute(db);
  await forbidChanges(db);

  await schema
    .createTable('invitation')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('person_id', 'text', (column) => column.notNull().references('person.id').onDelete('cascade'))
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('created_at', whole, (column) => column.notNull())
    .addColumn('expires_at', whole, (column) => column.notNull())
    .addColumn('used_at', whole)
    .modifyEnd(ending)
    .execute();
  await schema.createIndex('invitation_by_person').on('invitation').column('person_id').execute();

  await schema.alterTable('person').addColumn('password_reset_at', whole).execute();
  await schema.alterTable('person').addColumn('password_reset_by', 'text').execute();
  await schema.alterTable('person').addColumn('directory_tenant', 'text').execute();
  await schema.alterTable('person').addColumn('directory_object', 'text').execute();
  await schema
    .createIndex('person_by_directory')
    .unique()
    .on('person')
    .columns(['directory_tenant', 'directory_object'])
    .execute();

  await schema.alterTable('session').addColumn('browser', 'text').execute();
  await schema
    .alterTable('session')
    .addColumn('proven_at', whole, (column) => column.notNull().defaultTo(0))
    .execute();
  await schema
    .alterTable('session')
    .addColumn('ends_at', whole, (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update session set ends_at = created_at + 604800000, proven_at = created_at`.execute(db);
}

/** The database itself refuses to change or remove a row: whoever wants to must be able to change the schema too. */
async function forbidChanges(db: Kysely<never>): Promise<void> {
  if (!isPostgres(db)) {
    for (const act of ['update', 'delete']) {
      const trigger = `create trigger audit_never_${act} before ${act} on audit
        begin select raise(abort, 'the audit log is only added to'); end`;
      await sql.raw(trigger).execute(db);
    }
    return;
  }
  await sql`create function audit_is_only_added_to() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is only added to'; end $$`.execute(db);
  await sql`create trigger audit_never_changed before update or delete or truncate on audit
    for each statement execute function audit_is_only_added_to()`.execute(db);
}
