import { sql, type Kysely } from 'kysely';
import type { Database } from './database.ts';
import { DatabaseUnusable } from './database-unusable.ts';
import type { Tables } from './tables.ts';

/** Whether a database holds a demonstration or reality. */
export type Kind = 'demo' | 'real';

/** What the database says it holds; null when it has never been stamped. */
export async function kindOf(db: Kysely<Tables>): Promise<Kind | null> {
  const row = await db.selectFrom('stamp').select('kind').executeTakeFirst();
  return row?.kind ?? null;
}

/**
 * Stamps a new database, or makes sure that it has the stamp already. Throws `DatabaseUnusable` for the other kind, and
 * for a demonstration in a database where something stands that nobody stamped: it may be somebody's real calls.
 *
 * Everything that writes calls asks first: a PBX and an import for `real`, the simulator for `demo`.
 */
export async function stampKind({ kysely, where }: Database, kind: Kind): Promise<void> {
  const present = await kindOf(kysely);
  if (present === null) {
    if (kind === 'demo' && !(await isUnused(kysely))) {
      throw new DatabaseUnusable(
        `The database at ${where} is not empty, and nothing says that it is a demonstration.`,
        'A simulated city would be mixed with what stands there, so nothing is started.',
        'Give the demonstration an empty database, or leave DEMO unset.'
      );
    }
    // Two that start at once: the first decides, and the other is told below.
    await kysely
      .insertInto('stamp')
      .values({ id: 1, kind })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
  await requireKind({ kysely, where }, kind);
}

/** Throws `DatabaseUnusable` unless the database is stamped with this kind. */
export async function requireKind({ kysely, where }: Pick<Database, 'kysely' | 'where'>, kind: Kind): Promise<void> {
  const present = await kindOf(kysely);
  if (present === kind) return;
  if (kind === 'real') {
    throw new DatabaseUnusable(
      `The database at ${where} ${present ? 'holds a demonstration' : 'has never been stamped as real'}.`,
      'Real calls would be mixed with invented ones and every figure would be wrong, so nothing is written.',
      'Use another database: set DATA_DIR or DATABASE_URL to one that is empty or real.'
    );
  }
  throw new DatabaseUnusable(
    `The database at ${where} ${present ? 'holds real calls' : 'has never been stamped as a demonstration'}.`,
    'Invented calls would be mixed with real ones and every figure would be wrong, so nothing is written.',
    'Give the demonstration an empty database of its own, or unset DEMO.'
  );
}

async function isUnused(db: Kysely<Tables>): Promise<boolean> {
  const used = sql<number>`
    case when exists (select 1 from event) or exists (select 1 from person) or exists (select 1 from queue)
    then 1 else 0 end`;
  const { in_use } = await db.selectNoFrom(used.as('in_use')).executeTakeFirstOrThrow();
  return in_use === 0;
}
