import type { BoardFrame } from '../../domain/wallboard.ts';

/** The latest frame of each board, made once however many look at it. */
export interface Feed {
  /** The boards there are: `all`, then one per unit (the unit's id). */
  boards(): string[];
  /** A frame of now; null when there is no such board. The same object until the next one is made. */
  current(board: string): BoardFrame | null;
  /**
   * Calls back with each new frame: at most four a second, latest wins, only when something other than position,
   * asOf and provenAt changed, plus a heartbeat every 5 s. Returns how to stop.
   */
  watch(board: string, onFrame: (frame: BoardFrame) => void): () => void;
}
