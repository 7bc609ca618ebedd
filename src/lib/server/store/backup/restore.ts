import { sql, type Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Database } from '../database.ts';
import type { Kind } from '../kind.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import type { Tables } from '../tables.ts';
import type { Progress } from './backup.ts';
import { BackupRefused, readBackup, readBackupHeader, type BackupHeader, type Value } from './backup-file.ts';
import { tablesThereAre, type TableShape } from './table-shapes.ts';

const PAGE = 2_000;

export interface RestoreWish {
  /** What the environment is for: a demonstration is never restored into reality, nor the other way. */
  kind: Kind;
  /** Throws away what stands in the database. */
  replace: boolean;
  onProgress?: (progress: Progress) => void;
}

/**
 * Puts back what a backup holds, on either database, in one transaction: it is all there, or nothing has changed. The
 * schema is made as it was when the backup was taken and then brought up to date, as it would have been.
 *
 * The log gets a new epoch, because offsets will now be given to other events than those that were lost: whoever
 * followed the old log must not take them for its continuation. And a new term, so that a server that still runs on
 * the database writes no more.
 */
export async function restore(database: Database, file: string, wish: RestoreWish): Promise<BackupHeader> {
  const header = await readBackupHeader(file);
  refuseUnfit(header, wish.kind);
  await database.kysely.connection().execute(async (connection) => {
    await sql.raw(database.dialect === 'sqlite' ? 'begin immediate' : 'begin').execute(connection);
    try {
      const present = await tablesThereAre(connection);
      if (!wish.replace) await refuseOccupied(connection, present, database.where);
      const { term } = await connection.selectFrom('log').select('term').executeTakeFirstOrThrow();
      for (const { name } of present.toReversed()) await sql`drop table ${sql.table(name)}`.execute(connection);
      if (database.dialect === 'postgres') await sql.raw(DROP_FUNCTIONS).execute(connection);
      const then = migrations.filter(({ name }) => header.migrations.includes(name));
      await migrate(connection, then);
      await sql
        .raw(database.dialect === 'sqlite' ? 'pragma defer_foreign_keys = on' : WITHIN_A_TABLE_LATER)
        .execute(connection);
      const guarded = await withoutGuards(database, connection);
      await writeRows(database, connection, file, wish.onProgress);
      if (database.dialect === 'postgres') await sql.raw(WITHIN_A_TABLE_AT_ONCE).execute(connection);
      await guarded();
      await migrate(connection, migrations);
      const log = await connection.selectFrom('log').select('term').executeTakeFirst();
      if (!log) throw new BackupRefused(`${file} holds no log. Nothing was restored.`);
      await connection
        .updateTable('log')
        .set({ epoch: randomUUID(), term: Math.max(term, log.term) + 1 })
        .execute();
      await sql`commit`.execute(connection);
    } catch (error) {
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw error;
    }
  });
  return header;
}

/** On PostgreSQL what a trigger does stands beside its table, and the migrations are about to make it again. */
const DROP_FUNCTIONS = `do $$ declare made record; begin
  for made in select oid::regprocedure as name from pg_proc
    where pronamespace = current_schema()::regnamespace
      and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  loop execute 'drop function ' || made.name; end loop; end $$`;

/** A row may refer to a later one of its own table: what it refers to is looked for when all rows are there. */
const withinATable = (when: string) => `do $$ declare found record; begin
  for found in select conrelid::regclass as place, conname as name from pg_constraint
    where contype = 'f' and conrelid = confrelid and connamespace = current_schema()::regnamespace
  loop execute format('alter table %s alter constraint %I ${when}', found.place, found.name); end loop; end $$`;
const WITHIN_A_TABLE_LATER = withinATable('deferrable initially deferred');
const WITHIN_A_TABLE_AT_ONCE = `set constraints all immediate; ${withinATable('not deferrable')}`;

function refuseUnfit({ kind, migrations: done }: BackupHeader, wanted: Kind): void {
  if (kind !== wanted) {
    throw new BackupRefused(
      kind === 'demo'
        ? 'The backup is of a demonstration, and a start here is for real calls. Invented calls must not stand among ' +
            'real ones, so nothing was restored. Set DEMO=1 to restore it as a demonstration.'
        : 'The backup is of real calls, and a start here runs the demonstration, where everybody can sign in. Nothing ' +
            'was restored. Set DEMO=0, or the ASTERISK_AMI_URL or DATABASE_URL that the server has.'
    );
  }
  const unknown = done.filter((name) => !migrations.some((step) => step.name === name));
  if (unknown.length === 0) return;
  throw new BackupRefused(
    `The backup was made by a later version of Stämgaffeln (${unknown.join(', ')}), and this one would not understand ` +
      'all of it. Nothing was restored. Restore it with that version.'
  );
}

