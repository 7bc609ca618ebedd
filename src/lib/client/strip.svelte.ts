import type { RowQueue } from '../domain/board-rows.ts';
import type { OwnStateKind, StripFrame } from '../domain/strip.ts';
import type { Instant } from '../domain/time.ts';
import { stripQuery, stripSubscription, type WireStrip } from '../operations/persisted.ts';
import { ask, type Live, Refusal, type RefusalCode } from './graphql.ts';
import { forgetFrames, rememberFrame, type Rememberable } from './last-frame.ts';
import type { Now } from './now.svelte.ts';
import { supersedes } from './wallboard.svelte.ts';

/** A strip as the browser has it: of its queues what a row needs. */
export type OwnStrip = Omit<StripFrame, 'queues'> & { queues: (RowQueue & Rememberable['queues'][number])[] };

const REMEMBERED_MS = 5 * 60_000;
const LONG_ENOUGH_MS = 60_000;

/** One's own strip as it is now, for the first paint. Throws a `Refusal`. */
export async function readStrip(fetch: typeof globalThis.fetch): Promise<OwnStrip> {
  try {
    return ownStrip((await ask(fetch, stripQuery, {})).strip);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'sign-in') forgetFrames();
    throw error;
  }
}

/** One's own strip for as long as one looks: its newest frame, and whether the line to the server holds. */
export class Strip {
  current: OwnStrip | null = $state.raw(null);
  connected: boolean = $state(false);
  /** Since when we are without the server, by its own clock; null while connected, and before the first failure. */
  since: Instant | null = $state(null);
  error: RefusalCode | null = $state(null);
  /** The most that waited within the last five minutes; null when we have looked on for less than one. */
  waitedBefore: number | null = $state(null);
  #live: Live;
  #now: Now;
  #seen: { at: Instant; waiting: number }[] = [];

  constructor(first: OwnStrip | null, live: Live, now: Now) {
    this.#live = live;
    this.#now = now;
    if (first) this.#take(first);
  }

  /** Begins to listen, until the returned function is called. For `onMount`, never on the server. */
  start(): () => void {
    const stop = this.#live.subscribe(
      stripSubscription,
      {},
      {
        next: ({ strip }) => {
          this.connected = true;
          this.since = null;
          this.error = null;
          this.#take(ownStrip(strip));
          if (this.current) rememberFrame(this.current, this.#now.exact());
        },
        // Not yet `connected`: a socket that is open and silent tells us nothing about the telephones.
        connected: () => {},
        lost: () => {
          this.#lost();
          void this.#askInstead(stop);
        },
        refused: ({ code }) => this.#refused(code)
      }
    );
    return stop;
  }

  /** A browser does not tell why a socket would not open; a question by POST does, and may bring a newer frame. */
  async #askInstead(stop: () => void): Promise<void> {
    try {
      this.#take(await readStrip(fetch));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'network' || error.code === 'failed') return;
      stop();
      this.#refused(error.code);
    }
  }

  #refused(code: RefusalCode): void {
    this.error = code;
    if (code === 'failed') return;
    this.#lost();
    if (code === 'sign-in' || code === 'revoked') forgetFrames();
  }

  #lost(): void {
    this.connected = false;
    this.since ??= this.#now.exact();
  }

  #take(frame: OwnStrip): void {
    this.#now.heard(frame.asOf);
    if (!supersedes(frame, this.current)) return;
    this.current = frame;
    const waiting = frame.queues.reduce((sum, queue) => sum + (queue.waiting ?? 0), 0);
    this.#seen = [...this.#seen.filter(({ at }) => at > frame.asOf - REMEMBERED_MS), { at: frame.asOf, waiting }];
    const first = this.#seen[0];
    const longEnough = first !== undefined && frame.asOf - first.at >= LONG_ENOUGH_MS;
    this.waitedBefore = longEnough ? Math.max(...this.#seen.map((each) => each.waiting)) : null;
  }
}

const KINDS: Record<WireStrip['own']['kind'], OwnStateKind> = {
  AVAILABLE: 'available',
  RINGING: 'ringing',
  TALKING: 'talking',
  BUSY: 'busy',
  WRAPPING_UP: 'wrappingUp',
  PAUSED: 'paused',
  UNREACHABLE: 'unreachable',
  SIGNED_OUT: 'signed-out',
  NOT_TIED: 'not-tied',
  UNKNOWN: 'unknown'
};

/** As it came over the wire, in domain values: instants are milliseconds again. */
function ownStrip(wire: WireStrip): OwnStrip {
  const maybe = (text: string | null) => (text === null ? null : Date.parse(text));
  const source = ({ state, since, provenAt }: WireStrip['source']) => ({
    state,
    since: Date.parse(since),
    provenAt: maybe(provenAt)
  });
  return {
    ...wire,
    asOf: Date.parse(wire.asOf),
    source: source(wire.source),
    own: { ...wire.own, kind: KINDS[wire.own.kind], wrapUpUntil: maybe(wire.own.wrapUpUntil) },
    announcements: wire.announcements.map((each) => ({
      ...each,
      from: Date.parse(each.from),
      until: Date.parse(each.until)
    })),
    queues: wire.queues.map((each) => ({
      ...each,
      pressure: each.pressure.toLowerCase() as RowQueue['pressure'],
      source: source(each.source),
      longestWaitSince: maybe(each.longestWaitSince),
      lastKnown: each.lastKnown && { ...each.lastKnown, at: Date.parse(each.lastKnown.at) }
    }))
  };
}
