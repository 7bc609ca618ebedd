import { contribution, openContribution, restated, sumOf } from '../../src/lib/domain/statistics/contribution.ts';
import { addTally, type Tally } from '../../src/lib/domain/statistics/tally.ts';
import { entryOf, evolveEntry, type Entry } from '../../src/lib/domain/telephony/call.ts';
import { EVENT_VERSION, type EntryId, type Envelope, type Told } from '../../src/lib/domain/telephony/event.ts';
import { emptyFloor, evolveFloor, type Floor } from '../../src/lib/domain/telephony/floor.ts';
import { waiting } from '../../src/lib/domain/telephony/waiting.ts';
import { quarterStart, type Instant } from '../../src/lib/domain/time.ts';
import type { SourceHealth, SourceSink } from '../../src/lib/server/live/ports.ts';

/**
 * A log in memory that does what the real one does with what a source tells: drops a key it has had before, folds the
 * floor, the entries and the tallies, each by itself, and checks after each event that the balance holds.
 */
export class ToldLog implements SourceSink {
  readonly envelopes: Envelope[] = [];
  readonly byId = new Map<EntryId, Entry>();
  /** How the balance broke, in words; empty when it always held. */
  readonly imbalances: string[] = [];
  /** Keys that came again. */
  dropped = 0;
  healthNow: Partial<SourceHealth> = {};
  wrapUp: (queue: string) => number | null = () => null;

  #source: string;
  #now: () => Instant;
  #floor: Floor = emptyFloor;
  #keys = new Set<string>();
  #tallies = new Map<string, Tally>(); // by queue and quarter

  constructor(source: string, now: () => Instant) {
    this.#source = source;
    this.#now = now;
  }

  /** A second clock for the same log. */
  retime(now: () => Instant): void {
    this.#now = now;
  }

  get floorNow(): Floor {
    return this.#floor;
  }

  tallies(): Record<string, Tally> {
    return Object.fromEntries([...this.#tallies].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  now(): Instant {
    return this.#now();
  }

  floor(): Promise<Floor> {
    return Promise.resolve(this.#floor);
  }

  append(told: Told[]): Promise<void> {
    for (const one of told) this.#append(one);
    return Promise.resolve();
  }

  proven(): void {}

  entries(from: Instant, to: Instant): Promise<Entry[]> {
    return Promise.resolve([...this.byId.values()].filter(({ offeredAt }) => from <= offeredAt && offeredAt < to));
  }

  wrapUpMs(pbxQueue: string): number | null {
    return this.wrapUp(pbxQueue);
  }

  isWrapUpReason(reason: string): boolean {
    return reason === 'Efterarbete';
  }

  health(report: Partial<SourceHealth>): void {
    this.healthNow = { ...this.healthNow, ...report };
  }

  #append(told: Told): void {
    if (this.#keys.has(told.key)) {
      this.dropped++;
      return;
    }
    this.#keys.add(told.key);
    const offset = this.envelopes.length + 1;
    const envelope: Envelope = { ...told, offset, source: this.#source, version: EVENT_VERSION };
    this.envelopes.push(envelope);
    this.#floor = evolveFloor(this.#floor, envelope);
    const id = entryOf(told.event);
    if (id === null) return;
    const before = this.byId.get(id) ?? null;
    const after = evolveEntry(before, envelope);
    if (after) this.byId.set(id, after);
    for (const { queue, quarterStart, delta } of restated(before, after, [])) {
      const cell = `${queue} ${quarterStart}`;
      const sum = this.#tallies.get(cell);
      this.#tallies.set(cell, sum ? addTally(sum, delta) : delta);
    }
    if (after) this.#balance(after.queue, envelope);
  }

  /** carriedIn + offered = answered + abandoned + overflowed + lost + waiting, or + carriedOut once a quarter is over. */
  #balance(queue: string, { key }: Envelope): void {
    const now = Math.max(this.#now(), ...this.envelopes.slice(-1).map(({ at }) => at));
    const open = [...this.#floor.entries.values()].filter((entry) => entry.queue === queue);
    const carried = sumOf(open.flatMap((entry) => openContribution(entry, now)));
    const cells = [...this.#tallies].filter(([cell]) => cell.startsWith(`${queue} `));
    const quarters = new Map(cells.map(([cell, tally]) => [Number(cell.slice(queue.length + 1)), tally]));
    for (const { quarterStart: quarter, delta } of carried) {
      const sum = quarters.get(quarter);
      quarters.set(quarter, sum ? addTally(sum, delta) : delta);
    }
    for (const [quarter, { carriedIn, offered, answered, abandoned, overflowed, lost, carriedOut }] of quarters) {
      const after = quarter === quarterStart(now) ? waiting(this.#floor, queue) : carriedOut;
      const difference = carriedIn + offered - answered - abandoned - overflowed - lost - after;
      if (difference !== 0)
        this.imbalances.push(`${key}: ${difference} in ${queue}, ${new Date(quarter).toISOString()}`);
    }
  }

  /** The tallies worked out again from the entries, from nothing. */
  rebuilt(): Record<string, Tally> {
    const all = sumOf([...this.byId.values()].flatMap((entry) => contribution(entry, [])));
    return Object.fromEntries(
      all
        .map((part) => [`${part.queue} ${part.quarterStart}`, part.delta] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1))
    );
  }
}
