import { sql, type Kysely, PostgresAdapter, type RawBuilder } from 'kysely';

/** Whether the statements go to PostgreSQL; otherwise to SQLite. There is no third. */
export function isPostgres(db: Kysely<never>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * The few words in which the two databases differ.
 *
 * `whole` holds 64 bits on both. SQLite's tables are STRICT, so that it refuses what PostgreSQL would refuse: without
 * that, a figure stored as text by mistake would only be noticed by the first customer on PostgreSQL.
 */
export function columnTypes(db: Kysely<never>): { whole: RawBuilder<unknown>; ending: RawBuilder<unknown> } {
  return isPostgres(db) ? { whole: sql`bigint`, ending: sql`` } : { whole: sql`integer`, ending: sql`strict` };
}
