import type { Kysely } from 'kysely';
import type { QueueId } from '../../domain/telephony/event.ts';
import type { Period } from '../../domain/time.ts';
import type { Tables } from './tables.ts';

const DAY_MS = 86_400_000;
/** So much is read at a time, that a report over a year does not keep the board waiting. */
const AT_ONCE_MS = 31 * DAY_MS;
/** Nobody waits longer than this; the index knows when an entry was offered, not when it was answered. */
const LONGEST_WAIT_MS = DAY_MS;

/**
 * How many different agent tokens answered in each queue and each period: what decides whether figures that describe
 * agents may be shown. Pairs in which nobody answered are left out. Periods do not overlap.
 */
export async function answerers(
  db: Kysely<Tables>,
  periods: readonly Period[],
  queues: readonly QueueId[]
): Promise<{ queue: QueueId; startsAt: number; answerers: number }[]> {
  const inOrder = periods.toSorted((a, b) => a.startsAt - b.startsAt);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (!first || !last || queues.length === 0) return [];
  const found = new Map<string, { queue: QueueId; startsAt: number; tokens: Set<string> }>();
  for (let from = first.startsAt; from < last.endsAt; from += AT_ONCE_MS) {
    const to = Math.min(from + AT_ONCE_MS, last.endsAt);
    const rows = await db
      .selectFrom('entry')
      .select(['queue', 'agent', 'answered_at'])
      .where('queue', 'in', queues)
      .where('offered_at', '>=', from - LONGEST_WAIT_MS)
      .where('offered_at', '<', to)
      .where('answered_at', '>=', from)
      .where('answered_at', '<', to)
      .where('agent', 'is not', null)
      .execute();
    for (const { queue, agent, answered_at } of rows) {
      const period = periodAt(inOrder, answered_at!);
      if (!period) continue;
      const key = `${period.startsAt} ${queue}`;
      const pair = found.get(key) ?? { queue, startsAt: period.startsAt, tokens: new Set() };
      found.set(key, pair);
      pair.tokens.add(agent!);
    }
    await new Promise((resume) => setImmediate(resume));
  }
  return [...found.values()].map(({ queue, startsAt, tokens }) => ({ queue, startsAt, answerers: tokens.size }));
}

/** By halving: a year has 35 000 quarters. */
function periodAt(inOrder: readonly Period[], at: number): Period | undefined {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inOrder[middle]!.endsAt <= at) low = middle + 1;
    else high = middle;
  }
  const period = inOrder[low];
  return period && period.startsAt <= at ? period : undefined;
}
