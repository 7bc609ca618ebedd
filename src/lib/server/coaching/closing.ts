import { frozenFigures, type CountedReading } from '../../domain/coaching/frozen-figures.ts';
import { isAcknowledged } from '../../domain/coaching/participation.ts';
import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';
import { act, type Doer } from './acting.ts';
import type { CoachingHouse } from './house.ts';

/** Ends every participation of a round that is not acknowledged: what was not revealed is destroyed by it. */
export async function endAll(house: CoachingHouse, round: string): Promise<void> {
  const rows = await house.db.selectFrom('participation').select('id').where('round', '=', round).execute();
  for (const { id } of rows) {
    const state = await house.participations.load(id);
    if (!state || state.end !== null || isAcknowledged(state)) continue;
    await act(house, { id, commandId: `closing ${round}`, doer: 'stamgaffel' }, () =>
      Promise.resolve({ command: { kind: 'endParticipation' } })
    );
  }
}

/**
 * Closes a round: what is left ends, what may be said of many is frozen, and the pool of recordings goes. Tried again
 * from the beginning after a crash, it does the same.
 */
export async function closeRound(house: CoachingHouse, doer: Doer, round: string): Promise<boolean> {
  const { rounds, audit, now } = house;
  await endAll(house, round);
  const closed = await rounds.move(round, 'closed', now(), async (inside, id) => {
    await freezeFigures(inside, id);
    await audit.write('round-changed', { actor: doer, about: `closed ${id}` }, inside);
  });
  if (closed) await house.dropPool?.(round);
  return closed;
}

/** Of what both have acknowledged: the rest is not there any more, or is somebody's alone. */
async function freezeFigures(inside: Kysely<Tables>, round: string): Promise<void> {
  const rows = await inside
    .selectFrom('reading_level')
    .innerJoin('reading', 'reading.id', 'reading_level.reading')
    .innerJoin('slot', 'slot.id', 'reading.slot')
    .innerJoin('participation', 'participation.id', 'slot.participation')
    .select(['participation.id', 'agent', 'author', 'unit_id', 'criterion', 'level'])
    .where('participation.round', '=', round)
    .where('reading.role', '=', 'coach')
    .where('reading.state', '=', 'in')
    .where('participation.ended_at', 'is', null)
    .execute();
  const units = await inside
    .selectFrom('round_unit')
    .innerJoin('unit', 'unit.id', 'round_unit.unit_id')
    .select('unit.id')
    .where('round', '=', round)
    .orderBy('unit.name')
    .execute();
  const criteria = await inside.selectFrom('round_criterion').select('criterion').where('round', '=', round).execute();
  const readings = rows.map(({ agent, author, unit_id, criterion, level }): CountedReading => ({
    person: agent,
    coach: author,
    unit: unit_id,
    criterion,
    mark: level ?? 'not-applicable'
  }));
  const figures = frozenFigures(
    readings,
    units.map(({ id }) => id),
    criteria.map(({ criterion }) => criterion)
  );
  for (const { part, criterion, ofTen, withheld } of figures)
    await inside
      .insertInto('round_figure')
      .values({ round, part, criterion, withheld, of_ten: ofTen && JSON.stringify(ofTen) })
      .execute();
}
