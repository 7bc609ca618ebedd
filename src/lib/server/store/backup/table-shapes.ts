import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import { isPostgres } from '../migrations/column-types.ts';

export interface TableShape {
  name: string;
  /** In the order of the table. */
  columns: string[];
}

/**
 * Every table that the database has, whoever made it, each after the tables that it refers to: in this order rows can be
 * written again without a reference to what is not there yet. Read from the database and not from a list of ours, so
 * that no table of a later migration can be forgotten.
 */
export async function tablesThereAre(connection: Kysely<Tables>): Promise<TableShape[]> {
  const postgres = isPostgres(connection as unknown as Kysely<never>);
  const columns = await (postgres ? postgresColumns : sqliteColumns).execute(connection);
  const references = await (postgres ? postgresReferences : sqliteReferences).execute(connection);
  const shapes = new Map<string, string[]>();
  for (const { table_name, column_name } of columns.rows) {
    shapes.set(table_name, [...(shapes.get(table_name) ?? []), column_name]);
  }
  const refersTo = Map.groupBy(references.rows, ({ table_name }) => table_name);
  const ordered = new Set<string>();
  const place = (name: string, above: readonly string[]): void => {
    if (ordered.has(name) || above.includes(name)) return;
    for (const { refers_to } of refersTo.get(name) ?? []) place(refers_to, [...above, name]);
    ordered.add(name);
  };
  for (const name of shapes.keys()) place(name, []);
  return [...ordered].map((name) => ({ name, columns: shapes.get(name)! }));
}

interface Column {
  table_name: string;
  column_name: string;
}
interface Reference {
  table_name: string;
  refers_to: string;
}

const sqliteColumns = sql<Column>`
  select made.name as table_name, col.name as column_name
  from sqlite_schema made join pragma_table_info(made.name) col
  where made.type = 'table' and made.name not like 'sqlite!_%' escape '!'
  order by made.name, col.cid`;
const sqliteReferences = sql<Reference>`
  select made.name as table_name, key."table" as refers_to
  from sqlite_schema made join pragma_foreign_key_list(made.name) key
  where made.type = 'table'`;
const postgresColumns = sql<Column>`
  select made.table_name::text, col.column_name::text
  from information_schema.tables made join information_schema.columns col using (table_schema, table_name)
  where made.table_schema = current_schema() and made.table_type = 'BASE TABLE'
  order by made.table_name, col.ordinal_position`;
const postgresReferences = sql<Reference>`
  select mine.relname::text as table_name, theirs.relname::text as refers_to
  from pg_constraint rule
  join pg_class mine on mine.oid = rule.conrelid join pg_class theirs on theirs.oid = rule.confrelid
  where rule.contype = 'f' and rule.connamespace = current_schema()::regnamespace`;
