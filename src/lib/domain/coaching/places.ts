/** The places of a sample: which calls are in them, which are read, and what may still be drawn. */
import type { SlotCall } from './facts.ts';
import type { SlotId } from './level.ts';
import type { Participation, Place } from './participation.ts';

/** How many calls the agent can withdraw from one place and have another drawn. After that they choose, or leave it. */
export const REDRAWS_MOST = 2;

export function placeOf({ places }: Participation, slot: SlotId): Place | null {
  return places.find((place) => place.slot === slot) ?? null;
}

/** The place when there is a call in it. */
export function chosenPlace(state: Participation, slot: SlotId): (Place & { call: SlotCall }) | null {
  const place = placeOf(state, slot);
  return place?.call ? { ...place, call: place.call } : null;
}

/** Whether the call is in the sample, or was: a call that was withdrawn never comes back. */
export function isUsed({ places, goneCalls }: Participation, { entry }: SlotCall): boolean {
  return goneCalls.includes(entry) || places.some(({ call }) => call?.entry === entry);
}

/** The places that wait for the draw at the end of the window; none when calls are listened to side by side. */
export function slotsToDraw({ sound, sample, places }: Participation): Place[] {
  return sound === 'beside' || sample === 'drawn' ? [] : places.filter(({ call }) => call === null);
}

/**
 * Which draw follows when the call in this place is taken away: its number, part of the seed, or `null` when none does.
 * The agent's own withdrawals have two. A call that was never theirs, or whose sound is gone, costs them none.
 */
export function nextDraw(state: Participation, slot: SlotId, why: 'withdrawn' | 'void'): { drawNo: number } | null {
  const place = chosenPlace(state, slot);
  if (place === null || state.sound === 'beside' || state.sample !== 'drawn') return null;
  if (state.revealed || state.end !== null || place.exhausted) return null;
  const free = why === 'void' || place.soundGoneAt !== null;
  return free || place.redraws < REDRAWS_MOST ? { drawNo: place.drawNo + 1 } : null;
}

/**
 * Whether both can see each other's reading now. A place is done when the coach has read its call, or when there is no
 * call in it: with the reflection in or skipped, the agent can no longer choose one.
 */
export function isRevealDue({ revealed, end, reflection, sample, places }: Participation): boolean {
  if (revealed || end !== null || reflection === 'draft' || sample !== 'drawn') return false;
  return places.every(({ call, coachReading }) => call === null || coachReading !== null);
}
