import { sql } from 'kysely';
import { periodOf, type Instant, type Zone } from '../../domain/time.ts';
import type { Database } from './database.ts';

/** So many rows go in one transaction: whoever appends meanwhile waits for a moment and not for a minute. */
const TOGETHER = 5_000;

/** The first instant of the month that is `months` whole months before the one of `now`. */
export function monthsBefore(now: Instant, months: number, zone: Zone): Instant {
  let at = periodOf(now, 'MONTH', zone).startsAt;
  for (let gone = 0; gone < months; gone += 1) at = periodOf(at - 1, 'MONTH', zone).startsAt;
  return at;
}

/**
 * Cuts off the beginning of the log: everything up to the first event at or after `before`. Entries and tallies stay, and
 * offsets are those they were. Returns how many events went.
 *
 * Two things make it safe. Nothing is cut that the floor's checkpoint does not have yet, or a restart would begin with
 * half a floor. And the log is told first that it holds nothing from before: an old file that is imported once more
 * would otherwise be counted again, because the keys by which it is known are gone.
 */
export async function cutLog({ kysely }: Database, before: Instant): Promise<number> {
  const floor = await kysely.selectFrom('projection').select('offset').where('name', '=', 'floor').executeTakeFirst();
  const kept = await kysely
    .selectFrom('event')
    .select('offset')
    .where('at', '>=', before)
    .orderBy('offset')
    .limit(1)
    .executeTakeFirst();
  const last = kept
    ? kept.offset - 1
    : (await kysely.selectFrom('log').select('offset').executeTakeFirstOrThrow()).offset;
  if (!floor || floor.offset < last) return 0;
  const first = await kysely.selectFrom('event').select('offset').orderBy('offset').limit(1).executeTakeFirst();
  if (!first || first.offset > last) return 0;
  await kysely
    .updateTable('log')
    .set({ cut_before: sql<number>`case when cut_before < ${before} then ${before} else cut_before end` })
    .execute();
  let gone = 0;
  for (let from = first.offset; from <= last; from += TOGETHER) {
    const { numDeletedRows } = await kysely
      .deleteFrom('event')
      .where('offset', '<', Math.min(from + TOGETHER, last + 1))
      .executeTakeFirst();
    gone += Number(numDeletedRows);
  }
  return gone;
}
