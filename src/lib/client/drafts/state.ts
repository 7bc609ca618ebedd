import { documentRev, type ClientId } from '../../domain/coaching/draft.ts';
import { emptyCopy, isUnsettled, type DraftCopy } from '../../domain/coaching/draft-copy.ts';
import type { Instant } from '../../domain/time.ts';
import type { RefusalCode } from '../graphql.ts';
import type { JournalStore } from './journal.ts';
import type { DraftServer } from './server.ts';
import type { DraftTurns } from './turns.ts';

/** What a draft needs of the world around it. */
export interface DraftPorts {
  server: DraftServer;
  /** Null where the browser keeps nothing. */
  journal: Promise<JournalStore | null>;
  /** Null where tabs cannot agree. */
  turns: DraftTurns | null;
  /** Calls back when the page may be gone the next moment; returns how to stop. */
  leaving(leave: () => void): () => void;
  now(): Instant;
  newClientId(): ClientId;
}

/**
 * `opening`: not read yet. `locked`: no contact with the server, and this computer keeps something that cannot be read
 * without it. `closed`: it is not written any more. `gone`: it is not this person's.
 */
export type DraftPhase = 'opening' | 'locked' | 'open' | 'closed' | 'gone';

/** All that a page can see of a draft; `changed` is called after each change. */
export class DraftState {
  phase: DraftPhase = 'opening';
  copy: DraftCopy = emptyCopy;
  /** Another tab of this browser writes, and this one shows what it writes. */
  isMirror = false;
  savedAt: Instant | null = null;
  /** What keeps us from saving just now; null when nothing does. */
  trouble: RefusalCode | null = null;
  /** Why it is not written any more. */
  closedWhy: string | null = null;
  /** Digits of which somebody has said that they are no identity number: they stay in this browser as they are. */
  excused: readonly string[] = [];
  readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** How many fields the server has not answered for. */
  get unsaved(): number {
    return [...this.copy.fields.values()].filter(isUnsettled).length;
  }
  /** The sum of the revs, as a hand-in tells it. */
  get rev(): number {
    return documentRev(this.copy.fields.values());
  }
  get mayWrite(): boolean {
    return this.phase === 'open' && !this.isMirror;
  }
}

/** How long to wait before another attempt, ms: between a quarter of a second and ten, and never the same for all. */
export function backoffMs(attempt: number): number {
  const most = Math.min(10_000, 250 * 2 ** Math.min(attempt, 10));
  return 250 + Math.random() * (most - 250);
}

/** A wait that can be ended: by the network coming back, or by whoever knows that something is better now. */
export class Patience {
  #done = () => {};

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        globalThis.removeEventListener?.('online', done);
        this.#done = () => {};
        resolve();
      };
      const timer = ms === Infinity ? undefined : setTimeout(done, ms);
      globalThis.addEventListener?.('online', done);
      this.#done = done;
    });
  }

  end(): void {
    this.#done();
  }
}
