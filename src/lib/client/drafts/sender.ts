import type { DraftEdit, FieldValue } from '../../domain/coaching/draft.ts';
import { answered, edits } from '../../domain/coaching/draft-copy.ts';
import { maskIdentityNumbers } from '../../domain/coaching/identity-number.ts';
import type { Instant } from '../../domain/time.ts';
import { Refusal, type RefusalCode } from '../graphql.ts';
import type { DraftBatch, DraftSaved } from './server.ts';
import { backoffMs, Patience, type DraftPorts, type DraftState } from './state.ts';

/** Soon after the last key, and not long after the first that is unsent, ms. */
const AFTER_LAST_MS = 250;
const AFTER_FIRST_MS = 700;
const ANSWER_MS = 10_000;
/** What one request may weigh, in characters of JSON: less than the server reads, and than a closing page may send. */
const BATCH_MOST = 20_000;

interface Sent {
  edition: number;
  at: Instant;
  value: FieldValue;
}

interface SenderEvents {
  /** These need no longer be kept here. */
  settled(paths: readonly string[]): void;
  refused(code: RefusalCode): void;
}

/**
 * Takes what is unsettled to the server, one request at a time, for as long as it takes. A request that got no answer is
 * asked again word for word, because it may have been taken in; what was typed meanwhile goes with the next.
 */
export class DraftSender {
  readonly #state: DraftState;
  readonly #ports: DraftPorts;
  readonly #draftId: string;
  readonly #on: SenderEvents;
  #clientId: string;
  #seq = 0;
  #sent = new Map<number, Map<string, Sent>>();
  #sending: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstAt: number | null = null;
  #patience = new Patience();
  #stopped = false;

  constructor(draftId: string, state: DraftState, ports: DraftPorts, on: SenderEvents) {
    this.#draftId = draftId;
    this.#state = state;
    this.#ports = ports;
    this.#on = on;
    this.#clientId = ports.newClientId();
  }

  /** Who writes, for whoever goes on from what is under way here. */
  get clientId(): string {
    return this.#clientId;
  }
  get busy(): boolean {
    return this.#sending !== null;
  }

  /** A new turn of writing: what an earlier one has under way is not answered to this one. */
  begin(): void {
    this.#clientId = this.#ports.newClientId();
    this.#seq = 0;
    this.#sent.clear();
  }

  /** Something was typed. */
  soon(): void {
    const now = performance.now();
    this.#firstAt ??= now;
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(AFTER_LAST_MS, this.#firstAt + AFTER_FIRST_MS - now));
    this.#timer = setTimeout(() => void this.send(), wait);
  }

  /** Sends what there is, and what comes meanwhile. Resolves when nothing is unsent, or when it cannot be sent now. */
  send(): Promise<void> {
    this.#patience.end();
    return (this.#sending ??= this.#sendAll().finally(() => (this.#sending = null)));
  }

  /** The page may be gone the next moment: everything leaves at once, beside what is under way. */
  leave(): void {
    if (!this.#state.mayWrite) return;
    const batch = this.#batch();
    if (!batch) return;
    this.#ports.server.save(batch, { leaving: true }).then(
      (answer) => this.#take(batch, answer),
      // The page lives on or it does not: the loop asks again, or the journal is read by the next.
      () => undefined
    );
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#patience.end();
  }

  async #sendAll(): Promise<void> {
    while (!this.#stopped && this.#state.mayWrite) {
      this.#firstAt = null;
      const batch = this.#batch();
      if (!batch || !(await this.#persistently(batch))) return;
      if (this.#state.unsaved === 0) return;
      // What was typed while the last one travelled waits its quarter of a second, as any other.
      if (this.#firstAt !== null) return this.soon();
    }
  }

  /** False when this turn of writing is over. */
  async #persistently(batch: DraftBatch): Promise<boolean> {
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      if (batch.clientId !== this.#clientId || !this.#state.mayWrite) return false;
      const impatience = new AbortController();
      const timer = setTimeout(() => impatience.abort(), ANSWER_MS);
      try {
        const answer = await this.#ports.server.save(batch, { leaving: false, signal: impatience.signal });
        this.#take(batch, answer);
        return true;
      } catch (error) {
        const code = error instanceof Refusal ? error.code : 'failed';
        this.#on.refused(code);
        if (code === 'not-found') return false;
        await this.#patience.wait(code === 'sign-in' ? Infinity : backoffMs(attempt));
      } finally {
        clearTimeout(timer);
      }
    }
    return false;
  }

  #batch(): DraftBatch | null {
    const { copy } = this.#state;
    const now = this.#ports.now();
    const chosen: DraftEdit[] = [];
    let weight = 0;
    // What may not leave the page does not: a number that was excused goes out covered all the same.
    for (const edit of edits(copy, (_, value) => (value === null ? null : maskIdentityNumbers(value, now)))) {
      weight += JSON.stringify(edit).length;
      if (chosen.length > 0 && weight > BATCH_MOST) break;
      chosen.push(edit);
    }
    if (chosen.length === 0) return null;
    this.#seq += 1;
    this.#sent.set(
      this.#seq,
      new Map(chosen.map(({ path, value }) => [path, { edition: copy.fields.get(path)!.edition, at: now, value }]))
    );
    return { draftId: this.#draftId, clientId: this.#clientId, seq: this.#seq, edits: chosen };
  }

  #take({ clientId }: DraftBatch, answer: DraftSaved): void {
    if (clientId !== this.#clientId) return;
    const state = this.#state;
    if (answer.outcome === 'superseded') {
      // Another page has gone on from here and thought us dead. What is unsettled is sent as somebody else's.
      this.begin();
    } else if (answer.outcome === 'closed') {
      state.phase = 'closed';
      state.closedWhy = answer.why;
    } else {
      // A later request than the one asked about may be answered: it carried all that this one did.
      const sent = this.#sent.get(answer.seq);
      for (const seq of this.#sent.keys()) if (seq <= answer.seq) this.#sent.delete(seq);
      if (!sent) return;
      state.copy = answered(state.copy, answer.fields, sent);
      state.savedAt = answer.savedAt;
      state.trouble = null;
      const safe = [...sent].filter(([path, { value, edition }]) => {
        const field = state.copy.fields.get(path);
        // What was excused is only here as it was typed, so the journal keeps it.
        return field && field.settled >= edition && (field.edition > edition || field.value === value);
      });
      this.#on.settled(safe.map(([path]) => path));
    }
    state.changed();
  }
}
