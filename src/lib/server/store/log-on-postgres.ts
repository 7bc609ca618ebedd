import pg from 'pg';
import { LogRefuses } from '../live/ports.ts';
import type { PostgresDatabase } from './database.ts';
import {
  insertStatement,
  type BatchTable,
  type LogTransaction,
  type RunLogTransaction,
  type Value
} from './log-transaction.ts';
import type { EntryTable, LogTable, TallyTable } from './tables.ts';

export function logOnPostgres({ pool }: PostgresDatabase): RunLogTransaction {
  return async (work) => {
    const client = await saved(() => pool.connect());
    let broken = true;
    try {
      await saved(() => client.query('begin'));
      const result = await work(statements(client));
      await saved(() => client.query('commit'));
      broken = false;
      return result;
    } catch (error) {
      broken = await client.query('rollback').then(
        () => false,
        () => true
      );
      throw error;
    } finally {
      client.release(broken);
    }
  };
}

function statements(client: pg.PoolClient): LogTransaction {
  // Each text is sent once per connection under its name. Whole columns travel as arrays: one statement per batch.
  const run = <Row extends object>(name: string, text: string, values: unknown[] = []) =>
    saved(() => client.query<Row>({ name, text, values }));
  const ask = async <Row extends object>(name: string, text: string, values: unknown[] = []) =>
    (await run<Row>(name, text, values)).rows;

  return {
    head: async () => (await ask<LogTable>('head', 'select * from log for update'))[0]!,
    moveHead: async (offset) => void (await ask('move-head', 'update log set "offset" = $1', [offset])),
    knownKeys: async (source, keys) => {
      const text = 'select source_key from event where source = $1 and source_key = any ($2::text[])';
      return (await ask<{ source_key: string }>('known-keys', text, [source, keys])).map((row) => row.source_key);
    },
    entries: (ids) => ask<EntryTable>('entries', 'select * from entry where id = any ($1::text[])', [ids]),
    tallies: (quarterStarts, queues) =>
      ask<TallyTable>(
        'tallies',
        `select tally.* from unnest($1::bigint[], $2::text[]) as wanted (quarter_start, queue)
         join tally using (quarter_start, queue)`,
        [quarterStarts, queues]
      ),
    write: async (table, rows) => {
      if (rows.length === 0) return 0;
      return (await run(table.statement, insertFromArrays(table), columnsOf(table, rows))).rowCount ?? 0;
    },
    unwrite: async (offset) => void (await ask('unwrite', 'delete from event where "offset" > $1', [offset]))
  };
}

function insertFromArrays(table: BatchTable): string {
  const arrays = table.columns.map((column, i) => `$${i + 1}::${table.whole.has(column) ? 'bigint' : 'text'}[]`);
  return insertStatement(table, `select * from unnest(${arrays.join(', ')})`);
}
function columnsOf(table: BatchTable, rows: Value[][]): Value[][] {
  return table.columns.map((_, i) => rows.map((row) => row[i]!));
}

/**
 * Faults in what we asked for, which asking again would not mend (data, constraints, syntax): they are ours. What is
 * left is the database's: full disk, shutting down, unreachable, read-only, no permission.
 */
const OUR_FAULT = /^(22|23|42(?!501))/;

async function saved<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof pg.DatabaseError && OUR_FAULT.test(error.code ?? '')) throw error;
    if (error instanceof RangeError || error instanceof TypeError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
    const message = error instanceof Error ? error.message : String(error);
    throw new LogRefuses(`PostgreSQL would not write (${code}): ${message}`, { cause: error });
  }
}
