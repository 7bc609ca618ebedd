import { EVENT_VERSION, type CallEvent } from './event.ts';

/** An event as some version wrote it: only the kind is sure. */
export interface StoredEvent {
  kind: string;
  [field: string]: unknown;
}
/** Lifts an event of one version to the next; kinds that did not change come back as they are. */
export type Upcaster = (event: StoredEvent) => StoredEvent;

/**
 * Step n lifts an event of version n to version n + 1. Stored rows are never rewritten: every old shape is lifted each
 * time it is read, and keeps an example in `tests/fixtures/events`. Version 1 is the first, so there is no step yet.
 */
const STEPS: ReadonlyMap<number, Upcaster> = new Map();

/**
 * An event in today's shape. Throws for one from a later version, or from none that ever was: guessing at it would make
 * the floor lie. `steps` and `today` are given by tests only.
 */
export function upcast(
  version: number,
  stored: { kind: string },
  steps: ReadonlyMap<number, Upcaster> = STEPS,
  today: number = EVENT_VERSION
): CallEvent {
  let event = stored as StoredEvent;
  for (let from = version; from !== today; from += 1) {
    const step = steps.get(from);
    if (step === undefined || from > today) {
      throw new Error(`No step is known from version ${from} of ${stored.kind} to version ${today}.`);
    }
    event = step(event);
  }
  return event as unknown as CallEvent;
}
