import type { Instant } from '../../domain/time.ts';
import type { BoardFrame } from '../../domain/wallboard.ts';

/** The latest frame of each board, made once however many look at it; of strips too, where the board is a person. */
export interface Feed<Frame = BoardFrame> {
  /** The boards there are: `all`, then one per unit (the unit's id). */
  boards(): string[];
  /** A frame of now; null when there is no such board. The same object until the next one is made. */
  current(board: string): Frame | null;
  /**
   * Calls back with each new frame: at most four a second, latest wins, only when something other than position,
   * asOf and provenAt changed, plus a heartbeat every 5 s. Returns how to stop.
   */
  watch(board: string, onFrame: (frame: Frame) => void): () => void;
}

export interface FeedPorts<Frame = BoardFrame> {
  boards(): string[];
  /** A frame of now, or null when there is no such board: a pure function of what is shown and the time. */
  frame(board: string): Frame | null;
  now(): Instant;
  /** Calls back after `ms`; returns how to cancel. */
  after(ms: number, callback: () => void): () => void;
}

/** At most four frames a second: more than the eye needs, and a bound on what a burst of calls can cost. */
const FRAME_LEAST_MS = 250;
const HEARTBEAT_MS = 5_000;
/** Wrap-ups end, minutes slide and days turn without an event, so a watched board is looked at again each second. */
const LOOK_AGAIN_MS = 1_000;

interface Watched<Frame> {
  frame: Frame;
  /** The frame without what changes by itself: two frames with the same face look the same. */
  face: string;
  madeAt: Instant;
  sentAt: Instant;
  listeners: Set<(frame: Frame) => void>;
  cancel: (() => void) | null;
  dueAt: Instant;
}

/** Makes frames when the floor changes, and never twice the same. `changed()` is called by the engine after each fold. */
export function createFeed<Frame extends object = BoardFrame>(
  ports: FeedPorts<Frame>
): Feed<Frame> & { changed(): void; close(): void } {
  const watched = new Map<string, Watched<Frame>>();
  /** Frames made on demand for boards that nobody watches, and for first paints between two frames. */
  const onDemand = new Map<string, { frame: Frame | null; madeAt: Instant }>();

  function make(board: string, entry: Watched<Frame>) {
    const frame = ports.frame(board);
    entry.madeAt = ports.now();
    if (!frame) return;
    const face = faceOf(frame);
    if (face === entry.face && entry.madeAt - entry.sentAt < HEARTBEAT_MS) return;
    entry.frame = frame;
    entry.face = face;
    entry.sentAt = entry.madeAt;
    for (const listener of entry.listeners) listener(frame);
  }

  function lookAt(board: string, entry: Watched<Frame>, at: Instant) {
    if (entry.cancel && entry.dueAt <= at) return;
    entry.cancel?.();
    entry.dueAt = at;
    entry.cancel = ports.after(Math.max(0, at - ports.now()), () => {
      entry.cancel = null;
      if (entry.listeners.size === 0) return;
      make(board, entry);
      lookAt(board, entry, ports.now() + LOOK_AGAIN_MS);
    });
  }

  function drop(board: string, entry: Watched<Frame>) {
    entry.cancel?.();
    entry.cancel = null;
    watched.delete(board);
  }

  return {
    boards: ports.boards,
    current(board) {
      const seen = watched.get(board);
      if (seen) {
        if (ports.now() - seen.madeAt >= LOOK_AGAIN_MS) make(board, seen);
        return seen.frame;
      }
      const kept = onDemand.get(board);
      if (kept && ports.now() - kept.madeAt < FRAME_LEAST_MS) return kept.frame;
      const frame = ports.frame(board);
      onDemand.set(board, { frame, madeAt: ports.now() });
      return frame;
    },
    watch(board, onFrame) {
      let entry = watched.get(board);
      if (!entry) {
        const frame = ports.frame(board);
        if (!frame) return () => {};
        const now = ports.now();
        const listeners = new Set<(frame: Frame) => void>();
        entry = { frame, face: faceOf(frame), madeAt: now, sentAt: now, listeners, cancel: null, dueAt: 0 };
        watched.set(board, entry);
        lookAt(board, entry, now + LOOK_AGAIN_MS);
      }
      const joined = entry;
      // A wrapper of its own, so that the same function may watch twice and stop once.
      const listener = (frame: Frame) => onFrame(frame);
      joined.listeners.add(listener);
      return () => {
        joined.listeners.delete(listener);
        if (joined.listeners.size === 0 && watched.get(board) === joined) drop(board, joined);
      };
    },
    changed() {
      onDemand.clear();
      for (const [board, entry] of watched) lookAt(board, entry, Math.max(ports.now(), entry.madeAt + FRAME_LEAST_MS));
    },
    close() {
      for (const [board, entry] of watched) drop(board, entry);
    }
  };
}

/** What a person would see of a frame: everything but the position, the time it was made and how fresh its source is. */
function faceOf(frame: object): string {
  return JSON.stringify(frame, (name, value) =>
    name === 'position' || name === 'asOf' || name === 'provenAt' ? undefined : value
  );
}
