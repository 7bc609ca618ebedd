import BetterSqlite3 from 'better-sqlite3';
import { LogRefuses } from '../live/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { insertStatement, type BatchTable, type LogTransaction, type RunLogTransaction } from './log-transaction.ts';
import type { EntryTable, LogTable, TallyTable } from './tables.ts';

/** Rows per statement, the most first: many together cost about half of one by one. */
const ROWS_TOGETHER = [64, 16, 4, 1] as const;

export function logOnSqlite({ sqlite, kysely }: SqliteDatabase): RunLogTransaction {
  const begin = sqlite.prepare('begin immediate');
  const commit = sqlite.prepare('commit');
  const transaction = statements(sqlite);

  // The connection is taken from Kysely for the whole transaction, or somebody else's statement would become part of
  // it while `work` waits. Therefore `work` must not ask Kysely for anything: it would wait for itself.
  return (work) =>
    kysely.connection().execute(async () => {
      saved(() => begin.run());
      try {
        const result = await work(transaction);
        saved(() => commit.run());
        return result;
      } catch (error) {
        // A full disk has already rolled back.
        if (sqlite.inTransaction) sqlite.exec('rollback');
        throw error;
      }
    });
}

function statements(sqlite: BetterSqlite3.Database): LogTransaction {
  const head = sqlite.prepare<[], LogTable>('select * from log');
  const moveHead = sqlite.prepare<[number]>('update log set "offset" = ?');
  const unwrite = sqlite.prepare<[number]>('delete from event where "offset" > ?');
  const knownKeys = sqlite
    .prepare<[string, string], string>(
      `select told.value from json_each(?) told
       where exists (select 1 from event where source = ? and source_key = told.value)`
    )
    .pluck();
  const entries = sqlite.prepare<[string], EntryTable>(
    'select entry.* from json_each(?) wanted join entry on entry.id = wanted.value'
  );
  const tallies = sqlite.prepare<[string], TallyTable>(
    `select tally.* from json_each(?) wanted join tally
     on tally.quarter_start = wanted.value ->> 0 and tally.queue = wanted.value ->> 1`
  );
  const inserts = new Map<BatchTable, Map<number, BetterSqlite3.Statement>>();
  const insert = (table: BatchTable, count: number) => {
    const ofTable = inserts.get(table) ?? new Map<number, BetterSqlite3.Statement>();
    inserts.set(table, ofTable);
    let statement = ofTable.get(count);
    if (!statement) {
      const row = `(${table.columns.map(() => '?').join(', ')})`;
      statement = sqlite.prepare(insertStatement(table, `values ${Array(count).fill(row).join(', ')}`));
      ofTable.set(count, statement);
    }
    return statement;
  };

  return {
    head: async () => saved(() => head.get()!),
    moveHead: async (offset) => void saved(() => moveHead.run(offset)),
    unwrite: async (offset) => void saved(() => unwrite.run(offset)),
    knownKeys: async (source, keys) => saved(() => knownKeys.all(JSON.stringify(keys), source)),
    entries: async (ids) => saved(() => entries.all(JSON.stringify(ids))),
    tallies: async (quarterStarts, queues) =>
      saved(() => tallies.all(JSON.stringify(quarterStarts.map((start, i) => [start, queues[i]])))),
    write: async (table, rows) =>
      saved(() => {
        let next = 0;
        let written = 0;
        for (const together of ROWS_TOGETHER) {
          for (; next + together <= rows.length; next += together)
            written += insert(table, together).run(rows.slice(next, next + together).flat()).changes;
        }
        return written;
      })
  };
}

/** Faults in what we asked for, which asking again would not mend: they are ours, not the disk's. */
const OUR_FAULT = /^SQLITE_(ERROR|CONSTRAINT|MISMATCH|MISUSE|RANGE|TOOBIG)/;

function saved<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof BetterSqlite3.SqliteError) || OUR_FAULT.test(error.code)) throw error;
    throw new LogRefuses(`SQLite would not write (${error.code}): ${error.message}`, { cause: error });
  }
}
