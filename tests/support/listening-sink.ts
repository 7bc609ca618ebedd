import type { Entry } from '../../src/lib/domain/telephony/call.ts';
import {
  EVENT_VERSION,
  type CallEvent,
  type EventKind,
  type EventOf,
  type Told
} from '../../src/lib/domain/telephony/event.ts';
import { emptyFloor, evolveFloor, type Floor } from '../../src/lib/domain/telephony/floor.ts';
import type { PbxHealth, PbxSink } from '../../src/lib/server/telephony/asterisk/sink.ts';
import type { FakeClock } from './fake-clock.ts';

/** Listens to one source as the engine would, and remembers all it was told. */
export class ListeningSink implements PbxSink {
  readonly told: Told[] = [];
  readonly healths: (Partial<PbxHealth> & { at: number })[] = [];
  provenAt: number | null = null;
  now: () => number;
  #source: string;
  #floor: Floor;
  #keys = new Set<string>();

  constructor(source: string, clock: FakeClock, floor: Floor = emptyFloor) {
    this.#source = source;
    this.#floor = floor;
    this.now = clock.now;
  }

  floor = () => Promise.resolve(this.#floor);
  entries = (): Promise<Entry[]> => Promise.resolve([]);
  wrapUpMs = () => null;
  isWrapUpReason = () => false;

  append = (told: Told[]): Promise<void> => {
    for (const one of told) {
      if (this.#keys.has(one.key)) continue;
      this.#keys.add(one.key);
      this.told.push(one);
      const envelope = { ...one, source: this.#source, version: EVENT_VERSION, offset: this.told.length };
      this.#floor = evolveFloor(this.#floor, envelope);
    }
    return Promise.resolve();
  };

  proven(at: number): void {
    this.provenAt = at;
  }

  health(report: Partial<PbxHealth>): void {
    this.healths.push({ ...report, at: this.now() });
  }

  get floorNow(): Floor {
    return this.#floor;
  }

  /** The last that was reported of something. */
  reported<K extends keyof PbxHealth>(what: K): PbxHealth[K] | undefined {
    const last: Partial<PbxHealth> | undefined = this.healths.findLast((health) => what in health);
    return last?.[what];
  }

  /** Everything told of one kind, in order. */
  of<K extends EventKind>(kind: K): (Told & { event: EventOf<K> })[] {
    return this.told.filter((one): one is Told & { event: EventOf<K> } => isOf(one.event, kind));
  }

  get waiting(): string[] {
    return [...this.#floor.entries.values()]
      .filter((entry) => entry.outcome === 'waiting')
      .map((entry) => `${entry.queue} ${entry.channel}`)
      .sort();
  }
}

function isOf<K extends EventKind>(event: CallEvent, kind: K): event is EventOf<K> {
  return event.kind === kind;
}
