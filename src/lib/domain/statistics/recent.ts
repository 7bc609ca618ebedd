import { happenings } from './contribution.ts';
import { addTally, emptyTally, type Tally } from './tally.ts';
import type { DefinitionsOf, Today } from './today.ts';
import { decidedAt } from '../telephony/durations.ts';
import type { AgentToken, QueueId } from '../telephony/event.ts';
import { MINUTE_MS, minuteStart, type Instant } from '../time.ts';

/** The last half hour of one queue, and who answered in it. */
export interface QueueRecently {
  tally: Tally;
  answerers: ReadonlySet<AgentToken>;
}

/** Where the last 30 minutes begin: they slide on whole minutes, so that the figures do not tremble each second. */
export function recentFrom(now: Instant): Instant {
  return minuteStart(now) - 30 * MINUTE_MS;
}

/** The half hour of every queue that had something in it, from its entries, as if they alone were the log. */
export function recently(today: Today, now: Instant, definitionsOf: DefinitionsOf): Map<QueueId, QueueRecently> {
  const from = recentFrom(now);
  const isWithin = (at: Instant) => at >= from && at <= now;
  const queues = new Map<QueueId, { tally: Tally; answerers: Set<AgentToken> }>();
  const recent = (queue: QueueId) => {
    let known = queues.get(queue);
    if (known === undefined) queues.set(queue, (known = { tally: emptyTally, answerers: new Set() }));
    return known;
  };
  for (const entry of today.recent.values()) {
    const queue = recent(entry.queue);
    for (const { at, adds } of happenings(entry, definitionsOf(entry.queue))) {
      if (isWithin(at)) queue.tally = addTally(queue.tally, { ...emptyTally, ...adds });
    }
    if (entry.offeredAt < from && (decidedAt(entry) ?? now) >= from)
      queue.tally = addTally(queue.tally, { ...emptyTally, carriedIn: 1 });
    if (entry.agent !== null && entry.answeredAt !== null && isWithin(entry.answeredAt))
      queue.answerers.add(entry.agent);
  }
  for (const { queue, at } of today.refusals) {
    if (isWithin(at)) recent(queue).tally = addTally(recent(queue).tally, { ...emptyTally, refused: 1 });
  }
  return queues;
}
