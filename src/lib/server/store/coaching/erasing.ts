import type { Kysely } from 'kysely';
import type { ParticipationId } from '../../../domain/coaching/level.ts';
import type { Tables } from '../tables.ts';

/** Every row of a participation, in the order that references allow. It is marked as erased, or the guards refuse. */
export async function eraseRows(inside: Kysely<Tables>, id: ParticipationId): Promise<void> {
  const slots = inside.selectFrom('slot').select('id').where('participation', '=', id);
  const readings = inside.selectFrom('reading').select('id').where('slot', 'in', slots);
  await inside
    .updateTable('reading')
    .set({ state: 'destroyed' })
    .where('slot', 'in', slots)
    .where('state', '<>', 'destroyed')
    .execute();
  await inside.deleteFrom('strength').where('reading', 'in', readings).execute();
  await inside.deleteFrom('reading_level').where('reading', 'in', readings).execute();
  await inside.deleteFrom('reading').where('slot', 'in', slots).execute();
  await inside.deleteFrom('beside').where('slot', 'in', slots).execute();
  for (const table of [
    'practice_entry',
    'participation_wish',
    'help_request',
    'draw',
    'must_be_right',
    'reflection_answer',
    'reflection',
    'goal',
    'talk',
    'last_word',
    'record'
  ] as const)
    await inside.deleteFrom(table).where('participation', '=', id).execute();
  for (const table of ['slot', 'text_body', 'participation_command', 'participation_event'] as const)
    await inside.deleteFrom(table).where('participation', '=', id).execute();
  await inside.deleteFrom('participation').where('id', '=', id).execute();
}
