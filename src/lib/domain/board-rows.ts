/** The rows of a board, in the exchange's own order: one per queue, or one per unit when a wall has no room for all. */
import { contact, isKnown } from './contact.ts';
import type { Pressure } from './pressure.ts';
import type { Instant } from './time.ts';
import type { BoardFigures, BoardQueue, QueueNow } from './wallboard.ts';

export interface BoardRow {
  id: string;
  name: string;
  shortName: string;
  /** Rows of one unit stand together; null for a queue without a unit. */
  unit: string | null;
  pressure: Pressure;
  /** Null while the exchange is out of sight, also when the frame is so old that its number no longer counts. */
  waiting: number | null;
  longestWaitSince: Instant | null;
  lastKnown: BoardFigures['lastKnown'];
  /** Older than fifteen seconds. */
  aged: boolean;
}

/** What a row is made of: a board's queue has it, and a strip's. */
export interface RowQueue extends Pick<QueueNow, 'source' | 'pressure' | 'waiting' | 'longestWaitSince' | 'lastKnown'> {
  queue: Pick<BoardQueue, 'id' | 'name' | 'shortName' | 'unit'>;
}

export function queueRow(each: RowQueue, lineLostSince: Instant | null, now: Instant): BoardRow {
  const sight = contact(each.source, lineLostSince, now);
  const seen = isKnown(sight) && each.waiting !== null;
  return {
    id: each.queue.id,
    name: each.queue.name,
    shortName: each.queue.shortName,
    unit: each.queue.unit?.id ?? null,
    pressure: seen ? each.pressure : 'unknown',
    waiting: seen ? each.waiting : null,
    longestWaitSince: seen ? each.longestWaitSince : null,
    lastKnown: each.lastKnown ?? lastSeen(each),
    aged: sight.kind === 'aged'
  };
}

/** One row per unit, for a wall with too many queues: the sum of those who wait, the oldest of them, the worst state. */
export function unitRows(queues: readonly QueueNow[], rows: readonly BoardRow[], others: string): BoardRow[] {
  const units = new Map<string, { name: string; rows: BoardRow[] }>();
  queues.forEach(({ queue }, index) => {
    const id = queue.unit?.id ?? '';
    const unit = units.get(id) ?? { name: queue.unit?.name ?? others, rows: [] };
    unit.rows.push(rows[index]!);
    units.set(id, unit);
  });
  return [...units].map(([id, { name, rows }]) => {
    const since = rows.map((row) => row.longestWaitSince).filter((at) => at !== null);
    const known = rows.every((row) => row.waiting !== null);
    return {
      id: `unit/${id}`,
      name,
      shortName: name,
      unit: null,
      pressure: worst(rows.map((row) => row.pressure)),
      waiting: known ? rows.reduce((sum, row) => sum + (row.waiting ?? 0), 0) : null,
      longestWaitSince: known && since.length > 0 ? Math.min(...since) : null,
      lastKnown: together(rows.map((row) => row.lastKnown)),
      aged: rows.some((row) => row.aged)
    };
  });
}

/** What the frame itself says was so when the exchange was last heard. */
function lastSeen({ waiting, longestWaitSince, source }: RowQueue): BoardFigures['lastKnown'] {
  if (waiting === null || source.provenAt === null) return null;
  const at = source.provenAt;
  return { at, waiting, longestWaitMs: longestWaitSince === null ? null : Math.max(0, at - longestWaitSince) };
}

function worst(all: Pressure[]): Pressure {
  const order: Pressure[] = ['unknown', 'strained', 'busy', 'calm', 'closed'];
  return order.find((each) => all.includes(each)) ?? 'unknown';
}

function together(all: BoardFigures['lastKnown'][]): BoardFigures['lastKnown'] {
  const known = all.filter((each) => each !== null);
  if (known.length < all.length || known.length === 0) return null;
  return {
    at: Math.min(...known.map(({ at }) => at)),
    waiting: known.reduce((sum, { waiting }) => sum + waiting, 0),
    longestWaitMs: Math.max(...known.map(({ longestWaitMs }) => longestWaitMs ?? 0))
  };
}
