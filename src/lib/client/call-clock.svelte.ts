/**
 * The time of a call of which there is no sound: somebody listens beside, or only the marks remain. It is a clock that is
 * started when the call begins and can be set by hand, and it has what the keys of a player press.
 */
export class CallClock {
  momentMs: number = $state(0);
  playing: boolean = $state(false);
  readonly lengthMs: number | null;
  readonly #now: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #from = 0;

  /** `lengthMs` is null while the call goes on. */
  constructor(lengthMs: number | null, now: () => number = () => performance.now()) {
    this.lengthMs = lengthMs;
    this.#now = now;
  }

  /** For `onMount`: the returned function stops it. */
  start(): () => void {
    return () => this.#stop();
  }
  toggle(): void {
    if (this.playing) return this.#stop();
    this.playing = true;
    this.#from = this.#now() - this.momentMs;
    this.#timer = setInterval(() => this.#move(this.#now() - this.#from), 250);
  }
  seek(momentMs: number): void {
    this.#move(momentMs);
    this.#from = this.#now() - this.momentMs;
  }
  step(byMs: number): void {
    this.seek(this.momentMs + byMs);
  }

  #move(momentMs: number): void {
    this.momentMs = Math.round(Math.max(0, Math.min(this.lengthMs ?? Infinity, momentMs)));
    if (this.playing && this.momentMs === this.lengthMs) this.#stop();
  }
  #stop(): void {
    clearInterval(this.#timer);
    this.playing = false;
  }
}
