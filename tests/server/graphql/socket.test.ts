import { createClient } from 'graphql-ws';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { hashes } from '../../../src/lib/operations/hashes.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeFeed } from '../../support/fake-feed.ts';
import { busy } from '../../support/frames.ts';
import { type GraphqlServer, graphqlServer } from '../../support/graphql-server.ts';
import { RawSocket } from '../../support/raw-socket.ts';

vi.setConfig({ testTimeout: 20_000 });

let server: GraphqlServer;
const sockets: RawSocket[] = [];
beforeEach(async () => {
  server = await graphqlServer({ feed: new FakeFeed(busy()) });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await server.stop();
});

/** A socket as a page opens it, with a session. */
async function page(cookie = server.identity.person('ada')): Promise<RawSocket> {
  const socket = await RawSocket.acknowledged(server.socketUrl, { cookie });
  sockets.push(socket);
  return socket;
}
/** A socket as a program opens it: it says who it is in its first message. */
async function program(...scopes: Parameters<typeof server.identity.token>[1][]): Promise<RawSocket> {
  const authorization = server.identity.token('bi', ...scopes);
  const socket = await RawSocket.acknowledged(server.socketUrl, {}, { authorization });
  sockets.push(socket);
  return socket;
}
const hashed = (name: keyof typeof hashes) => ({
  query: '',
  variables: { board: 'all' },
  extensions: { persistedQuery: { version: 1, sha256Hash: hashes[name] } }
});
const live = hashed('WallboardLive');
const waitingNow = 'subscription { wallboard { total { waiting } } }';

describe('an unmodified graphql-ws client', () => {
  function client(connectionParams: object) {
    return createClient({
      url: server.socketUrl,
      webSocketImpl: WebSocket,
      connectionParams: { ...connectionParams },
      retryAttempts: 0
    });
  }

  test('follows a board, asks beside it, and ends', async () => {
    const mine = client({ authorization: server.identity.token('bi', 'boards:read') });
    const frames = mine.iterate<{ wallboard: { total: { waiting: number } } }>({ query: waitingNow });
    expect((await frames.next()).value?.data?.wallboard.total.waiting).toBe(busy().total.waiting);
    server.feed.next('all', 77);
    expect((await frames.next()).value?.data?.wallboard.total.waiting).toBe(77);

    const answers = mine.iterate({
      query: 'query ($board: ID!) { wallboard(board: $board) { saved } }',
      variables: { board: 'all' }
    });
    expect((await answers.next()).value).toEqual({ data: { wallboard: { saved: true } } });
    expect((await answers.next()).done).toBe(true);

    await frames.return?.();
    await eventually(() => expect(server.feed.watchers('all')).toBe(0));
    await mine.dispose();
  });

  test('is told what is wrong with its operation', async () => {
    const mine = client({ authorization: server.identity.token('bi', 'boards:read') });
    await expect(mine.iterate({ query: '{ nonsense }' }).next()).rejects.toMatchObject([
      { message: /Cannot query field/ }
    ]);
    const missing = mine.iterate({ query: 'subscription ($b: ID!) { wallboard(board: $b) { saved } }' });
    expect((await missing.next()).value?.errors).toMatchObject([{ message: expect.stringContaining('$b') }]);
    expect((await missing.next()).done).toBe(true);
    await mine.dispose();
  });

  test('is pinged and pings', async () => {
    const pong = vi.fn();
    const mine = createClient({
      url: server.socketUrl,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: server.identity.token('bi', 'boards:read') },
      lazy: false,
      keepAlive: 10,
      on: { pong }
    });
    await eventually(() => expect(pong).toHaveBeenCalledWith(true, undefined));
    await mine.dispose();
  });
});

