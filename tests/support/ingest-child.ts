/**
 * A process to be killed: engine and store on a database file, eight producers that tell of calls as fast as they are
 * acknowledged, and a line on standard output for each acknowledgement. Run as
 * `node ingest-child.ts FILE RUN [sequential] [mutant]`; see `tests/server/live/durability.test.ts`.
 */
import { writeSync } from 'node:fs';
import { createEngine } from '../../src/lib/server/live/engine.ts';
import type { EventLog } from '../../src/lib/server/live/ports.ts';
import { openDatabase, type SqliteDatabase } from '../../src/lib/server/store/database.ts';
import { openEventLog } from '../../src/lib/server/store/event-log.ts';
import { openRegister } from '../../src/lib/server/store/register.ts';

const [file, run, ...flags] = process.argv.slice(2) as [string, string, ...string[]];
const sequential = flags.includes('sequential');

/** Says that it is written before it is: what the tests must catch. */
function acknowledgesEarly(log: EventLog): EventLog {
  return {
    ...log,
    append: (incoming, project) => {
      setTimeout(() => void log.append(incoming, project).catch(() => {}), 20);
      return Promise.resolve([]);
    }
  };
}

const database = await openDatabase(file);
// Without synchronous commits a killed process loses nothing, but a power cut does: only counting syncs sees this one.
if (flags.includes('no-sync')) (database as SqliteDatabase).sqlite.pragma('synchronous = off');
const log = await openEventLog(database);
const engine = await createEngine({
  log: flags.includes('mutant') ? acknowledgesEarly(log) : log,
  register: await openRegister(database, { zone: 'Europe/Stockholm', now: Date.now }),
  zone: 'Europe/Stockholm',
  demo: false
});
const sink = engine.sink('pbx');

async function produce(producer: number, calls: number) {
  for (let n = 0; n < calls; n++) {
    const entry = `${run}-${producer}-${n}`;
    const at = Date.now();
    const about = { at, seenAt: at, lane: 'live', quality: 'exact' } as const;
    writeSync(1, `tell ${entry}\n`);
    await sink.append([
      {
        ...about,
        key: `${entry}|offered`,
        event: { kind: 'CallOffered', call: entry, entry, queue: 'vaxel', channel: entry }
      },
      { ...about, key: `${entry}|left`, event: { kind: 'CallAbandoned', entry } }
    ]);
    writeSync(1, `ack ${entry}\n`);
  }
}

writeSync(1, 'ready\n');
await Promise.all(Array.from({ length: sequential ? 1 : 8 }, (_, i) => produce(i, sequential ? 20 : 1_000_000)));
process.exit(0);
