import type { Entry } from '../telephony/call.ts';
import type { EntryId } from '../telephony/event.ts';

/** So many that a shelf holds a handful even on the busiest day, so few that copying the row of them costs nothing. */
const SHELVES = 4096;
const empty: readonly (ReadonlyMap<EntryId, Entry> | undefined)[] = Array(SHELVES).fill(undefined);

/**
 * Entries by id, never changed: adding some gives a new collection that shares nearly everything with the old one.
 *
 * A plain Map would be copied whole for every batch of events, which on a busy day costs more than everything else that
 * is done with them. Here they lie on shelves by their id, and only the shelves that a batch touches are copied.
 */
export class RecentEntries {
  readonly #shelves: typeof empty;

  constructor(shelves = empty) {
    this.#shelves = shelves;
  }

  get(id: EntryId): Entry | undefined {
    return this.#shelves[shelfOf(id)]?.get(id);
  }

  /** With these in the place of what has the same id. */
  with(entries: Iterable<Entry>): RecentEntries {
    const shelves = this.#shelves.slice();
    const copied = new Map<number, Map<EntryId, Entry>>();
    for (const entry of entries) {
      const at = shelfOf(entry.id);
      let shelf = copied.get(at);
      if (shelf === undefined) copied.set(at, (shelf = new Map(shelves[at])));
      shelf.set(entry.id, entry);
    }
    for (const [at, shelf] of copied) shelves[at] = shelf;
    return new RecentEntries(shelves);
  }

  /** Only those that are still wanted. */
  filter(isWanted: (entry: Entry) => boolean): RecentEntries {
    return new RecentEntries().with([...this.values()].filter(isWanted));
  }

  *values(): Generator<Entry> {
    for (const shelf of this.#shelves) if (shelf !== undefined) yield* shelf.values();
  }
}

function shelfOf(id: EntryId): number {
  let hash = 0;
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  return (hash >>> 0) % SHELVES;
}
