import type { Kysely } from 'kysely';
import type { SourceName } from '../../domain/telephony/event.ts';
import type { Instant } from '../../domain/time.ts';
import type { Recorded } from './announcements.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** A member of the PBX, by the key of its telephone. */
export interface Telephone {
  source: SourceName;
  key: string;
}
export interface AgentTie extends Telephone {
  personId: string;
  name: string;
}
export interface StoredAgentTies {
  /** A person's telephones now. From memory: it is asked for every frame of a strip. */
  telephones(personId: string): readonly Telephone[];
  /** Every tie that holds now. */
  present(): readonly AgentTie[];
  /** Those who answer and can sign in, by name: who a telephone can belong to. */
  people(): Promise<{ id: string; name: string }[]>;
  /** From now on the telephone is this person's and nobody else's. False when there is no such agent. */
  tie(telephone: Telephone, personId: string, now: Instant, recorded: Recorded): Promise<boolean>;
  /** From now on it is nobody's. False when it was nobody's already. */
  untie(telephone: Telephone, now: Instant, recorded: Recorded): Promise<boolean>;
  /** Reads again what another process may have tied, or whoever was erased. */
  refresh(): Promise<void>;
}

/** `changed` is called when somebody's telephones are others than before. */
export async function openAgentTies({ kysely }: Database, changed: () => void): Promise<StoredAgentTies> {
  let ties: readonly AgentTie[] = [];
  const agents = kysely
    .selectFrom('person')
    .innerJoin('person_role', 'person_role.person_id', 'person.id')
    .select(['person.id', 'person.name'])
    .where('role', '=', 'agent')
    .where('disabled_at', 'is', null);

  async function refresh(): Promise<void> {
    const rows = await kysely
      .selectFrom('person_agent')
      .innerJoin('person', 'person.id', 'person_agent.person_id')
      .select(['person.id as personId', 'person.name', 'source', 'agent_key as key'])
      .where('until_at', 'is', null)
      .orderBy('source')
      .orderBy('agent_key')
      .execute();
    const before = JSON.stringify(ties);
    ties = rows;
    if (JSON.stringify(ties) !== before) changed();
  }
  await refresh();

  const end = (db: Kysely<Tables>, { source, key }: Telephone, now: Instant) =>
    db
      .updateTable('person_agent')
      .set({ until_at: now })
      .where('source', '=', source)
      .where('agent_key', '=', key)
      .where('until_at', 'is', null)
      .executeTakeFirst();

  return {
    telephones: (personId) => ties.filter((tie) => tie.personId === personId),
    present: () => ties,
    async people() {
      const { compare } = new Intl.Collator('sv');
      return (await agents.execute()).sort((a, b) => compare(a.name, b.name));
    },

    async tie(telephone, personId, now, recorded) {
      const tied = await kysely.transaction().execute(async (inside) => {
        const found = await inside
          .selectFrom('person')
          .innerJoin('person_role', 'person_role.person_id', 'person.id')
          .select('person.id')
          .where('person.id', '=', personId)
          .where('role', '=', 'agent')
          .where('disabled_at', 'is', null)
          .executeTakeFirst();
        if (!found) return false;
        await end(inside, telephone, now);
        // Two ties within the same millisecond: the second takes the place of the first.
        await inside
          .insertInto('person_agent')
          .values({
            person_id: personId,
            source: telephone.source,
            agent_key: telephone.key,
            from_at: now,
            until_at: null
          })
          .onConflict((conflict) =>
            conflict.columns(['source', 'agent_key', 'from_at']).doUpdateSet({ person_id: personId, until_at: null })
          )
          .execute();
        await recorded(inside, personId);
        return true;
      });
      await refresh();
      return tied;
    },

    async untie(telephone, now, recorded) {
      const was = ties.find(({ source, key }) => source === telephone.source && key === telephone.key);
      const untied = await kysely.transaction().execute(async (inside) => {
        if ((await end(inside, telephone, now)).numUpdatedRows === 0n) return false;
        await recorded(inside, was?.personId ?? '');
        return true;
      });
      await refresh();
      return untied;
    },
    refresh
  };
}
