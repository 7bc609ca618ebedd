import type { Kysely } from 'kysely';
import { byName } from '../../domain/person.ts';
import type { Colleague } from '../graphql/coaching/views.ts';
import type { Tables } from '../store/tables.ts';

/** The names of today by id; whoever is erased has none, and is nobody. */
export async function namesOf(db: Kysely<Tables>, ids: readonly string[]): Promise<(id: string | null) => Colleague> {
  const wanted = [...new Set(ids)];
  const rows =
    wanted.length === 0 ? [] : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', wanted).execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => ({ id: id ?? '', name: (id !== null && names.get(id)) || '' });
}

/** Everybody who holds a role and may sign in, by surname. */
export async function holdersOf(db: Kysely<Tables>, role: string): Promise<Colleague[]> {
  const rows = await db
    .selectFrom('person')
    .innerJoin('person_role', 'person_role.person_id', 'person.id')
    .select(['person.id', 'person.name'])
    .where('role', '=', role)
    .where('disabled_at', 'is', null)
    .execute();
  return rows.sort(byName);
}

/** Who leads a unit that the person belongs to: none of them coaches this person. */
export async function lineOf(db: Kysely<Tables>, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person_unit as own')
    .innerJoin('person_unit as theirs', 'theirs.unit_id', 'own.unit_id')
    .innerJoin('person_role', 'person_role.person_id', 'theirs.person_id')
    .select('theirs.person_id as id')
    .distinct()
    .where('own.person_id', '=', person)
    .where('role', '=', 'leader')
    .execute();
  return rows.map(({ id }) => id);
}

/** How long what somebody has written rests after another has made them a new way in (access.md, rule 16). */
export const RESET_LOCK_MS = 24 * 3_600_000;

/** Until when it rests; null when it does not. One's own reset by oneself locks nothing. */
export async function lockedUntil(db: Kysely<Tables>, person: string, now: number): Promise<number | null> {
  const row = await db
    .selectFrom('person')
    .select(['password_reset_at', 'password_reset_by'])
    .where('id', '=', person)
    .executeTakeFirst();
  if (!row?.password_reset_at || row.password_reset_by === person) return null;
  const until = row.password_reset_at + RESET_LOCK_MS;
  return now < until ? until : null;
}
