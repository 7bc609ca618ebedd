/**
 * Durable ingest: 64 producers that each tell of one event and wait until it is on the disk, through engine and store,
 * beside plain better-sqlite3 inserts in the same transactions: of all that our transactions write (events, entries,
 * tallies, the head), of which half is wanted, and of the events alone, which tells how much more than them we write. With it, how
 * many times a second this disk can be synced at all: without that number, events a second say nothing.
 */
import Sqlite from 'better-sqlite3';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallEvent, Envelope } from '../../src/lib/domain/telephony/event.ts';
import { createEngine } from '../../src/lib/server/live/engine.ts';
import type { EventLog, Projected } from '../../src/lib/server/live/ports.ts';
import { openDatabase } from '../../src/lib/server/store/database.ts';
import { rowOfEntry } from '../../src/lib/server/store/entry-rows.ts';
import { openEventLog } from '../../src/lib/server/store/event-log.ts';
import {
  entryBatch,
  eventBatch,
  insertStatement,
  tallyBatch,
  type BatchTable
} from '../../src/lib/server/store/log-transaction.ts';
import { openRegister } from '../../src/lib/server/store/register.ts';
import { figure, median } from './figure.ts';

const zone = 'Europe/Stockholm';
const PRODUCERS = Number(process.env.PRODUCERS ?? 64);
const CALLS_EACH = Number(process.env.CALLS_EACH ?? Math.ceil(16_000 / PRODUCERS));
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'bench-ingest-'));

interface Transaction extends Projected {
  events: Envelope[];
}
interface Cost {
  perSecond: number;
  /** Of this process, for one event; syncing and waiting are in `perSecond` only. */
  cpuMicros: number;
}

async function measured(events: number, work: () => Promise<void> | void): Promise<Cost> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: events / seconds, cpuMicros: (user + system) / events };
}

async function ours(round: number): Promise<Cost & { transactions: Transaction[] }> {
  const database = await openDatabase(join(folder, `ours-${round}.sqlite`));
  const log = await openEventLog(database);
  const transactions: Transaction[] = [];
  const watched: EventLog = {
    ...log,
    async append(incoming, project) {
      let projected: Projected = { entries: [], tallies: [] };
      const events = await log.append(incoming, async (fresh, stored) => (projected = await project(fresh, stored)));
      transactions.push({ ...projected, events });
      return events;
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
  let calls = 0;
  async function produce() {
    for (let n = 0; n < CALLS_EACH; n++) {
      const channel = `1795283728.${calls++}`;
      const call = `pbx/${channel}`;
      const entry = `${call}/vaxel/1795283728`;
      await tell(`${entry}|offered`, { kind: 'CallOffered', call, entry, queue: 'vaxel', channel });
      await tell(`${entry}|answered`, { kind: 'CallAnswered', entry, agent: 'PJSIP/agent07' });
      await tell(`${entry}|ended`, { kind: 'TalkEnded', entry, agent: 'PJSIP/agent07', by: 'caller' });
    }
  }
  const cost = await measured(
    PRODUCERS * CALLS_EACH * 3,
    async () => void (await Promise.all(Array.from({ length: PRODUCERS }, produce)))
  );
  await engine.close();
  await database.close();
  return { ...cost, transactions };
}

/** The same rows in the same transactions, one prepared insert each, into tables with the same keys and no more. */
async function plain(round: number, transactions: Transaction[], rows: 'events' | 'all'): Promise<Cost> {
  const db = new Sqlite(join(folder, `plain-${rows}-${round}.sqlite`));
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  db.exec(`
    create table event ("offset" integer primary key, at integer, seen_at integer, source text, source_key text,
      lane text, quality text, version integer, kind text, event text, unique (source, source_key));
    create table entry (${entryBatch.columns.map((column) => `"${column}"`).join(', ')}, primary key (id));
    create table tally (quarter_start integer, queue text, tally text, revised_at integer,
      primary key (quarter_start, queue));
    create table log ("offset" integer);
    insert into log values (0)`);
  const insertInto = (table: BatchTable) =>
    db.prepare<unknown[]>(insertStatement(table, `values (${table.columns.map(() => '?').join(', ')})`));
  const [event, entry, tally] = [insertInto(eventBatch), insertInto(entryBatch), insertInto(tallyBatch)];
  const head = db.prepare('update log set "offset" = ?');
  const write = db.transaction(({ events, entries, tallies }: Transaction) => {
    for (const { offset, at, seenAt, source, key, lane, quality, version, event: told } of events)
      event.run(offset, at, seenAt, source, key, lane, quality, version, told.kind, JSON.stringify(told));
    if (rows === 'events') return;
    for (const one of entries) entry.run(rowOfEntry(one));
    const cells = new Map(tallies.map((one) => [`${one.quarterStart} ${one.queue}`, one]));
    for (const one of cells.values()) tally.run(one.quarterStart, one.queue, JSON.stringify(one.delta), null);
    head.run(events.at(-1)!.offset);
  });
  const written = transactions.filter(({ events }) => events.length > 0);
  const events = written.reduce((sum, one) => sum + one.events.length, 0);
  const cost = await measured(events, () => written.forEach((one) => void write(one)));
  db.close();
  return cost;
}

function syncsPerSecond(): number {
  const fd = openSync(join(folder, 'sync'), 'w');
  const block = Buffer.alloc(4_096);
  const started = performance.now();
  let syncs = 0;
  for (; performance.now() - started < 1_000; syncs++) {
    writeSync(fd, block, 0, block.length, (syncs % 1_000) * block.length);
    fdatasyncSync(fd);
  }
  closeSync(fd);
  return syncs / ((performance.now() - started) / 1_000);
}

try {
  const rounds: { mine: Cost; events: Cost; all: Cost; perTransaction: number; syncs: number }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const { transactions, ...mine } = await ours(round);
    const perTransaction = transactions.reduce((sum, { events }) => sum + events.length, 0) / transactions.length;
    const events = await plain(round, transactions, 'events');
    const all = await plain(round, transactions, 'all');
    // The first round warms up the compiler and is not counted.
    if (round > 0) rounds.push({ mine, events, all, perTransaction, syncs: syncsPerSecond() });
  }
  const of = (value: (round: (typeof rounds)[number]) => number) => median(rounds.map(value));
  const at = { producers: PRODUCERS, perTransaction: of(({ perTransaction }) => perTransaction), rounds: ROUNDS };
  figure(
    'ingest',
    'events a second, durable',
    of(({ mine }) => mine.perSecond),
    {
      against: 'plain better-sqlite3 inserts of the events in the same transactions',
      theirs: of(({ events }) => events.perSecond),
      ratio: of(({ mine, events }) => mine.perSecond / events.perSecond),
      ...at
    }
  );
  figure(
    'ingest',
    'events a second, durable',
    of(({ mine }) => mine.perSecond),
    {
      against: 'plain better-sqlite3 inserts of all the rows in the same transactions',
      theirs: of(({ all }) => all.perSecond),
      ratio: of(({ mine, all }) => mine.perSecond / all.perSecond),
      wanted: 'ratio >= 0.5',
      ...at
    }
  );
  figure(
    'ingest',
    'CPU per event, µs',
    of(({ mine }) => mine.cpuMicros),
    {
      against: 'plain better-sqlite3 inserts of all the rows in the same transactions',
      theirs: of(({ all }) => all.cpuMicros),
      ratio: of(({ mine, all }) => mine.cpuMicros / all.cpuMicros),
      eventsOnly: of(({ events }) => events.cpuMicros)
    }
  );
  figure(
    'ingest',
    'syncs a second of this disk',
    of(({ syncs }) => syncs)
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
