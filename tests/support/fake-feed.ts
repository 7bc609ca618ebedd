import type { BoardFrame } from '../../src/lib/domain/wallboard.ts';
import type { Feed } from '../../src/lib/server/graphql/context.ts';

/** A feed that tells what a test tells it. */
export class FakeFeed implements Feed {
  #frames = new Map<string, BoardFrame>();
  #watchers = new Map<string, Set<(frame: BoardFrame) => void>>();

  constructor(...frames: BoardFrame[]) {
    for (const frame of frames) this.#frames.set(frame.board.id, frame);
  }

  boards(): string[] {
    return [...this.#frames.keys()];
  }

  current(board: string): BoardFrame | null {
    return this.#frames.get(board) ?? null;
  }

  watch(board: string, onFrame: (frame: BoardFrame) => void): () => void {
    const watchers = this.#watchers.get(board) ?? new Set();
    this.#watchers.set(board, watchers.add(onFrame));
    return () => watchers.delete(onFrame);
  }

  tell(frame: BoardFrame): void {
    this.#frames.set(frame.board.id, frame);
    for (const watcher of this.#watchers.get(frame.board.id) ?? []) watcher(frame);
  }

  /** The next frame of a board: one event on, a quarter of a second later, with so many waiting. */
  next(board: string, waiting: number): BoardFrame {
    const frame = this.#frames.get(board);
    if (!frame) throw new Error(`No such board in this test: ${board}`);
    const next = {
      ...frame,
      position: { ...frame.position, offset: frame.position.offset + 1 },
      asOf: frame.asOf + 250,
      total: { ...frame.total, waiting }
    };
    this.tell(next);
    return next;
  }

  watchers(board: string): number {
    return this.#watchers.get(board)?.size ?? 0;
  }
}
