import { type Kysely, sql } from 'kysely';
import { columnTypes } from './column-types.ts';
import { addGuards } from './guards.ts';

/** The versions of the rubric. What a call was read by keeps its words for ever: the database refuses to change them. */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  await db.schema
    .createTable('rubric_version')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('number', whole, (column) => column.notNull().unique())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('revision', whole, (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('published_at', whole)
    .addCheckConstraint('rubric_version_state', sql`state in ('draft', 'published', 'retired')`)
    .addCheckConstraint('rubric_version_published', sql`(state = 'draft') = (published_at is null)`)
    .modifyEnd(ending)
    .execute();
  // Two drafts at once would be two truths about what comes next.
  await sql`create unique index rubric_version_one_draft on rubric_version (state) where state = 'draft'`.execute(db);
  await sql`create unique index rubric_version_one_published on rubric_version (state) where state = 'published'`.execute(
    db
  );
  await addGuards(db, [
    {
      name: 'rubric_version_stands',
      on: 'rubric_version',
      before: ['update'],
      when: `old.state <> 'draft' and not (new.id = old.id and new.number = old.number and new.revision = old.revision
        and new.content = old.content and new.published_at = old.published_at
        and (new.state = old.state or (old.state = 'published' and new.state = 'retired')))`,
      because: 'rubric-published: a published rubric never changes'
    },
    {
      name: 'rubric_version_stays',
      on: 'rubric_version',
      before: ['delete'],
      when: `old.state <> 'draft'`,
      because: 'rubric-published: a published rubric is never removed'
    }
  ]);
}
