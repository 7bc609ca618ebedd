import { sql, type Kysely } from 'kysely';
import { isPostgres } from './column-types.ts';

/** What the database itself refuses, whoever asks: in the words of both databases. */
export interface Guard {
  name: string;
  on: string;
  /** Such as `update of state` or `insert`. Several are several triggers. */
  before: readonly string[];
  /** SQL that both understand, with `new` and `old`: when it holds, the act is refused. */
  when: string;
  /** The code of the refusal, then why. */
  because: string;
}

export async function addGuards(db: Kysely<never>, guards: readonly Guard[]): Promise<void> {
  for (const guard of guards) await (isPostgres(db) ? onPostgres(db, guard) : onSqlite(db, guard));
}

async function onSqlite(db: Kysely<never>, { name, on, before, when, because }: Guard): Promise<void> {
  for (const act of before) {
    const trigger = `create trigger ${name}_${act.split(' ')[0]} before ${act} on ${on} for each row when (${when})
      begin select raise(abort, '${because}'); end`;
    await sql.raw(trigger).execute(db);
  }
}

async function onPostgres(db: Kysely<never>, { name, on, before, when, because }: Guard): Promise<void> {
  await sql
    .raw(
      `create function ${name}() returns trigger language plpgsql as $$ begin
        if (${when}) then raise exception '${because}'; end if;
        if tg_op = 'DELETE' then return old; end if;
        return new;
      end $$`
    )
    .execute(db);
  const trigger = `create trigger ${name} before ${before.join(' or ')} on ${on} for each row execute function ${name}()`;
  await sql.raw(trigger).execute(db);
}
