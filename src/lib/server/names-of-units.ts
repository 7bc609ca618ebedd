import { NAMES_STAND_MS, namesByState } from '../domain/names-by-state.ts';
import type { Floor } from '../domain/telephony/floor.ts';
import type { AgentOnFloor } from '../domain/telephony/agent.ts';
import type { Instant } from '../domain/time.ts';
import type { NamesOfUnits } from './graphql/names-by-state.ts';
import type { Engine } from './live/engine.ts';
import { tokensOnFloor } from './live/new-month.ts';
import type { Register } from './live/ports.ts';
import type { Database } from './store/database.ts';
import { telephonesOfUnit } from './store/unit-telephones.ts';

interface Parts {
  database: Database;
  engine: Pick<Engine, 'floor' | 'health'>;
  register: Pick<Register, 'agentKey'>;
  now(): Instant;
}

/** Nothing is kept of anybody but the one floor that is told of for half a minute. */
export function namesOfUnits({ database, engine, register, now }: Parts, allowed: boolean): NamesOfUnits {
  let told: { at: Instant; floor: Floor; inContact: ReadonlySet<string> } | null = null;
  function standing() {
    const at = now();
    if (told === null || at - told.at >= NAMES_STAND_MS) {
      const sources = engine.health().sources.filter(({ status }) => status.state === 'CONNECTED');
      told = { at, floor: engine.floor(), inContact: new Set(sources.map(({ name }) => name)) };
    }
    return told;
  }
  const { compare } = new Intl.Collator('sv');

  return {
    allowed,
    async of({ personId }, unit) {
      if (!allowed) return null;
      const telephones = await telephonesOfUnit(database.kysely, unit, personId);
      if (telephones === null) return null;
      const { at, floor, inContact } = standing();
      const nobody = { asOf: at, available: [], talking: [], notAvailable: [] };
      if (telephones.some(({ source }) => !inContact.has(source))) return { ...nobody, known: false };
      const tokens = tokensOnFloor(floor, register);
      const people = new Map<string, { name: string; here: AgentOnFloor[] }>();
      for (const { person, name, source, key } of telephones) {
        const known = people.get(person) ?? { name, here: [] };
        const token = tokens.get(`${source}|${key}`);
        const agent = token === undefined ? undefined : floor.agents.get(token);
        if (agent !== undefined) known.here.push(agent);
        people.set(person, known);
      }
      return namesByState([...people.values()], at, compare);
    }
  };
}