describe('the protocol', () => {
  test('each frame is one whole next message with the id that was chosen, however odd', async () => {
    const socket = await page();
    const id = 'å "quoted" \\ \u{1F4DE}';
    socket.subscribe(id, live);
    const message = await socket.next('next', id);
    expect(Object.keys(message)).toEqual(['id', 'type', 'payload']);
    expect(message.payload?.data?.wallboard?.position).toEqual({ epoch: 'test', offset: 4711 });
  });

  test('a frame of any length is framed right: under 126 bytes, under 64 KB, and over', async () => {
    const socket = await program('boards:read');
    for (const [id, columns] of [
      ['a', 0],
      ['b', 40],
      ['c', 400]
    ] as const) {
      const names = [...Array(columns).keys()].map((n) => `n${n}: name`).join(' ');
      const query = columns
        ? `subscription { wallboard { queues { queue { ${names} } } } }`
        : 'subscription { wallboard { saved } }';
      socket.subscribe(id, { query });
      await socket.next('next', id);
    }
    const lengths = socket.received.slice(1).map((text) => Buffer.byteLength(text));
    expect(lengths[0]).toBeLessThan(126);
    expect(lengths[1]).toBeGreaterThan(126);
    expect(lengths[1]).toBeLessThan(65_536);
    expect(lengths[2]).toBeGreaterThan(65_536);
  });

  test('a subscription that is completed is told nothing more, and its id is free again', async () => {
    const socket = await page();
    socket.subscribe('1', live);
    await socket.next('next', '1');
    socket.send({ id: '1', type: 'complete' });
    await eventually(() => expect(server.feed.watchers('all')).toBe(0));
    const before = socket.received.length;
    server.feed.next('all', 5);
    socket.send({ type: 'ping', payload: { after: 'that' } });
    expect(await socket.next('pong')).toEqual({ type: 'pong', payload: { after: 'that' } });
    expect(socket.received.length).toBe(before + 1);
    socket.subscribe('1', live);
    await socket.next('next', '1');
  });

  test('two subscriptions of one socket are told apart', async () => {
    const socket = await page();
    socket.subscribe('1', live);
    socket.subscribe('2', live);
    await Promise.all([socket.next('next', '1'), socket.next('next', '2')]);
    server.feed.next('all', 5);
    await Promise.all([socket.next('next', '1'), socket.next('next', '2')]);
    expect(server.api.sockets.audiences()).toHaveLength(1);
  });

  test('an id that is in use closes with 4409', async () => {
    const socket = await page();
    socket.subscribe('1', live);
    await socket.next('next', '1');
    socket.subscribe('1', live);
    expect(await socket.closed).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' });
    await eventually(() => expect(server.feed.watchers('all')).toBe(0));
  });

  test('a subscription before the acknowledgement closes with 4401', async () => {
    const socket = new RawSocket(server.socketUrl, { cookie: server.identity.person('ada') });
    await once(socket.ws, 'open');
    socket.subscribe('1', live);
    expect((await socket.closed).code).toBe(4401);
  });

  test('beginning twice closes with 4429, nonsense with 4400, another protocol with 4406', async () => {
    const twice = await page();
    twice.send({ type: 'connection_init' });
    expect((await twice.closed).code).toBe(4429);
    const nonsense = await page();
    nonsense.send('{"type":"subscribe","id":1}');
    expect((await nonsense.closed).code).toBe(4400);
    const other = new RawSocket(server.socketUrl, { cookie: server.identity.person('ada') }, 'graphql-ws');
    expect((await other.closed).code).toBe(1006);
  });

  test('a message over 64 KB closes with 1009', async () => {
    const socket = await program('boards:read');
    socket.subscribe('1', { query: `{ queues { id } } #${'x'.repeat(70_000)}` });
    expect((await socket.closed).code).toBe(1009);
  });

  test('nothing is deflated, whatever the client offers', async () => {
    const socket = await page();
    expect(socket.ws.extensions).toBe('');
  });

  test('a socket that breaks leaves nothing behind', async () => {
    const socket = await page();
    socket.subscribe('1', live);
    await socket.next('next', '1');
    expect(server.api.sockets.count()).toEqual({ sockets: 1, audiences: 1 });
    socket.close();
    await eventually(() => expect(server.api.sockets.count()).toEqual({ sockets: 0, audiences: 0 }));
    expect(server.feed.watchers('all')).toBe(0);
  });
});

