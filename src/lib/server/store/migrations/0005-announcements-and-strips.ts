import { sql, type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** What leaders say on the boards, whose telephone is whose, and how each agent wants the strip at home. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const schema = db.schema;

  await schema
    .createTable('announcement')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('text', 'text', (column) => column.notNull().check(sql`length(text) between 1 and 400`))
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('until_at', whole, (column) => column.notNull())
    .addColumn('posted_at', whole, (column) => column.notNull())
    .addColumn('posted_by', 'text', (column) => column.references('person.id').onDelete('set null'))
    .addColumn('replaces', 'text', (column) => column.references('announcement.id'))
    .addColumn('taken_down_at', whole)
    .addCheckConstraint('announcement_lasts', sql`until_at > from_at`)
    .modifyEnd(ending)
    .execute();
  await schema.createIndex('announcement_by_end').on('announcement').column('until_at').execute();
  await schema
    .createTable('announcement_board')
    .addColumn('announcement_id', 'text', (column) => column.notNull().references('announcement.id'))
    .addColumn('board', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('announcement_board_once', ['announcement_id', 'board'])
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('announcement_queue')
    .addColumn('announcement_id', 'text', (column) => column.notNull().references('announcement.id'))
    .addColumn('queue_id', 'text', (column) => column.notNull().references('queue.id'))
    .addPrimaryKeyConstraint('announcement_queue_once', ['announcement_id', 'queue_id'])
    .modifyEnd(ending)
    .execute();

  await schema
    .createTable('person_agent')
    .addColumn('person_id', 'text', (column) => column.notNull().references('person.id').onDelete('cascade'))
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('agent_key', 'text', (column) => column.notNull())
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('until_at', whole)
    .addPrimaryKeyConstraint('person_agent_from', ['source', 'agent_key', 'from_at'])
    .modifyEnd(ending)
    .execute();
  // One telephone is one person's at a time, whatever two administrators press in the same second.
  await schema
    .createIndex('person_agent_present')
    .on('person_agent')
    .columns(['source', 'agent_key'])
    .unique()
    .where(sql.ref('until_at'), 'is', null)
    .execute();

  await schema
    .createTable('person_strip')
    .addColumn('person_id', 'text', (column) =>
      column.primaryKey().notNull().references('person.id').onDelete('cascade')
    )
    .addColumn('figures', whole, (column) => column.notNull())
    .addColumn('alerts', whole, (column) => column.notNull())
    .addColumn('sound', whole, (column) => column.notNull())
    .addColumn('quiet_from', 'text', (column) => column.notNull())
    .addColumn('quiet_until', 'text', (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
}
