import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
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
    { name: 'PostgreSQL', skip: !postgres, location: schemas(() => postgres!.database()) }
  ];
}

/** One database for the test file and a schema for each test: a hundred times cheaper than a database each. */
function schemas(database: () => Promise<string>): () => Promise<string> {
  let url: Promise<string> | undefined;
  let made = 0;
  return async () => {
    url ??= database();
    const schema = `test_${(made += 1)}`;
    const client = new pg.Client(await url);
    await client.connect();
    await client.query(`create schema ${schema}`);
    await client.end();
    const own = new URL(await url);
    own.searchParams.set('options', `-c search_path=${schema}`);
    return own.href;
  };
}