/**
 * Triggers refuse acts, such as adding to a review that is handed in, and judge what is put back as if it were done now.
 * They are away while the rows come, and `guarded` sets them up again. Constraints, which judge what stands, stay.
 */
async function withoutGuards(database: Database, connection: Kysely<Tables>): Promise<() => Promise<void>> {
  if (database.dialect === 'postgres') {
    const all = async (act: 'enable' | 'disable') => {
      for (const { name } of await tablesThereAre(connection))
        await sql.raw(`alter table "${name}" ${act} trigger user`).execute(connection);
    };
    await all('disable');
    return () => all('enable');
  }
  const { rows } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_schema where type = 'trigger'`.execute(connection);
  for (const { name } of rows) await sql.raw(`drop trigger "${name}"`).execute(connection);
  return async () => {
    for (const trigger of rows) await sql.raw(trigger.sql).execute(connection);
  };
}

/** What every database has from the start. */
const THERE_FROM_THE_START = new Set(['migration', 'stamp', 'secret', 'log', 'projection', 'audit_head']);

async function refuseOccupied(connection: Kysely<Tables>, tables: TableShape[], where: string): Promise<void> {
  for (const { name } of tables) {
    if (THERE_FROM_THE_START.has(name)) continue;
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(connection);
    if (rows.length === 0) continue;
    throw new BackupRefused(
      `The database at ${where} is not empty: something stands in ${name}. Restoring would throw it away, so nothing ` +
        'was done. Restore into an empty database, or say --replace when what stands there may go.'
    );
  }
}

async function writeRows(
  database: Database,
  connection: Kysely<Tables>,
  file: string,
  onProgress?: (progress: Progress) => void
): Promise<void> {
  const shapes = new Map((await tablesThereAre(connection)).map((shape) => [shape.name, shape]));
  let into: TableShape | null = null;
  let page: Value[][] = [];
  let [done, ofTable] = [0, 0];
  const write = async () => {
    if (!into || page.length === 0) return;
    await (database.dialect === 'sqlite'
      ? insertOnSqlite(database, into, page)
      : insertOnPostgres(connection, into, page));
    done += page.length;
    page = [];
    onProgress?.({ table: into.name, done: done, total: ofTable });
  };
  for await (const line of readBackup(file)) {
    if (Array.isArray(line)) {
      page.push(line);
      if (page.length >= PAGE) await write();
      continue;
    }
    await write();
    const shape = shapes.get(line.table);
    if (!shape)
      throw new BackupRefused(`${file} has a table ${line.table} that its schema has not. Nothing was restored.`);
    into = { name: line.table, columns: line.columns };
    [done, ofTable] = [0, line.rows];
    // Rows that a migration writes (the log's own) are in the backup as they were. Where there are none nothing may be
    // deleted: the audit log refuses even that.
    const { rows } = await sql`select 1 from ${sql.table(into.name)} limit 1`.execute(connection);
    if (rows.length > 0) await sql`delete from ${sql.table(into.name)}`.execute(connection);
  }
  await write();
}

/** The connection is ours for the length of the transaction, so it may be asked past Kysely. */
async function insertOnSqlite(database: Database, { name, columns }: TableShape, rows: Value[][]): Promise<void> {
  if (database.dialect !== 'sqlite') return;
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const places = columns.map(() => '?').join(', ');
  const insert = database.sqlite.prepare(
    `insert into ${quoted(name)} (${columns.map(quoted).join(', ')}) values (${places})`
  );
  for (const row of rows) insert.run(row);
}

/** As one text: PostgreSQL knows the types of its own columns better than we do. */
async function insertOnPostgres(
  connection: Kysely<Tables>,
  { name, columns }: TableShape,
  rows: Value[][]
): Promise<void> {
  const json = JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]))));
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const { rows: found } = await sql<{ schema: string }>`select current_schema() as schema`.execute(connection);
  // With its schema, for PostgreSQL has a type of its own that is called as one of our tables: record.
  const type = sql.id(found[0]!.schema, name);
  await sql`insert into ${sql.table(name)} (${list})
    select ${list} from json_populate_recordset(null::${type}, ${json}::json)`.execute(connection);
}
