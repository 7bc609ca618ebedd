import type { Instant } from '../../../domain/time.ts';

/** What is going to happen, in virtual time: a binary heap, first come first served at the same instant. */
export interface Agenda {
  readonly now: Instant;
  at(instant: Instant, act: () => void): void;
  /** Lets everything happen, in order, until nothing is left. */
  run(): void;
}
interface Item {
  instant: Instant;
  turn: number;
  act: () => void;
}

export function agenda(start: Instant): Agenda {
  const heap: Item[] = [];
  let now = start;
  let turn = 0;
  const sooner = (a: Item, b: Item): boolean => a.instant < b.instant || (a.instant === b.instant && a.turn < b.turn);
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  const rise = (from: number): void => {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!sooner(heap[at]!, heap[parent]!)) return;
      swap(at, parent);
      at = parent;
    }
  };
  const sink = (): void => {
    for (let at = 0; ;) {
      let first = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && sooner(heap[child]!, heap[first]!)) first = child;
      }
      if (first === at) return;
      swap(at, first);
      at = first;
    }
  };
  return {
    get now() {
      return now;
    },
    at(instant, act) {
      // Instants are whole milliseconds, and nothing can be arranged for the past.
      heap.push({ instant: Math.max(now, Math.round(instant)), turn: turn++, act });
      rise(heap.length - 1);
    },
    run() {
      for (let item = heap[0]; item; item = heap[0]) {
        const last = heap.pop()!;
        if (heap.length > 0) {
          heap[0] = last;
          sink();
        }
        now = item.instant;
        item.act();
      }
    }
  };
}
