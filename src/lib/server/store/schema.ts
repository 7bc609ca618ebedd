import { openDatabase } from './database.ts';

/**
 * The schema as SQLite has it after every migration, for `schema/database.sql`: what one reads to know what is stored.
 * The same tables stand on PostgreSQL, with `bigint` where SQLite says `integer`. The same each time it is printed.
 */
export async function printedSchema(): Promise<string> {
  const database = await openDatabase(':memory:');
  try {
    if (database.dialect !== 'sqlite') throw new Error('The schema is printed from SQLite.');
    const made = database.sqlite
      .prepare<[], { sql: string }>(
        `select sql from sqlite_schema where sql is not null
         order by tbl_name, case type when 'table' then 0 else 1 end, name`
      )
      .all();
    return `-- Printed by \`npm run schema\` from src/lib/server/store/migrations: do not edit.\n\n${made
      .map(({ sql }) => `${broken(plain(sql))};\n`)
      .join('\n')}`;
  } finally {
    await database.close();
  }
}

/** SQLite keeps a statement as it was written, but for its first two words. */
function plain(statement: string): string {
  return statement
    .replaceAll('"', '')
    .replace(/^CREATE (TABLE|UNIQUE INDEX|INDEX|TRIGGER)/, (words) => words.toLowerCase());
}

/** One column or constraint per line. Commas within parentheses of their own (keys, checks) do not end a line. */
function broken(statement: string): string {
  if (!statement.startsWith('create table')) return statement;
  let depth = 0;
  let text = '';
  for (const letter of statement) {
    if (letter === ')') depth -= 1;
    if (letter === ')' && depth === 0) text += '\n';
    text += letter;
    if (letter === '(') depth += 1;
    if ((letter === '(' || letter === ',') && depth === 1) text += '\n  ';
  }
  return text.replaceAll(/\n {3,}/g, '\n  ');
}
