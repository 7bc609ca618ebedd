/**
 * The server that is killed: the product's own API, store and keys over real HTTP and a real SQLite file; only who
 * somebody is, is said by a cookie. `MUTANT` makes it break the protocol in one way, to prove that the test sees it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import type { Authenticated, Credential, Identity } from '../../src/lib/server/graphql/context.ts';
import { drafting } from '../../src/lib/server/coaching/drafting.ts';
import { createApi } from '../../src/lib/server/graphql/api.ts';
import { openKeyStore } from '../../src/lib/server/keys/key-store.ts';
import { openDatabase } from '../../src/lib/server/store/database.ts';
import { openDrafts } from '../../src/lib/server/store/coaching/drafts.ts';
import { emptyOffice } from '../support/empty-office.ts';
import { FakeFeed } from '../support/fake-feed.ts';
import { calm } from '../support/frames.ts';
import { mutated } from './mutants.ts';

const { PORT = '', FOLDER = '', MUTANT = '' } = process.env;
const database = await openDatabase(join(FOLDER, 'data.sqlite'));
const file = join(FOLDER, 'keys.sqlite');
const keys = openKeyStore({ file, masterKey: Buffer.alloc(32, 7), masterKeyFile: `${file}.master` });
if (!keys.has('text', 'participation')) keys.make('text', 'participation');

/** Everybody whose cookie is `session=<name>` is somebody, and is there from the first time on. */
async function known(name: string): Promise<Authenticated> {
  await database.kysely
    .insertInto('person')
    .values({ id: name, name, email: name, password_hash: null, disabled_at: null, created_at: 0, access_version: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { viewer: { kind: 'person', personId: name, sessionId: name, name, roles: ['coach'] }, expiresAt: null };
}
const identity: Identity = {
  authenticate({ cookie }: Credential) {
    const name = /(?:^|; )session=([a-z0-9-]+)/.exec(cookie ?? '')?.[1];
    return name === undefined ? Promise.resolve(null) : known(name);
  },
  onRevoked: () => () => {}
};

const feed = new FakeFeed(calm());
const store = mutated(MUTANT, openDrafts(database, keys), database);
const authority = { mayWrite: () => Promise.resolve({ may: true as const, textKey: 'participation' }) };
const api = createApi({
  services: {
    ...emptyOffice,
    feed,
    drafts: drafting(store, authority, Date.now),
    tallies: {
      tallies: () => Promise.resolve([]),
      answerers: () => Promise.resolve([]),
      unfinished: () => ({ offset: 0, parts: [] })
    },
    queues: { boardQueues: () => [], serviceLevels: () => [], refusedVisible: () => 'never', watchedSince: () => null },
    timeZone: 'Europe/Stockholm',
    now: Date.now,
    log: { error: (fields) => process.stderr.write(`${JSON.stringify(fields)}\n`) }
  },
  identity,
  origin: null,
  development: false,
  shutdownFast: true
});

const page = '<!doctype html><html lang="sv"><body><script type="module" src="/page.js"></script></body></html>';
const server = createServer((request, response) => {
  void (async () => {
    const path = request.url ?? '';
    if (path.startsWith('/graphql')) {
      const who = await identity.authenticate(request.headers);
      const asked = await getRequest({ base: `http://127.0.0.1:${PORT}`, request });
      return setResponse(response, await api.handleGraphql(asked, { viewer: who?.viewer ?? null }));
    }
    const asset = join(FOLDER, 'page', path.split('?')[0] ?? '');
    if (/\.(js|css)$/.test(asset) && existsSync(asset)) {
      response.setHeader('content-type', asset.endsWith('.js') ? 'text/javascript' : 'text/css');
      return response.end(readFileSync(asset));
    }
    // Nothing that the page needs is asked of anybody: only its cookie is another for each person.
    const name = /^\/as\/([a-z0-9-]+)/.exec(path)?.[1];
    if (name) response.setHeader('set-cookie', `session=${name}; Path=/; Max-Age=86400`);
    if (path === '/signed-out') response.setHeader('set-cookie', 'session=; Path=/; Max-Age=0');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page);
  })();
});
server.on('upgrade', (request, socket, head) => api.sockets.handleUpgrade(request, socket, head));
server.listen(Number(PORT), '127.0.0.1', () => process.send?.('listening', () => undefined));
