import { entryOf, evolveEntry, type Entry } from '../../src/lib/domain/telephony/call.ts';
import type { Envelope, Told } from '../../src/lib/domain/telephony/event.ts';
import { emptyFloor, foldFloor, type Floor } from '../../src/lib/domain/telephony/floor.ts';
import type { SimulatorSink } from '../../src/lib/server/telephony/simulator/simulator.ts';

/** What the simulator tells, folded by the domain's own folds, with a key counted once as in the log. */
export interface CityLog extends SimulatorSink {
  envelopes: Envelope[];
  known: Map<string, Entry>;
  floorNow(): Floor;
  /** Deliveries that the log dropped because it had their keys. */
  doubled: number;
  provenAt: number | null;
  /** The disk refuses as long as this is true. */
  refuses: boolean;
}

export function cityLog(now: () => number, source = 'demo'): CityLog {
  const keys = new Set<string>();
  const log: CityLog = {
    envelopes: [],
    known: new Map(),
    doubled: 0,
    provenAt: null,
    refuses: false,
    now,
    floorNow: () => floor,
    floor: () => Promise.resolve(floor),
    append(told) {
      if (log.refuses) return Promise.reject(new Error('The disk is full.'));
      const fresh = told.filter((one) => !keys.has(one.key) && keys.add(one.key));
      log.doubled += told.length - fresh.length;
      fold(fresh);
      return Promise.resolve();
    },
    proven: (at) => void (log.provenAt = at),
    entries: (from, to) =>
      Promise.resolve([...log.known.values()].filter(({ offeredAt }) => offeredAt >= from && offeredAt < to)),
    health: () => undefined
  };
  let floor: Floor = emptyFloor;
  const fold = (told: readonly Told[]): void => {
    const envelopes = told.map((one, index) => ({
      ...one,
      offset: log.envelopes.length + index + 1,
      source,
      version: 1
    }));
    floor = foldFloor(floor, envelopes);
    for (const envelope of envelopes) {
      log.envelopes.push(envelope);
      const id = entryOf(envelope.event);
      const after = id === null ? null : evolveEntry(log.known.get(id) ?? null, envelope);
      if (id !== null && after !== null) log.known.set(id, after);
    }
  };
  return log;
}

/** A clock that stands until it is moved, and wakes who waited for it. */
export function movedClock(start: number): {
  now(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Moves on in steps until `until`, letting whoever wakes do all of their work. */
  moveTo(until: number, stepMs?: number): Promise<void>;
  /** Moves on, a little at a time, until something has been done. */
  moveUntil(done: Promise<unknown>): Promise<void>;
} {
  let now = start;
  let waiting: { at: number; wake: () => void }[] = [];
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const wakeDue = (): void => {
    const due = waiting.filter(({ at }) => at <= now);
    waiting = waiting.filter(({ at }) => at > now);
    for (const { wake } of due) wake();
  };
  return {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        waiting.push({ at: now + ms, wake: resolve });
        signal.addEventListener('abort', () => resolve());
        if (signal.aborted) resolve();
      }),
    async moveTo(until, stepMs = 60_000) {
      while (now < until) {
        now = Math.min(until, now + stepMs);
        wakeDue();
        for (let turns = 0; turns < 12; turns++) await turn();
      }
    },
    async moveUntil(done) {
      let isDone = false;
      const settled = done.finally(() => (isDone = true));
      while (!isDone) {
        now += 5;
        wakeDue();
        await turn();
      }
      await settled;
    }
  };
}
