import type { Kysely } from 'kysely';
import type { SlotId } from '../../../domain/coaching/level.ts';
import type { Participation, Place } from '../../../domain/coaching/participation.ts';
import type { Tables } from '../tables.ts';
import type { Act } from './act.ts';
import type { SlotTable } from './tables.ts';

type Call = Pick<SlotTable, 'state' | 'entry' | 'queue' | 'span_from' | 'span_to'>;
const NO_CALL = { entry: null, queue: null, span_from: null, span_to: null };

/** Writes which calls are in which places now. Returns the slots that were closed: nothing may be left in them. */
export async function moveSlots(inside: Kysely<Tables>, act: Act, after: Participation): Promise<SlotId[]> {
  const closed: SlotId[] = [];
  for (const place of after.places) {
    const was = act.state.places.find(({ n }) => n === place.n);
    if (!was) continue;
    if (was.slot !== place.slot || (was.call && !place.call)) {
      const found = act.facts.some((fact) => fact.kind === 'CallVoided' && fact.slot === was.slot);
      await change(inside, was.slot, { state: found ? 'void' : 'withdrawn', ...NO_CALL });
      closed.push(was.slot);
    }
    if (was.slot !== place.slot)
      await inside
        .insertInto('slot')
        .values({ ...emptySlot(after.id, place), ...(await callOf(inside, act, place)), draw_no: place.drawNo })
        .execute();
    else if (!was.call && place.call) await change(inside, place.slot, await callOf(inside, act, place));
    if (was.slot === place.slot && was.soundGoneAt === null && place.soundGoneAt !== null)
      await inside.updateTable('slot').set({ sound_gone: 1 }).where('id', '=', place.slot).execute();
  }
  return closed;
}

export function emptySlot(participation: string, { slot, n, kind }: Pick<Place, 'slot' | 'n' | 'kind'>): SlotTable {
  return { id: slot, participation, n, kind, state: 'empty', draw_no: 0, ...NO_CALL, sound_gone: 0 };
}

const change = (inside: Kysely<Tables>, slot: SlotId, call: Call) =>
  inside.updateTable('slot').set(call).where('id', '=', slot).execute();

/** A slot keeps its own instant and queue: the token that ties the entry to the agent is nobody's in two months. */
async function callOf(inside: Kysely<Tables>, { calls = [] }: Act, { call }: Place): Promise<Call> {
  if (call === null) return { state: 'empty', ...NO_CALL };
  const { entry, spanMs } = call;
  const row = await inside
    .selectFrom('entry')
    .select(['queue', 'answered_at as answeredAt'])
    .where('id', '=', entry)
    .executeTakeFirst();
  const known = row ?? calls.find((each) => each.entry === entry);
  if (!known || known.answeredAt === null) throw new Error(`There is no answered call ${entry}.`);
  const { queue, answeredAt } = known;
  return { state: 'chosen', entry, queue, span_from: answeredAt, span_to: answeredAt + spanMs };
}
