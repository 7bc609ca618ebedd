import type { Kysely } from 'kysely';
import type { QueueId } from '../../domain/telephony/event.ts';
import { periodOf, type Period, type Zone } from '../../domain/time.ts';
import type { Tables } from './tables.ts';

const DAY_MS = 86_400_000;
/** So much is read at a time, that a report over a year does not keep the board waiting. */
const AT_ONCE_MS = 31 * DAY_MS;
/** Nobody waits longer than this; the index knows when an entry was offered, not when it was answered. */
const LONGEST_WAIT_MS = DAY_MS;

/** Who answered in one queue and period. */
interface Answered {
  queue: QueueId;
  startsAt: number;
  /** Keys of people whose tokens can still be explained: one person over several months is one key. */
  known: Set<string>;
  /** By month: everybody who answered in it, a key where it is known and else a token. */
  months: Map<number, Set<string>>;
}

/**
 * How many different people answered in each queue and each period, or fewer and never more: it decides whether figures
 * that describe agents may be shown. Pairs in which nobody answered and no talk or wrap-up ended are left out. Periods do
 * not overlap.
 *
 * Tokens are new each month. While the rows that explain them live, a person is one key over all months. Of older
 * months only those of the same month are surely different people, so the month with the most of them counts.
 */
export async function answerers(
  db: Kysely<Tables>,
  periods: readonly Period[],
  queues: readonly QueueId[],
  zone: Zone
): Promise<{ queue: QueueId; startsAt: number; answerers: number; describes: boolean }[]> {
  const inOrder = periods.toSorted((a, b) => a.startsAt - b.startsAt);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (!first || !last || queues.length === 0) return [];
  const keys = await keysOfTokens(db);
  const found = new Map<string, Answered>();
  let month = periodOf(first.startsAt, 'MONTH', zone);
  for (let from = first.startsAt; from < last.endsAt; from += AT_ONCE_MS) {
    const to = Math.min(from + AT_ONCE_MS, last.endsAt);
    const rows = await db
      .selectFrom('entry')
      .select(['queue', 'agent', 'answered_at', 'talk_ended_at', 'wrap_up_until'])
      .where('queue', 'in', queues)
      .where('offered_at', '>=', from - LONGEST_WAIT_MS)
      .where('offered_at', '<', to)
      .where('agent', 'is not', null)
      .execute();
    const pairAt = (queue: QueueId, at: number | null) => {
      const period = at === null ? undefined : periodAt(inOrder, at);
      if (!period) return undefined;
      const name = `${period.startsAt} ${queue}`;
      const pair = found.get(name) ?? { queue, startsAt: period.startsAt, known: new Set(), months: new Map() };
      found.set(name, pair);
      return pair;
    };
    for (const { queue, agent, answered_at, talk_ended_at, wrap_up_until } of rows) {
      pairAt(queue, talk_ended_at);
      pairAt(queue, wrap_up_until);
      const pair = pairAt(queue, answered_at);
      if (!pair) continue;
      if (answered_at! < month.startsAt || answered_at! >= month.endsAt) month = periodOf(answered_at!, 'MONTH', zone);
      const key = keys.get(agent!);
      if (key !== undefined) pair.known.add(key);
      const everybody = pair.months.get(month.startsAt) ?? new Set();
      pair.months.set(month.startsAt, everybody.add(key ?? agent!));
    }
    await new Promise((resume) => setImmediate(resume));
  }
  return [...found.values()].map(({ queue, startsAt, known, months }) => {
    const most = Math.max(known.size, ...[...months.values()].map(({ size }) => size));
    return { queue, startsAt, answerers: most, describes: true };
  });
}

async function keysOfTokens(db: Kysely<Tables>): Promise<Map<string, string>> {
  const rows = await db.selectFrom('agent_token').select(['token', 'source', 'key']).execute();
  return new Map(rows.map(({ token, source, key }) => [token, `${source}\n${key}`]));
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
