import { digitsOf, identityNumbers, maskIdentityNumbers } from '../../domain/coaching/identity-number.ts';
import type { Instant } from '../../domain/time.ts';
import type { DraftState } from './state.ts';
import type { DraftSync } from './sync.ts';

/** How long a number that was covered can be shown again, ms. */
const UNDO_MS = 10_000;

/** One field of a draft as somebody types in it. Identity numbers are covered as they are typed. */
export class DraftFieldText {
  readonly path: string;
  readonly #sync: DraftSync;
  readonly #now: () => Instant;
  readonly #look: () => DraftState;
  #covered: { number: string; as: string }[] = [];
  #forget: ReturnType<typeof setTimeout> | undefined;

  constructor(path: string, sync: DraftSync, now: () => Instant, look: () => DraftState) {
    this.path = path;
    this.#sync = sync;
    this.#now = now;
    this.#look = look;
  }

  get value(): string {
    return this.#look().copy.fields.get(this.path)?.value ?? '';
  }
  get mayWrite(): boolean {
    return this.#look().mayWrite;
  }
  /** Another text for this field, and when each was written; null when there is none. */
  get conflict(): { other: string; ownAt: Instant | null; otherAt: Instant | null } | null {
    const conflict = this.#look().copy.conflicts.get(this.path);
    return conflict ? { other: conflict.other ?? '', ownAt: conflict.ownAt, otherAt: conflict.otherAt } : null;
  }
  /** A number was covered a moment ago, and can be said to be none. */
  get wasCovered(): boolean {
    this.#look();
    return this.#covered.length > 0;
  }
  /** There is a number that may be somebody's identity number or a telephone's: a human being decides. */
  get mayHoldNumber(): boolean {
    return identityNumbers(this.value, this.#now()).some(({ kind }) => kind === 'perhaps');
  }

  type(text: string): void {
    const { excused } = this.#sync.state;
    const masked = maskIdentityNumbers(text, this.#now(), excused);
    if (masked !== text) this.#remember(text, masked);
    this.#sync.type(this.path, masked);
  }

  /** What was covered is no identity number: it comes back as it was typed, and stays in this browser. */
  notANumber(): void {
    const covered = this.#covered;
    if (covered.length === 0) return;
    const { state } = this.#sync;
    state.excused = [...new Set([...state.excused, ...covered.map(({ number }) => digitsOf(number))])];
    const text = covered.reduce((left, { number, as }) => left.replace(as, () => number), this.value);
    this.#forgetCovered();
    this.#sync.type(this.path, text);
  }

  keepOwn(): void {
    this.#sync.resolve(this.path, this.value);
  }
  takeOther(): void {
    if (this.conflict) this.#sync.resolve(this.path, this.conflict.other);
  }
  /** Both texts, one after the other, to be made one by whoever wrote them. */
  join(): void {
    if (this.conflict) this.#sync.resolve(this.path, `${this.value}\n\n${this.conflict.other}`.trim());
  }

  #remember(text: string, masked: string): void {
    const numbers = identityNumbers(text, this.#now()).filter(
      ({ at, length }) => text.slice(at, at + length) !== masked.slice(at, at + length)
    );
    this.#covered = numbers.map(({ at, length }) => ({
      number: text.slice(at, at + length),
      as: masked.slice(at, at + length)
    }));
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => this.#forgetCovered(), UNDO_MS);
  }
  #forgetCovered(): void {
    clearTimeout(this.#forget);
    this.#covered = [];
    this.#sync.state.changed();
  }
}
