import type { Entry } from './call.ts';
import type { QueueId } from './event.ts';
import type { Floor } from './floor.ts';
import type { Instant } from '../time.ts';

/** The undecided entries of a queue, or of every queue when it is null. A caller leaves them only by a decided event. */
export function waitingEntries(floor: Floor, queue: QueueId | null): Entry[] {
  const waiting: Entry[] = [];
  for (const entry of floor.entries.values()) {
    if (entry.outcome === 'waiting' && (queue === null || entry.queue === queue)) waiting.push(entry);
  }
  return waiting;
}

/** How many wait in a queue, as far as the floor knows: whether that is proven is for the source's state to say. */
export function waiting(floor: Floor, queue: QueueId | null): number {
  return waitingEntries(floor, queue).length;
}

/** When the oldest waiting entry came; null when nobody waits. Sent as an instant, so that the screen can count. */
export function longestWaitSince(floor: Floor, queue: QueueId | null): Instant | null {
  let since: Instant | null = null;
  for (const { offeredAt } of waitingEntries(floor, queue)) if (since === null || offeredAt < since) since = offeredAt;
  return since;
}

/** How long the oldest waiting entry has waited, in ms; null when nobody waits. */
export function longestWait(floor: Floor, queue: QueueId | null, now: Instant): number | null {
  const since = longestWaitSince(floor, queue);
  return since === null ? null : Math.max(0, now - since);
}
