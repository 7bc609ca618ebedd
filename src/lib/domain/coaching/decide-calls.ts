/** The rules about calls: the draw, the agent's choice and withdrawal, and what the machine finds out about a call. */
import type { Circumstances, CommandOf, Decision } from './commands.ts';
import { DAY_MS, FROZEN, gateRefusal, isAdministrator, isAgent, nothingNew, refused, type Rule } from './deciding.ts';
import type { Instant } from '../time.ts';
import type { NextSlot } from './facts.ts';
import { isAcknowledged, recordVersion, step, type Participation, type Place } from './participation.ts';
import { chosenPlace, isUsed, nextDraw, placeOf, slotsToDraw } from './places.ts';

/** The clock's, when the person's window has ended. There is no command to draw again. */
export const drawSample: Rule<CommandOf<'drawSample'>> = (state, _command, { actor, now, round, drawn }) => {
  if (actor.kind !== 'system') return refused('not-found');
  const gate = gateRefusal(state, FROZEN) ?? (state.sample === 'drawn' ? 'already-drawn' : null);
  if (gate !== null) return refused(gate);
  if (round.state !== 'open') return refused('round-not-open');
  const found = new Map(drawn.map(({ slot, call }) => [slot, call]));
  const calls = slotsToDraw(state).map(({ slot }) => ({ slot, call: found.get(slot) ?? null }));
  const entries = calls.flatMap(({ call }) => (call ? [call] : []));
  const twice = new Set(entries.map(({ entry }) => entry)).size < entries.length;
  if (twice || entries.some((call) => isUsed(state, call))) return refused('already-chosen');
  const none = entries.length === 0 && state.places.every(({ call }) => call === null);
  // Without one call there is nothing to read; but a reflection that is in already goes on to the talk on its own.
  if (none && step(state) === 'planned') {
    return state.sample === 'empty' ? nothingNew : { facts: [{ kind: 'SampleFoundEmpty', at: now }] };
  }
  return { facts: [{ kind: 'SampleDrawn', at: now, calls }] };
};

/** The agent's own choice, in a place meant for one; in another only when no draw is left for it. */
export const chooseCall: Rule<CommandOf<'chooseCall'>> = (state, { slot, next }, { actor, now, choice }) => {
  if (!isAgent(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, { reviewing: 'reflection-in', ...FROZEN });
  if (gate !== null) return refused(gate);
  const place = placeOf(state, slot);
  if (place === null || choice === null) return refused('not-found');
  const leftToChoose = state.sample === 'drawn' && place.by !== 'draw';
  if (place.kind === 'random' && !leftToChoose) return refused('drawn-slot');
  if (isUsed(state, choice)) return refused('already-chosen');
  return { facts: [{ kind: 'CallChosen', at: now, slot, next: place.call === null ? null : next, call: choice }] };
};

/** The agent's, at any time until it is acknowledged, and nobody asks why. */
export const withdrawCall: Rule<CommandOf<'withdrawCall'>> = (state, { slot, next }, circumstances) => {
  if (!isAgent(state, circumstances.actor)) return refused('not-found');
  const gate = gateRefusal(state, { acknowledged: 'acknowledged' });
  if (gate !== null) return refused(gate);
  if (chosenPlace(state, slot) === null) return refused('not-found');
  const after = replacement(state, slot, next, 'withdrawn', circumstances);
  if (after === 'used') return refused('already-chosen');
  return { facts: [{ kind: 'CallWithdrawn', at: circumstances.now, slot, next: after }] };
};

/** The machine's: the telephone was tied to the wrong person, and the call was never this agent's. */
export const slotVoid: Rule<CommandOf<'slotVoid'>> = (state, { slot, next }, circumstances): Decision => {
  const { actor, now } = circumstances;
  if (actor.kind !== 'system') return refused('not-found');
  if (chosenPlace(state, slot) === null) return refused('not-found');
  const after = replacement(state, slot, next, 'void', circumstances);
  if (after === 'used') return refused('already-chosen');
  const voided = { kind: 'CallVoided' as const, at: now, slot, next: after };
  // What is acknowledged is never altered in silence: without the call it is the record's new version.
  if (!isAcknowledged(state)) return { facts: [voided] };
  return { facts: [voided, { kind: 'RecordRedacted', at: now, slot, version: recordVersion(state) + 1 }] };
};

/**
 * The row that follows in the place. None after the reveal: what was read stays gone, and nothing new is heard. While
 * the round is closing no call is drawn, and the place is left to the agent's choice.
 */
function replacement(
  state: Participation,
  slot: string,
  next: string,
  why: 'withdrawn' | 'void',
  { round, redraw }: Circumstances
): NextSlot | null | 'used' {
  const place = placeOf(state, slot);
  if (place === null || state.revealed) return null;
  const draw = round.state === 'open' ? nextDraw(state, slot, why) : null;
  if (draw === null) return { slot: next, call: null, drawNo: place.drawNo };
  if (redraw !== null && isUsed(state, redraw)) return 'used';
  return { slot: next, call: redraw, drawNo: draw.drawNo };
}

/** The recording is gone; the marks and the words remain. The agent may withdraw the call, which costs no redraw. */
export const soundGone: Rule<CommandOf<'soundGone'>> = (state, { slot }, { actor, now }) => {
  if (actor.kind !== 'system' && !isAdministrator(actor)) return refused('not-found');
  const place = chosenPlace(state, slot);
  if (place === null) return refused('not-found');
  return place.soundGoneAt !== null ? nothingNew : { facts: [{ kind: 'SoundGone', at: now, slot }] };
};

/** How long the agent has to withdraw a call whose sound is gone, and the coach to read it all the same. */
export const SILENT_MS = 7 * DAY_MS;

/**
 * A call that can no longer be heard, and that no coach has read, would keep the two from each other's reading for ever.
 * So the clock closes it, as if it had been withdrawn; no other is drawn, but the agent may still choose one.
 */
export const closeSilentCall: Rule<CommandOf<'closeSilentCall'>> = (state, { slot, next }, { actor, now }) => {
  if (actor.kind !== 'system') return refused('not-found');
  const gate = gateRefusal(state, FROZEN);
  if (gate !== null) return refused(gate);
  const place = chosenPlace(state, slot);
  if (place === null) return refused('not-found');
  if (!isSilentFor(place, now)) return refused('not-due');
  return { facts: [{ kind: 'CallWithdrawn', at: now, slot, next: { slot: next, call: null, drawNo: place.drawNo } }] };
};

/** Whether the seven days are over and nobody has read it. */
export function isSilentFor({ call, soundGoneAt, coachReading }: Place, now: Instant): boolean {
  return call !== null && coachReading === null && soundGoneAt !== null && now >= soundGoneAt + SILENT_MS;
}
