import { lengthOf, readPeaks, silences, type Peaks, type Silence } from '../domain/coaching/peaks.ts';

export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;
export type Speed = (typeof SPEEDS)[number];
/** `gone`: there is no sound, or it is no longer ours to hear. `lost`: it did not come, and may when asked again. */
export type Trouble = 'gone' | 'lost';

/** After a pause it goes on a little before where it stopped: nobody remembers half a word. */
const RESUME_BEFORE_MS = 2_000;
const TICK_MS = 50;
const RETRIES = 3;
const RETRY_MS = 400;

/**
 * The call of one slot, as it is listened to. Nothing is fetched of the sound before somebody presses play, because
 * fetching is told to the one who is heard; the peaks come at once. A moment is counted from the answer.
 */
export class Player {
  playing: boolean = $state(false);
  /** Play was pressed, and the sound has not come yet. */
  waiting: boolean = $state(false);
  momentMs: number = $state(0);
  /** Null until the peaks or the sound have told. */
  lengthMs: number | null = $state(null);
  speed: Speed = $state(1);
  withoutSilence: boolean = $state(false);
  trouble: Trouble | null = $state(null);
  peaks: Peaks | null = $state.raw(null);
  lateMs: number = $derived(this.peaks?.lateMs ?? 0);
  #silences: Silence[] = $derived(this.peaks ? silences(this.peaks) : []);
  readonly #addresses: { sound: string; peaks: string };
  #audio: HTMLAudioElement | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #stoppedAtMs: number | null = null;
  #retries = 0;

  constructor(addresses: { sound: string; peaks: string }) {
    this.#addresses = addresses;
  }

  /** The player of a slot of a participation. */
  static ofSlot(slot: string): Player {
    const path = `/slots/${encodeURIComponent(slot)}`;
    return new Player({ sound: `${path}/sound`, peaks: `${path}/peaks` });
  }

  /** Fetches the peaks and makes ready to play, until the returned function is called. For `onMount`. */
  start(fetch: typeof globalThis.fetch = globalThis.fetch): () => void {
    const audio = new Audio();
    this.#audio = audio;
    audio.preload = 'none';
    audio.preservesPitch = true;
    const listen = (event: keyof HTMLMediaElementEventMap, act: () => void) => audio.addEventListener(event, act);
    listen('loadedmetadata', () => {
      if (Number.isFinite(audio.duration)) this.lengthMs = Math.round(audio.duration * 1_000);
    });
    listen('playing', () => this.#began());
    listen('waiting', () => (this.waiting = true));
    listen('pause', () => this.#stopped());
    listen('ended', () => {
      this.#stopped();
      this.#stoppedAtMs = null;
    });
    listen('seeked', () => this.#follow());
    listen('error', () => void this.#failed());
    void this.#fetchPeaks(fetch);
    return () => {
      this.#stopped();
      this.#audio = null;
      audio.removeAttribute('src');
      // Lets go of the connection: sound that nobody hears is not to go on coming.
      audio.load();
    };
  }

  toggle(): void {
    if (this.playing || this.waiting) this.pause();
    else this.play();
  }

  play(): void {
    const audio = this.#audio;
    if (!audio || this.trouble === 'gone') return;
    if (!audio.hasAttribute('src')) audio.src = this.#addresses.sound;
    const atEnd = this.lengthMs !== null && this.momentMs >= this.lengthMs;
    if (atEnd) this.seek(0);
    else if (this.#stoppedAtMs === this.momentMs) this.seek(this.momentMs - RESUME_BEFORE_MS);
    this.trouble = null;
    this.waiting = true;
    this.#retries = 0;
    void this.#begin(audio);
  }

  pause(): void {
    this.waiting = false;
    this.#audio?.pause();
  }

  /** To a moment, whether it plays or not. */
  seek(momentMs: number): void {
    const last = this.lengthMs ?? Infinity;
    this.momentMs = Math.max(0, Math.min(last, momentMs));
    this.#stoppedAtMs = null;
    // Without a source this is where it will begin.
    if (this.#audio) this.#audio.currentTime = this.momentMs / 1_000;
  }

  step(byMs: number): void {
    this.seek(this.momentMs + byMs);
  }

  setSpeed(speed: number): void {
    this.speed = SPEEDS.find((each) => each === speed) ?? 1;
    if (this.#audio) this.#audio.playbackRate = this.speed;
  }

  faster(by: 1 | -1): void {
    const next = SPEEDS[SPEEDS.indexOf(this.speed) + by];
    if (next !== undefined) this.setSpeed(next);
  }

  setWithoutSilence(without: boolean): void {
    this.withoutSilence = without;
  }

  async #begin(audio: HTMLAudioElement): Promise<void> {
    audio.currentTime = this.momentMs / 1_000;
    audio.defaultPlaybackRate = this.speed;
    audio.playbackRate = this.speed;
    // Refused when it was paused again meanwhile, or when it failed: then the events have told.
    await audio.play().catch(() => undefined);
  }

  #began(): void {
    this.playing = true;
    this.waiting = false;
    this.trouble = null;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#follow(), TICK_MS);
  }

  #stopped(): void {
    clearInterval(this.#timer);
    if (this.playing) {
      this.#follow();
      this.#stoppedAtMs = this.momentMs;
    }
    this.playing = false;
    this.waiting = false;
  }

  #follow(): void {
    const audio = this.#audio;
    if (!audio || audio.seeking) return;
    this.momentMs = Math.round(audio.currentTime * 1_000);
    if (!this.withoutSilence || !this.playing) return;
    const silence = this.#silences.find(({ fromMs, untilMs }) => fromMs <= this.momentMs && this.momentMs < untilMs);
    if (silence) this.seek(silence.untilMs);
  }

  /** A connection may break; whether the sound is still ours is asked before it is tried again, from the same moment. */
  async #failed(): Promise<void> {
    const audio = this.#audio;
    if (!audio?.hasAttribute('src')) return;
    const wasPlaying = this.playing || this.waiting;
    clearInterval(this.#timer);
    this.playing = false;
    const status = await this.#status();
    audio.removeAttribute('src');
    if (this.#audio !== audio) return;
    if (status === 404) {
      this.waiting = false;
      this.trouble = 'gone';
      return;
    }
    if (wasPlaying && status === 200 && this.#retries < RETRIES) {
      this.#retries++;
      await new Promise((done) => setTimeout(done, RETRY_MS * this.#retries));
      if (this.#audio !== audio || !this.waiting) return;
      audio.src = this.#addresses.sound;
      return this.#begin(audio);
    }
    this.waiting = false;
    this.trouble = 'lost';
  }

  async #status(): Promise<number> {
    this.waiting = true;
    return fetch(this.#addresses.sound, { method: 'HEAD' }).then(
      ({ status }) => status,
      () => 0
    );
  }

  async #fetchPeaks(fetch: typeof globalThis.fetch): Promise<void> {
    try {
      const response = await fetch(this.#addresses.peaks);
      if (response.status === 404) this.trouble = 'gone';
      if (!response.ok) return;
      const peaks = readPeaks(await response.arrayBuffer());
      if (peaks === null) return;
      this.peaks = peaks;
      this.lengthMs ??= lengthOf(peaks);
    } catch {
      // Without them there is no picture and no skipping; the sound may come all the same.
    }
  }
}
