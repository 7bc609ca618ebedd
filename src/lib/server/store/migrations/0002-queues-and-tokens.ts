import { sql, type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** The centre's queues with their settings, and the exchange of the PBX's names for tokens. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const schema = db.schema;

  await schema
    .createTable('unit')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('position', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('queue')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('pbx_name', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('short_name', 'text', (column) => column.notNull())
    .addColumn('unit_id', 'text', (column) => column.references('unit.id'))
    .addColumn('position', whole, (column) => column.notNull())
    .addColumn('wrap_up_ms', whole)
    .addColumn('shared_wrap_up', whole, (column) => column.notNull())
    .addColumn('waiting_limit', whole)
    .addColumn('seen_at', whole, (column) => column.notNull())
    .addColumn('gone_at', whole)
    .addUniqueConstraint('queue_per_pbx_name', ['source', 'pbx_name'])
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('queue_alias')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('pbx_name', 'text', (column) => column.notNull())
    .addColumn('queue_id', 'text', (column) => column.notNull().references('queue.id'))
    .addColumn('until_at', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('queue_alias_once', ['source', 'pbx_name'])
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('service_level')
    .addColumn('queue_id', 'text', (column) => column.notNull().references('queue.id'))
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('variant', 'text', (column) => column.notNull())
    .addColumn('target_ms', whole, (column) => column.notNull().check(sql`target_ms > 0`))
    .addColumn('short_abandon_ms', whole, (column) => column.notNull().check(sql`short_abandon_ms >= 0`))
    .addPrimaryKeyConstraint('service_level_from', ['queue_id', 'from_at'])
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('wrap_up_reason')
    .addColumn('queue_id', 'text', (column) => column.notNull().references('queue.id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('wrap_up_reason_once', ['queue_id', 'reason'])
    .modifyEnd(ending)
    .execute();

  await schema
    .createTable('agent_token')
    .addColumn('token', 'text', (column) => column.primaryKey().notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('until_at', whole, (column) => column.notNull())
    .addUniqueConstraint('agent_token_per_month', ['source', 'key', 'from_at'])
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('caller_token')
    .addColumn('token', 'text', (column) => column.primaryKey().notNull())
    .addColumn('hmac', 'text', (column) => column.notNull())
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('expires_at', whole, (column) => column.notNull())
    .addUniqueConstraint('caller_token_once', ['hmac', 'from_at'])
    .modifyEnd(ending)
    .execute();
}
