import { sql, type Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';
import { conversationTables } from './0010-coaching-conversation.ts';
import { coachingGuards } from './0010-coaching-guards.ts';
import { addGuards } from './guards.ts';

/**
 * Rounds of coaching. What people write is in `text_body` and nowhere else, each text encrypted with a key that stands in
 * another file. There is no column for why a call was withdrawn or why anybody left a round, and none for a sum.
 */
export async function up(db: Kysely<never>): Promise<void> {
  const { whole, ending } = columnTypes(db);
  const { schema } = db;

  await schema
    .createTable('round')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('rubric_version', 'text', (column) => column.notNull())
    .addColumn('starts_at', whole, (column) => column.notNull())
    .addColumn('ends_at', whole, (column) => column.notNull())
    .addColumn('calls_per_agent', whole, (column) => column.notNull().check(sql`calls_per_agent between 1 and 6`))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('draft', 'open', 'closing', 'closed')`)
    )
    .addColumn('opened_at', whole)
    .addColumn('closed_at', whole)
    // What the seed of every draw is made from, hashed: said when the round opens, so that it cannot be chosen later.
    .addColumn('commitment', 'text')
    .addCheckConstraint('round_lasts', sql`ends_at > starts_at`)
    .addCheckConstraint('round_opened', sql`state = 'draft' or opened_at is not null`)
    .modifyEnd(ending)
    .execute();
  // As they were when the round opened: who moves later still counts where they were.
  await schema
    .createTable('round_unit')
    .addColumn('round', 'text', (column) => column.notNull().references('round.id').onDelete('cascade'))
    .addColumn('unit_id', 'text', (column) => column.notNull().references('unit.id'))
    .addPrimaryKeyConstraint('round_unit_once', ['round', 'unit_id'])
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('round_window')
    .addColumn('round', 'text', (column) => column.notNull().references('round.id').onDelete('cascade'))
    .addColumn('n', whole, (column) => column.notNull())
    .addColumn('starts_at', whole, (column) => column.notNull())
    .addColumn('ends_at', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('round_window_once', ['round', 'n'])
    .addCheckConstraint('round_window_lasts', sql`ends_at > starts_at`)
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('round_coach')
    .addColumn('round', 'text', (column) => column.notNull().references('round.id').onDelete('cascade'))
    .addColumn('coach', 'text', (column) => column.notNull().references('person.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('round_coach_once', ['round', 'coach'])
    .modifyEnd(ending)
    .execute();
  // The criteria of the round's rubric version: what a reading must have answered before it can be handed in.
  await schema
    .createTable('round_criterion')
    .addColumn('round', 'text', (column) => column.notNull().references('round.id').onDelete('cascade'))
    .addColumn('criterion', 'text', (column) => column.notNull())
    .addColumn('n', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('round_criterion_once', ['round', 'criterion'])
    .modifyEnd(ending)
    .execute();

  await schema
    .createTable('participation')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('round', 'text', (column) => column.notNull().references('round.id'))
    .addColumn('agent', 'text', (column) => column.notNull().references('person.id'))
    // Null when the coach was erased: then nobody coaches it until it is given to another.
    .addColumn('coach', 'text', (column) => column.references('person.id').onDelete('set null'))
    .addColumn('coach_to_be', 'text', (column) => column.references('person.id').onDelete('set null'))
    .addColumn('coach_to_be_from', whole)
    .addColumn('unit_id', 'text', (column) => column.references('unit.id'))
    .addColumn('window_n', whole, (column) => column.notNull())
    .addColumn('sound', 'text', (column) => column.notNull().check(sql`sound in ('recorded', 'beside')`))
    .addColumn('seq', whole, (column) => column.notNull())
    .addColumn('revealed_at', whole)
    .addColumn('ended_at', whole)
    // Set in the transaction that takes all of it away: it opens the guards for that and nothing else.
    .addColumn('erased', whole, (column) => column.notNull().defaultTo(0))
    .addUniqueConstraint('participation_once', ['round', 'agent'])
    .addForeignKeyConstraint('participation_window', ['round', 'window_n'], 'round_window', ['round', 'n'])
    .addCheckConstraint('nobody_coaches_themselves', sql`coach <> agent and coach_to_be <> agent`)
    .modifyEnd(ending)
    .execute();
  await schema.createIndex('participation_by_agent').on('participation').column('agent').execute();
  await schema.createIndex('participation_by_coach').on('participation').column('coach').execute();
  await schema
    .createTable('participation_event')
    .addColumn('participation', 'text', (column) => column.notNull().references('participation.id'))
    .addColumn('seq', whole, (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('participation_event_order', ['participation', 'seq'])
    .modifyEnd(ending)
    .execute();
  // What was answered, so that the same command sent again is answered alike and does nothing.
  await schema
    .createTable('participation_command')
    .addColumn('participation', 'text', (column) => column.notNull().references('participation.id'))
    .addColumn('command', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('participation_command_once', ['participation', 'command'])
    .modifyEnd(ending)
    .execute();

  // Null: taken away after a decision, or destroyed. A text is never written over with another.
  await schema
    .createTable('text_body')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('participation', 'text', (column) => column.notNull().references('participation.id'))
    .addColumn('ciphertext', 'text')
    .modifyEnd(ending)
    .execute();
  await schema.createIndex('text_body_by_participation').on('text_body').column('participation').execute();
  // Keys that must go: written with what makes them needless, carried out when that is on the disk, and again after a
  // crash between the two.
  await schema
    .createTable('key_to_destroy')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('key_to_destroy_once', ['kind', 'id'])
    .modifyEnd(ending)
    .execute();

  await schema
    .createTable('slot')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('participation', 'text', (column) => column.notNull().references('participation.id'))
    .addColumn('n', whole, (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('random', 'proud', 'topic', 'beside')`))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('empty', 'chosen', 'withdrawn', 'void')`)
    )
    .addColumn('draw_no', whole, (column) => column.notNull())
    .addColumn('entry', 'text')
    .addColumn('queue', 'text')
    .addColumn('span_from', whole)
    .addColumn('span_to', whole)
    .addColumn('sound_gone', whole, (column) => column.notNull())
    .addCheckConstraint('slot_call', sql`state <> 'chosen' or (entry is not null and span_to > span_from)`)
    // Of a call that was withdrawn nothing is left but that there was one.
    .addCheckConstraint(
      'slot_withdrawn',
      sql`state = 'chosen' or (entry is null and queue is null and span_from is null and span_to is null)`
    )
    .modifyEnd(ending)
    .execute();
  await schema.createIndex('slot_by_participation').on('slot').columns(['participation', 'n']).execute();
  await sql`create unique index slot_call_once on slot (entry) where state = 'chosen'`.execute(db);
  // One row in force in each place.
  await sql`create unique index slot_in_force on slot (participation, n) where state in ('empty', 'chosen')`.execute(
    db
  );

  await schema
    .createTable('reading')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('slot', 'text', (column) => column.notNull().references('slot.id'))
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull().check(sql`role in ('agent', 'coach')`))
    .addColumn('rubric_version', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('draft', 'in', 'destroyed')`))
    .modifyEnd(ending)
    .execute();
  await sql`create unique index reading_once on reading (slot, role) where state <> 'destroyed'`.execute(db);
  await schema
    .createTable('strength')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('reading', 'text', (column) => column.notNull().references('reading.id'))
    .addColumn('criterion', 'text', (column) => column.notNull())
    .addColumn('moment_ms', whole, (column) => column.notNull())
    .addColumn('text_id', 'text', (column) => column.notNull().references('text_body.id'))
    .addColumn('chars', whole, (column) => column.notNull().check(sql`chars >= 10`))
    .addUniqueConstraint('strength_once', ['reading', 'criterion', 'moment_ms'])
    .modifyEnd(ending)
    .execute();
  await schema
    .createTable('reading_level')
    .addColumn('reading', 'text', (column) => column.notNull().references('reading.id'))
    .addColumn('criterion', 'text', (column) => column.notNull())
    // Null: not applicable in this call.
    .addColumn('level', whole, (column) => column.check(sql`level between 1 and 4`))
    .addColumn('moment_ms', whole)
    .addPrimaryKeyConstraint('reading_level_once', ['reading', 'criterion'])
    .addCheckConstraint('reading_level_moment', sql`level is null or level > 1 or moment_ms is not null`)
    .modifyEnd(ending)
    .execute();

  await conversationTables(db);
  await addGuards(db, coachingGuards);
}
