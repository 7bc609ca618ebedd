import type { Instant } from '../domain/time.ts';

/** How many frames the difference between the clocks is judged by: a minute's heartbeats. */
const heardAtMost = 12;
/** How much before its time a timer may fire, ms. */
const early = 20;

/**
 * The server's clock on the screen. Every wait and every age is counted from instants that the server made, so a
 * television whose own clock is wrong by an hour still shows the right ones.
 *
 * A frame is always a little older than the moment it arrives (it travelled, or was kept for a first paint), so the
 * largest difference among the last minute's frames is the truest. Older ones are forgotten, so that the clock follows
 * when somebody sets the television's.
 */
export class Now {
  /** The server's time, moved once a second, on the second. Before the first tick: when the first frame was made. */
  current: Instant = $state(0);
  #ahead: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #own: () => Instant;

  constructor(first: Instant, own: () => Instant = Date.now) {
    this.current = first;
    this.#own = own;
  }

  /** Tells the clock when the server made what has just arrived. */
  heard(asOf: Instant): void {
    this.#ahead.push(asOf - this.#own());
    if (this.#ahead.length > heardAtMost) this.#ahead.shift();
  }

  /** The server's time this very moment. */
  exact(): Instant {
    return this.#own() + (this.#ahead.length ? Math.max(...this.#ahead) : 0);
  }

  /** Starts the one timer; returns how to stop it. For `onMount` or an effect, never on the server. */
  start(): () => void {
    const tick = () => {
      this.current = Math.floor((this.exact() + early) / 1000) * 1000;
      // On the next whole second, so that every wait on the wall moves in the same blink. A timer that fires a hair
      // early must not tick twice.
      const toNext = 1000 - (this.exact() % 1000);
      this.#timer = setTimeout(tick, toNext < early ? toNext + 1000 : toNext);
    };
    tick();
    return () => clearTimeout(this.#timer);
  }
}
