import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashes } from '../../../src/lib/operations/hashes.ts';
import { FakeFeed } from '../../support/fake-feed.ts';
import { busy } from '../../support/frames.ts';
import { type GraphqlServer, graphqlServer } from '../../support/graphql-server.ts';

let server: GraphqlServer;
beforeEach(async () => {
  server = await graphqlServer({ feed: new FakeFeed(busy()) });
});
afterEach(() => server.stop());

const hashed = (name: keyof typeof hashes) => ({ persistedQuery: { version: 1, sha256Hash: hashes[name] } });

async function post(headers: Record<string, string>, body: unknown, over: RequestInit = {}) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...over
  });
  const text = await response.text();
  const answer = text.startsWith('{') ? JSON.parse(text) : {};
  return {
    status: response.status,
    headers: response.headers,
    data: answer.data,
    code: answer.errors?.[0]?.extensions?.code,
    errors: answer.errors
  };
}
const ours = (cookie: string) => ({ cookie, 'x-stamgaffel': '1' });

describe('a page with a session', () => {
  test('reads its board by a hash alone', async () => {
    const cookie = server.identity.person('ada');
    const { status, data, headers } = await post(ours(cookie), {
      extensions: hashed('Wallboard'),
      variables: { board: 'all' }
    });
    expect(status).toBe(200);
    expect(data.wallboard.total.waiting).toBe(busy().total.waiting);
    expect(data.wallboard.asOf).toBe(new Date(busy().asOf).toISOString());
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('without the header that a foreign page cannot set, it is refused', async () => {
    const cookie = server.identity.person('ada');
    const { status } = await post({ cookie }, { extensions: hashed('Boards') });
    expect(status).toBe(403);
  });

  test('may not send free text, nor a hash that nobody made', async () => {
    const cookie = server.identity.person('ada');
    expect((await post(ours(cookie), { query: '{ queues { id } }' })).code).toBe('PERSISTED_OPERATIONS_ONLY');
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } };
    expect((await post(ours(cookie), { query: '{ queues { id } }', extensions })).code).toBe(
      'PERSISTED_OPERATION_NOT_FOUND'
    );
  });

  test('a text beside a known hash is not looked at', async () => {
    const cookie = server.identity.person('ada');
    const { data } = await post(ours(cookie), { query: '{ queues { id } }', extensions: hashed('Boards') });
    expect(Object.keys(data)).toEqual(['viewer', 'boards']);
    expect(data.viewer).toMatchObject({ name: 'ada', roles: ['LEADER'], boards: [] });
    expect(data.boards).toEqual([{ id: 'all', name: null, demo: true, timeZone: 'Europe/Stockholm' }]);
  });

  test('a board that is not theirs is as if it were not there', async () => {
    const cookie = server.identity.person('eva', { roles: ['agent'], ties: { boards: [], queues: [] } });
    const foreign = await post(ours(cookie), { extensions: hashed('Wallboard'), variables: { board: 'other-unit' } });
    const unknown = await post(ours(server.identity.person('ada')), {
      extensions: hashed('Wallboard'),
      variables: { board: 'nowhere' }
    });
    expect(foreign.code).toBe('NOT_FOUND');
    expect(unknown.code).toBe('NOT_FOUND');
  });
});