describe('who comes in', () => {
  test('a page from elsewhere is refused before the socket opens, and nobody is looked up', async () => {
    const cookie = server.identity.person('ada');
    for (const origin of [
      'https://evil.example',
      'null',
      'http://127.0.0.1:1',
      '//',
      'http://127.0.0.1@evil.example'
    ]) {
      expect(await RawSocket.refused(server.socketUrl, { cookie, origin }), origin).toBe(403);
    }
    expect(server.identity.asked).toBe(0);
    const own = await RawSocket.acknowledged(server.socketUrl, { cookie, origin: server.url.replace('/graphql', '') });
    own.close();
  });

  test('with a configured origin only that one', async () => {
    await server.stop();
    server = await graphqlServer({ feed: new FakeFeed(busy()), origin: 'https://board.example' });
    const cookie = server.identity.person('ada');
    expect(await RawSocket.refused(server.socketUrl, { cookie, origin: server.url.replace('/graphql', '') })).toBe(403);
    (await RawSocket.acknowledged(server.socketUrl, { cookie, origin: 'https://board.example' })).close();
  });

  test('a cookie or token that is not valid is refused before the socket opens', async () => {
    expect(await RawSocket.refused(server.socketUrl, { cookie: 'session=old' })).toBe(401);
    expect(await RawSocket.refused(server.socketUrl, { authorization: 'Bearer old' })).toBe(401);
  });

  test('another path is 404, and a request made to break the server breaks nothing', async () => {
    expect(await RawSocket.refused(server.socketUrl.replace('/graphql', '/other'))).toBe(404);
    for (const path of ['//', '/graphql/../..', '/%']) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nOrigin: null\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
      );
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(String(answer)).toMatch(/^HTTP\/1\.1 40[34]/);
      socket.destroy();
    }
    (await page()).close();
  });

  test('a token may come in the header or in the first message', async () => {
    const authorization = server.identity.token('bi', 'boards:read');
    (await RawSocket.acknowledged(server.socketUrl, { authorization })).close();
    (await RawSocket.acknowledged(server.socketUrl, {}, { authorization })).close();
  });

  test('a first message without a token, or with a wrong one, closes with 4401', async () => {
    for (const payload of [undefined, {}, { authorization: 'Bearer wrong' }, { authorization: 7 }]) {
      const socket = new RawSocket(server.socketUrl);
      await once(socket.ws, 'open');
      socket.send({ type: 'connection_init', payload });
      expect((await socket.closed).code).toBe(4401);
    }
  });

  test('a socket that says nothing of itself in time closes with 4401, one that is known and silent with 4408', async () => {
    await server.stop();
    server = await graphqlServer({ feed: new FakeFeed(busy()), pace: { initMs: 50 } });
    expect((await new RawSocket(server.socketUrl).closed).code).toBe(4401);
    expect((await new RawSocket(server.socketUrl, { cookie: server.identity.person('ada') }).closed).code).toBe(4408);
  });

  test('a person may have ten sockets', async () => {
    const cookie = server.identity.person('ada');
    for (let n = 0; n < 10; n++) await page(cookie);
    expect(await RawSocket.refused(server.socketUrl, { cookie })).toBe(429);
    await page(server.identity.person('eva'));
    sockets[0]?.close();
    await eventually(() => expect(server.api.sockets.count().sockets).toBe(10));
    await page(cookie);
  });

  test('a person has ten sockets also when thirty knock at the same moment, by cookie or by token', async () => {
    const cookie = server.identity.person('ada');
    const knocking = Array.from({ length: 30 }, () => new RawSocket(server.socketUrl, { cookie }));
    sockets.push(...knocking);
    const opened = ({ ws }: RawSocket) => new Promise((resolve) => ws.on('open', resolve));
    await Promise.all(knocking.map((socket) => Promise.race([opened(socket), socket.closed])));
    expect(knocking.filter(({ ws }) => ws.readyState === ws.OPEN)).toHaveLength(10);

    const authorization = server.identity.token('bi', 'boards:read');
    const programs = Array.from({ length: 30 }, () => new RawSocket(server.socketUrl));
    sockets.push(...programs);
    await Promise.all(programs.map(opened));
    for (const socket of programs) socket.send({ type: 'connection_init', payload: { authorization } });
    const came = await Promise.all(
      programs.map((socket) => Promise.race([socket.next('connection_ack'), socket.closed]))
    );
    expect(came.filter((answer) => 'type' in answer)).toHaveLength(10);
    expect(came.filter((answer) => 'code' in answer && answer.code === 4429)).toHaveLength(20);
  });
});

