import { emptyToday, todayOf, type DefinitionsOf } from '../../domain/statistics/today.ts';
import type { SourceName } from '../../domain/telephony/event.ts';
import { emptyFloor, foldFloor, type Floor } from '../../domain/telephony/floor.ts';
import { floorFromJson, floorToJson, type FloorJson } from '../../domain/telephony/floor-json.ts';
import { dayStart, HOUR_MS, type Instant, type Zone } from '../../domain/time.ts';
import type { Checkpoint, EventLog } from './ports.ts';
import { mayConcern, type Known } from './projection.ts';

const FLOOR = 'floor';
/** Raised when the floor's JSON changes shape: an older checkpoint is then left aside and the log is folded whole. */
const FLOOR_VERSION = 1;
const PAGE = 5_000;

interface FloorCheckpoint {
  floor: FloorJson;
  provenAt: [SourceName, Instant][];
}

export function toCheckpoint(floor: Floor, offset: number, provenAt: ReadonlyMap<SourceName, Instant>): Checkpoint {
  const state: FloorCheckpoint = { floor: floorToJson(floor), provenAt: [...provenAt] };
  return { name: FLOOR, offset, version: FLOOR_VERSION, state };
}

/** The floor at the end of the log, from its last checkpoint and what was written since. */
export async function recallFloor(
  log: EventLog
): Promise<{ floor: Floor; provenAt: Map<SourceName, Instant>; replayed: number; offset: number }> {
  const checkpoint = await log.checkpoint(FLOOR);
  const kept = checkpoint?.version === FLOOR_VERSION ? (checkpoint.state as FloorCheckpoint) : null;
  const provenAt = new Map(kept?.provenAt ?? []);
  let floor = kept ? floorFromJson(kept.floor) : emptyFloor;
  let offset = kept ? checkpoint!.offset : 0;
  let replayed = 0;
  for (;;) {
    const page = await log.read(offset, PAGE);
    if (page.length === 0) break;
    floor = foldFloor(floor, page);
    for (const { lane, source, seenAt, event } of page) {
      if (lane === 'live' && event.kind !== 'SourceLost' && seenAt > (provenAt.get(source) ?? 0))
        provenAt.set(source, seenAt);
    }
    offset = page.at(-1)!.offset;
    replayed += page.length;
  }
  return { floor, provenAt, replayed, offset };
}

/**
 * What the process before us knew: the floor from its last checkpoint and the log since, today from the stored entries.
 * Entries and tallies are written in the transaction of their events, so they already stand at the end of the log; only
 * the floor, whose checkpoint is older, is folded on. Folding entries from there too would count them twice.
 */
export async function recall(
  log: EventLog,
  now: Instant,
  zone: Zone,
  definitionsOf: DefinitionsOf
): Promise<{ known: Known; provenAt: Map<SourceName, Instant>; replayed: number; offset: number }> {
  const { floor, provenAt, replayed, offset } = await recallFloor(log);
  // An hour before midnight too: what waited or wrapped up over the turn of the day.
  const since = dayStart(now, zone) - HOUR_MS;
  const empty = emptyToday(now, zone);
  const entries = (await log.entriesSince(since, [...floor.entries.keys()])).filter((entry) =>
    mayConcern(empty, floor, entry)
  );
  const today = todayOf(entries, await log.refusalsSince(since), now, zone, definitionsOf);
  return { known: { floor, today }, provenAt, replayed, offset };
}
