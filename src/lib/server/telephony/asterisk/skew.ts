import type { Instant } from '../../../domain/time.ts';

const kept = 10;

/** How far the PBX's clock is ahead of ours, from the answers to our pings. */
export class Skew {
  #midpoints: number[] = [];

  /** `theirs` is the PBX's clock in its answer; it was read somewhere between our asking and our hearing. */
  pinged(asked: Instant, answered: Instant, theirs: number): void {
    this.#midpoints.push(theirs - (asked + answered) / 2);
    if (this.#midpoints.length > kept) this.#midpoints.shift();
  }

  /** The median of the last ten, in whole ms, so that one slow answer does not move it; 0 before the first. */
  get ms(): number {
    const sorted = [...this.#midpoints].sort((a, b) => a - b);
    const half = sorted.length >> 1;
    if (sorted.length === 0) return 0;
    return Math.round(sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2);
  }
}
