import { sql, type Kysely } from 'kysely';
import type { Database } from '../database.ts';
import { kindOf } from '../kind.ts';
import type { Tables } from '../tables.ts';
import { writeBackupFile, type BackupLine, type Value } from './backup-file.ts';
import { tablesThereAre, type TableShape } from './table-shapes.ts';

/** How far a backup or a restore is: rows of all tables together. */
export interface Progress {
  table: string;
  done: number;
  total: number;
}

/**
 * What is left out. The names of migrations stand in the first line. Sessions would come to life again, also those that
 * were ended since: after a restore everybody signs in anew.
 */
const LEFT_OUT = new Set(['migration', 'session']);
const PAGE = 2_000;

/**
 * Writes all that is kept to `file`, as it stood at one moment: a server may go on writing meanwhile and waits for
 * nothing. Returns how many rows there were.
 */
export async function backUp(
  database: Database,
  file: string,
  { now, onProgress }: { now: number; onProgress?: (progress: Progress) => void }
): Promise<{ rows: number; tables: number }> {
  const outcome = { rows: 0, tables: 0 };
  await database.kysely.connection().execute(async (connection) => {
    // From its first look on, a transaction sees one moment: SQLite by its write-ahead log, PostgreSQL when told.
    const begin = database.dialect === 'sqlite' ? 'begin' : 'begin isolation level repeatable read read only';
    await sql.raw(begin).execute(connection);
    try {
      const lines = linesOf(database, connection, now, (progress) => {
        outcome.rows = progress.done;
        onProgress?.(progress);
      });
      await writeBackupFile(file, lines);
      outcome.tables = (await keptTables(connection)).length;
    } finally {
      await sql`rollback`.execute(connection);
    }
  });
  return outcome;
}

async function keptTables(connection: Kysely<Tables>): Promise<TableShape[]> {
  return (await tablesThereAre(connection)).filter(({ name }) => !LEFT_OUT.has(name));
}

async function* linesOf(
  database: Database,
  connection: Kysely<Tables>,
  now: number,
  onProgress: (progress: Progress) => void
): AsyncIterable<BackupLine> {
  const { epoch, offset } = await connection.selectFrom('log').selectAll().executeTakeFirstOrThrow();
  const kind = await kindOf(connection);
  if (kind === null) throw new Error('A database without a stamp has nothing to back up.');
  const { rows: migrations } = await sql<{ name: string }>`select name from migration order by name`.execute(
    connection
  );
  const tables = await keptTables(connection);
  yield {
    stamgaffel: 'backup',
    format: 1,
    madeAt: new Date(now).toISOString(),
    kind,
    migrations: migrations.map(({ name }) => name),
    position: { epoch, offset },
    auditHead: await auditHead(connection, tables)
  };
  const counted = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(connection);
    counted.set(name, rows[0]!.rows);
  }
  const total = [...counted.values()].reduce((sum, rows) => sum + rows, 0);
  let done = 0;
  for (const table of tables) {
    yield { table: table.name, columns: table.columns, rows: counted.get(table.name)! };
    for await (const rows of pagesOf(database, connection, table)) {
      yield* rows;
      done += rows.length;
      onProgress({ table: table.name, done, total });
    }
  }
  yield { end: true, rows: done };
}

/** The rows of a table, some thousands at a time, within the running transaction. */
async function* pagesOf(database: Database, connection: Kysely<Tables>, table: TableShape): AsyncIterable<Value[][]> {
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const select = sql<Record<string, Value>>`select ${columns} from ${sql.table(table.name)}`;
  const valuesOf = (row: Record<string, Value>) => table.columns.map((column) => storable(row[column], table, column));
  if (database.dialect === 'sqlite') {
    // The connection is ours for the length of the transaction, so it may be asked past Kysely.
    let page: Value[][] = [];
    for (const row of database.sqlite.prepare<[], Record<string, Value>>(select.compile(connection).sql).iterate()) {
      page.push(valuesOf(row));
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
    return;
  }
  await sql`declare backup no scroll cursor for ${select}`.execute(connection);
  for (;;) {
    const { rows } = await sql<Record<string, Value>>`fetch ${sql.lit(PAGE)} from backup`.execute(connection);
    if (rows.length === 0) break;
    yield rows.map(valuesOf);
  }
  await sql`close backup`.execute(connection);
}

function storable(value: Value | undefined, { name }: TableShape, column: string): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`${name}.${column} holds a ${typeof value}, which a backup has no way to write.`);
}

async function auditHead(connection: Kysely<Tables>, tables: TableShape[]): Promise<string | null> {
  if (!tables.some(({ name }) => name === 'audit_head')) return null;
  const { rows } = await sql<{ hash: string }>`select hash from audit_head`.execute(connection);
  return rows[0]?.hash ?? null;
}
