import type { Instant } from '../domain/time.ts';
import type { Draft, NotReady } from './draft.svelte.ts';
import type { SignInOutcome } from './sign-in.ts';

/** Several drafts that one page writes and hands in as one: they are saved when all are. */
export class DraftsTogether {
  readonly #drafts: readonly Draft[];

  constructor(drafts: readonly Draft[]) {
    this.#drafts = drafts;
  }

  start(): () => void {
    const stops = this.#drafts.map((draft) => draft.start());
    return () => stops.forEach((stop) => stop());
  }
  get saved(): { at: Instant | null; unsaved: number } {
    const all = this.#drafts.map(({ saved }) => saved);
    const at = Math.max(...all.map((each) => each.at ?? 0));
    return { at: at === 0 ? null : at, unsaved: all.reduce((sum, { unsaved }) => sum + unsaved, 0) };
  }
  get error() {
    return this.#drafts.find(({ error }) => error !== null)?.error ?? null;
  }
  get isMirror(): boolean {
    return this.#drafts.some(({ isMirror }) => isMirror);
  }
  takeTurn(): void {
    for (const draft of this.#drafts) if (draft.isMirror) draft.takeTurn();
  }
  async signIn(email: string, password: string): Promise<SignInOutcome> {
    const [first, ...others] = this.#drafts;
    if (!first) return { outcome: 'network' };
    const result = await first.signIn(email, password);
    if (result.outcome === 'signed-in') await Promise.all(others.map((draft) => draft.signedIn()));
    return result;
  }
  async signedIn(): Promise<void> {
    await Promise.all(this.#drafts.map((draft) => draft.signedIn()));
  }
  /** The first thing that keeps any of them from being handed in, and in which. */
  async ready(): Promise<(NotReady & { draft: Draft }) | null> {
    for (const draft of this.#drafts) {
      const hindrance = await draft.ready();
      if (hindrance) return { ...hindrance, draft };
    }
    return null;
  }
  /** What the one who hands in has seen. */
  get seen(): { draft: string; rev: number }[] {
    return this.#drafts.map(({ subject, rev }) => ({ draft: subject, rev }));
  }
}
