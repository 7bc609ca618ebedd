/**
 * What was typed and the server has not answered for, kept in the browser through crashes and reloads: one record per
 * field, encrypted with a key that only the server keeps and gives to the draft's owner alone. Whoever sits at this
 * computer next reads paths and nothing else.
 */
import type { KeptField } from '../../domain/coaching/draft-copy.ts';
import type { Instant } from '../../domain/time.ts';

/** A record as it lies in the browser. */
export interface JournalRecord {
  draft: string;
  subject: string;
  path: string;
  edition: number;
  at: Instant;
  iv: Uint8Array<ArrayBuffer>;
  cipher: ArrayBuffer;
}
/** Where records lie. A `put` that has returned outlives the browser being killed. */
export interface JournalStore {
  put(records: readonly JournalRecord[]): Promise<void>;
  all(draft: string): Promise<JournalRecord[]>;
  /** Removes a field's record unless it is of a later edition by now. */
  delete(draft: string, path: string, upTo: number): Promise<void>;
  /** Whether anything is kept of a subject, whoever wrote it: all that can be said without the key. */
  keeps(subject: string): Promise<boolean>;
  deleteOlderThan(at: Instant): Promise<void>;
}

/** A field with the numbers that somebody has said are none. */
export interface JournalField extends KeptField {
  excused: readonly string[];
}

export const JOURNAL_KEPT_MS = 14 * 24 * 3_600_000;

/** One draft's journal, open. */
export class DraftJournal {
  #store: JournalStore;
  #key: CryptoKey;
  #draft: string;
  #subject: string;

  private constructor(store: JournalStore, key: CryptoKey, draft: string, subject: string) {
    this.#store = store;
    this.#key = key;
    this.#draft = draft;
    this.#subject = subject;
  }

  static async open(store: JournalStore, of: { draft: string; subject: string; key: string }): Promise<DraftJournal> {
    const bytes = Uint8Array.from(atob(of.key), (character) => character.charCodeAt(0));
    // Not extractable: no script can read it back out.
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
    return new DraftJournal(store, key, of.draft, of.subject);
  }

  async put(fields: readonly JournalField[], at: Instant): Promise<void> {
    await this.#store.put(await Promise.all(fields.map((field) => this.#locked(field, at))));
  }

  /** What is kept, as far as this key opens it: what it does not open was another key's, and cannot be read by anybody. */
  async fields(): Promise<JournalField[]> {
    const records = await this.#store.all(this.#draft);
    const opened = await Promise.all(records.map((record) => this.#opened(record).catch(() => null)));
    return opened.filter((field) => field !== null);
  }

  delete(path: string, upTo: number): Promise<void> {
    return this.#store.delete(this.#draft, path, upTo);
  }

  async #locked(field: JournalField, at: Instant): Promise<JournalRecord> {
    const { path, edition } = field;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(field));
    const cipher = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: this.#about(path) },
      this.#key,
      text
    );
    return { draft: this.#draft, subject: this.#subject, path, edition, at, iv, cipher };
  }

  async #opened({ path, iv, cipher }: JournalRecord): Promise<JournalField> {
    const additionalData = this.#about(path);
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, this.#key, cipher);
    return JSON.parse(new TextDecoder().decode(text)) as JournalField;
  }

  #about(path: string): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(`${this.#draft}/${path}`);
  }
}
