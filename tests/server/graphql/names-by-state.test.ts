import { getNamedType, isInterfaceType, isObjectType, type GraphQLNamedType } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AgentOnFloor } from '../../../src/lib/domain/telephony/agent.ts';
import { newAgent } from '../../../src/lib/domain/telephony/agent.ts';
import { emptyFloor, type Floor } from '../../../src/lib/domain/telephony/floor.ts';
import { hashes } from '../../../src/lib/operations/hashes.ts';
import type { Role } from '../../../src/lib/domain/access.ts';
import { integratorsSchema } from '../../../src/lib/server/graphql/integrators-schema.ts';
import { schema } from '../../../src/lib/server/graphql/schema.ts';
import { createIdentity, type Identity } from '../../../src/lib/server/identity/identity.ts';
import { namesOfUnits } from '../../../src/lib/server/names-of-units.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { setUnit } from '../../../src/lib/server/store/queues.ts';
import { FakeFeed } from '../../support/fake-feed.ts';
import { busy } from '../../support/frames.ts';
import { graphqlServer, type GraphqlServer } from '../../support/graphql-server.ts';

/** Amina and Oskar answer in the school's unit and Elin in the care's; each unit has its leader. */
let database: Database;
let identity: Identity;
let server: GraphqlServer | undefined;
let floor: Floor;
let isConnected: boolean;
let now: number;
const ids: Record<string, string> = {};

beforeEach(async () => {
  database = await openDatabase(':memory:');
  identity = createIdentity({ db: database.kysely, secure: true });
  isConnected = true;
  now = Date.UTC(2026, 10, 21, 9, 0);
  for (const [position, id] of ['skola', 'vard'].entries()) await setUnit(database.kysely, { id, name: id, position });
  const add = async (name: string, role: 'agent' | 'leader', unit: string) => {
    const email = `${name.toLowerCase().replace('å', 'a')}@exempelstad.se`;
    ids[name] = await identity.people.add({ name, email, roles: [role], units: [unit] });
  };
  await add('Maria', 'leader', 'skola');
  await add('Per', 'leader', 'vard');
  for (const [name, unit] of [
    ['Åke', 'skola'],
    ['Amina', 'skola'],
    ['Oskar', 'skola'],
    ['Sara', 'skola'],
    ['Elin', 'vard']
  ] as const) {
    await add(name, 'agent', unit);
    const tie = { person_id: ids[name]!, source: 'pbx', agent_key: name, from_at: 1, until_at: null };
    await database.kysely.insertInto('person_agent').values(tie).execute();
  }
  const here = (over: Partial<AgentOnFloor> = {}, paused = false): AgentOnFloor => ({
    ...newAgent('pbx'),
    queues: new Map([['forskola', { paused, wrapUp: false }]]),
    ...over
  });
  // Sara is not signed in.
  floor = {
    ...emptyFloor,
    agents: new Map([
      ['Åke', here()],
      ['Amina', here({ talks: new Set(['e1']) })],
      ['Oskar', here({}, true)],
      ['Elin', here()]
    ])
  };
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  identity.close();
  await database.close();
});

function names(allowed: boolean) {
  const state = () => (isConnected ? ('CONNECTED' as const) : ('LOST' as const));
  const engine = {
    floor: () => floor,
    health: () => ({ sources: [{ name: 'pbx', status: { state: state(), since: 0, provenAt: now } }] })
  };
  const register = { agentKey: (token: string) => ({ source: 'pbx', key: token }) };
  return namesOfUnits({ database, engine: engine as never, register, now: () => now }, allowed);
}

async function ask(who: string, role: Role, unit: string, allowed = true) {
  server ??= await graphqlServer({ feed: new FakeFeed(busy()), services: { namesOfUnits: names(allowed) } });
  const ties = { boards: who === 'Per' ? ['vard'] : ['skola'], queues: [] };
  const cookie = server.identity.person(who, { personId: ids[who] ?? who, roles: [role], ties });
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-stamgaffel': '1' },
    body: JSON.stringify({
      variables: { unit },
      extensions: { persistedQuery: { version: 1, sha256Hash: hashes.NamesByState } }
    })
  });
  const { data, errors } = (await response.json()) as {
    data: { namesByState: Record<string, unknown> } | null;
    errors?: { extensions: { code: string } }[];
  };
  return errors?.[0]?.extensions.code ?? data?.namesByState;
}

