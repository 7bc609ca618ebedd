import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpeningHours } from '../../../src/lib/domain/opening-hours.ts';
import { hashes } from '../../../src/lib/operations/hashes.ts';
import type { Services } from '../../../src/lib/server/graphql/context.ts';
import type { KeptQueue, QueueWish } from '../../../src/lib/server/graphql/queue-settings.ts';
import { emptyOffice } from '../../support/empty-office.ts';
import { FakeFeed } from '../../support/fake-feed.ts';
import { busy } from '../../support/frames.ts';
import { type GraphqlServer, graphqlServer } from '../../support/graphql-server.ts';

const units = [
  { id: 'skola', name: 'Skola' },
  { id: 'miljo', name: 'Miljö' }
];
const found: KeptQueue = {
  id: 'bygglov',
  pbxName: 'q-4711',
  source: 'pbx',
  name: 'q-4711',
  shortName: 'q-4711',
  unit: null,
  wrapUpMs: null,
  sensitivity: 'ordinary',
  goneAt: null,
  serviceLevels: []
};

let server: GraphqlServer;
let wishes: QueueWish[];
let acts: unknown[];
/** What the store says: calls of that day may be counted already. */
let answer: 'kept' | 'counted-already';
beforeEach(async () => {
  [wishes, acts, answer] = [[], [], 'kept'];
  const services: Pick<Services, 'boardKeeping' | 'queueKeeping'> = {
    boardKeeping: { ...emptyOffice.boardKeeping, units: () => units },
    queueKeeping: {
      queues: () => Promise.resolve([found]),
      setQueue: (_, wish) => {
        if (answer === 'kept') wishes.push(wish);
        return Promise.resolve(answer);
      },
      setUnit: (_, unit) => Promise.resolve(void acts.push(unit)),
      orderUnits: (_, ids) => Promise.resolve(void acts.push(ids)),
      hours: () => null,
      setHours: (_, unit, hours) => Promise.resolve(void acts.push([unit, hours]))
    }
  };
  server = await graphqlServer({ feed: new FakeFeed(busy()), services });
});
afterEach(() => server.stop());

async function ask(cookie: string, name: keyof typeof hashes, variables: object = {}) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-stamgaffel': '1' },
    body: JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: hashes[name] } } })
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, unknown> | null;
    errors?: { extensions: { code: string } }[];
  };
  return { data, code: errors?.[0]?.extensions.code };
}
const hanna = () => server.identity.person('hanna', { roles: ['administrator'] });

describe('a queue that was found in the exchange', () => {
  const level = { variant: 'without-short', targetMs: 60_000, shortAbandonMs: 5_000, from: null };
  const wish = (over: object = {}) => ({
    id: 'bygglov',
    name: 'Bygglov och karta',
    shortName: 'Bygglov',
    unit: 'miljo',
    wrapUpMs: null,
    sensitivity: 'HIGH',
    serviceLevel: null,
    ...over
  });

  test('is given its name, unit and sensitivity, and a promise from the next midnight of the place', async () => {
    const { data } = await ask(hanna(), 'SetQueue', { queue: wish({ serviceLevel: level }) });
    expect(data).toEqual({ setQueue: null });
    const from = Date.parse('2026-11-25T00:00:00+01:00');
    expect(wishes).toMatchObject([
      { id: 'bygglov', name: 'Bygglov och karta', unit: 'miljo', sensitivity: 'high', serviceLevel: { from } }
    ]);
  });

  test('keeps what it promises when nothing is said of it', async () => {
    await ask(hanna(), 'SetQueue', { queue: wish() });
    expect(wishes).toMatchObject([{ serviceLevel: null }]);
  });

  const wrong: [code: string, over: object][] = [
    ['NO_NAME', { name: ' ' }],
    ['NO_NAME', { name: 'x'.repeat(61) }],
    ['SHORT_NAME', { shortName: ' ' }],
    ['SHORT_NAME', { shortName: 'tolv tecken!' }],
    ['UNIT', { unit: 'atlantis' }],
    ['WRAP_UP', { wrapUpMs: -1 }],
    ['WRAP_UP', { wrapUpMs: 3_600_001 }],
    ['VARIANT', { serviceLevel: { ...level, variant: 'as-it-suits' } }],
    ['TARGET', { serviceLevel: { ...level, targetMs: 999 } }],
    ['TARGET', { serviceLevel: { ...level, targetMs: 3_600_001 } }],
    ['TARGET', { serviceLevel: { ...level, shortAbandonMs: -1 } }]
  ];
  test.each(wrong)('is refused as %s, and nothing is changed', async (code, over) => {
    expect((await ask(hanna(), 'SetQueue', { queue: wish(over) })).data).toEqual({ setQueue: code });
    expect(wishes).toEqual([]);
  });

  test('promises nothing for a day whose calls are counted', async () => {
    answer = 'counted-already';
    const { data } = await ask(hanna(), 'SetQueue', { queue: wish({ serviceLevel: level }) });
    expect(data).toEqual({ setQueue: 'COUNTED_ALREADY' });
  });

  test('is not there when the exchange never told of it', async () => {
    expect((await ask(hanna(), 'SetQueue', { queue: wish({ id: 'atlantis' }) })).code).toBe('NOT_FOUND');
  });
});

