import { may, type Viewer } from '../../domain/access.ts';
import type { Participation } from '../../domain/coaching/participation.ts';
import type { Side } from '../../domain/coaching/level.ts';
import type { CoachingHouse } from './house.ts';

export type PersonViewer = Extract<Viewer, { kind: 'person' }>;
export interface Admitted {
  state: Participation;
  side: Side;
  /** An earlier round that the agent lets the coach of a later one read: it is read and nothing else. */
  shared: boolean;
}

/**
 * Lets one of the two in, and nobody else. The store answers for the row (it does not read what is not theirs), the
 * access table for the role; and an earlier round closes for its coach when the agent's next one opens, unless shared.
 */
export async function admit(house: CoachingHouse, me: PersonViewer, id: string): Promise<Admitted | null> {
  const state = await house.participations.loadFor(me.personId, id);
  if (state?.agent === me.personId) return may(me, 'open-participation', on(state)) ? own(state, 'agent') : null;
  if (state && may(me, 'open-participation', on(state)) && !(await hasLaterRound(house, state)))
    return own(state, 'coach');
  return sharedWith(house, me, id);
}

const own = (state: Participation, side: Side): Admitted => ({ state, side, shared: false });
const on = ({ agent, coach }: Participation, sharedWith: string | null = null) => ({ agent, coach, sharedWith });

async function hasLaterRound({ db }: CoachingHouse, state: Participation): Promise<boolean> {
  const row = await db
    .selectFrom('participation as later')
    .innerJoin('round', 'round.id', 'later.round')
    .innerJoin('round as earlier', (join) => join.on('earlier.id', '=', state.round))
    .select('later.id')
    .where('later.agent', '=', state.agent)
    .where('later.id', '<>', state.id)
    .where('round.state', '<>', 'draft')
    .whereRef('round.starts_at', '>', 'earlier.starts_at')
    .executeTakeFirst();
  return row !== undefined;
}

/** The coach of a later, living participation of the same agent, who has said that they may. */
async function sharedWith(house: CoachingHouse, me: PersonViewer, id: string): Promise<Admitted | null> {
  const row = await house.db
    .selectFrom('participation')
    .innerJoin('participation_wish', 'participation_wish.participation', 'participation.id')
    .innerJoin('round', 'round.id', 'participation.round')
    .innerJoin('participation as later', 'later.agent', 'participation.agent')
    .innerJoin('round as next', 'next.id', 'later.round')
    .select('later.id as later')
    .where('participation.id', '=', id)
    .where('participation_wish.kind', '=', 'share')
    .where('later.coach', '=', me.personId)
    .whereRef('next.starts_at', '>', 'round.starts_at')
    .executeTakeFirst();
  if (!row || !(await house.participations.loadFor(me.personId, row.later))) return null;
  const state = await house.participations.load(id);
  if (!state?.revealed || !may(me, 'open-participation', on(state, me.personId))) return null;
  return { state, side: 'coach', shared: true };
}
