import type { Envelope } from '../../domain/telephony/event.ts';
import type { Instant } from '../../domain/time.ts';
import { LogRefuses, type Incoming } from './ports.ts';

/**
 * Gathers what all sources want written and hands it to the log one transaction at a time (group commit): while one
 * transaction waits for the disk, the next batch fills. A caller is answered only when its events are durable.
 *
 * While the disk refuses, live events are kept in order in memory, at most `pendingMost` of them, and tried again;
 * their callers wait. History is refused at once, because whoever imports can do it again later.
 */
export interface Writer {
  append(incoming: Incoming[]): Promise<void>;
  /** False while the disk refuses and live events are only in memory. */
  saved(): boolean;
  /** What waits in memory because the disk refuses. */
  unsaved(): { count: number; oldestAt: Instant | null };
  /** Writes what is waiting, if the disk lets it, and takes no more. */
  close(): Promise<void>;
}

export interface WriterPorts {
  /** One transaction; rejects with `LogRefuses` when nothing of it was saved. */
  commit(batch: Incoming[]): Promise<Envelope[]>;
  /** Folds into what is shown what could not be saved yet. */
  showUnsaved(events: Incoming[]): void;
  /** Something was dropped because the memory's bound was reached: from here we are blind. */
  overflowed(): void;
  savedChanged(saved: boolean): void;
  wait(ms: number): Promise<void>;
}

interface Waiting {
  incoming: Incoming[];
  resolve(): void;
  reject(error: unknown): void;
}

/** Large enough to make an fsync cheap per event, small enough that a live event never waits long behind history. */
const BATCH_MOST = 5_000;
const HISTORY_BATCH_MOST = 20_000;
const RETRY_MS = 1_000;
/**
 * Lets everybody who was just answered tell again before the next transaction begins. Without this breath the first of
 * them would get a transaction, and a sync of the disk, alone.
 */
const everyoneReady = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createWriter(ports: WriterPorts, pendingMost = 100_000): Writer {
  const live: Waiting[] = [];
  const history: Waiting[] = [];
  let running: Promise<void> | null = null;
  let saved = true;
  let closing = false;
  let unsavedShown = 0; // how many events at the head of `live` are already folded into what is shown

  const isHistory = (incoming: Incoming[]) => incoming.every((told) => told.lane === 'history');

  function setSaved(value: boolean) {
    if (saved === value) return;
    saved = value;
    ports.savedChanged(value);
  }

  function take(queue: Waiting[], most: number): Waiting[] {
    let n = 0;
    let size = 0;
    while (n < queue.length && (n === 0 || size + queue[n]!.incoming.length <= most))
      size += queue[n++]!.incoming.length;
    return queue.splice(0, n);
  }

  function refuseAll(queue: Waiting[], error: unknown) {
    for (const waiting of queue.splice(0)) waiting.reject(error);
  }

  /** The disk refused: show what is known all the same, keep it within the bound, and drop the newest beyond it. */
  function keepInMemory() {
    setSaved(false);
    let count = 0;
    for (let i = 0; i < live.length; i++) {
      count += live[i]!.incoming.length;
      if (count > pendingMost) {
        refuseAll(live.splice(i), new LogRefuses('The disk refuses and the memory for unsaved events is full.'));
        ports.overflowed();
        break;
      }
    }
    const events = live.flatMap((waiting) => waiting.incoming);
    if (events.length > unsavedShown) ports.showUnsaved(events.slice(unsavedShown));
    unsavedShown = Math.max(unsavedShown, events.length);
  }

  async function run() {
    while (live.length + history.length > 0) {
      await everyoneReady();
      const fromLive = live.length > 0;
      const queue = fromLive ? live : history;
      const batch = take(queue, fromLive ? BATCH_MOST : HISTORY_BATCH_MOST);
      try {
        const incoming = batch.length === 1 ? batch[0]!.incoming : batch.flatMap((waiting) => waiting.incoming);
        await ports.commit(incoming);
        unsavedShown = Math.max(0, unsavedShown - (fromLive ? incoming.length : 0));
        if (unsavedShown === 0) setSaved(true);
        for (const waiting of batch) waiting.resolve();
      } catch (error) {
        if (!(error instanceof LogRefuses) || !fromLive) {
          for (const waiting of batch) waiting.reject(error);
          continue;
        }
        live.unshift(...batch);
        refuseAll(history, error);
        keepInMemory();
        if (closing) return refuseAll(live, error);
        await ports.wait(RETRY_MS);
      }
    }
  }

  function wake() {
    running ??= run().finally(() => {
      running = null;
      if (live.length + history.length > 0 && !closing) wake();
    });
  }

  return {
    append(incoming) {
      if (incoming.length === 0) return Promise.resolve();
      if (closing) return Promise.reject(new Error('The log is closing and takes no more events.'));
      return new Promise<void>((resolve, reject) => {
        const ofHistory = isHistory(incoming);
        (ofHistory ? history : live).push({ incoming, resolve, reject });
        if (!saved && !ofHistory) keepInMemory();
        wake();
      });
    },
    saved: () => saved,
    unsaved() {
      if (saved) return { count: 0, oldestAt: null };
      const count = live.reduce((sum, { incoming }) => sum + incoming.length, 0);
      return { count, oldestAt: live[0]?.incoming[0]?.at ?? null };
    },
    async close() {
      closing = true;
      while (running) await running;
      if (live.length + history.length > 0) await run();
    }
  };
}
