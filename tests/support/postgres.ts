import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll } from 'vitest';

/** A PostgreSQL server that lives as long as one test file. */
export interface PostgresServer {
  /** Makes an empty database and returns its URL. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A server for this test file, or null when there is none on this machine: then the tests that need it are skipped,
 * loudly; with `REQUIRE=postgres` this throws instead. `PG_TEST_URL` names a running server to be used.
 *
 *     const postgres = await postgresForTests();
 *     describe.skipIf(!postgres)('on PostgreSQL', …)
 */
export async function postgresForTests(): Promise<PostgresServer | null> {
  const server = process.env.PG_TEST_URL ? existing(process.env.PG_TEST_URL) : await start();
  if (!server) {
    const missing = 'No PostgreSQL was found (neither /usr/lib/postgresql/*/bin nor initdb in PATH, nor PG_TEST_URL).';
    if (process.env.REQUIRE?.split(',').includes('postgres')) throw new Error(`${missing} REQUIRE asks for it.`);
    console.warn(`\n!!! ${missing}\n!!! The PostgreSQL tests are SKIPPED: nothing here says that they pass.\n`);
    return null;
  }
  // Dropping many databases from a busy server that syncs takes its time.
  afterAll(() => server.stop(), 120_000);
  return server;
}

/** A throwaway cluster in a folder of its own; it listens on a socket in that folder, so no port can be taken. */
async function start(): Promise<PostgresServer | null> {
  const bin = binaries();
  if (!bin) return null;
  const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-pg-'));
  // PostgreSQL refuses to run as root, so then it runs as the user that Debian made for it.
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const cluster = join(folder, 'cluster');
  const initdb = [`-D`, cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  execFileSync(join(bin, 'initdb'), initdb, { ...user, cwd: folder, stdio: 'pipe' });

  // The shell reads from us until we end, in whatever way: a test run that is killed leaves no server behind.
  const script = '"$0" "$@" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf "$FOLDER"';
  const settings = [`listen_addresses=`, `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=60'];
  const shell = spawn(
    '/bin/sh',
    ['-c', script, join(bin, 'postgres'), '-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
    // In a group of its own, so that what ends us does not also end the one who cleans up after us.
    { ...user, cwd: folder, env: { ...process.env, FOLDER: folder }, stdio: ['pipe', 'ignore', 'pipe'], detached: true }
  );
  const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface(shell.stderr).on('line', (line) => {
      said.push(line);
      if (line.includes('ready to accept connections')) resolve();
    });
    shell.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${said.join('\n')}`)));
  });
  // The server must not keep a finished test run alive.
  shell.unref();
  const { database } = existing(`postgres://postgres@${encodeURIComponent(folder)}/postgres`);
  return {
    database,
    stop: async () => {
      shell.stdin.end();
      await ended;
    }
  };
}

function existing(url: string): PostgresServer {
  const made: string[] = [];
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  return {
    database: async () => {
      const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
      await admin(`create database ${name} encoding 'UTF8' template template0`);
      made.push(name);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return own.href;
    },
    stop: async () => {
      for (const name of made) await admin(`drop database ${name} with (force)`);
    }
  };
}

function binaries(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter)
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null;
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
}
