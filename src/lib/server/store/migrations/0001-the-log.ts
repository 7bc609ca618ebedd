import { sql, type Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import { columnTypes } from './column-types.ts';

/** The log, what is folded from it, and whether all of it is demonstration or reality. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const schema = db.schema;

  await schema
    .createTable('stamp')
    .addColumn('id', whole, (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('demo', 'real')`))
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('secret')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .modifyEnd(ending)
    .execute();

  await schema
    .createTable('log')
    .addColumn('id', whole, (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addColumn('offset', whole, (column) => column.notNull())
    .addColumn('term', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  await sql`insert into log (id, epoch, "offset", term) values (1, ${randomUUID()}, 0, 0)`.execute(db);

  await schema
    .createTable('event')
    .addColumn('offset', whole, (column) => column.primaryKey())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('seen_at', whole, (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('source_key', 'text', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('quality', 'text', (column) => column.notNull())
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addUniqueConstraint('event_told_once', ['source', 'source_key'])
    .modifyEnd(ending)
    .execute();
  // Only refused calls, which are few and have no entry: a restart asks the log itself for today's.
  await sql`create index event_refused on event (at) where kind = 'CallRefused'`.execute(db);

  await schema
    .createTable('entry')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('call', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('queue', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('from_queue', 'text')
    .addColumn('adopted', whole, (column) => column.notNull())
    .addColumn('caller', 'text')
    .addColumn('offered_at', whole, (column) => column.notNull())
    .addColumn('offered_quality', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('answered_at', whole)
    .addColumn('answered_quality', 'text')
    .addColumn('agent', 'text')
    .addColumn('left_at', whole)
    .addColumn('why', 'text')
    .addColumn('pressed', 'text')
    .addColumn('held_since', whole)
    .addColumn('held_ms', whole, (column) => column.notNull())
    .addColumn('passed_on', 'text')
    .addColumn('passed_on_to', 'text')
    .addColumn('talk_ended_at', whole)
    .addColumn('ended_by', 'text')
    .addColumn('wrap_up_until', whole)
    .addColumn('revised_at', whole)
    .addColumn('last_at', whole, (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  // One index that no later event of a call touches: each index more is a page more to sync for every few events.
  await schema.createIndex('entry_by_offer').on('entry').column('offered_at').execute();
  // The few that something happened to more than a day after they were offered, so that a restart finds them too.
  await sql`create index entry_lasting on entry (last_at) where last_at - offered_at > 86400000`.execute(db);

  await schema
    .createTable('tally')
    .addColumn('queue', 'text', (column) => column.notNull())
    .addColumn('quarter_start', whole, (column) => column.notNull())
    .addColumn('tally', 'text', (column) => column.notNull())
    .addColumn('revised_at', whole)
    .addPrimaryKeyConstraint('tally_per_quarter', ['quarter_start', 'queue'])
    .modifyEnd(ending)
    .execute();

  await schema
    .createTable('projection')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('offset', whole, (column) => column.notNull())
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('state', 'text')
    .modifyEnd(ending)
    .execute();
}
