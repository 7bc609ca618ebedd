/**
 * A year of a city's telephone calls: its queue_log (260 000 calls, about 1.3 million lines) imported with the command
 * line as anybody would, into SQLite and into PostgreSQL; and then, with that year in the database, the time from
 * starting the server to its saying that it is ready. The built product is measured: run `npm run build` first.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresServer } from '../support/postgres-server.ts';
import { yearOfQueueLog } from '../support/year-of-queue-log.ts';
import { figure, median } from './figure.ts';

const STARTS = 5;
const port = 15_400;
const folder = mkdtempSync(join(tmpdir(), 'bench-year-'));
const running = new Set<ChildProcess>();

function start(args: string[], env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', DEMO: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe']
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function writeYear(path: string): Promise<number> {
  const file = createWriteStream(path);
  let lines = 0;
  for (const day of yearOfQueueLog()) {
    lines += day.length;
    if (!file.write(day.join('\n') + '\n')) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return lines;
}

async function importedIn(queueLog: string, env: Record<string, string>): Promise<number> {
  const began = performance.now();
  const child = start(['src/cli.ts', 'import', 'queue-log', queueLog, '--source', 'pbx'], env);
  let said = '';
  child.stderr!.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  const seconds = (performance.now() - began) / 1_000;
  if (code !== 0) throw new Error(`The import failed:\n${said}`);
  return seconds;
}

/** From exec to the first answer 200 of `/readyz`. */
async function startedMs(env: Record<string, string>): Promise<number> {
  const began = performance.now();
  const child = start(['src/entry.ts'], { HOST: '127.0.0.1', PORT: String(port), SHUTDOWN_FAST: '1', ...env });
  let said = '';
  child.stderr!.on('data', (data: Buffer) => (said += data.toString()));
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended:\n${said}`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      async (response) => (await response.text(), response.status === 200),
      () => false
    );
    if (ready) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const ms = performance.now() - began;
  child.kill('SIGTERM');
  await once(child, 'close');
  return ms;
}

async function measure(
  on: 'SQLite' | 'PostgreSQL',
  wantedSeconds: number,
  queueLog: string,
  lines: number,
  env: Record<string, string>
) {
  const seconds = await importedIn(queueLog, env);
  figure('import', `a year of queue_log into ${on}, s`, seconds, { wanted: `value <= ${wantedSeconds}`, lines });
  const starts: number[] = [];
  for (let n = 0; n < STARTS; n++) starts.push(await startedMs(env));
  figure('restart', `exec to ready with a year on ${on}, ms`, median(starts), {
    wanted: 'value <= 2000',
    slowest: Math.max(...starts),
    starts: STARTS
  });
}

const queueLog = join(folder, 'queue_log');
const lines = await writeYear(queueLog);
const [onSqlite, onPostgres] = ['sqlite', 'postgres'].map((name) => join(folder, name));
for (const dataDir of [onSqlite!, onPostgres!]) mkdirSync(dataDir);
try {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const starts: number[] = [];
  for (let n = 0; n < STARTS; n++) starts.push(await startedMs({ DATA_DIR: empty }));
  figure('restart', 'exec to ready with nothing in SQLite, ms', median(starts), { starts: STARTS });
  await measure('SQLite', 30, queueLog, lines, { DATA_DIR: onSqlite! });
  const postgres = await postgresServer([]);
  if (postgres === null) {
    console.error('There is no PostgreSQL on this machine: the import into it is NOT MEASURED.');
  } else {
    try {
      await measure('PostgreSQL', 90, queueLog, lines, {
        DATA_DIR: onPostgres!,
        DATABASE_URL: await postgres.database()
      });
    } finally {
      await postgres.stop();
    }
  }
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
