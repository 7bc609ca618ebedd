import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { postgresForTests } from './postgres.ts';

/** One of the two databases that everything about storage is tested on. */
export interface DatabaseForTests {
  name: 'SQLite' | 'PostgreSQL';
  skip: boolean;
  /** Where a new, empty database is: what `openDatabase` wants. */
  location(): Promise<string>;
}

/** Both databases; the files are removed and the server is stopped when the test file is done. */
export async function databasesForTests(): Promise<DatabaseForTests[]> {
  const postgres = await postgresForTests();
  const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-sqlite-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let made = 0;
  return [
    { name: 'SQLite', skip: false, location: async () => join(folder, `${(made += 1)}.sqlite`) },
    { name: 'PostgreSQL', skip: !postgres, location: () => postgres!.database() }
  ];
}
