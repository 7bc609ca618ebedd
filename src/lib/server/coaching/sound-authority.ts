import { may } from '../../domain/access.ts';
import { LAPSE_MS } from '../../domain/coaching/decide-talk.ts';
import type { SoundAuthority } from '../recordings/ports.ts';
import { admit } from './admitting.ts';
import type { CoachingHouse } from './house.ts';
import { lockedUntil } from './people.ts';

/** After the talk a coach may hear the calls for as long as the record waits for its acknowledgement. */
const COACH_HEARS_MS = LAPSE_MS;

/**
 * Who may hear a slot: asked before the first byte and again while they listen. Whoever is let in to the participation,
 * for a call that is chosen now; another's round that is shared is words and no sound.
 */
export function soundAuthority(house: CoachingHouse): SoundAuthority {
  const { db, participations, now } = house;
  return {
    async mayHear(viewer, slotId) {
      if (viewer.kind !== 'person') return null;
      const id = await participations.ofSlot(slotId);
      const admitted = id === null ? null : await admit(house, viewer, id);
      if (!admitted || admitted.shared) return null;
      const { state, side } = admitted;
      const row = await db.selectFrom('slot').selectAll().where('id', '=', slotId).executeTakeFirst();
      const chosen = row?.state === 'chosen' && state.places.some(({ slot, call }) => slot === slotId && call !== null);
      const until = state.heldAt === null ? null : state.heldAt + COACH_HEARS_MS;
      if (!may(viewer, 'hear-call', { ...state, chosen, until, now: now() })) return null;
      if (row?.entry == null || row.span_from === null || row.span_to === null) return null;
      if ((await lockedUntil(db, viewer.personId, now())) !== null) return null;
      return { entry: row.entry, spanFrom: row.span_from, spanTo: row.span_to, logged: side === 'coach' };
    }
  };
}
