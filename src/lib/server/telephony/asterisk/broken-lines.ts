import { appendFile } from 'node:fs/promises';
import type { BrokenLine } from '../../../domain/telephony/queue-log-line.ts';

const atOnce = 1_000;
const longestKept = 2_000;

/**
 * Keeps the lines that could not be read, for somebody to look at: in a file of their own that only the owner may read,
 * because callers' numbers stand in them. Reading goes on in any case.
 */
export class BrokenLines {
  count = 0;
  readonly why = new Map<BrokenLine, number>();
  #file: string | null;
  #waiting: string[] = [];

  /** `file`: null when they are only to be counted. */
  constructor(file: string | null) {
    this.#file = file;
  }

  /** Where they are kept; null when there are none, or nowhere. */
  get file(): string | null {
    return this.count > 0 ? this.#file : null;
  }

  add(text: string, why: BrokenLine, from: string): void {
    this.count++;
    this.why.set(why, (this.why.get(why) ?? 0) + 1);
    if (this.#file !== null) this.#waiting.push(`${from}: ${why}: ${text.slice(0, longestKept)}\n`);
  }

  async save(always = false): Promise<void> {
    if (this.#file === null || this.#waiting.length === 0 || (!always && this.#waiting.length < atOnce)) return;
    const text = this.#waiting.join('');
    this.#waiting = [];
    await appendFile(this.#file, text, { mode: 0o600 });
  }
}
