import { sql, type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/**
 * Recordings of calls and who has heard them. Their keys are elsewhere. No column says how much anybody talked or was
 * silent, and none refers to a slot or a person by a foreign key: what was heard stays told when they are gone.
 */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const { schema } = db;

  await schema
    .createTable('recording')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    // One stay of one call in one queue. What was deleted keeps its row, so that the same file does not bring it back.
    .addColumn('entry', 'text', (column) => column.notNull().unique())
    .addColumn('source_hash', 'text', (column) => column.notNull())
    .addColumn('file_id', 'text', (column) => column.notNull().unique())
    .addColumn('peaks_file_id', 'text', (column) => column.notNull().unique())
    .addColumn('format', 'text', (column) => column.notNull().check(sql`format in ('s16le-8000', 's16le-16000')`))
    .addColumn('channels', whole, (column) => column.notNull().check(sql`channels in (1, 2)`))
    .addColumn('duration_ms', whole, (column) => column.notNull().check(sql`duration_ms > 0`))
    .addColumn('size', whole, (column) => column.notNull())
    .addColumn('clock', 'text', (column) => column.notNull().check(sql`clock in ('running', 'bridged')`))
    .addColumn('starts_at', whole, (column) => column.notNull())
    .addColumn('received_at', whole, (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('ready', 'held', 'deleting', 'deleted')`)
    )
    .addColumn('deleted_why', 'text')
    .addColumn('deleted_at', whole)
    .modifyEnd(ending)
    .execute();

  // How many files came to what end on a day. No name, no call, no person.
  await schema
    .createTable('recording_import')
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('files', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('recording_import_key', ['day', 'outcome'])
    .modifyEnd(ending)
    .execute();
  // Files that were counted and left where they are: a hash of their size and time, never of a name.
  await schema
    .createTable('recording_left')
    .addColumn('fingerprint', 'text', (column) => column.primaryKey().notNull())
    .addColumn('seen_at', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  // No queue is recorded unless somebody decided it and callers are told so.
  await schema
    .createTable('recording_queue')
    .addColumn('queue_id', 'text', (column) => column.primaryKey().notNull().references('queue.id').onDelete('cascade'))
    .addColumn('decision', 'text', (column) => column.notNull().check(sql`length(decision) > 0`))
    .addColumn('caller_notice', 'text', (column) => column.notNull().check(sql`length(caller_notice) > 0`))
    .addColumn('allowed_at', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  // An entry whose caller said no: its recording does not come in, whenever it is found.
  await schema
    .createTable('recording_refused')
    .addColumn('entry', 'text', (column) => column.primaryKey().notNull())
    .modifyEnd(ending)
    .execute();

  // That somebody listened, and since when: not how long, which is nobody's business.
  await schema
    .createTable('listening')
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('slot', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('listening_key', ['person_id', 'slot', 'at'])
    .modifyEnd(ending)
    .execute();
  await schema.createIndex('listening_by_slot').on('listening').columns(['slot', 'at']).execute();
}
