/** How hard pressed a queue is, in words that the room can act on. A surge is another thing: it is measured against a usual day. */
import { DEFAULT_THRESHOLDS, type Thresholds } from './board.ts';
import type { Instant } from './time.ts';
import type { BoardFigures, BoardQueue } from './wallboard.ts';

export type Pressure = 'calm' | 'busy' | 'strained' | 'unknown' | 'closed';
/** What is looked at of a queue. */
export type Pressed = Pick<BoardFigures, 'waiting' | 'longestWaitSince' | 'agents'> & {
  queue: Pick<BoardQueue, 'serviceLevel'>;
};

/**
 * Two questions. Do more wait than there are free hands (and more than is ordinary)? Has the oldest waited longer than
 * the queue's own target? Neither is calm, one is busy, both is strained; and one who has waited many times the target
 * is strained alone. `closed`: nobody waits and nobody is signed in. `unknown`: while the exchange is out of sight.
 */
export function pressure(queue: Pressed, now: Instant, thresholds: Thresholds = DEFAULT_THRESHOLDS): Pressure {
  return judged(queue, now, thresholds, { callers: 0, share: 0 });
}

/** The same a little stricter: what a queue must be better than before it is said to be better. */
export function pressureBeforeEased(queue: Pressed, now: Instant, thresholds: Thresholds): Pressure {
  return judged(queue, now, thresholds, thresholds.easedBy);
}

function judged(queue: Pressed, now: Instant, thresholds: Thresholds, sooner: Thresholds['easedBy']): Pressure {
  const { waiting, longestWaitSince, agents } = queue;
  if (waiting === null) return 'unknown';
  if (waiting === 0) return signedIn(queue) === 0 ? 'closed' : 'calm';
  const waitedMs = longestWaitSince === null ? 0 : now - longestWaitSince;
  const targetMs = queue.queue.serviceLevel.targetMs * (1 - sooner.share);
  const hands = Math.max(agents.available ?? 0, thresholds.ordinaryWaiting);
  const moreThanHands = waiting > Math.max(0, hands - sooner.callers);
  const waitedLong = waitedMs > targetMs;
  if ((moreThanHands && waitedLong) || waitedMs > thresholds.farTooLong * targetMs) return 'strained';
  return moreThanHands || waitedLong ? 'busy' : 'calm';
}

/** How many people are signed in, or `null` when any of the states is unknown. */
export function signedIn({ agents }: Pick<BoardFigures, 'agents'>): number | null {
  let sum = 0;
  for (const count of Object.values(agents) as (number | null)[]) {
    if (count === null) return null;
    sum += count;
  }
  return sum;
}
