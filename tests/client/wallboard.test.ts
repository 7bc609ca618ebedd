import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Live, live, type Refusal } from '../../src/lib/client/graphql.ts';
import { Now } from '../../src/lib/client/now.svelte.ts';
import { readWallboard, supersedes, Wallboard } from '../../src/lib/client/wallboard.svelte.ts';
import { wallboardSubscription } from '../../src/lib/operations/persisted.ts';
import { eventually } from '../support/eventually.ts';
import { FakeFeed } from '../support/fake-feed.ts';
import { busy } from '../support/frames.ts';
import { type GraphqlServer, graphqlServer } from '../support/graphql-server.ts';

vi.setConfig({ testTimeout: 20_000 });

let server: GraphqlServer;
let cookie: string;
/** Whether the way to the server is cut. */
let offline = false;
const stops: (() => void)[] = [];
beforeEach(async () => {
  offline = false;
  server = await graphqlServer({ feed: new FakeFeed(busy()) });
  cookie = server.identity.person('ada');
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await server.stop();
});

/** A browser's own fetch and socket: they know where the page came from, and send its cookie. */
const browsersFetch = ((path: string, init: RequestInit) =>
  offline
    ? Promise.reject(new TypeError('Failed to fetch'))
    : fetch(new URL(path, server.url), { ...init, headers: { ...init.headers, cookie } })) as typeof fetch;
class BrowsersSocket extends WebSocket {
  static newest: BrowsersSocket | null = null;
  constructor(url: string, protocol: string) {
    super(offline ? 'ws://127.0.0.1:1' : url, protocol, { headers: { cookie } });
    this.on('error', () => {});
    BrowsersSocket.newest = this;
  }
}
const line = (): Live => live(server.socketUrl, { webSocketImpl: BrowsersSocket, longestWaitMs: 50 });

function watched(first = busy()): Wallboard {
  const board = new Wallboard('all', first, line(), new Now(first.asOf), browsersFetch);
  stops.push(board.start());
  return board;
}

describe('the first paint', () => {
  test('is the frame that the server holds, every figure and instant of it', async () => {
    expect(await readWallboard(browsersFetch, 'all')).toEqual(busy());
  });

  test('says why there is none', async () => {
    await expect(readWallboard(browsersFetch, 'nowhere')).rejects.toMatchObject({ code: 'not-found' });
    cookie = 'session=gone';
    await expect(readWallboard(browsersFetch, 'all')).rejects.toMatchObject({ code: 'sign-in' });
    const dead = (() => Promise.reject(new TypeError('fetch failed'))) as typeof fetch;
    await expect(readWallboard(dead, 'all')).rejects.toMatchObject({ code: 'network' });
    const proxy = (() => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }))) as typeof fetch;
    await expect(readWallboard(proxy, 'all')).rejects.toMatchObject({ code: 'network' });
  });
});

describe('a board that is looked at', () => {
  test('shows the first frame until the socket brings the next', async () => {
    const board = watched();
    expect(board.current).toEqual(busy());
    expect(board.connected).toBe(false);
    expect(board.since).toBeNull();
    await eventually(() => expect(board.connected).toBe(true));
    const next = server.feed.next('all', 23);
    await eventually(() => expect(board.current).toEqual(next));
  });

  test('keeps its frame when the line breaks, says since when, and comes back by itself', async () => {
    const board = watched();
    await eventually(() => expect(board.connected).toBe(true));
    offline = true;
    server.identity.revoke({ personId: 'ada', why: 'changed' });
    await eventually(() => expect(board.connected).toBe(false));
    expect(board.current).toEqual(busy());
    expect(board.since).toBeGreaterThanOrEqual(busy().asOf);
    offline = false;
    await eventually(() => expect(board.connected).toBe(true));
    expect(board.since).toBeNull();
  });

  test('comes back after codes that the socket client thinks final', async () => {
    const board = watched();
    await eventually(() => expect(board.connected).toBe(true));
    // A message too many: 4429 ends an unmodified client for good.
    offline = true;
    BrowsersSocket.newest?.send('{"type":"connection_init"}');
    await eventually(() => expect(board.connected).toBe(false));
    offline = false;
    await eventually(() => expect(board.connected).toBe(true));
  });

  test('asks to sign in again when the session ends under it, and stays away', async () => {
    const board = watched();
    await eventually(() => expect(board.connected).toBe(true));
    server.identity.revoke({ personId: 'ada', why: 'ended' });
    await eventually(() => expect(board.error).toBe('sign-in'));
    expect(board.connected).toBe(false);
    await eventually(() => expect(server.api.sockets.count().sockets).toBe(0));
  });

  test('asks to sign in again when the session ended while it was away: the browser alone would not say why', async () => {
    cookie = 'session=gone';
    const board = watched();
    await eventually(() => expect(board.error).toBe('sign-in'));
    expect(board.connected).toBe(false);
  });

  test('says so when the screen was taken off its wall', async () => {
    cookie = server.identity.screen('tv', 'all');
    const board = watched();
    await eventually(() => expect(board.connected).toBe(true));
    server.identity.revoke({ screenId: 'tv', why: 'ended' });
    await eventually(() => expect(board.error).toBe('revoked'));
  });

  test('says so when the server no longer knows this page', async () => {
    const refused = vi.fn<(refusal: Refusal) => void>();
    const told = { next: vi.fn(), connected: vi.fn(), lost: vi.fn(), refused };
    stops.push(line().subscribe({ ...wallboardSubscription, hash: '0'.repeat(64) }, { board: 'all' }, told));
    await eventually(() => expect(refused).toHaveBeenCalledOnce());
    expect(refused.mock.calls[0]?.[0].code).toBe('outdated');
  });

  test('drops what is older than what it has', async () => {
    const board = watched();
    await eventually(() => expect(board.connected).toBe(true));
    const next = server.feed.next('all', 23);
    await eventually(() => expect(board.current).toEqual(next));
    server.feed.tell(busy());
    const newest = { ...next, asOf: next.asOf + 5_000 };
    server.feed.tell(newest);
    await eventually(() => expect(board.current).toEqual(newest));
  });
});

test.each([
  ['the first there is', 10, 0, null, true],
  ['a later event', 11, 0, 10, true],
  ['an earlier event', 9, 999, 10, false],
  ['the same event, made later', 10, 1, 10, true],
  ['the same event, made at the same time', 10, 0, 10, true],
  ['the same event, made earlier', 10, -1, 10, false]
])('%s', (_, offset, asOf, held, taken) => {
  const holds = held === null ? null : { position: { epoch: 'a', offset: held }, asOf: 0 };
  expect(supersedes({ position: { epoch: 'a', offset }, asOf }, holds)).toBe(taken);
});
test('another life of the log is always taken', () => {
  const held = { position: { epoch: 'a', offset: 4711 }, asOf: 100 };
  expect(supersedes({ position: { epoch: 'b', offset: 1 }, asOf: 0 }, held)).toBe(true);
});
