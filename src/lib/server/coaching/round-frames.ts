import type { Kysely } from 'kysely';
import type { RoundFrame } from '../../domain/coaching/commands.ts';
import { dueDates, type DueDates } from '../../domain/coaching/dates.ts';
import type { Period } from '../../domain/time.ts';
import type { RoundFrameView } from '../graphql/coaching/views.ts';
import type { RoundTable } from '../store/coaching/tables.ts';
import type { Tables } from '../store/tables.ts';

/** A participation's own frame: its round, its window and its days. */
export interface OwnFrame {
  row: RoundTable;
  criteria: string[];
  window: Period;
  due: DueDates;
}

export async function ownFrame(db: Kysely<Tables>, participation: string): Promise<OwnFrame | null> {
  const row = await db
    .selectFrom('participation')
    .innerJoin('round', 'round.id', 'participation.round')
    .innerJoin('round_window', (join) =>
      join.onRef('round_window.round', '=', 'round.id').onRef('round_window.n', '=', 'participation.window_n')
    )
    .selectAll('round')
    .select(['round_window.starts_at as from', 'round_window.ends_at as to'])
    .where('participation.id', '=', participation)
    .executeTakeFirst();
  if (!row) return null;
  const { from, to, ...round } = row;
  // In the rubric's order, so that what is missing is told as one reads: from the top.
  const criteria = await db
    .selectFrom('round_criterion')
    .select('criterion')
    .where('round', '=', round.id)
    .orderBy('n')
    .execute();
  const window = { startsAt: from, endsAt: to };
  return {
    row: round,
    criteria: criteria.map(({ criterion }) => criterion),
    window,
    due: dueDates(window, { startsAt: round.starts_at, endsAt: round.ends_at })
  };
}

/** As the domain asks for it. A draft of a round has no participations, so nothing is asked of one. */
export function domainFrame({ row, criteria, due }: OwnFrame): RoundFrame {
  return { state: row.state === 'draft' ? 'closed' : row.state, criteria, reflectionDueAt: due.reflection };
}

export function frameView(row: RoundTable): RoundFrameView {
  return {
    id: row.id,
    name: row.name,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state,
    rubricVersion: row.rubric_version
  };
}
