import type { Instant } from '../domain/time.ts';
import type { BoardFrame, Position } from '../domain/wallboard.ts';
import { wallboardQuery, wallboardSubscription } from '../operations/persisted.ts';
import { boardFrame } from './board-frame.ts';
import { ask, type Live, Refusal, type RefusalCode } from './graphql.ts';
import { forgetFrames, rememberFrame } from './last-frame.ts';
import type { Now } from './now.svelte.ts';

/** A board's frame of now, for the first paint. Throws a `Refusal`; after `sign-in` nothing is kept in the browser. */
export async function readWallboard(fetch: typeof globalThis.fetch, board: string): Promise<BoardFrame> {
  try {
    return boardFrame((await ask(fetch, wallboardQuery, { board })).wallboard);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'sign-in') forgetFrames();
    throw error;
  }
}

/**
 * A board that is looked at: its newest frame, and whether the line to the server holds. One per page, given to the
 * components by context.
 */
export class Wallboard {
  /** The newest frame; null when there never was one. It stays when the line breaks: its age is counted from the instants in it. */
  current: BoardFrame | null = $state.raw(null);
  /** Whether the socket is up and has brought a frame since it came up. */
  connected: boolean = $state(false);
  /** Since when we are without the server, by its own clock; null while connected, and before the first attempt has failed. */
  since: Instant | null = $state(null);
  /** Why the server no longer tells us anything: final, unless `failed`. `outdated` asks for a reload of the page. */
  error: RefusalCode | null = $state(null);
  /** How much later than the swiftest of the last minute the newest frame came, ms. */
  lagMs = 0;
  /** When something last came, by a clock that nobody can set. */
  heardAt = performance.now();
  #board: string;
  #live: Live;
  #now: Now;
  #fetch: typeof globalThis.fetch;
  /** Whether the socket has opened since it last closed. */
  #opened = false;
  #asking = false;

  constructor(
    board: string,
    first: BoardFrame | null,
    live: Live,
    now: Now,
    fetch: typeof globalThis.fetch = (...asked) => globalThis.fetch(...asked)
  ) {
    this.#board = board;
    this.#live = live;
    this.#now = now;
    this.#fetch = fetch;
    if (first) this.#take(first);
  }

  /** Begins to listen, until the returned function is called. For `onMount` or an effect, never on the server. */
  start(): () => void {
    const stop = this.#live.subscribe(
      wallboardSubscription,
      { board: this.#board },
      {
        next: ({ wallboard }) => {
          this.connected = true;
          this.since = null;
          this.error = null;
          this.#take(boardFrame(wallboard));
          if (this.current) rememberFrame(this.current, this.#now.exact());
        },
        // Not yet `connected`: a socket that is open and silent tells us nothing about the telephones.
        connected: () => (this.#opened = true),
        lost: () => {
          this.#lost();
          if (!this.#opened) void this.#askInstead(stop);
          this.#opened = false;
        },
        refused: ({ code }) => this.#refused(code)
      }
    );
    return stop;
  }

  /**
   * A browser does not tell why a socket would not open: the network, a proxy that knows no sockets, or a session that
   * has ended. A question by POST does, and brings a newer frame if it can.
   */
  async #askInstead(stop: () => void): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      this.#take(await readWallboard(this.#fetch, this.#board));
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'network' && error.code !== 'failed') {
        stop();
        this.#refused(error.code);
      }
    }
    this.#asking = false;
  }

  #refused(code: RefusalCode): void {
    this.error = code;
    if (code === 'failed') return;
    this.#lost();
    if (code === 'sign-in' || code === 'revoked') forgetFrames();
  }

  #take(frame: BoardFrame): void {
    this.#now.heard(frame.asOf);
    this.lagMs = Math.max(0, Math.round(this.#now.exact() - frame.asOf));
    this.heardAt = performance.now();
    if (supersedes(frame, this.current)) this.current = frame;
  }

  #lost(): void {
    this.connected = false;
    this.since ??= this.#now.exact();
  }
}

/**
 * Whether a frame replaces the one we hold. Another epoch is another life of the log, so its offsets say nothing and
 * it is taken; otherwise a smaller offset, or an equal one made earlier, is a late arrival and is dropped.
 */
export function supersedes(next: Placed, held: Placed | null): boolean {
  if (held === null || next.position.epoch !== held.position.epoch) return true;
  if (next.position.offset !== held.position.offset) return next.position.offset > held.position.offset;
  return next.asOf >= held.asOf;
}
interface Placed {
  position: Position;
  asOf: Instant;
}
