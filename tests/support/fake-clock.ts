/** A clock that stands still until a test moves it, with timers that fire in order. */
export class FakeClock {
  #now: number;
  #nextId = 1;
  #timers = new Map<number, { at: number; run: () => void }>();

  constructor(startMs: number) {
    this.#now = startMs;
    this.now = this.now.bind(this);
    this.setTimeout = this.setTimeout.bind(this);
    this.clearTimeout = this.clearTimeout.bind(this);
  }

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, ms: number): number {
    const id = this.#nextId++;
    this.#timers.set(id, { at: this.#now + Math.max(0, Math.ceil(ms)), run });
    return id;
  }

  clearTimeout(id: number | undefined): void {
    if (id !== undefined) this.#timers.delete(id);
  }

  /** When the next timer falls; null when none is set. */
  nextAt(): number | null {
    let next: number | null = null;
    for (const timer of this.#timers.values()) if (next === null || timer.at < next) next = timer.at;
    return next;
  }

  /** Moves to `at` without firing anything: for whoever fires timers one by one with `fireDue`. */
  moveTo(at: number): void {
    this.#now = Math.max(this.#now, at);
  }

  /** Fires the first timer that is due, in order of time and then of setting; false when none is. */
  fireDue(): boolean {
    let first: [number, { at: number; run: () => void }] | null = null;
    for (const entry of this.#timers)
      if (entry[1].at <= this.#now && (!first || entry[1].at < first[1].at)) first = entry;
    if (!first) return false;
    this.#timers.delete(first[0]);
    first[1].run();
    return true;
  }

  /** Lets time pass with all timers on the way, for tests without sockets or promises. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (let next = this.nextAt(); next !== null && next <= until; next = this.nextAt()) {
      this.moveTo(next);
      this.fireDue();
    }
    this.moveTo(until);
  }

  /** How many timers are set: a busy loop or a leak shows here. */
  get pending(): number {
    return this.#timers.size;
  }
}
