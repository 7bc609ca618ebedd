import BetterSqlite3 from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import pg from 'pg';
import { DatabaseUnusable } from './database-unusable.ts';
import { migrateToLatest } from './migrate.ts';
import type { Tables } from './tables.ts';

interface Opened {
  /** For everything but the log's own hot path. */
  kysely: Kysely<Tables>;
  /** Where it is, without a password: for messages to the operator. */
  where: string;
  close(): Promise<void>;
}
export interface SqliteDatabase extends Opened {
  dialect: 'sqlite';
  /** The one connection, which Kysely lends out to one at a time: ask `kysely.connection()` for it before use. */
  sqlite: BetterSqlite3.Database;
}
export interface PostgresDatabase extends Opened {
  dialect: 'postgres';
  pool: pg.Pool;
}
export type Database = SqliteDatabase | PostgresDatabase;

/** Older ones can lose a transaction when a checkpoint of the WAL and a reset meet. */
const SQLITE_VERSION_MIN = '3.51.3';
const NODE_VERSION_MIN = 24;
/** How long SQLite waits, blocking, for another process (an import, a backup) to finish its transaction. */
const BUSY_MS = 5_000;

/**
 * Opens the database at `location`, a `postgres://` URL or the path of a SQLite file (`:memory:` for none), and brings
 * its schema up to date. Throws `DatabaseUnusable` with cause, consequence and remedy.
 */
export async function openDatabase(location: string): Promise<Database> {
  const database = /^postgres(ql)?:\/\//.test(location) ? await openPostgres(location) : openSqlite(location);
  try {
    await migrateToLatest(database.kysely);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

function openSqlite(file: string): SqliteDatabase {
  // On Node 20 the native module does not fail: it takes the process down without a word. So ask before touching it.
  assertVersion('Node', process.versions.node, `${NODE_VERSION_MIN}.0.0`, 'Start with npm, which brings its own Node.');
  const where = file === ':memory:' ? 'memory' : resolve(file);
  let sqlite: BetterSqlite3.Database;
  try {
    // Calls and people stand in this folder: nobody else on the machine has a reason to read it.
    if (file !== ':memory:') mkdirSync(dirname(where), { recursive: true, mode: 0o700 });
    sqlite = new BetterSqlite3(file, { timeout: BUSY_MS });
  } catch (error) {
    throw new DatabaseUnusable(
      `The database file ${where} cannot be opened: ${reasonOf(error)}.`,
      'Nothing is started.',
      'Let DATA_DIR be a folder that this user may write to, on a disk with room.',
      error
    );
  }
  try {
    const { version } = sqlite.prepare<[], { version: string }>('select sqlite_version() as version').get()!;
    assertVersion('SQLite', version, SQLITE_VERSION_MIN, 'Install the versions in package-lock.json with npm ci.');
    const mode = sqlite.pragma('journal_mode = wal', { simple: true });
    if (mode !== 'wal' && file !== ':memory:') {
      throw new DatabaseUnusable(
        `SQLite cannot keep a write-ahead log beside ${where} (it answers "${String(mode)}").`,
        'A crash could then lose what was acknowledged, so nothing is started.',
        'Keep DATA_DIR on a local disk, not on a network share.'
      );
    }
    // FULL: a commit has reached the disk when it returns. With NORMAL, a power cut loses the last transactions.
    sqlite.pragma('synchronous = full');
    sqlite.pragma('foreign_keys = on');
    // The log is copied into the file every 32 MB instead of every 4: the same pages are written again and again, and
    // each copying costs two syncs more.
    sqlite.pragma('wal_autocheckpoint = 8000');
  } catch (error) {
    sqlite.close();
    if (error instanceof DatabaseUnusable) throw error;
    throw new DatabaseUnusable(
      `The file ${where} is not a usable SQLite database: ${reasonOf(error)}.`,
      'Nothing is started, and the file is left as it is.',
      'Restore a backup, or move the file away to begin with an empty database.',
      error
    );
  }
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  return {
    dialect: 'sqlite',
    sqlite,
    kysely,
    where,
    close: async () => {
      await kysely.destroy();
      // Kysely closes what it has used; a connection it never asked for is still open.
      if (sqlite.open) sqlite.close();
    }
  };
}

async function openPostgres(url: string): Promise<PostgresDatabase> {
  const where = withoutPassword(url);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'stamgaffel',
    max: 10,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: typeParser },
    onConnect: async (client) => void (await client.query(SESSION_SETTINGS))
  });
  // A connection that dies between two questions says so here, idle or in use, and without a listener that would end
  // the process. Whoever asks next is told.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const { rows } = await pool.query<{ server_encoding: string }>('show server_encoding');
    if (rows[0]?.server_encoding !== 'UTF8') {
      throw new DatabaseUnusable(
        `The database at ${where} is encoded in ${rows[0]?.server_encoding}, not UTF8.`,
        'Names with å, ä or ö could not be kept, so nothing is started.',
        "Create it with: create database … encoding 'UTF8' template template0."
      );
    }
  } catch (error) {
    await pool.end();
    if (error instanceof DatabaseUnusable) throw error;
    throw new DatabaseUnusable(
      `The database at ${where} does not answer: ${reasonOf(error)}.`,
      'Nothing is started.',
      'Check DATABASE_URL, that the server runs, and that its user may sign in and create tables.',
      error
    );
  }
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    dialect: 'postgres',
    pool,
    kysely,
    where,
    close: async () => {
      await kysely.destroy();
      if (!pool.ended) await pool.end();
    }
  };
}

/**
 * Acknowledged means on disk, whatever the server's default; stricter settings (remote_apply) are left alone. And a plan
 * made while a table was empty must not be kept for when it has a million rows.
 */
const SESSION_SETTINGS = `
  select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off';
  set plan_cache_mode = force_custom_plan`;

/** 64-bit numbers come from `pg` as strings; here they are numbers as on SQLite, and never silently rounded. */
const typeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (oid === pg.types.builtins.INT8) return safeInteger;
  if (oid === pg.types.builtins.NUMERIC) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
};
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} from the database is too large for a number.`);
  return value;
}

function assertVersion(what: string, found: string, least: string, remedy: string): void {
  const [major = 0, minor = 0, patch = 0] = found.split('.').map((part) => Number.parseInt(part, 10));
  const [leastMajor = 0, leastMinor = 0, leastPatch = 0] = least.split('.').map(Number);
  const newEnough =
    major > leastMajor ||
    (major === leastMajor && (minor > leastMinor || (minor === leastMinor && patch >= leastPatch)));
  if (newEnough) return;
  throw new DatabaseUnusable(
    `${what} is version ${found}; ${least} or later is needed.`,
    'Older ones can crash or lose what was written, so nothing is started.',
    remedy
  );
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'the address in DATABASE_URL';
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
