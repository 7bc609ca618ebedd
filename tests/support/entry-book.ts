import { entryOf, evolveEntry, type Entry } from '../../src/lib/domain/telephony/call.ts';
import { EVENT_VERSION, type Told } from '../../src/lib/domain/telephony/event.ts';

/** Keeps entries as the store would: folds what is told, each key once. In the source's own names. */
export class EntryBook {
  readonly entries = new Map<string, Entry>();
  readonly told: Told[] = [];
  #source: string;
  #keys = new Set<string>();

  constructor(source: string) {
    this.#source = source;
  }

  /** What was new of it. */
  write(told: readonly Told[]): Told[] {
    const fresh = told.filter(({ key }) => !this.#keys.has(key) && this.#keys.add(key));
    for (const one of fresh) {
      this.told.push(one);
      const id = entryOf(one.event);
      if (id === null) continue;
      const envelope = { ...one, source: this.#source, version: EVENT_VERSION, offset: this.told.length };
      const entry = evolveEntry(this.entries.get(id) ?? null, envelope);
      if (entry) this.entries.set(id, entry);
    }
    return fresh;
  }

  /** For what reads a queue_log. */
  sink(now: () => number) {
    return {
      now,
      append: async (told: Told[]) => void this.write(told),
      entries: async (from: number, to: number) =>
        [...this.entries.values()].filter(({ offeredAt }) => offeredAt >= from && offeredAt <= to)
    };
  }

  all(): Entry[] {
    return [...this.entries.values()].sort((a, b) => a.offeredAt - b.offeredAt);
  }
}
