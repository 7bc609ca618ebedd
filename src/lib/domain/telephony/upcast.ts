import { EVENT_VERSION, type CallEvent } from './event.ts';

/** An event as some version wrote it: only the kind is sure. */
export interface StoredEvent {
  kind: string;
}

/**
 * Step n lifts an event of version n to version n + 1. Stored rows are never rewritten: every old shape is lifted each
 * time it is read, and has a kept example in the tests. Version 1 is the first, so there is no step yet.
 */
const steps: ReadonlyMap<number, (event: StoredEvent) => StoredEvent> = new Map();

/** An event in today's shape. Throws for one from a later version: guessing at it would make the floor lie. */
export function upcast(version: number, stored: StoredEvent): CallEvent {
  let event = stored;
  for (let v = version; v !== EVENT_VERSION; v += 1) {
    const step = steps.get(v);
    if (!step) throw new Error(`No step is known from version ${v} of ${stored.kind} to version ${EVENT_VERSION}.`);
    event = step(event);
  }
  return event as CallEvent;
}
