/**
 * A draft on a page: nothing that is typed in it is refused or lost.
 *
 * ```svelte
 * <script lang="ts">
 *   const draft = newDraft(subject); // client/open-drafts; `subject` such as `reading/<slot>/coach`
 *   onMount(() => draft.start()); // opens it; the returned function closes it
 * </script>
 * <DraftState {draft} {format} /> <!-- saved, not saved, another tab writes, sign in again -->
 * <DraftGate {draft}> <!-- nothing is drawn before it is open: never an empty form -->
 *   <DraftField label={…} field={draft.field('q/1')} {format} nudge={(text) => …} />
 *   <button onclick={() => draft.remove('strength/' + id)}>…</button>
 * </DraftGate>
 * ```
 *
 * `draft.text(path)` reads any field (`null` when it is not there), `draft.type(path, text)` writes one (levels, moments),
 * `draft.items('strength')` tells the ids below a kind, `draft.newId()` makes one. Before handing in:
 * `await draft.ready()`, then send `draft.rev`; the server reads the text itself.
 */
import { isFieldPath, itemsOf } from '../domain/coaching/draft.ts';
import type { CopyConflict } from '../domain/coaching/draft-copy.ts';
import { identityNumbers, type IdentityNumber } from '../domain/coaching/identity-number.ts';
import type { Instant } from '../domain/time.ts';
import { DraftFieldText } from './drafts/field-text.ts';
import type { DraftPhase, DraftPorts } from './drafts/state.ts';
import { DraftSync } from './drafts/sync.ts';
import { randomId } from './drafts/random-id.ts';
import type { RefusalCode } from './graphql.ts';
import { signIn, type SignInOutcome } from './sign-in.ts';

/** How long leaving may wait for what is not saved yet, ms. */
export const LEAVING_MS = 3_000;

/** What keeps a draft from being handed in. */
export type NotReady = { why: 'unsaved' } | { why: 'conflicts' } | { why: 'identity-number'; found: UncoveredNumber[] };
export interface UncoveredNumber extends IdentityNumber {
  path: string;
}

/** What a draft is started with, and how to say that it has ended. */
export type Begin = (draft: Draft) => { ports: DraftPorts; ended: () => void };

export class Draft {
  readonly subject: string;
  readonly #sync: DraftSync;
  #version: number = $state(0);
  #fields: Record<string, DraftFieldText> = {};
  readonly #begin: Begin;
  readonly #now: () => Instant;

  /** `begin` is called when it starts, because on the server there is no browser around it. */
  constructor(subject: string, begin: Begin, now: () => Instant = Date.now) {
    this.subject = subject;
    this.#begin = begin;
    this.#now = now;
    this.#sync = new DraftSync(subject, () => (this.#version += 1));
  }

  /** Opens it, and brings what is typed to safety also when the page goes away. For `onMount`, never on the server. */
  start(): () => void {
    const { ports, ended } = this.#begin(this);
    const stop = this.#sync.start(ports);
    return () => {
      stop();
      ended();
    };
  }

  get phase(): DraftPhase {
    return this.#look().phase;
  }
  /** Another tab of this browser writes, and this one shows what it writes. */
  get isMirror(): boolean {
    return this.#look().isMirror;
  }
  /** When the server last took something in, and how many fields it has not yet. */
  get saved(): { at: Instant | null; unsaved: number } {
    const { savedAt, unsaved } = this.#look();
    return { at: savedAt, unsaved };
  }
  /** What keeps us from saving just now; null when nothing does. It is tried again for ever. */
  get error(): RefusalCode | null {
    return this.#look().trouble;
  }
  /** Why it can no longer be written, such as `revealed`; null while it can. */
  get closed(): string | null {
    return this.#look().closedWhy;
  }
  get conflicts(): readonly CopyConflict[] {
    return [...this.#look().copy.conflicts.values()];
  }
  /** What a hand-in tells that its author has seen. */
  get rev(): number {
    return this.#look().rev;
  }

  /** A field's text; null when there is none, or it was taken away. */
  text(path: string): string | null {
    return this.#look().copy.fields.get(path)?.value ?? null;
  }
  type(path: string, text: string): void {
    if (!isFieldPath(path)) throw new Error(`${path} is no path of a draft`);
    this.#sync.type(path, text);
  }
  /** Takes away a field, or an item with all its fields. */
  remove(path: string): void {
    for (const each of [...this.#sync.state.copy.fields.keys()])
      if (each === path || each.startsWith(`${path}/`)) this.#sync.type(each, null);
  }
  /** The ids below a kind, such as the strengths, in the order of their ids. */
  items(kind: string): string[] {
    const there = [...this.#look().copy.fields].flatMap(([path, { value }]) => (value === null ? [] : [path]));
    return itemsOf({ keys: () => there.sort() }, kind);
  }
  newId(): string {
    return randomId();
  }

  /** What a `DraftField` draws and types into; the same object each time. */
  field(path: string): DraftFieldText {
    return (this.#fields[path] ??= new DraftFieldText(path, this.#sync, this.#now, () => this.#look()));
  }

  takeTurn(): void {
    this.#sync.takeTurn();
  }
  /** Signs in without leaving the page. Anybody else than its author then finds that the draft is not theirs. */
  async signIn(email: string, password: string): Promise<SignInOutcome> {
    const result = await signIn('/login', email, password);
    if (result.outcome === 'signed-in') await this.signedIn();
    return result;
  }
  /** Somebody has signed in again, here or in another tab. */
  signedIn(): Promise<void> {
    return this.#sync.signedIn();
  }
  /** True when everything is on the server within `ms`. */
  flush(ms = LEAVING_MS): Promise<boolean> {
    return this.#sync.flush(ms);
  }

  /** Brings everything to the server and looks through it: null when it can be handed in as it is. */
  async ready(): Promise<NotReady | null> {
    if (!(await this.flush())) return { why: 'unsaved' };
    if (this.conflicts.length > 0) return { why: 'conflicts' };
    const found = [...this.#sync.state.copy.fields].flatMap(([path, { value }]) =>
      value === null
        ? []
        : identityNumbers(value, this.#now())
            .filter(({ kind }) => kind === 'number')
            .map((number) => ({ path, ...number }))
    );
    return found.length > 0 ? { why: 'identity-number', found } : null;
  }

  /** The state, and with it: whoever reads it in a component is told of the next change. */
  #look() {
    void this.#version;
    return this.#sync.state;
  }
}
