/** How hard pressed a queue is, in words that the room can act on. A surge is another thing: it is measured against a usual day. */
import type { Instant } from './time.ts';
import type { BoardFigures, QueueNow } from './wallboard.ts';

export type Pressure = 'calm' | 'busy' | 'strained' | 'unknown' | 'closed';

/** Two waiting callers are nothing out of the ordinary, however few are free. */
const ORDINARY_WAITING = 2;
/** From this many times the target a single wait strains the queue on its own. */
const FAR_TOO_LONG = 3;

/**
 * Two questions. Do more wait than there are free hands (and more than two)? Has the oldest waited longer than the
 * queue's own target? Neither is calm, one is busy, both is strained; and one who has waited three times the target is
 * strained alone. `closed`: nobody waits and nobody is signed in. `unknown`: while the exchange is out of sight.
 */
export function pressure(queue: QueueNow, now: Instant): Pressure {
  const { waiting, longestWaitSince, agents } = queue;
  if (waiting === null) return 'unknown';
  if (waiting === 0) return signedIn(queue) === 0 ? 'closed' : 'calm';
  const waitedMs = longestWaitSince === null ? 0 : now - longestWaitSince;
  const { targetMs } = queue.queue.serviceLevel;
  const moreThanHands = waiting > Math.max(agents.available ?? 0, ORDINARY_WAITING);
  const waitedLong = waitedMs > targetMs;
  if ((moreThanHands && waitedLong) || waitedMs > FAR_TOO_LONG * targetMs) return 'strained';
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
