import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

/** A PostgreSQL server that lives as long as whoever started it. */
export interface PostgresServer {
  /** Makes an empty database and returns its URL. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

/** The server that `PG_TEST_URL` names, else a throwaway one of our own, else null: there is none on this machine. */
export async function postgresServer(settings: readonly string[]): Promise<PostgresServer | null> {
  return process.env.PG_TEST_URL ? existing(process.env.PG_TEST_URL) : await start(settings);
}

/** A throwaway cluster in a folder of its own; it listens on a socket in that folder, so no port can be taken. */
async function start(own: readonly string[]): Promise<PostgresServer | null> {
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
  const settings = [`listen_addresses=`, `unix_socket_directories=${folder}`, 'max_connections=60', ...own];
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
      shell.ref();
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
