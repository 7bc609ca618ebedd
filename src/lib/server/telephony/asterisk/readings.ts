import type { Asked } from './connect.ts';
import type { Timers } from './timers.ts';

export interface ReadingsPorts {
  /** Asks the PBX we are in contact with; never answered when contact is lost meanwhile. */
  ask(channels: boolean, done: (asked: Asked) => void): void;
  differing(asked: Asked): string[];
  drifted(differences: string[]): void;
  repair(asked: Asked): void;
}

const everyMs = 60_000;
const againMs = 2_000;
const reloadedMs = 1_000;

/**
 * While in contact, asks each minute whether the floor still is what the PBX says. A difference counts only when it is
 * there in a second reading two seconds later: an answer of many queues is never of one moment. Then it is repaired.
 * The first comparison comes two seconds after contact: what was repaired then must already agree.
 */
export class Readings {
  #timers: Timers;
  #ports: ReadingsPorts;
  #timer: unknown;
  #generation = 0;

  constructor(timers: Timers, ports: ReadingsPorts) {
    this.#timers = timers;
    this.#ports = ports;
  }

  start(): void {
    this.#plan(againMs, () => this.#compare(null));
  }

  stop(): void {
    this.#generation++;
    this.#timers.clearTimeout(this.#timer);
  }

  /** The PBX's configuration was loaded anew: queues may have come or gone. */
  soon(): void {
    this.#plan(reloadedMs, () => this.#repair());
  }

  #plan(ms: number, act: () => void): void {
    this.stop();
    this.#timer = this.#timers.setTimeout(act, ms);
  }

  #compare(before: string[] | null): void {
    this.#ask(false, (asked) => {
      const found = this.#ports.differing(asked);
      if (found.length > 0 && before === null) return this.#plan(againMs, () => this.#compare(found));
      const still = found.filter((difference) => before?.includes(difference));
      if (still.length === 0) return this.#plan(everyMs, () => this.#compare(null));
      this.#ports.drifted(still);
      this.#repair();
    });
  }

  #repair(): void {
    this.#ask(true, (asked) => {
      this.#ports.repair(asked);
      this.#plan(everyMs, () => this.#compare(null));
    });
  }

  /** An answer that comes when something else has been planned is not for us any more. */
  #ask(channels: boolean, done: (asked: Asked) => void): void {
    const asking = ++this.#generation;
    this.#ports.ask(channels, (asked) => {
      if (asking === this.#generation) done(asked);
    });
  }
}