describe('what may be asked', () => {
  test('a session carries hashes only; a token may send text', async () => {
    const socket = await page();
    socket.subscribe('1', { query: waitingNow });
    expect((await socket.next('error', '1')).payload?.[0]?.extensions?.code).toBe('PERSISTED_OPERATIONS_ONLY');
    const other = await program('boards:read');
    other.subscribe('1', { query: waitingNow });
    await other.next('next', '1');
  });

  test('a board that is not theirs, or not there, is refused alike', async () => {
    const screen = await page(server.identity.screen('tv', 'unit-1'));
    screen.subscribe('1', live);
    const foreign = await screen.next('next', '1');
    const leader = await page();
    leader.subscribe('1', { ...live, variables: { board: 'nowhere' } });
    const unknown = await leader.next('next', '1');
    for (const { payload } of [foreign, unknown]) {
      expect(payload?.data).toBeUndefined();
      expect(payload?.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    }
    await Promise.all([screen.next('complete', '1'), leader.next('complete', '1')]);
    expect(server.api.sockets.count().audiences).toBe(0);
  });

  test('at most twenty operations at a time on a socket', async () => {
    const socket = await page();
    for (let n = 1; n <= 21; n++) socket.subscribe(String(n), live);
    expect((await socket.next('error')).payload?.[0]?.extensions?.code).toBe('TOO_MANY_SUBSCRIPTIONS');
    await socket.next('next', '20');
  });

  test('at most twenty different live operations of a token, on however many sockets', async () => {
    const one = await program('boards:read');
    const two = await program('boards:read');
    for (let n = 0; n < 12; n++) one.subscribe(String(n), { query: `subscription { wallboard { a${n}: saved } }` });
    for (let n = 0; n < 12; n++) two.subscribe(String(n), { query: `subscription { wallboard { b${n}: saved } }` });
    await one.next('next', '11');
    const refused = await two.next('complete');
    expect(Number(refused.id)).toBeGreaterThanOrEqual(8);
    expect(server.api.sockets.count().audiences).toBe(20);
    one.close();
    await eventually(() => expect(server.api.sockets.count().audiences).toBeLessThanOrEqual(8));
    two.subscribe('again', { query: 'subscription { wallboard { c: saved } }' });
    await two.next('next', 'again');
  });

  test('a bug in a resolver is masked on the socket too', async () => {
    await server.stop();
    const broken = () => Promise.reject(new Error('password=hunter2'));
    server = await graphqlServer({
      feed: new FakeFeed(busy()),
      services: { tallies: { tallies: broken, answerers: broken, unfinished: () => ({ offset: 0, parts: [] }) } }
    });
    const socket = await program('tallies:read');
    socket.subscribe('1', {
      query: '{ tallies(from: "2026-11-24T00:00:00Z", to: "2026-11-24T01:00:00Z", grain: HOUR) { startsAt } }'
    });
    expect((await socket.next('next', '1')).payload?.errors?.[0]?.extensions?.code).toBe('INTERNAL');
    expect(socket.received.join()).not.toContain('hunter2');
  });
});

describe('when a right ends', () => {
  test("the sockets of that session, person or token close at once, and nobody else's", async () => {
    const ada = await page(server.identity.person('ada'));
    const eva = await page(server.identity.person('eva'));
    const tv = await page(server.identity.screen('tv', 'all'));
    const bi = await program('boards:read');
    server.identity.revoke({ sessionId: 'ada-session', why: 'ended' });
    expect((await ada.closed).code).toBe(4401);
    server.identity.revoke({ screenId: 'tv', why: 'ended' });
    expect((await tv.closed).code).toBe(4403);
    server.identity.revoke({ tokenId: 'bi', why: 'ended' });
    expect((await bi.closed).code).toBe(4401);
    eva.subscribe('1', live);
    await eva.next('next', '1');
    server.identity.revoke({ personId: 'eva', why: 'changed' });
    expect((await eva.closed).code).toBe(1012);
  });

  test('a peer that will not close is let go of within a second, and is told nothing meanwhile', async () => {
    const socket = await page();
    socket.subscribe('1', live);
    await socket.next('next', '1');
    socket.ws.pause();
    const began = performance.now();
    server.identity.revoke({ personId: 'ada', why: 'ended' });
    server.feed.next('all', 99);
    await eventually(() => expect(server.api.sockets.count()).toEqual({ sockets: 0, audiences: 0 }));
    expect(performance.now() - began).toBeLessThan(2_500);
    socket.ws.resume();
    await socket.closed;
    expect(socket.received.join()).not.toContain('"waiting":99');
  });

  test('a session that has ended by its time closes with 4401; one that was prolonged meanwhile stays', async () => {
    await server.stop();
    server = await graphqlServer({ feed: new FakeFeed(busy()), pace: { heartbeatMs: 120 } });
    const soon = busy().asOf + 1_000;
    const ended = await page(server.identity.person('ada', {}, soon));
    const prolonged = await page(server.identity.person('eva', {}, soon));
    server.identity.person('eva', {}, soon + 3_600_000);
    server.identity.viewers.delete('session=ada');
    server.feed.tell({ ...busy(), asOf: soon + 1 });
    expect((await ended.closed).code).toBe(4401);
    prolonged.subscribe('1', live);
    await prolonged.next('next', '1');
  });

  test('a socket that does not answer the heartbeat is let go of', async () => {
    await server.stop();
    server = await graphqlServer({ feed: new FakeFeed(busy()), pace: { heartbeatMs: 60 } });
    const silent = await page(server.identity.person('ada'));
    await page(server.identity.person('eva'));
    silent.ws.pause();
    await eventually(() => expect(server.api.sockets.count().sockets).toBe(1));
  });
});

describe('a shutdown', () => {
  test('closes all at once with 1012 when it must be fast, and takes no more', async () => {
    const all = [await page(), await page(), await page()];
    const closing = server.api.sockets.close();
    expect(await RawSocket.refused(server.socketUrl, { cookie: server.identity.person('ada') })).toBe(503);
    for (const socket of all) expect((await socket.closed).code).toBe(1012);
    await closing;
  });

  test('otherwise a few each second, in no order', async () => {
    await server.stop();
    server = await graphqlServer({ feed: new FakeFeed(busy()), shutdownFast: false });
    const closedAt: number[] = [];
    for (let n = 0; n < 3; n++) {
      const socket = await page();
      void socket.closed.then(() => closedAt.push(performance.now()));
    }
    const began = performance.now();
    await server.api.sockets.close();
    expect(closedAt).toHaveLength(3);
    // One a second while there are fewer than twenty: the last of three after two.
    expect(performance.now() - began).toBeGreaterThan(1_900);
  });
});
