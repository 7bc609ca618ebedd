import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

async function viewer(cookie: string): Promise<RawSocket> {
  const socket = await RawSocket.acknowledged(server.socketUrl, { cookie });
  sockets.push(socket);
  return socket;
}
const live = {
  query: '',
  variables: { board: 'all' },
  extensions: { persistedQuery: { version: 1, sha256Hash: hashes.WallboardLive } }
};
const payloadOf = (text = '') => text.slice(text.indexOf('"payload":'));

describe('a frame is made once and sent to all', () => {
  test('three viewers of different rights and ids get the same bytes from one execution', async () => {
    const three = await Promise.all([
      viewer(server.identity.person('ada', { roles: ['leader', 'coach'] })),
      viewer(server.identity.person('eva', { roles: ['agent'] })),
      viewer(server.identity.screen('tv', 'all'))
    ]);
    for (const [n, socket] of three.entries()) {
      socket.subscribe(['1', 'b2d7', 'x'.repeat(40)][n] ?? '', live);
      await socket.next('next');
    }
    const [audience] = server.api.sockets.audiences();
    expect(audience?.size).toBe(3);
    expect(audience?.made).toBe(1);
    server.feed.next('all', 42);
    await Promise.all(three.map((socket) => socket.next('next')));
    expect(audience?.made).toBe(2);
    const payloads = three.map(({ received }) => payloadOf(received.at(-1)));
    expect(new Set(payloads).size).toBe(1);
    expect(payloads[0]).toContain('"waiting":42');
  });

  test('it is what a query of the same fields would answer', async () => {
    const socket = await viewer(server.identity.person('ada'));
    socket.subscribe('1', live);
    const frame = await socket.next('next', '1');
    socket.subscribe('2', { ...live, extensions: { persistedQuery: { version: 1, sha256Hash: hashes.Wallboard } } });
    const answer = await socket.next('next', '2');
    expect(frame.payload).toEqual(answer.payload);
  });

  test('the same text from many is one audience; variables that nobody declared do not make another', async () => {
    const authorization = server.identity.token('bi', 'boards:read');
    const query = 'subscription ($board: ID! = "all") { wallboard(board: $board) { saved } }';
    for (const variables of [undefined, { board: 'all' }, { board: 'all', noise: 1 }, { noise: 2 }]) {
      const socket = await RawSocket.acknowledged(server.socketUrl, { authorization });
      sockets.push(socket);
      socket.subscribe('1', { query: variables ? query : query.replaceAll(' ', '  '), variables });
      await socket.next('next', '1');
    }
    expect(server.api.sockets.count().audiences).toBe(1);
  });

  test('whoever comes later is told at once, without another execution', async () => {
    const first = await viewer(server.identity.person('ada'));
    first.subscribe('1', live);
    await first.next('next');
    server.feed.next('all', 7);
    await first.next('next');
    const later = await viewer(server.identity.person('eva'));
    later.subscribe('1', live);
    const frame = await later.next('next');
    expect(frame.payload?.data?.wallboard?.total).toMatchObject({ waiting: 7 });
    expect(server.api.sockets.audiences()[0]?.made).toBe(2);
  });

  test('when the last has left nothing is made any more, and the next begins with the newest', async () => {
    const first = await viewer(server.identity.person('ada'));
    first.subscribe('1', live);
    await first.next('next');
    first.close();
    await eventually(() => expect(server.feed.watchers('all')).toBe(0));
    server.feed.next('all', 8);
    const next = await viewer(server.identity.person('ada'));
    next.subscribe('1', live);
    expect((await next.next('next')).payload?.data?.wallboard?.total).toMatchObject({ waiting: 8 });
  });
});

describe('a viewer on a slow line', () => {
  /** A frame of 400 KB. */
  function large() {
    return { ...busy(), board: { ...busy().board, name: 'x'.repeat(400_000) } };
  }

  test('misses the frames between, gets the newest, and keeps nobody else waiting', async () => {
    server.feed.tell(large());
    const slow = await viewer(server.identity.person('ada'));
    const quick = await viewer(server.identity.person('eva'));
    for (const socket of [slow, quick]) {
      socket.subscribe('1', live);
      await socket.next('next');
    }
    slow.ws.pause();
    for (let n = 1; n <= 60; n++) {
      server.feed.next('all', 1_000 + n);
      const { payload } = await quick.next('next');
      expect(payload?.data?.wallboard?.total).toMatchObject({ waiting: 1_000 + n });
    }
    slow.ws.resume();
    await eventually(() => expect(slow.received.at(-1)).toContain('"waiting":1060'));
    // What the two kernels hold between them came first; the rest was never kept.
    expect(slow.received.length).toBeLessThan(55);
    const offsets = slow.received.slice(1).map((text) => /"offset":(\d+)/.exec(text)?.[1]);
    expect(offsets).toEqual([...offsets].sort());
  });

  test('that takes nothing for too long is closed with 1013', async () => {
    await server.stop();
    server = await graphqlServer({ feed: new FakeFeed(busy()), pace: { heavyMs: 300 } });
    server.feed.tell(large());
    const slow = await viewer(server.identity.person('ada'));
    slow.subscribe('1', live);
    await slow.next('next');
    slow.ws.pause();
    for (let n = 1; n <= 40; n++) server.feed.next('all', n);
    await eventually(() => expect(server.api.sockets.count().sockets).toBe(0));
    slow.ws.resume();
    expect((await slow.closed).code).toSatisfy((code: number) => code === 1013 || code === 1006);
  });
});
