import { isoText } from '../domain/time.ts';
import { ownScreenSubscription, reportScreenMutation, ownScreenQuery } from '../operations/persisted.ts';
import { ask, type Live, Refusal, type RefusalCode } from './graphql.ts';
import type { Wallboard } from './wallboard.svelte.ts';

const REPORT_MS = 10_000;
/** No frame and no heartbeat for so long, and the line is given up for a new one. */
const SILENT_MS = 60_000;
/** And for so long while the server answers all the same: then it is the page that is broken, and it is loaded anew. */
const DEAD_MS = 600_000;
const IDENTIFY_MS = 10_000;

/** Asks as the screen that this browser is paired as, also where a person has signed in on it. */
export const asScreen =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  (_, init) =>
    fetch('/graphql?screen', init);

export interface Hung {
  room: string;
  board: string;
}
/** Where this screen hangs and what it shows; null when it is paired with nothing. Throws a `Refusal` otherwise. */
export async function readOwnScreen(fetch: typeof globalThis.fetch): Promise<Hung | null> {
  try {
    const { room, board } = (await ask(asScreen(fetch), ownScreenQuery, {})).ownScreen;
    return { room, board };
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'sign-in' || error.code === 'not-found')) return null;
    throw error;
  }
}

/**
 * What a television does by itself, because nobody comes near it for weeks: it follows what is wanted of it, tells how it
 * is, and notices when it has gone silent.
 */
export class Television {
  hung: Hung = $state.raw({ room: '', board: '' });
  /** Somebody asks which screen this is. */
  identifying: boolean = $state(false);
  /** It is no longer a screen of ours. */
  refused: boolean = $state(false);
  readonly line: Live;
  readonly fetch: typeof globalThis.fetch;
  #version: string;
  #reload: () => void;
  #asked: { identify: string | null; reload: string | null } | null = null;
  #identified: ReturnType<typeof setTimeout> | undefined;

  constructor(hung: Hung, line: Live, fetch: typeof globalThis.fetch, version: string, reload: () => void) {
    this.hung = hung;
    this.line = line;
    this.fetch = asScreen(fetch);
    this.#version = version;
    this.#reload = reload;
  }

  /** Begins to follow what is wanted of it; returns how to stop. */
  start(): () => void {
    const stop = this.line.subscribe(
      ownScreenSubscription,
      {},
      {
        next: ({ ownScreen: { room, board, identifyUntil, reloadAskedAt } }) => {
          const before = this.#asked;
          this.#asked = { identify: identifyUntil, reload: reloadAskedAt };
          if (room !== this.hung.room || board !== this.hung.board) this.hung = { room, board };
          // What was asked for before this page was loaded has been done, or is over.
          if (before === null) return;
          if (before.reload !== reloadAskedAt) this.#reload();
          if (before.identify !== identifyUntil) this.#identify();
        },
        connected: () => {},
        lost: () => {},
        refused: ({ code }) => this.refusal(code)
      }
    );
    return () => {
      stop();
      clearTimeout(this.#identified);
    };
  }

  /** Tells how the board is, and watches over it; returns how to stop. */
  attend(wallboard: Wallboard): () => void {
    let renewedAt = performance.now();
    /** Since when the server answers and no frame comes; null while either is not so. */
    let answeredSince: number | null = null;
    const silent = () => performance.now() - wallboard.heardAt >= SILENT_MS;
    const beat = async () => {
      if (silent() && performance.now() - renewedAt >= SILENT_MS) {
        renewedAt = performance.now();
        this.line.renew();
      }
      const frameAt = wallboard.current && isoText(wallboard.current.asOf);
      try {
        await ask(this.fetch, reportScreenMutation, { frameAt, version: this.#version, lagMs: wallboard.lagMs });
      } catch {
        // Without a server there is nothing to load the page from: what the browser would show instead never goes away by
        // itself. Whether we are known is the board's to find out.
        answeredSince = null;
        return;
      }
      if (!silent()) answeredSince = null;
      // A frame that came between two looks begins the count anew, also when another silence follows it.
      else if (answeredSince === null || wallboard.heardAt >= answeredSince) answeredSince = performance.now();
      else if (performance.now() - answeredSince >= DEAD_MS) this.#reload();
    };
    void beat();
    const timer = setInterval(() => void beat(), REPORT_MS);
    return () => clearInterval(timer);
  }

  /** The board or the screen itself was refused. A board that is gone may be another by now: the screen hears of it. */
  refusal(code: RefusalCode): void {
    if (code === 'sign-in' || code === 'revoked') this.refused = true;
    if (code === 'outdated') this.#reload();
  }

  #identify(): void {
    this.identifying = true;
    clearTimeout(this.#identified);
    this.#identified = setTimeout(() => (this.identifying = false), IDENTIFY_MS);
  }
}
