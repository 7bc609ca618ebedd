import type { Kysely } from 'kysely';
import type { SourceName } from '../../domain/telephony/event.ts';
import type { Tables } from './tables.ts';

export interface UnitTelephone {
  person: string;
  name: string;
  source: SourceName;
  key: string;
}

/** Whose telephones are whose in a unit, for one who leads it: null to everybody else, whatever they found out before. */
export async function telephonesOfUnit(
  db: Kysely<Tables>,
  unit: string,
  leader: string
): Promise<UnitTelephone[] | null> {
  const leads = await db
    .selectFrom('person_unit')
    .innerJoin('person', 'person.id', 'person_unit.person_id')
    .innerJoin('person_role', 'person_role.person_id', 'person.id')
    .select('person.id')
    .where('person.id', '=', leader)
    .where('disabled_at', 'is', null)
    .where('role', '=', 'leader')
    .where('unit_id', '=', unit)
    .executeTakeFirst();
  if (leads === undefined) return null;
  return db
    .selectFrom('person_agent')
    .innerJoin('person', 'person.id', 'person_agent.person_id')
    .innerJoin('person_unit', 'person_unit.person_id', 'person.id')
    .select(['person.id as person', 'person.name', 'source', 'agent_key as key'])
    .where('unit_id', '=', unit)
    .where('until_at', 'is', null)
    .where('disabled_at', 'is', null)
    .execute();
}