describe('an integrator with a token', () => {
  test('sends free text, and needs no header of ours', async () => {
    const authorization = server.identity.token('bi', 'boards:read');
    const { data } = await post({ authorization }, { query: '{ queues { id unit { name } } }' });
    expect(data.queues).toHaveLength(11);
  });

  test('reads only what its scopes say', async () => {
    const authorization = server.identity.token('bi', 'tallies:read');
    expect((await post({ authorization }, { query: '{ wallboard { asOf } }' })).code).toBe('NOT_FOUND');
    const asked = '{ tallies(from: "2026-11-24T00:00:00Z", to: "2026-11-24T01:00:00Z", grain: HOUR) { startsAt } }';
    expect((await post({ authorization }, { query: asked })).data).toEqual({ tallies: [] });
  });

  test('may introspect with that scope, and not without', async () => {
    const query = '{ __schema { queryType { name } } }';
    const without = server.identity.token('bi', 'boards:read');
    expect((await post({ authorization: without }, { query })).code).toBe('NO_INTROSPECTION');
    const authorization = server.identity.token('tool', 'schema:read');
    expect((await post({ authorization }, { query })).data.__schema.queryType.name).toBe('Query');
    expect((await post({ authorization: without }, { query: '{ __typename }' })).data).toEqual({ __typename: 'Query' });
  });

  test.each([
    ['a mistake of writing', '{ wallboard {', undefined, /Syntax/],
    ['a field that is not there', '{ walboard { asOf } }', undefined, /Did you mean|Cannot query/],
    ['too long a text', `{ queues { id } } #${'x'.repeat(16_000)}`, 'TOO_LARGE', /longer/],
    [
      'too many fields',
      `{ wallboard { queues { today { serviceLevelBy { ${[...Array(90).keys()].map((n) => `a${n}: from`).join(' ')} } } } } }`,
      'TOO_LARGE',
      /costs/
    ],
    ['a subscription by POST', 'subscription { wallboard { asOf } }', 'SOCKET_ONLY', /socket/],
    [
      'a time without a zone',
      '{ tallies(from: "2026-11-24T00:00:00", to: "2026-11-25T00:00:00Z", grain: DAY) { startsAt } }',
      undefined,
      /zone/
    ]
  ])('%s is explained', async (_, query, code, message) => {
    const authorization = server.identity.token('bi', 'boards:read', 'tallies:read');
    const answer = await post({ authorization }, { query });
    expect(answer.errors[0].message).toMatch(message);
    if (code) expect(answer.code).toBe(code);
  });
});

describe('the door', () => {
  test('a stranger, and a token that is not valid, get 401 whatever they ask', async () => {
    expect((await post({}, { extensions: hashed('Boards') })).status).toBe(401);
    expect((await post({ authorization: 'Bearer wrong' }, { query: '{ __typename }' })).status).toBe(401);
  });

  test('only POST of application/json goes in', async () => {
    const cookie = server.identity.person('ada');
    expect((await fetch(`${server.url}?query={queues{id}}`, { headers: ours(cookie) })).status).toBe(405);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql'
    ]) {
      const { status } = await post({ ...ours(cookie), 'content-type': type }, { extensions: hashed('Boards') });
      expect(status, type).toBe(415);
    }
    const spelled = { ...ours(cookie), 'content-type': 'application/json; charset=utf-8' };
    expect((await post(spelled, { extensions: hashed('Boards') })).status).toBe(200);
  });

  test('nonsense, many at once, and more than 64 KB are refused', async () => {
    const authorization = server.identity.token('bi', 'boards:read');
    expect((await post({ authorization }, '{')).status).toBe(400);
    expect(
      (await post({ authorization }, [{ query: '{ __typename }' }, { query: '{ __typename }' }])).status
    ).toBeGreaterThanOrEqual(400);
    expect(
      (await post({ authorization }, { query: '{ __typename }', variables: { x: 'x'.repeat(70_000) } })).status
    ).toBe(413);
  });

  test('no other page is invited', async () => {
    const answer = await post(
      { origin: 'https://evil.example', ...ours(server.identity.person('ada')) },
      { extensions: hashed('Boards') }
    );
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('a mistake of ours is noted under an id, and only the id goes out', async () => {
  await server.stop();
  server = await graphqlServer({
    feed: new FakeFeed(busy()),
    services: {
      tallies: {
        tallies: () => Promise.reject(new Error('password=hunter2')),
        answerers: () => Promise.resolve([]),
        unfinished: () => ({ offset: 0, parts: [] })
      }
    }
  });
  const authorization = server.identity.token('bi', 'tallies:read');
  const asked = '{ tallies(from: "2026-11-24T00:00:00Z", to: "2026-11-24T01:00:00Z", grain: HOUR) { startsAt } }';
  const { errors, code } = await post({ authorization }, { query: asked });
  expect(code).toBe('INTERNAL');
  expect(JSON.stringify(errors)).not.toContain('hunter2');
  expect(server.noted).toMatchObject([{ id: errors[0].extensions.id, err: { message: 'password=hunter2' } }]);
});
