import type { EntryTable, LogTable, TallyTable } from './tables.ts';
import { entryColumns } from './entry-rows.ts';

/** A value in a column. */
export type Value = string | number | null;

/** A table that whole batches are written to, column by column in this order. */
export interface BatchTable {
  name: string;
  /** Names the statement, where the database keeps it under a name. */
  statement: string;
  columns: readonly string[];
  /** The columns with whole numbers; the others are text. */
  whole: ReadonlySet<string>;
  /** What makes a row the same as one that is there, which then gets the new values. */
  replacing: readonly string[];
  /** Columns that a row which is there keeps as they are. An index on none but these need not be touched. */
  kept: readonly string[] | 'all';
}

/**
 * What the log does inside one transaction, in each database's own fastest words. Kysely's builders are not used here:
 * they would cost more than the writing itself.
 */
export interface LogTransaction {
  /** The log's one row, locked until the transaction ends: whoever holds it gives out the next offsets. */
  head(): Promise<LogTable>;
  moveHead(offset: number): Promise<void>;
  /** Those of the keys that this source has told before. */
  knownKeys(source: string, keys: string[]): Promise<string[]>;
  entries(ids: string[]): Promise<EntryTable[]>;
  tallies(quarterStarts: number[], queues: string[]): Promise<TallyTable[]>;
  /** Returns how many rows were written: fewer than given only where the table keeps those that are there. */
  write(table: BatchTable, rows: Value[][]): Promise<number>;
  /** Takes back the events that this transaction has written, all beyond `offset`. */
  unwrite(offset: number): Promise<void>;
}

/**
 * Runs `work` in a transaction of its own that has reached the disk when this resolves. Rejects with `LogRefuses` when
 * the database would not take it, and with the error itself when `work` failed; either way nothing was written.
 */
export type RunLogTransaction = <T>(work: (transaction: LogTransaction) => Promise<T>) => Promise<T>;

export const eventBatch: BatchTable = {
  name: 'event',
  statement: 'write-event',
  columns: ['offset', 'at', 'seen_at', 'source', 'source_key', 'lane', 'quality', 'version', 'kind', 'event'],
  whole: new Set(['offset', 'at', 'seen_at', 'version']),
  replacing: ['source', 'source_key'],
  kept: 'all'
};
export const entryBatch: BatchTable = {
  name: 'entry',
  statement: 'write-entry',
  columns: entryColumns,
  whole: new Set(entryColumns.filter((column) => /_at$|_ms$|_since$|_until$|^adopted$/.test(column))),
  replacing: ['id'],
  kept: []
};
/** What happens to an entry after it was offered. Only a correction changes how and when it was. */
export const entryProgressBatch: BatchTable = {
  ...entryBatch,
  statement: 'write-entry-progress',
  kept: ['call', 'source', 'queue', 'channel', 'from_queue', 'adopted', 'caller', 'offered_at', 'offered_quality']
};
export const tallyBatch: BatchTable = {
  name: 'tally',
  statement: 'write-tally',
  columns: ['quarter_start', 'queue', 'tally', 'revised_at'],
  whole: new Set(['quarter_start', 'revised_at']),
  replacing: ['quarter_start', 'queue'],
  kept: []
};
export const projectionBatch: BatchTable = {
  name: 'projection',
  statement: 'write-projection',
  columns: ['name', 'offset', 'version', 'state'],
  whole: new Set(['offset', 'version']),
  replacing: ['name'],
  kept: []
};

/** `insert into … <rows> on conflict …`; `rows` is how the database takes many at once. */
export function insertStatement(table: BatchTable, rows: string): string {
  const quoted = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ');
  const { kept } = table;
  const changed = table.columns.filter((column) => kept !== 'all' && ![...table.replacing, ...kept].includes(column));
  const change = changed.map((column) => `"${column}" = excluded."${column}"`).join(', ');
  const conflict = ` on conflict (${quoted(table.replacing)}) do ${change ? `update set ${change}` : 'nothing'}`;
  return `insert into "${table.name}" (${quoted(table.columns)}) ${rows}${conflict}`;
}
