import { DEFAULT_LAYOUT } from '../../src/lib/domain/board.ts';
import type { FrameInput } from '../../src/lib/domain/frame.ts';
import { DEFAULT_SERVICE_LEVEL } from '../../src/lib/domain/statistics/service-level.ts';
import { todayOf } from '../../src/lib/domain/statistics/today.ts';
import { evolveEntry, type Entry } from '../../src/lib/domain/telephony/call.ts';
import type { CallEvent, Envelope } from '../../src/lib/domain/telephony/event.ts';
import { emptyFloor, foldFloor } from '../../src/lib/domain/telephony/floor.ts';
import type { BoardQueue, SourceStatus } from '../../src/lib/domain/wallboard.ts';
import { ZONE } from './small-centre.ts';
import { instantOf, midnightOn } from './timeline.ts';

export const midnight = midnightOn('2026-11-17');
export const noon = instantOf('12:00', midnight);

export function boardQueue(id: string, source = 'pbx'): BoardQueue {
  return { id, name: id, shortName: id, source, unit: null, serviceLevel: DEFAULT_SERVICE_LEVEL, wrapUpMs: null };
}
/** A log from what happened at which time of that day, and at which exchange. */
export function envelopes(told: [clock: string, event: CallEvent, source?: string][]): Envelope[] {
  return told.map(([clock, event, source = 'pbx'], n) => {
    const at = instantOf(clock, midnight);
    const key = `${n}`;
    return { at, seenAt: at, key, lane: 'live', quality: 'exact', offset: n + 1, source, version: 1, event };
  });
}
function entriesOf(log: Envelope[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const envelope of log) {
    if (!('entry' in envelope.event) || envelope.event.entry === undefined) continue;
    const after = evolveEntry(entries.get(envelope.event.entry) ?? null, envelope);
    if (after !== null) entries.set(after.id, after);
  }
  return [...entries.values()];
}
export const connected: SourceStatus = { state: 'CONNECTED', since: midnight, provenAt: noon };
const definitionsOf = () => [DEFAULT_SERVICE_LEVEL];

/** What a frame at noon of a day in November is made from, when this is the log. */
export function boardInput(log: Envelope[], given: Partial<FrameInput> = {}): FrameInput {
  const now = given.now ?? noon;
  return {
    board: { id: 'all', name: null, demo: false, timeZone: ZONE },
    queues: [boardQueue('vaxel'), boardQueue('skola')],
    position: { epoch: 'test', offset: log.length },
    saved: true,
    announcements: [],
    layout: DEFAULT_LAYOUT,
    opening: { state: 'open', until: null },
    now,
    floor: foldFloor(emptyFloor, log),
    sources: new Map([['pbx', connected]]),
    today: todayOf(entriesOf(log), [], now, ZONE, definitionsOf),
    definitionsOf,
    refusedVisible: () => 'never',
    ...given
  };
}
export const offered = (call: number, queue: string, more: object = {}): CallEvent => ({
  kind: 'CallOffered',
  call: `pbx/${call}`,
  entry: `pbx/${call}/${queue}`,
  queue,
  channel: `${call}`,
  ...more
});
export const answered = (call: number, queue: string, agent: string): CallEvent => ({
  kind: 'CallAnswered',
  entry: `pbx/${call}/${queue}`,
  agent
});
