import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { JournalRecord, JournalStore } from '../../src/lib/client/drafts/journal.ts';

/** What IndexedDB is to a browser, as files: a record is there whole or not at all, and outlives SIGKILL. */
export function journalOnDisk(folder: string): JournalStore {
  mkdirSync(folder, { recursive: true });
  const fileOf = (draft: string, path: string): string =>
    join(folder, createHash('sha256').update(`${draft}/${path}`).digest('hex').slice(0, 24));
  const read = (file: string): JournalRecord => {
    const { iv, cipher, ...plain } = JSON.parse(readFileSync(file, 'utf8')) as JournalRecord & {
      iv: string;
      cipher: string;
    };
    return {
      ...plain,
      iv: new Uint8Array(Buffer.from(iv, 'base64')),
      cipher: new Uint8Array(Buffer.from(cipher, 'base64')).buffer
    };
  };
  const all = (): JournalRecord[] =>
    readdirSync(folder)
      .filter((name) => !name.endsWith('.new'))
      .map((name) => read(join(folder, name)));

  return {
    async put(records) {
      for (const { iv, cipher, ...plain } of records) {
        const file = fileOf(plain.draft, plain.path);
        const text = JSON.stringify({
          ...plain,
          iv: Buffer.from(iv).toString('base64'),
          cipher: Buffer.from(cipher).toString('base64')
        });
        const opened = openSync(`${file}.new`, 'w');
        writeSync(opened, text);
        fsyncSync(opened);
        closeSync(opened);
        renameSync(`${file}.new`, file);
      }
    },
    all: async (draft) => all().filter((record) => record.draft === draft),
    async delete(draft, path, upTo) {
      const file = fileOf(draft, path);
      if (existsSync(file) && read(file).edition <= upTo) rmSync(file);
    },
    keeps: async (subject) => all().some((record) => record.subject === subject),
    deleteOlderThan: () => Promise.resolve()
  };
}
