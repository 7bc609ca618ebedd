import type { Viewer } from '../domain/access.ts';
import type { Instant } from '../domain/time.ts';
import { networkOf } from './identity/guessing.ts';

/** How many requests may come at once, and how many a second from then on. */
export interface Rate {
  burst: number;
  perSecond: number;
}
/** Far above what people and their pages do; a script that runs away is stopped before others feel it. */
export const RATES: Readonly<Record<'session' | 'token' | 'screen' | 'network', Rate>> = {
  session: { burst: 300, perSecond: 20 },
  token: { burst: 100, perSecond: 10 },
  screen: { burst: 60, perSecond: 5 },
  // Strangers of one network share this: a whole office that signs in at eight has room.
  network: { burst: 600, perSecond: 60 }
};
/** Counters kept at most; the ones that were quiet longest go first. */
const COUNTERS_MOST = 20_000;

/**
 * Holds back whoever asks too much over HTTP: each session, token and screen for itself, and strangers by their network.
 * Whoever was let in never pays for what strangers behind the same address do.
 */
export class Rates {
  readonly #now: () => Instant;
  readonly #left = new Map<string, { left: number; at: Instant }>();

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** Counts a request: 0 when it may be answered, else how long to wait before the next, in ms. */
  take(viewer: Viewer | null, address: string): number {
    const [kind, id] = whose(viewer, address);
    const { burst, perSecond } = RATES[kind];
    const key = `${kind} ${id}`;
    const now = this.#now();
    const before = this.#left.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, before.left + (Math.max(0, now - before.at) / 1000) * perSecond);
    const may = left >= 1;
    this.#left.delete(key);
    this.#left.set(key, { left: may ? left - 1 : left, at: now });
    for (const oldest of this.#left.keys()) {
      if (this.#left.size <= COUNTERS_MOST) break;
      this.#left.delete(oldest);
    }
    return may ? 0 : Math.ceil(((1 - left) / perSecond) * 1000);
  }
}

function whose(viewer: Viewer | null, address: string): [keyof typeof RATES, string] {
  if (viewer === null) return ['network', networkOf(address)];
  if (viewer.kind === 'person') return ['session', viewer.sessionId];
  return viewer.kind === 'integrator' ? ['token', viewer.tokenId] : ['screen', viewer.screenId];
}
