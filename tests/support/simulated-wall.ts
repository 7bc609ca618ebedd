import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import type { Viewer } from '../../src/lib/domain/access.ts';
import type { BoardFrame } from '../../src/lib/domain/wallboard.ts';
import { type Api, createApi } from '../../src/lib/server/graphql/api.ts';
import { createIdentity, type Identity } from '../../src/lib/server/identity/identity.ts';
import { type Database, openDatabase } from '../../src/lib/server/store/database.ts';
import { emptyOffice } from './empty-office.ts';
import { FakeFeed } from './fake-feed.ts';

type Person = Extract<Viewer, { kind: 'person' }>;
const hanna: Person = { kind: 'person', personId: 'hanna', sessionId: 's', name: 'Hanna', roles: ['administrator'] };
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

/**
 * The built pages, the real API, real identities and real sockets, under a clock that the test moves: a week goes by in
 * a minute. Only the telephones are missing, whose frames the test tells.
 */
export class SimulatedWall {
  readonly url: string;
  /** What the server noted as a mistake of its own. */
  readonly noted: object[] = [];
  now: number;
  #port: number;
  #database: Database;
  #identity: Identity;
  #feed: FakeFeed;
  #api: Api | undefined;
  #server: Server | undefined;
  #another = false;
  /** What a step of the page's time brings. */
  onStep: () => void = () => {};

  static async open(port: number, first: BoardFrame): Promise<SimulatedWall> {
    return new SimulatedWall(port, first, await openDatabase(':memory:'));
  }

  private constructor(port: number, first: BoardFrame, database: Database) {
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.now = first.asOf;
    this.#feed = new FakeFeed(first);
    this.#database = database;
    this.#identity = createIdentity({ db: database.kysely, secure: false, now: () => this.now });
  }

  /** Begins to serve, as after a start of the process: what is stored is there still, and no socket is. */
  async start(): Promise<void> {
    const services = {
      ...emptyOffice,
      feed: this.#feed,
      screens: this.#identity.screens,
      pairings: this.#identity.pairings,
      tallies: {
        tallies: () => Promise.resolve([]),
        answerers: () => Promise.resolve([]),
        unfinished: () => ({ offset: 0, parts: [] })
      },
      queues: {
        boardQueues: () => this.#feed.current('all')?.queues.map(({ queue }) => queue) ?? [],
        serviceLevels: () => [],
        refusedVisible: () => 'never' as const,
        watchedSince: () => null
      },
      timeZone: 'Europe/Stockholm',
      now: () => this.now,
      log: { error: (fields: object) => void this.noted.push(fields) }
    };
    const identity = this.#identity;
    const api = createApi({ services, identity, origin: this.url, development: false, shutdownFast: true });
    const server = createServer((request, response) => void this.#answer(request, response, api));
    server.on('upgrade', (request, socket, head) => api.sockets.handleUpgrade(request, socket, head));
    await new Promise<void>((listening) => server.listen(this.#port, '127.0.0.1', listening));
    [this.#api, this.#server] = [api, server];
  }

  /** Stops serving: the process ends, or the network is gone. */
  async stop(): Promise<void> {
    await this.#api?.sockets.close();
    this.#server?.closeAllConnections();
    await new Promise((closed) => (this.#server ? this.#server.close(closed) : closed(null)));
  }

  async end(): Promise<void> {
    await this.stop();
    this.#identity.close();
    await this.#database.close();
  }

  tell(frame: BoardFrame): void {
    this.#feed.tell(frame);
  }

  /** Another build is served from now on; whoever loads the page anew has it. */
  renew(): void {
    this.#another = true;
  }

  /** Pairs a television; returns its id and its cookie. */
  async pair(room: string): Promise<{ id: string; cookie: string }> {
    const { pairings } = this.#identity;
    const from = { address: '127.0.0.1', browser: '' };
    const { device, step } = await pairings.ask({ device: null, ...from });
    const code = step.step === 'code' ? step.code : '';
    await pairings.approve(hanna, { code, room, board: 'all', otherNetwork: false }, from.address);
    const shown = await pairings.ask({ device, ...from });
    const digits = shown.step.step === 'digits' ? shown.step.digits : '';
    const confirmed = await pairings.confirm(hanna, code, digits);
    const { token } = await pairings.ask({ device, ...from });
    if (!('screenId' in confirmed) || !token) throw new Error('The television was not paired');
    return { id: confirmed.screenId, cookie: token };
  }

  revoke(id: string): Promise<boolean> {
    return this.#identity.screens.revoke(hanna, id);
  }
  screens() {
    return this.#identity.screens.list();
  }

  async #answer(request: IncomingMessage, response: ServerResponse, api: Api): Promise<void> {
    const path = request.url?.split('?')[0] ?? '/';
    if (path === '/graphql') {
      const asked = await getRequest({ base: this.url, request });
      const { viewer, cookies } = await this.#identity.visitScreen(asked.headers);
      const answer = await api.handleGraphql(asked, { viewer, address: '127.0.0.1' });
      for (const cookie of cookies) answer.headers.append('set-cookie', cookie.serialize());
      return setResponse(response, answer);
    }
    if (path === '/clock') return void response.end(String(this.now));
    if (path === '/step') {
      this.onStep();
      return void response.end();
    }
    if (path === '/livez') return void response.end('ok');
    if (path === '/_app/version.json' && this.#another) return void response.end('{"version":"another"}');
    const file = path === '/tv' ? 'build/prerendered/shell.html' : join('build/client', path);
    if (path === '/tv') this.#another = false;
    try {
      const type = path === '/tv' ? 'text/html' : (types[extname(path)] ?? 'application/octet-stream');
      response.setHeader('content-type', type);
      response.end(readFileSync(file));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  }
}
