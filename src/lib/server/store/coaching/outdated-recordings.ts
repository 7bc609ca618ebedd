import type { Kysely } from 'kysely';
import type { WhyDeleted } from '../../../domain/coaching/kept-recording.ts';
import type { EntryId } from '../../../domain/telephony/event.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Tables } from '../tables.ts';

const DAY_MS = 86_400_000;
/** What was not drawn goes so long after its window; there may be calls to draw anew until then. */
const POOL_MS = 14 * DAY_MS;
/** What was drawn goes so long after the talk about it was held, */
const AFTER_TALK_MS = 30 * DAY_MS;
/** and at the latest so long after its round was closed. */
const AFTER_ROUND_MS = 60 * DAY_MS;

/**
 * The recordings that nothing keeps any longer. A call stays while it is somebody's chosen one, and before that while an
 * open round may still draw it; one that its agent withdrew, or that was never theirs, goes at once.
 */
export async function outdatedRecordings(
  db: Kysely<Tables>,
  now: Instant
): Promise<{ entry: EntryId; why: WhyDeleted }[]> {
  const recordings = await db
    .selectFrom('recording')
    .innerJoin('entry', 'entry.id', 'recording.entry')
    .select(['recording.entry', 'entry.answered_at as answeredAt'])
    .where('recording.state', '=', 'ready')
    .execute();
  if (recordings.length === 0) return [];
  const slots = await db
    .selectFrom('slot')
    .innerJoin('participation', 'participation.id', 'slot.participation')
    .innerJoin('round', 'round.id', 'participation.round')
    .leftJoin('talk', 'talk.participation', 'participation.id')
    .select(['slot.entry', 'slot.state', 'talk.held_at as heldAt', 'round.closed_at as closedAt'])
    .where('slot.entry', 'is not', null)
    .where('slot.entry', 'in', (query) => query.selectFrom('recording').select('recording.entry'))
    .execute();
  const windows = await db
    .selectFrom('round_window')
    .innerJoin('round', 'round.id', 'round_window.round')
    .select(['round_window.starts_at as startsAt', 'round_window.ends_at as endsAt'])
    .where('round.state', 'in', ['open', 'closing'])
    .where('round_window.ends_at', '>', now - POOL_MS)
    .execute();

  return recordings.flatMap(({ entry, answeredAt }): { entry: EntryId; why: WhyDeleted }[] => {
    const own = slots.filter((slot) => slot.entry === entry);
    const chosen = own.find(({ state }) => state === 'chosen');
    if (chosen) {
      if (chosen.heldAt !== null && chosen.heldAt + AFTER_TALK_MS <= now) return [{ entry, why: 'after-talk' }];
      if (chosen.closedAt !== null && chosen.closedAt + AFTER_ROUND_MS <= now) return [{ entry, why: 'round-closed' }];
      return [];
    }
    const gone = own.find(({ state }) => state === 'withdrawn' || state === 'void');
    if (gone) return [{ entry, why: gone.state === 'void' ? 'void' : 'withdrawn' }];
    const at = answeredAt ?? 0;
    return windows.some(({ startsAt, endsAt }) => startsAt <= at && at < endsAt) ? [] : [{ entry, why: 'not-drawn' }];
  });
}
