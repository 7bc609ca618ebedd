import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import type { Viewer } from '../../src/lib/domain/access.ts';
import { type Api, createApi } from '../../src/lib/server/graphql/api.ts';
import type {
  Authenticated,
  Credential,
  Identity,
  Revocation,
  Services
} from '../../src/lib/server/graphql/context.ts';
import type { Pace } from '../../src/lib/server/graphql/socket.ts';
import { emptyOffice } from './empty-office.ts';
import type { FakeFeed } from './fake-feed.ts';

/** People, tokens and screens by what they show: a cookie `session=NAME`, or `Bearer NAME`. */
export class FakeIdentity implements Identity {
  readonly viewers = new Map<string, Authenticated>();
  /** How many times somebody was looked up. */
  asked = 0;
  #revoked = new Set<(revocation: Revocation) => void>();

  person(
    name: string,
    over: Partial<Extract<Viewer, { kind: 'person' }>> = {},
    expiresAt: number | null = null
  ): string {
    const viewer: Viewer = {
      kind: 'person',
      personId: name,
      sessionId: `${name}-session`,
      name,
      roles: ['leader'],
      ...over
    };
    this.viewers.set(`session=${name}`, { viewer, expiresAt });
    return `session=${name}`;
  }

  token(name: string, ...scopes: Extract<Viewer, { kind: 'integrator' }>['scopes']): string {
    this.viewers.set(`Bearer ${name}`, { viewer: { kind: 'integrator', tokenId: name, scopes }, expiresAt: null });
    return `Bearer ${name}`;
  }

  screen(name: string, board: string): string {
    this.viewers.set(`session=${name}`, { viewer: { kind: 'screen', screenId: name, board }, expiresAt: null });
    return `session=${name}`;
  }

  authenticate({ cookie, authorization }: Credential): Promise<Authenticated | null> {
    this.asked++;
    return Promise.resolve(this.viewers.get(authorization ?? cookie ?? '') ?? null);
  }

  onRevoked(callback: (revocation: Revocation) => void): () => void {
    this.#revoked.add(callback);
    return () => this.#revoked.delete(callback);
  }

  revoke(revocation: Revocation): void {
    for (const callback of this.#revoked) callback(revocation);
  }
}

export interface GraphqlServer {
  url: string;
  socketUrl: string;
  api: Api;
  feed: FakeFeed;
  identity: FakeIdentity;
  /** What was noted as our mistake. */
  noted: object[];
  stop(): Promise<void>;
}

export interface GraphqlServerOptions {
  feed: FakeFeed;
  services?: Partial<Services>;
  origin?: string | null;
  development?: boolean;
  pace?: Partial<Pace>;
  shutdownFast?: boolean;
}

/** `/graphql` on a real server of its own: requests as SvelteKit makes them, sockets as they come. */
export async function graphqlServer(options: GraphqlServerOptions): Promise<GraphqlServer> {
  const { feed, origin = null, development = false, shutdownFast = true, pace } = options;
  const identity = new FakeIdentity();
  const noted: object[] = [];
  const services: Services = {
    ...emptyOffice,
    feed,
    tallies: {
      tallies: () => Promise.resolve([]),
      answerers: () => Promise.resolve([]),
      unfinished: () => ({ offset: 0, parts: [] })
    },
    queues: {
      boardQueues: () => feed.current('all')?.queues.map(({ queue }) => queue) ?? [],
      serviceLevels: () => [],
      refusedVisible: () => 'never',
      watchedSince: () => null
    },
    timeZone: 'Europe/Stockholm',
    now: () => feed.current('all')?.asOf ?? 0,
    log: { error: (fields) => noted.push(fields) },
    ...options.services
  };
  const api = createApi({ services, identity, origin, development, shutdownFast, pace });
  const server = createServer((request, response) => {
    void (async () => {
      const asked = await getRequest({ base: 'http://localhost', request });
      const who = await identity.authenticate(request.headers);
      await setResponse(response, await api.handleGraphql(asked, { viewer: who?.viewer ?? null }));
    })();
  });
  server.on('upgrade', (request, socket, head) => api.sockets.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    socketUrl: `ws://127.0.0.1:${port}/graphql`,
    api,
    feed,
    identity,
    noted,
    async stop() {
      await api.sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
}
