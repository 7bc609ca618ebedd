import { sql, type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/** What the two say to each other in a participation: reflection, goal, talk, last word, record and the private list. */
export async function conversationTables(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const { schema } = db;
  const ofOne = (table: string) =>
    schema
      .createTable(table)
      .addColumn('participation', 'text', (column) => column.primaryKey().notNull().references('participation.id'));
  const ofMany = (table: string) =>
    schema
      .createTable(table)
      .addColumn('participation', 'text', (column) => column.notNull().references('participation.id'));

  await ofOne('reflection')
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('draft', 'in', 'skipped')`))
    .modifyEnd(ending)
    .execute();
  await ofMany('reflection_answer')
    .addColumn('n', whole, (column) => column.notNull())
    .addColumn('text_id', 'text', (column) => column.notNull().references('text_body.id'))
    .addPrimaryKeyConstraint('reflection_answer_once', ['participation', 'n'])
    .modifyEnd(ending)
    .execute();
  // The participation is the key: a second goal has nowhere to stand.
  await ofOne('goal')
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('criterion', 'text', (column) => column.notNull())
    .addColumn('when_id', 'text', (column) => column.notNull().references('text_body.id'))
    .addColumn('try_id', 'text', (column) => column.notNull().references('text_body.id'))
    .addColumn('how_id', 'text', (column) => column.references('text_body.id'))
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('proposed', 'agreed')`))
    .addColumn('proposed_by', 'text', (column) => column.notNull().check(sql`proposed_by in ('agent', 'coach')`))
    .modifyEnd(ending)
    .execute();
  await ofOne('talk').addColumn('booked_at', whole).addColumn('held_at', whole).modifyEnd(ending).execute();
  await ofMany('last_word')
    .addColumn('n', whole, (column) => column.notNull())
    .addColumn('text_id', 'text', (column) => column.notNull().references('text_body.id'))
    .addColumn('written_at', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('last_word_order', ['participation', 'n'])
    .modifyEnd(ending)
    .execute();
  // What the version said, by ids: words that are taken away after a decision are gone from every version.
  await ofMany('record')
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('acknowledged_at', whole)
    .addColumn('snapshot_hash', 'text')
    .addColumn('criterion', 'text')
    .addColumn('when_id', 'text', (column) => column.references('text_body.id'))
    .addColumn('try_id', 'text', (column) => column.references('text_body.id'))
    .addColumn('how_id', 'text', (column) => column.references('text_body.id'))
    .addColumn('last_words', whole)
    .addPrimaryKeyConstraint('record_order', ['participation', 'version'])
    .addCheckConstraint('record_acknowledged', sql`acknowledged_at is null or snapshot_hash is not null`)
    .modifyEnd(ending)
    .execute();
  // The answer is among the encrypted words too: a copy that is older than the acknowledgement must not hold it either.
  await ofMany('must_be_right')
    .addColumn('slot', 'text', (column) => column.notNull().references('slot.id'))
    .addColumn('point', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('text_id', 'text', (column) => column.notNull().references('text_body.id'))
    .addColumn('expires_at', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('must_be_right_once', ['slot', 'point'])
    .modifyEnd(ending)
    .execute();
}
