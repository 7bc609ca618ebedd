import { type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** Screens on walls, and those that wait to become one. Neither holds anything about a person but who approved it. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  await db.schema
    .createTable('screen')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('board', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.unique())
    .addColumn('access_version', whole, (column) => column.notNull().defaultTo(1))
    .addColumn('paired_at', whole, (column) => column.notNull())
    .addColumn('expires_at', whole, (column) => column.notNull())
    .addColumn('identify_until', whole)
    .addColumn('reload_asked_at', whole)
    .addColumn('seen_at', whole)
    .addColumn('frame_at', whole)
    .addColumn('version', 'text')
    .addColumn('lag_ms', whole)
    .modifyEnd(ending)
    .execute();
  await db.schema
    .createTable('screen_pairing')
    .addColumn('device_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('code', 'text', (column) => column.notNull().unique())
    .addColumn('network', 'text', (column) => column.notNull())
    .addColumn('browser', 'text', (column) => column.notNull())
    .addColumn('began_at', whole, (column) => column.notNull())
    .addColumn('expires_at', whole, (column) => column.notNull())
    .addColumn('room', 'text')
    .addColumn('board', 'text')
    .addColumn('approver', 'text')
    .addColumn('digits', 'text')
    .addColumn('match_until', whole)
    .addColumn('screen_id', 'text', (column) => column.references('screen.id').onDelete('cascade'))
    .modifyEnd(ending)
    .execute();
  await db.schema
    .createIndex('screen_pairing_by_network')
    .on('screen_pairing')
    .columns(['network', 'expires_at'])
    .execute();
}
