import type { Instant } from '../time.ts';
import type { EntryId, SourceName } from './event.ts';

/**
 * The name of one stay of one channel in one queue: `source/uniqueid/queue/joined second`, and `/2`, `/3`, … when the
 * same channel joins the same queue again within that second. Neither Uniqueid nor Uniqueid and queue name a stay: a
 * caller who overflows out and back again has the same two.
 */
export function entryId(
  source: SourceName,
  channel: string,
  queue: string,
  joinedAt: Instant,
  taken: (id: EntryId) => boolean
): EntryId {
  const id = `${source}/${channel}/${queue}/${Math.floor(joinedAt / 1000)}`;
  if (!taken(id)) return id;
  let n = 2;
  while (taken(`${id}/${n}`)) n++;
  return `${id}/${n}`;
}
