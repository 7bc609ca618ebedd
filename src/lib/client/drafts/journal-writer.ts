import { kept } from '../../domain/coaching/draft-copy.ts';
import type { DraftJournal } from './journal.ts';
import type { DraftPorts, DraftState } from './state.ts';

/** How long a keystroke may wait for the next one before it is written, ms. */
const AFTER_KEY_MS = 40;

/** Writes what was typed into the journal: at once, whatever the network does, and never two writings at a time. */
export class JournalWriter {
  readonly #journal: DraftJournal | null;
  readonly #state: DraftState;
  readonly #now: DraftPorts['now'];
  #unwritten = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(journal: DraftJournal | null, state: DraftState, now: DraftPorts['now']) {
    this.#journal = journal;
    this.#state = state;
    this.#now = now;
  }

  /** A field was changed. `writer` is whose unanswered value the next page goes on from. */
  typed(path: string, writer: string): void {
    if (!this.#journal) return;
    this.#unwritten.add(path);
    this.#timer ??= setTimeout(() => void this.flush(writer), AFTER_KEY_MS);
  }

  /** Writes what is unwritten; resolves when it is on the disk. A disk that refuses is tried again with the next key. */
  flush(writer: string): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then(() => this.#write(writer)));
  }

  async #write(writer: string): Promise<void> {
    const paths = [...this.#unwritten];
    const journal = this.#journal;
    if (!journal || paths.length === 0) return;
    this.#unwritten.clear();
    const { copy, excused } = this.#state;
    const fields = paths.flatMap((path) => kept(copy, path, writer) ?? []);
    try {
      await journal.put(
        fields.map((field) => ({ ...field, excused })),
        this.#now()
      );
    } catch {
      for (const path of paths) this.#unwritten.add(path);
    }
  }

  /** The server has these: they need not be kept here, unless they have been typed in since. */
  settled(paths: readonly string[]): void {
    const journal = this.#journal;
    if (!journal) return;
    const settled = paths.flatMap((path) => {
      const field = this.#state.copy.fields.get(path);
      return field ? [{ path, upTo: field.settled, whole: field.settled === field.edition }] : [];
    });
    for (const { path, whole } of settled) if (whole) this.#unwritten.delete(path);
    this.#writing = this.#writing.then(async () => {
      // What stays behind is sent once more some day, and says what stands already.
      for (const { path, upTo } of settled) await journal.delete(path, upTo).catch(() => undefined);
    });
  }
}
