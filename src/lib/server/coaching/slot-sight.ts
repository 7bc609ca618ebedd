import type { Participation } from '../../domain/coaching/participation.ts';
import type { ReadingView, SlotView } from '../graphql/coaching/views.ts';
import type { Contents, StoredReading } from '../store/coaching/contents.ts';
import type { Admitted, PersonViewer } from './admitting.ts';
import { besideSpan } from './beside.ts';
import { bareCircumstances, mayWriteNow, subjectOf } from './draft-authority.ts';
import type { CoachingHouse } from './house.ts';
import { domainFrame, type OwnFrame } from './round-frames.ts';

/** The calls of a participation, each with as much of the two readings as the one who looks may see. */
export async function slotViews(
  house: CoachingHouse,
  me: PersonViewer,
  { state, side, shared, locked }: Admitted & { locked: boolean },
  frame: OwnFrame,
  { slots, readings }: Contents
): Promise<SlotView[]> {
  const { db, recordings, now } = house;
  const entries = slots.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  const [ready, queues] = [await recordings.ready(entries), await queueNames(house, slots)];
  const actor = { kind: 'person' as const, person: me.personId, roles: me.roles };
  const around = bareCircumstances(actor, now(), domainFrame(frame));
  const views: SlotView[] = [];
  for (const row of slots) {
    const place = state.places.find(({ slot }) => slot === row.id);
    if (!place) continue;
    const draft = { of: 'reading' as const, slot: row.id };
    const writable = !shared && !locked && mayWriteNow(state, draft, actor, around) === null;
    const beside = place.kind === 'beside' ? await besideSpan(db, row.id, now()) : null;
    const [agents, coachs] = [readingOf(readings, row.id, 'agent', frame), readingOf(readings, row.id, 'coach', frame)];
    views.push({
      id: row.id,
      kind: place.kind,
      state: row.state === 'chosen' ? 'chosen' : 'empty',
      queue: row.queue && (queues.get(row.queue) ?? row.queue),
      startedAt: row.span_from,
      lengthMs: row.span_from === null || row.span_to === null ? 0 : row.span_to - row.span_from,
      sound: soundOf(state, row.sound_gone === 1, row.entry !== null && ready.has(row.entry)),
      soundBeginsMs: await soundBegins(house, row),
      draftId: writable ? subjectOf(draft, state.id) : null,
      ownState: (side === 'agent' ? place.agentReading : place.coachReading) === null ? 'draft' : 'in',
      agentReading: agents,
      coachReading: coachs,
      besideSince: beside?.running ? beside.from : null
    });
  }
  return views;
}

function soundOf({ sound }: Participation, gone: boolean, ready: boolean): SlotView['sound'] {
  if (sound === 'beside') return 'none';
  if (gone) return 'gone';
  return ready ? 'ready' : 'none';
}

/** How much of the talk went by before the recording began: the greeting that is missing is the telephone's doing. */
async function soundBegins(
  { recordings }: CoachingHouse,
  { entry, span_from }: { entry: string | null; span_from: number | null }
): Promise<number | null> {
  const recording = entry === null || span_from === null ? null : await recordings.ofEntry(entry);
  return recording && span_from !== null ? Math.max(0, recording.startsAt - span_from) : null;
}

function readingOf(
  readings: readonly StoredReading[],
  slot: string,
  by: 'agent' | 'coach',
  { criteria }: OwnFrame
): ReadingView | null {
  const found = readings.find((each) => each.slot === slot && each.by === by);
  return (
    (found && {
      id: found.id,
      by,
      state: 'in' as const,
      rubricVersion: found.rubricVersion,
      strengths: found.strengths.flatMap(({ words, ...one }) => (words === null ? [] : [{ ...one, text: words }])),
      levels: criteria
        .flatMap((id) => found.levels.filter(({ criterion }) => criterion === id))
        .map(({ criterion, mark, momentMs }) => ({ criterion, level: mark, momentMs }))
    }) ??
    null
  );
}

async function queueNames({ db }: CoachingHouse, slots: Contents['slots']): Promise<Map<string, string>> {
  const ids = [...new Set(slots.flatMap(({ queue }) => (queue === null ? [] : [queue])))];
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('queue').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name ?? id]));
}