describe('who is free, by name', () => {
  test('a leader reads it of their own unit: free, talking, and one word for every other reason', async () => {
    expect(await ask('Maria', 'leader', 'skola')).toEqual({
      asOf: new Date(now).toISOString(),
      known: true,
      available: ['Åke'],
      talking: ['Amina'],
      notAvailable: ['Oskar']
    });
  });
  test('another unit’s leader is answered as if there were no such thing', async () => {
    expect(await ask('Per', 'leader', 'skola')).toBe('NOT_FOUND');
    expect(await ask('Per', 'leader', 'vard')).toMatchObject({ available: ['Elin'] });
  });
  test('a leader whose right was taken since is refused by the rows, whatever their session still says', async () => {
    await identity.people.setUnits(ids.Maria!, ['vard']);
    expect(await ask('Maria', 'leader', 'skola')).toBe('NOT_FOUND');
  });
  test.each(['agent', 'coach', 'method-lead', 'administrator'] as const)('%s is not told', async (role) => {
    expect(await ask('Maria', role, 'skola')).toBe('NOT_FOUND');
  });
  test('where the site has not chosen it there is no such thing for anybody', async () => {
    expect(await ask('Maria', 'leader', 'skola', false)).toBe('NOT_FOUND');
  });
  test('nothing is said of anybody while the exchange is out of sight', async () => {
    isConnected = false;
    expect(await ask('Maria', 'leader', 'skola')).toMatchObject({
      known: false,
      available: [],
      talking: [],
      notAvailable: []
    });
  });
  test('it stands for half a minute, so that nobody can be followed', async () => {
    const first = await ask('Maria', 'leader', 'skola');
    floor = { ...floor, agents: new Map([...floor.agents].filter(([token]) => token !== 'Åke')) };
    now += 29_999;
    expect(await ask('Maria', 'leader', 'skola')).toEqual(first);
    now += 1;
    expect(await ask('Maria', 'leader', 'skola')).toMatchObject({
      asOf: new Date(now).toISOString(),
      available: []
    });
  });
});

describe('the types', () => {
  function reached(from: GraphQLNamedType | undefined, seen = new Set<string>()): Set<string> {
    if (!from || seen.has(from.name)) return seen;
    seen.add(from.name);
    if (isInterfaceType(from)) for (const each of schema.getPossibleTypes(from)) reached(each, seen);
    if (isObjectType(from) || isInterfaceType(from))
      for (const field of Object.values(from.getFields())) reached(getNamedType(field.type), seen);
    return seen;
  }
  /** Every type in which somebody is named. */
  const PEOPLE = ['AgentMember', 'AgentPerson', 'NamesByState', 'Person', 'Viewer'];

  test('that a board’s frame leads to have no person in them', () => {
    const types = [...reached(schema.getType('WallboardFrame'))];
    expect(types).toContain('AgentCounts');
    expect(types.filter((type) => PEOPLE.includes(type) || /person|people|names/i.test(type))).toEqual([]);
    for (const name of PEOPLE) expect(schema.getType(name), name).toBeDefined();
  });
  test('of a unit’s names say nothing of why or since when', () => {
    const type = schema.getType('NamesByState');
    const fields = isObjectType(type) ? Object.keys(type.getFields()).sort() : [];
    expect(fields).toEqual(['asOf', 'available', 'known', 'notAvailable', 'talking']);
  });
  test('are not in the integrators’ schema at all', () => {
    expect(integratorsSchema.getType('NamesByState')).toBeUndefined();
    expect(integratorsSchema.getQueryType()?.getFields().namesByState).toBeUndefined();
  });
});
