import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contribution } from '../../../src/lib/domain/statistics/contribution.ts';
import { addTally, emptyTally } from '../../../src/lib/domain/statistics/tally.ts';
import { entryOf, evolveEntry, type Entry } from '../../../src/lib/domain/telephony/call.ts';
import { openDatabase } from '../../../src/lib/server/store/database.ts';
import { openEventLog } from '../../../src/lib/server/store/event-log.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const KILLS = 50;
const child = 'tests/support/ingest-child.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kill-'));
  file = join(folder, 'log.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the child, kills it after some acknowledgements and a random moment more; returns what was acknowledged. */
function killedRun(run: number, acks: number, thenMs: number, flags: string[] = []): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [child, file, `r${run}`, ...flags], {
      stdio: ['ignore', 'pipe', 'inherit']
    });
    const acknowledged: string[] = [];
    let killing = false;
    createInterface(running.stdout).on('line', (line) => {
      if (line.startsWith('ack ')) acknowledged.push(line.slice(4));
      if (!killing && acknowledged.length >= acks) {
        killing = true;
        setTimeout(() => running.kill('SIGKILL'), thenMs);
      }
    });
    running.on('error', reject);
    running.on('close', () => resolve(acknowledged));
  });
}

/** What is wrong with the log after a crash: acknowledged and not there, there twice, or not what entries and tallies say. */
async function faults(acknowledged: Set<string>): Promise<string[]> {
  const database = await openDatabase(file);
  try {
    const log = await openEventLog(database, 'guest');
    const found: string[] = [];
    const entries = new Map<string, Entry>();
    const keys = new Set<string>();
    let offset = 0;
    for (;;) {
      const page = await log.read(offset, 10_000);
      if (page.length === 0) break;
      for (const envelope of page) {
        if (envelope.offset !== ++offset) found.push(`offset ${envelope.offset} where ${offset} was due`);
        if (keys.has(envelope.key)) found.push(`${envelope.key} is there twice`);
        keys.add(envelope.key);
        const id = entryOf(envelope.event);
        if (id !== null) entries.set(id, evolveEntry(entries.get(id) ?? null, envelope)!);
      }
    }
    if (log.position().offset !== offset) found.push(`position ${log.position().offset}, last event ${offset}`);
    for (const entry of acknowledged) {
      if (!keys.has(`${entry}|offered`) || !keys.has(`${entry}|left`))
        found.push(`${entry} was acknowledged and is lost`);
    }
    const stored = await log.entriesSince(0);
    if (stored.length !== entries.size) found.push(`${stored.length} entries stored, ${entries.size} in the log`);
    for (const entry of stored) {
      if (JSON.stringify(entry) !== JSON.stringify(entries.get(entry.id)))
        found.push(`entry ${entry.id} is not what the log says`);
    }
    let fromEntries = emptyTally;
    for (const entry of entries.values()) {
      for (const part of contribution(entry, [])) fromEntries = addTally(fromEntries, part.delta);
    }
    let kept = emptyTally;
    for (const row of await log.tallies(0, Number.MAX_SAFE_INTEGER)) kept = addTally(kept, row.tally);
    if (JSON.stringify(kept) !== JSON.stringify(fromEntries)) found.push('the tallies are not the sum of the entries');
    return found;
  } finally {
    await database.close();
  }
}

describe('a process that is killed in the middle of writing', () => {
  it(
    `${KILLS} times: nothing acknowledged is lost or doubled, and entries and tallies are those of the log`,
    { timeout: 180_000 },
    async () => {
      const seed = Date.now() % 1_000_000;
      console.log(`seed ${seed}`);
      const random = seededRandom(seed);
      const acknowledged = new Set<string>();
      for (let run = 0; run < KILLS; run++) {
        const acks = await killedRun(run, 1 + Math.floor(random() * 60), random() * 12);
        for (const entry of acks) acknowledged.add(entry);
        if (run % 5 === 4) expect(await faults(acknowledged)).toEqual([]);
      }
      expect(acknowledged.size).toBeGreaterThan(KILLS);
      expect(await faults(acknowledged)).toEqual([]);
    }
  );

  it('a log that acknowledges before it has written is caught by the same test', { timeout: 60_000 }, async () => {
    const acknowledged = new Set<string>();
    for (let run = 0; run < 5; run++) {
      for (const entry of await killedRun(run, 20, 2, ['mutant'])) acknowledged.add(entry);
    }
    expect((await faults(acknowledged)).some((fault) => fault.includes('was acknowledged and is lost'))).toBe(true);
  });
});

/** How many syncs reached the disk between each telling and its acknowledgement, as the kernel saw them. */
function syncsBeforeAcknowledgement(flags: string[]): number[] {
  const trace = join(folder, 'trace');
  const watched = ['-f', '-qq', '-e', 'trace=fsync,fdatasync,write', '-e', 'signal=none', '-s', '64', '-o', trace];
  const ran = spawnSync('strace', [...watched, process.execPath, child, file, 'r0', 'sequential', ...flags], {
    encoding: 'utf8'
  });
  expect(ran.status, ran.stderr).toBe(0);
  const counts: number[] = [];
  let syncs: number | null = null;
  for (const line of readFileSync(trace, 'utf8').split('\n')) {
    if (line.includes('write(1, "tell ')) syncs = 0;
    else if (/\b(fsync|fdatasync)\(/.test(line) && syncs !== null) syncs++;
    else if (line.includes('write(1, "ack ') && syncs !== null) {
      counts.push(syncs);
      syncs = null;
    }
  }
  return counts;
}

const hasStrace = spawnSync('strace', ['-V']).status === 0;
if (!hasStrace) console.warn('STRACE IS NOT INSTALLED: that a commit reaches the disk is not checked on this machine.');

describe.skipIf(!hasStrace)('the disk itself', () => {
  it('is synced between telling and acknowledgement, every time', { timeout: 60_000 }, () => {
    const counts = syncsBeforeAcknowledgement([]);
    expect(counts).toHaveLength(20);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
  });

  it(
    'a store that leaves syncing out, which no kill would show, is caught by the same test',
    { timeout: 60_000 },
    () => {
      expect(Math.min(...syncsBeforeAcknowledgement(['no-sync']))).toBe(0);
    }
  );
});
