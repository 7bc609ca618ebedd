import type { Instant } from '../../../domain/time.ts';

/** Decisions that wait a little for the event that would decide them otherwise. */
export class Held {
  #held = new Map<string, { due: Instant; decide: () => void }>();

  /** Decides at `due` unless released before; a second one of the same name replaces the first. */
  hold(name: string, due: Instant, decide: () => void): void {
    this.#held.set(name, { due, decide });
  }

  release(name: string): boolean {
    return this.#held.delete(name);
  }

  nextDue(): Instant | null {
    let next: Instant | null = null;
    for (const { due } of this.#held.values()) if (next === null || due < next) next = due;
    return next;
  }

  /** Makes every decision that is due, in order of time. */
  decideUntil(now: Instant): void {
    const due = [...this.#held].filter(([, held]) => held.due <= now).sort((a, b) => a[1].due - b[1].due);
    for (const [name, held] of due) if (this.#held.delete(name)) held.decide();
  }
}
