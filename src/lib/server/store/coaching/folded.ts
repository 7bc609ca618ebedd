import type { Kysely } from 'kysely';
import { evolve } from '../../../domain/coaching/evolve.ts';
import type { Fact } from '../../../domain/coaching/facts.ts';
import { initial, type Participation, type ParticipationFrame } from '../../../domain/coaching/participation.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Tables } from '../tables.ts';

/** What stands at `seq` 0 of every participation: what it began as. The facts begin at 1. */
export const OPENED = 'Opened';

/** The participations of these ids, folded from what has happened to them; in no order. */
export const folded = (db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, Participation>> =>
  foldedUntil(db, ids, null);

/** As they were at an instant (null: as they are). What began later is not among them. */
export async function foldedUntil(
  db: Kysely<Tables>,
  ids: readonly string[],
  until: Instant | null
): Promise<Map<string, Participation>> {
  if (ids.length === 0) return new Map();
  let events = db
    .selectFrom('participation_event')
    .select(['participation', 'kind', 'at', 'data'])
    .where('participation', 'in', ids);
  if (until !== null) events = events.where('at', '<=', until);
  const rows = await events.orderBy('participation').orderBy('seq').execute();
  const states = new Map<string, Participation>();
  for (const { participation, kind, at, data } of rows) {
    const told: unknown = JSON.parse(data);
    const before = states.get(participation);
    if (kind === OPENED) states.set(participation, initial(told as ParticipationFrame));
    else if (before) states.set(participation, evolve(before, { ...(told as object), kind, at } as Fact));
  }
  return states;
}

export function eventRows(participation: string, after: number, facts: readonly Fact[], actor: string) {
  return facts.map(({ kind, at, ...told }, index) => ({
    participation,
    seq: after + index + 1,
    kind,
    at,
    actor,
    data: JSON.stringify(told)
  }));
}
