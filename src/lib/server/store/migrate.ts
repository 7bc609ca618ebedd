import { sql, type Kysely } from 'kysely';
import { DatabaseUnusable } from './database-unusable.ts';
import { isPostgres } from './migrations/column-types.ts';
import { migrations, type Migration } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** Any number that no other program is likely to have chosen: whoever holds it on PostgreSQL is the one that migrates. */
const MIGRATION_LOCK = 7_283_114;

/**
 * Runs what has not been run, in order, all of it in one transaction: a start that fails halfway leaves the schema as
 * it was. Several that start at once wait for each other, and the later ones find nothing left to do.
 *
 * Returns the names of what was run.
 */
export async function migrateToLatest(db: Kysely<Tables>, steps: readonly Migration[] = migrations): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    const postgres = isPostgres(connection as unknown as Kysely<never>);
    // IMMEDIATE: the right to write is taken before we look, or two could both find the same step missing.
    await sql.raw(postgres ? 'begin' : 'begin immediate').execute(connection);
    try {
      if (postgres) await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(connection);
      const done = await migrate(connection, steps);
      await sql`commit`.execute(connection);
      return done;
    } catch (error) {
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw error;
    }
  });
}

/** The same within a transaction that is running already, as a restore's. */
export async function migrate(connection: Kysely<Tables>, steps: readonly Migration[]): Promise<string[]> {
  await sql`create table if not exists migration (name text primary key not null)`.execute(connection);
  const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(connection);
  const done = rows.map((row) => row.name);
  refuseLaterSchema(done, steps);
  const missing = steps.filter((step) => !done.includes(step.name));
  for (const step of missing) {
    await step.up(connection as unknown as Kysely<never>);
    await sql`insert into migration (name) values (${step.name})`.execute(connection);
  }
  return missing.map((step) => step.name);
}

/** A schema from a later version may hold what this one would overwrite without understanding it. */
function refuseLaterSchema(done: string[], steps: readonly Migration[]): void {
  const unknown = done.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length === 0) return;
  throw new DatabaseUnusable(
    `The database has been changed by a later version of Stämgaffeln (${unknown.join(', ')}).`,
    'This version could damage what it does not understand, so nothing is started.',
    'Start the later version, or restore a backup made before it.'
  );
}
