import { sql, type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';

/**
 * What stands beside a participation: the practice log, wishes, help that is asked for, and listening side by side. Words
 * are in `text_body`; nothing here counts anything, and no reminder is noted: who is reminded follows from the day.
 */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const { schema } = db;
  await schema
    .createTable('practice_entry')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('participation', 'text', (column) => column.notNull().references('participation.id'))
    .addColumn('text_id', 'text', (column) => column.notNull().references('text_body.id'))
    .addColumn('written_at', whole, (column) => column.notNull())
    .addColumn('shared', whole, (column) => column.notNull().check(sql`shared in (0, 1)`))
    .modifyEnd(ending)
    .execute();
  await schema
    .createIndex('practice_entry_by_participation')
    .on('practice_entry')
    .columns(['participation', 'written_at'])
    .execute();
  // A wish is there or not: neither why nor since when.
  await schema
    .createTable('participation_wish')
    .addColumn('participation', 'text', (column) => column.notNull().references('participation.id'))
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(sql`kind in ('another-coach', 'correction', 'share')`)
    )
    .addPrimaryKeyConstraint('participation_wish_once', ['participation', 'kind'])
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('help_request')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('participation', 'text', (column) => column.notNull().references('participation.id'))
    .addColumn('text_id', 'text', (column) => column.notNull().references('text_body.id'))
    .addColumn('receiver', 'text', (column) => column.notNull().check(sql`receiver in ('leader', 'method-lead')`))
    .addColumn('released', whole, (column) => column.notNull().check(sql`released in (0, 1)`))
    .modifyEnd(ending)
    .execute();
  // Nothing leads from here to the talk it came from: another id, another key, no instant.
  await schema
    .createTable('released_help')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('receiver', 'text', (column) => column.notNull().check(sql`receiver in ('leader', 'method-lead')`))
    .addColumn('unit_id', 'text', (column) => column.references('unit.id'))
    .addColumn('ciphertext', 'text', (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('beside')
    .addColumn('slot', 'text', (column) => column.primaryKey().notNull().references('slot.id'))
    .addColumn('started_at', whole, (column) => column.notNull())
    .addColumn('stopped_at', whole)
    .modifyEnd(ending)
    .execute();
  // A round as it is planned: JSON, because nothing of it holds before it opens.
  await schema
    .createTable('round_wish')
    .addColumn('round', 'text', (column) => column.primaryKey().notNull().references('round.id').onDelete('cascade'))
    .addColumn('wish', 'text', (column) => column.notNull())
    .modifyEnd(ending)
    .execute();
  // What is kept of a draw, so that anybody can check it: of the calls it chose among a hash, and how many they were.
  await schema
    .createTable('draw')
    .addColumn('participation', 'text', (column) => column.notNull().references('participation.id'))
    .addColumn('n', whole, (column) => column.notNull())
    .addColumn('draw_no', whole, (column) => column.notNull())
    .addColumn('held', 'text', (column) => column.notNull())
    .addColumn('gone', 'text', (column) => column.notNull())
    .addColumn('pool_size', whole, (column) => column.notNull())
    .addColumn('pool_hash', 'text', (column) => column.notNull())
    .addColumn('entry', 'text')
    .addPrimaryKeyConstraint('draw_once', ['participation', 'n', 'draw_no'])
    .modifyEnd(ending)
    .execute();
  // Published once, when the round closed, and never touched again.
  await schema
    .createTable('round_figure')
    .addColumn('round', 'text', (column) => column.notNull().references('round.id'))
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('criterion', 'text', (column) => column.notNull())
    .addColumn('withheld', 'text', (column) => column.check(sql`withheld in ('few', 'alike', 'complement')`))
    .addColumn('of_ten', 'text')
    .addPrimaryKeyConstraint('round_figure_once', ['round', 'part', 'criterion'])
    .addCheckConstraint('round_figure_or_why', sql`(withheld is null) <> (of_ten is null)`)
    .modifyEnd(ending)
    .execute();
}
