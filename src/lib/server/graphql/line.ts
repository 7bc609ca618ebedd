import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Viewer } from '../../domain/access.ts';
import type { Instant } from '../../domain/time.ts';
import type { Credential } from './context.ts';
import type { Audience, Listener } from './shared-execution.ts';

/** One socket of one viewer. Everything else on it is `ws`'s and `graphql-ws`'s; frames are written past both. */
export class Line {
  readonly ws: WebSocket;
  /** Null until a token has come in `connection_init`. */
  viewer: Viewer | null = null;
  /** When the session or token ends by itself; null: when revoked. */
  expiresAt: Instant | null = null;
  /** What the viewer came in by. */
  credential: Credential | null = null;
  /** Whether the last ping was answered. */
  alive = true;
  /** Since when too much lies unsent, by a monotonic clock; null while all is well. */
  heavySince: number | null = null;
  /** Which second of the heartbeat's round it is pinged in. */
  readonly turn: number;
  #socket: Duplex;
  #behind: Set<Seat> | null = null;
  #slowed: (line: Line) => void;

  constructor(ws: WebSocket, socket: Duplex, slowed: (line: Line) => void, turn: number) {
    this.ws = ws;
    this.turn = turn;
    this.#socket = socket;
    this.#slowed = slowed;
  }

  get open(): boolean {
    return this.ws.readyState === this.ws.OPEN;
  }

  /** Bytes that the network has not taken yet. */
  get unsent(): number {
    return this.#socket.writableLength;
  }

  /**
   * Sends a frame, or keeps it as the one to send when the line is free: a viewer on a slow line misses the frames
   * between, and never has more than one of them waiting here.
   */
  send(seat: Seat, payload: Buffer): void {
    if (!this.open) return;
    if (this.unsent === 0 && this.#behind === null) {
      this.#write(seat.opening, payload);
      if (this.unsent > 0) this.#slowed(this);
      return;
    }
    seat.waiting = payload;
    (this.#behind ??= new Set()).add(seat);
    this.#slowed(this);
  }

  /** Sends what waits if the line is free again. True when nothing lies unsent any more. */
  catchUp(): boolean {
    if (!this.open) this.#behind = null;
    while (this.#behind && this.unsent === 0) {
      const [seat] = this.#behind;
      if (!seat) break;
      this.#behind.delete(seat);
      if (seat.waiting) this.#write(seat.opening, seat.waiting);
      seat.waiting = null;
      if (this.#behind.size === 0) this.#behind = null;
    }
    return this.#behind === null && (this.unsent === 0 || !this.open);
  }

  forget(seat: Seat): void {
    this.#behind?.delete(seat);
    if (this.#behind?.size === 0) this.#behind = null;
  }

  /**
   * One whole unmasked text frame (RFC 6455, 5.2): this viewer's few bytes, then the bytes that are everybody's, in one
   * system call. `ws` writes its own frames whole and at once (nothing is deflated), so they can never interleave.
   */
  #write(opening: Buffer, payload: Buffer): void {
    const length = opening.length + payload.length;
    const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    const head = Buffer.allocUnsafe(headerLength + opening.length);
    head[0] = 0x81;
    if (headerLength === 2) head[1] = length;
    else if (headerLength === 4) {
      head[1] = 126;
      head.writeUInt16BE(length, 2);
    } else {
      head[1] = 127;
      head.writeUInt32BE(0, 2);
      head.writeUInt32BE(length, 6);
    }
    opening.copy(head, headerLength);
    this.#socket.cork();
    this.#socket.write(head);
    this.#socket.write(payload);
    this.#socket.uncork();
  }
}

/**
 * One viewer's shared subscription. For `graphql-ws` it is a stream that never tells anything and can be ended, so the
 * protocol (duplicate ids, `complete`, closing) stays its work; the frames go past it.
 */
export class Seat implements Listener, AsyncIterableIterator<never, undefined> {
  /** The viewer's own bytes of every message. */
  readonly opening: Buffer;
  /** The frame to send when the line is free. */
  waiting: Buffer | null = null;
  #line: Line;
  #audience: Audience | null = null;
  #left: () => void;
  #end: (() => void) | null = null;
  #ended = false;

  constructor(line: Line, id: string, left: () => void) {
    this.opening = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
    this.#line = line;
    this.#left = left;
  }

  /** Takes the place among the others; frames come from now on. */
  sit(join: (listener: Listener) => Audience): void {
    this.#audience = join(this);
  }

  write(payload: Buffer): void {
    this.#line.send(this, payload);
  }

  next(): Promise<IteratorResult<never, undefined>> {
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => (this.#end = () => resolve({ done: true, value: undefined })));
  }

  return(): Promise<IteratorResult<never, undefined>> {
    if (!this.#ended) {
      this.#ended = true;
      this.#line.forget(this);
      this.waiting = null;
      this.#audience?.leave(this);
      this.#left();
      this.#end?.();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
