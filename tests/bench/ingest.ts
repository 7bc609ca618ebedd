/**
 * Durable ingest: 64 producers that each tell of one event and wait until it is on the disk, through engine and store,
 * beside plain better-sqlite3 inserts of the same rows in the same transactions. With it, how many times a second this
 * disk can be synced at all: without that number, events a second say nothing.
 */
import Sqlite from 'better-sqlite3';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallEvent, Envelope } from '../../src/lib/domain/telephony/event.ts';
import { createEngine } from '../../src/lib/server/live/engine.ts';
import type { EventLog } from '../../src/lib/server/live/ports.ts';
import { openDatabase } from '../../src/lib/server/store/database.ts';
import { openEventLog } from '../../src/lib/server/store/event-log.ts';
import { openRegister } from '../../src/lib/server/store/register.ts';
import { figure } from './figure.ts';

const zone = 'Europe/Stockholm';
const PRODUCERS = Number(process.env.PRODUCERS ?? 64);
const CALLS_EACH = Number(process.env.CALLS_EACH ?? 250);
const folder = mkdtempSync(join(tmpdir(), 'bench-ingest-'));

interface Written {
  perSecond: number;
  transactions: Envelope[][];
}

async function ours(): Promise<Written> {
  const database = await openDatabase(join(folder, `ours-${Math.random()}.sqlite`));
  const log = await openEventLog(database);
  const transactions: Envelope[][] = [];
  const watched: EventLog = {
    ...log,
    async append(incoming, project) {
      const fresh = await log.append(incoming, project);
      transactions.push(fresh);
      return fresh;
    }
  };
  const register = await openRegister(database, { zone, now: Date.now });
  const engine = await createEngine({ log: watched, register, zone, demo: false });
  const sink = engine.sink('pbx');
  const tell = (key: string, event: CallEvent) => {
    const at = Date.now();
    return sink.append([{ at, seenAt: at, key, lane: 'live', quality: 'exact', event }]);
  };
  await tell('warm', { kind: 'QueueSeen', queue: 'vaxel', limit: null });
  await tell('warm agent', { kind: 'AgentJoinedQueue', agent: 'PJSIP/agent07', queue: 'vaxel' });
  transactions.length = 0;

  // As a PBX does it: every new call has the next number, whoever it is for.
  let uniqueid = 0;
  async function produce() {
    for (let n = 0; n < CALLS_EACH; n++) {
      const entry = `pbx/1795283728.${String(uniqueid++).padStart(6, '0')}/vaxel/1795283728`;
      await tell(`${entry}|offered`, { kind: 'CallOffered', call: entry, entry, queue: 'vaxel', channel: entry });
      await tell(`${entry}|answered`, { kind: 'CallAnswered', entry, agent: 'PJSIP/agent07' });
      await tell(`${entry}|ended`, { kind: 'TalkEnded', entry, agent: 'PJSIP/agent07', by: 'caller' });
    }
  }
  const started = performance.now();
  await Promise.all(Array.from({ length: PRODUCERS }, produce));
  const seconds = (performance.now() - started) / 1_000;
  await engine.close();
  await database.close();
  return { perSecond: (PRODUCERS * CALLS_EACH * 3) / seconds, transactions };
}

/** The same rows in the same transactions, one prepared insert each, into a table with the same key. */
function plain(transactions: Envelope[][]): number {
  const db = new Sqlite(join(folder, `plain-${Math.random()}.sqlite`));
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  db.exec(
    'create table event ("offset" integer primary key, at integer, seen_at integer, source text, source_key text, lane text, quality text, version integer, kind text, event text, unique (source, source_key))'
  );
  const insert = db.prepare('insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const write = db.transaction((rows: Envelope[]) => {
    for (const { offset, at, seenAt, source, key, lane, quality, version, event } of rows) {
      insert.run(offset, at, seenAt, source, key, lane, quality, version, event.kind, JSON.stringify(event));
    }
  });
  const started = performance.now();
  for (const rows of transactions) if (rows.length > 0) write(rows);
  const seconds = (performance.now() - started) / 1_000;
  db.close();
  return transactions.reduce((sum, rows) => sum + rows.length, 0) / seconds;
}

function syncsPerSecond(): number {
  const fd = openSync(join(folder, 'sync'), 'w');
  const block = Buffer.alloc(4_096);
  const started = performance.now();
  let syncs = 0;
  for (; performance.now() - started < 1_000; syncs++) {
    writeSync(fd, block);
    fsyncSync(fd);
  }
  closeSync(fd);
  return syncs / ((performance.now() - started) / 1_000);
}

const ratios: { ours: number; plain: number; perTransaction: number }[] = [];
for (let run = 0; run < 4; run++) {
  const written = await ours();
  const size = written.transactions.reduce((sum, rows) => sum + rows.length, 0) / written.transactions.length;
  // The first run warms up the compiler and is not counted.
  if (run > 0) ratios.push({ ours: written.perSecond, plain: plain(written.transactions), perTransaction: size });
}
ratios.sort((a, b) => a.ours / a.plain - b.ours / b.plain);
const median = ratios[1]!;
figure('ingest', 'events a second, durable', median.ours, {
  against: 'plain better-sqlite3 inserts in the same transactions',
  theirs: median.plain,
  ratio: median.ours / median.plain,
  wanted: '>= 0.5'
});
figure('ingest', 'events in a transaction', median.perTransaction);
figure('ingest', 'syncs a second of this disk', syncsPerSecond());
rmSync(folder, { recursive: true, force: true });
