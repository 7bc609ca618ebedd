import type { Kysely } from 'kysely';
import type { ReadingId, Side, SlotId } from '../../../domain/coaching/level.ts';
import type { Participation } from '../../../domain/coaching/participation.ts';
import { letters, type ReadingContent } from '../../../domain/coaching/reading.ts';
import type { Tables } from '../tables.ts';
import type { Act } from './act.ts';
import { destroyTexts } from './texts.ts';

interface Whose {
  slot: SlotId;
  role: Side;
  author: string;
}

/** The readings that are handed in, by both. */
export function readingsIn({ agent, places }: Participation): Map<ReadingId, Whose> {
  const found = new Map<ReadingId, Whose>();
  for (const { slot, agentReading, coachReading } of places) {
    if (agentReading) found.set(agentReading, { slot, role: 'agent', author: agent });
    if (coachReading) found.set(coachReading.reading, { slot, role: 'coach', author: coachReading.author });
  }
  return found;
}

/** As a draft first, then its parts, then in: that is where the database asks whether it is whole. */
export async function handIn(
  inside: Kysely<Tables>,
  { state, command }: Act,
  id: ReadingId,
  { slot, role, author }: Whose
): Promise<void> {
  const content =
    command.kind === 'handInReading'
      ? command.content
      : command.kind === 'handInReflection'
        ? command.readings.find(({ reading }) => reading === id)?.content
        : undefined;
  if (!content) throw new Error(`Reading ${id} is handed in without what it says.`);
  const { rubric_version } = await inside
    .selectFrom('round')
    .select('rubric_version')
    .where('id', '=', state.round)
    .executeTakeFirstOrThrow();
  await inside.insertInto('reading').values({ id, slot, author, role, rubric_version, state: 'draft' }).execute();
  await writeParts(inside, id, content);
  await inside.updateTable('reading').set({ state: 'in' }).where('id', '=', id).execute();
}

async function writeParts(inside: Kysely<Tables>, reading: ReadingId, { strengths, levels }: ReadingContent) {
  for (const { id, criterion, momentMs, text, words } of strengths) {
    if (criterion === null || momentMs === null) throw new Error(`Strength ${id} lacks its criterion or moment.`);
    await inside
      .insertInto('strength')
      .values({ id, reading, criterion, moment_ms: momentMs, text_id: text, chars: letters(words) })
      .execute();
  }
  for (const [criterion, { mark, momentMs }] of Object.entries(levels))
    await inside
      .insertInto('reading_level')
      .values({ reading, criterion, level: mark === 'not-applicable' ? null : mark, moment_ms: momentMs })
      .execute();
}

/** The row stays, to say that there was one; what it said is gone. */
export async function destroyReading(inside: Kysely<Tables>, participation: string, id: ReadingId): Promise<void> {
  await inside.updateTable('reading').set({ state: 'destroyed' }).where('id', '=', id).execute();
  const strengths = await inside.selectFrom('strength').select('text_id').where('reading', '=', id).execute();
  const texts = strengths.map(({ text_id }) => text_id);
  await inside.deleteFrom('strength').where('reading', '=', id).execute();
  await inside.deleteFrom('reading_level').where('reading', '=', id).execute();
  await destroyTexts(inside, participation, texts);
  if (texts.length > 0) await inside.deleteFrom('text_body').where('id', 'in', texts).execute();
}