describe('units', () => {
  test('are made with an address from their name, and renamed under it', async () => {
    const made = await ask(hanna(), 'SaveUnit', { id: null, name: ' Vård & omsorg ' });
    expect(made.data).toEqual({ saveUnit: { id: 'vard-omsorg' } });
    await ask(hanna(), 'SaveUnit', { id: 'skola', name: 'Skola och förskola' });
    expect(acts).toEqual([
      { id: 'vard-omsorg', name: 'Vård & omsorg' },
      { id: 'skola', name: 'Skola och förskola' }
    ]);
  });

  test.each([' ', '…', 'x'.repeat(61), 'SKOLA', 'all'])(
    'are not made of a name that is empty, too long or taken: %j',
    async (name) => {
      expect((await ask(hanna(), 'SaveUnit', { id: null, name })).data).toEqual({ saveUnit: null });
      expect(acts).toEqual([]);
    }
  );

  test('that are not there cannot be renamed', async () => {
    expect((await ask(hanna(), 'SaveUnit', { id: 'atlantis', name: 'Atlantis' })).code).toBe('NOT_FOUND');
  });

  test('are put in an order that names all of them, once', async () => {
    for (const order of [['miljo'], ['miljo', 'skola', 'atlantis'], ['miljo', 'miljo']])
      expect((await ask(hanna(), 'OrderUnits', { units: order })).data).toEqual({ orderUnits: false });
    expect((await ask(hanna(), 'OrderUnits', { units: ['miljo', 'skola'] })).data).toEqual({ orderUnits: true });
    expect(acts).toEqual([['miljo', 'skola']]);
  });
});

describe('opening hours', () => {
  const day = { from: 8 * 60, to: 16 * 60 };
  const week = ['1', '2', '3', '4', '5', '6', '7'].map((each) => ({ day: each, spans: Number(each) < 6 ? [day] : [] }));

  test('are kept for the centre or a unit, with holidays, eves and days of their own; and taken away again', async () => {
    const days = [...week, { day: 'holidays', spans: [] }, { day: '2026-12-23', spans: [{ from: 480, to: 720 }] }];
    expect((await ask(hanna(), 'SetOpeningHours', { unit: null, days })).data).toEqual({ setOpeningHours: null });
    const hours: OpeningHours = {
      week: [[day], [day], [day], [day], [day], [], []],
      holidays: [],
      eves: null,
      exceptions: [{ day: '2026-12-23', spans: [{ from: 480, to: 720 }] }]
    };
    expect(acts).toEqual([[null, hours]]);
    await ask(hanna(), 'SetOpeningHours', { unit: 'skola', days: null });
    expect(acts.at(-1)).toEqual(['skola', null]);
  });

  const on = (spans: { from: number; to: number }[]) => [...week.slice(1), { day: '1', spans }];
  const wrong: [code: string, days: object[]][] = [
    ['WEEK', week.slice(1)],
    ['SPAN', on([{ from: 600, to: 600 }])],
    ['SPAN', on([{ from: -1, to: 600 }])],
    ['SPAN', on([{ from: 600, to: 1441 }])],
    ['OVERLAP', on([day, { from: 15 * 60, to: 18 * 60 }])],
    ['DAY', [...week, { day: '2026-02-30', spans: [] }]],
    ['DAY', [...week, { day: '2026-12-23', spans: [] }, { day: '2026-12-23', spans: [day] }]]
  ];
  test.each(wrong)('are refused as %s, and nothing is changed', async (code, days) => {
    expect((await ask(hanna(), 'SetOpeningHours', { unit: null, days })).data).toEqual({ setOpeningHours: code });
    expect(acts).toEqual([]);
  });

  test('of a unit that is not there are nobody’s', async () => {
    expect((await ask(hanna(), 'SetOpeningHours', { unit: 'atlantis', days: week })).code).toBe('NOT_FOUND');
  });
});

test('nobody but an administrator decides about queues, units or hours, and nobody else is told that they are there', async () => {
  const ties = { boards: units.map(({ id }) => id), queues: ['bygglov'] };
  const people = (['agent', 'coach', 'leader', 'method-lead'] as const).map((role) =>
    server.identity.person(role, { roles: [role], ties })
  );
  const queue = { id: 'bygglov', name: 'x', shortName: 'x', unit: null, wrapUpMs: null, sensitivity: 'LOW' };
  const asked: [keyof typeof hashes, object][] = [
    ['QueueSettings', {}],
    ['OpeningHours', {}],
    ['SetQueue', { queue }],
    ['SaveUnit', { id: 'skola', name: 'x' }],
    ['OrderUnits', { units: ['miljo', 'skola'] }],
    ['SetOpeningHours', { unit: 'skola', days: null }]
  ];
  for (const cookie of [...people, server.identity.screen('tv', 'skola')])
    for (const [name, variables] of asked)
      expect([cookie, name, (await ask(cookie, name, variables)).code]).toEqual([cookie, name, 'NOT_FOUND']);
  expect([wishes, acts]).toEqual([[], []]);
});
