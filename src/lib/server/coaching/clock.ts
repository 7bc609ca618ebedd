import { isSilentFor } from '../../domain/coaching/decide-calls.ts';
import { decideRound } from '../../domain/coaching/round.ts';
import type { Command } from '../../domain/coaching/commands.ts';
import { acknowledgeUntil } from '../../domain/coaching/dates.ts';
import { step, type Participation } from '../../domain/coaching/participation.ts';
import { act } from './acting.ts';
import { closeRound } from './closing.ts';
import { drawSample } from './drawing.ts';
import type { CoachingHouse } from './house.ts';
import { asDomain, circumstancesOf } from './round-circumstances.ts';
import { ownFrame, type OwnFrame } from './round-frames.ts';

/** Recordings arrive some time after their calls: the draw waits for those of the window's last day. */
export const DRAW_AFTER_MS = 2 * 3_600_000;

/**
 * What is due: the draw when a window has ended, a new coach after their notice, what nobody acknowledged, what an ended
 * participation kept, a call whose sound is gone, the private list, and rounds that end. Each by the rule of the domain,
 * which also says when it is not yet time; so asking once more, or on two nodes, does nothing.
 */
export async function tick(house: CoachingHouse): Promise<void> {
  const failed: unknown[] = [];
  // What goes wrong with one must not keep the others waiting: it is told when all have had their turn.
  const turn = (work: () => Promise<unknown>) => work().catch((error: unknown) => failed.push(error));
  for (const id of await house.participations.underWay()) await turn(() => participationDue(house, id));
  await turn(() => house.participations.tidy(house.now()));
  for (const { id, state } of await house.rounds.all()) {
    if (state === 'open') await turn(() => moveOn(house, id, 'startClosing'));
    if (state === 'closing') await turn(() => moveOn(house, id, 'close'));
  }
  if (failed.length > 0) throw new AggregateError(failed, 'Some of what is due in coaching could not be done');
}

async function participationDue(house: CoachingHouse, id: string): Promise<void> {
  const [state, frame] = [await house.participations.load(id), await ownFrame(house.db, id)];
  if (!state || !frame) return;
  for (const kind of due(state, frame, house.now())) await actDue(house, id, kind);
  for (const slot of await silenced(house, state))
    await act(house, { id, commandId: `soundGone ${slot}`, doer: 'stamgaffel' }, () =>
      Promise.resolve({ command: { kind: 'soundGone', slot } })
    );
  for (const place of state.places) if (isSilentFor(place, house.now())) await closeSilent(house, id, place.slot);
}

/** The calls whose recording was here and is not any more. */
async function silenced({ recordings }: CoachingHouse, { sound, places }: Participation): Promise<string[]> {
  if (sound === 'beside') return [];
  const heard = places.flatMap(({ slot, call, soundGoneAt }) => (call && soundGoneAt === null ? [{ slot, call }] : []));
  const here = await recordings.ready(heard.map(({ call }) => call.entry));
  return heard.filter(({ call }) => !here.has(call.entry)).map(({ slot }) => slot);
}

type DueKind = 'drawSample' | 'completeCoachChange' | 'lapse' | 'purgeTexts';

/** What is worth asking for; whether it is time, the domain says. */
function due(state: Participation, { row, window }: OwnFrame, now: number): DueKind[] {
  const kinds: DueKind[] = [];
  const waits = state.sample !== 'drawn' && state.end === null && !state.revealed;
  if (waits && row.state === 'open' && now >= window.endsAt + DRAW_AFTER_MS) kinds.push('drawSample');
  if (state.coachToBe !== null && now >= state.coachToBe.from) kinds.push('completeCoachChange');
  if (step(state) === 'talked' && state.heldAt !== null) {
    const until = acknowledgeUntil(state.heldAt, state.correction?.openedAt ?? null, state.resumedAt);
    if (now >= until) kinds.push('lapse');
  }
  if (state.end?.texts === 'until-purge') kinds.push('purgeTexts');
  return kinds;
}

async function actDue(house: CoachingHouse, id: string, kind: DueKind): Promise<void> {
  await act(house, { id, commandId: `${kind} ${house.newId()}`, doer: 'stamgaffel' }, async (state) => {
    if (kind !== 'drawSample') return { command: { kind } satisfies Command };
    const { calls, records } = await drawSample(house, state);
    return { command: { kind }, known: { drawn: calls }, draws: records };
  });
}

async function closeSilent(house: CoachingHouse, id: string, slot: string): Promise<void> {
  const command = { kind: 'closeSilentCall', slot, next: house.newId() } as const;
  await act(house, { id, commandId: `closeSilentCall ${house.newId()}`, doer: 'stamgaffel' }, () =>
    Promise.resolve({ command })
  );
}

async function moveOn(house: CoachingHouse, id: string, kind: 'startClosing' | 'close'): Promise<void> {
  const round = await asDomain(house, id);
  if (!round) return;
  const command = { kind } as const;
  const decision = decideRound(round, command, await circumstancesOf(house, 'stamgaffel', round, command));
  if ('refusal' in decision) return;
  if (kind === 'close') await closeRound(house, 'stamgaffel', id);
  else
    await house.rounds.move(id, 'closing', house.now(), (inside) =>
      house.audit.write('round-changed', { actor: 'stamgaffel', about: `closing ${id}` }, inside)
    );
}
