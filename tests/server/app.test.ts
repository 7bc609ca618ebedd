import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { hashes } from '../../src/lib/operations/hashes.ts';
import { createApp, type App } from '../../src/lib/server/app.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import type { Environment } from '../../src/lib/server/config-refused.ts';
import { createLogger } from '../../src/lib/server/logger.ts';
import { openDatabase } from '../../src/lib/server/store/database.ts';
import { ScriptedSource } from '../support/scripted-source.ts';

let home: string;
const logged: string[] = [];
const closing: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stamgaffel-app-'));
  logged.length = 0;
});
afterEach(async () => {
  while (closing.length > 0) await closing.pop()!();
  rmSync(home, { recursive: true });
});

const config = (env: Environment = {}) => readConfig({ DATA_DIR: home, SHUTDOWN_FAST: '1', ...env });
const REAL = { DEMO: '0', HOST: '127.0.0.1', ORIGIN: 'http://127.0.0.1:15260' };
const logger = createLogger('info', { write: (line) => void logged.push(line) });

async function started(env: Environment, source = new ScriptedSource()): Promise<{ app: App; source: ScriptedSource }> {
  const app = await createApp(config(env), { sources: [source], logger, past: false });
  closing.push(() => app.close());
  return { app, source };
}
/** Waits for a condition; long enough for a machine that is busy with other suites. */
const seen = (condition: () => void) => vi.waitFor(condition, { timeout: 10_000, interval: 20 });
const person = {
  email: 'eva@exempelstad.se',
  name: 'Eva Ek',
  roles: ['leader'] as const,
  password: 'en gaffel av stål'
};

/** What `hooks.server.ts` and `/graphql` do: who asks, then the question. */
async function asked(app: App, cookie: string, hash: string): Promise<Response> {
  const request = new Request(`${app.config.origin}/graphql`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'x-stamgaffel': '1' },
    body: JSON.stringify({ variables: { board: 'all' }, extensions: { persistedQuery: { sha256Hash: hash } } })
  });
  const { viewer } = await app.identity.visit(request.headers);
  return app.graphql(request, { viewer });
}
async function signedIn(app: App): Promise<string> {
  const result = await app.identity.signIn({ ...person, address: '127.0.0.1', cookie: null });
  if (result.outcome !== 'signed-in') throw new Error(result.outcome);
  return result.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}
async function served(app: App): Promise<string> {
  const server: Server = createServer((_, response) => response.end());
  server.on('upgrade', app.handleUpgrade);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => new Promise((closed) => server.close(closed)));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}
interface Frame {
  position: { epoch: string; offset: number };
  source: { state: string };
  total: { waiting: number | null; today: { offered: number } };
}
async function followed(app: App, cookie: string) {
  const frames: Frame[] = [];
  const closed = Promise.withResolvers<number>();
  const socket = new WebSocket(await served(app), 'graphql-transport-ws', {
    headers: { cookie, origin: app.config.origin }
  });
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  socket.on('close', (code) => closed.resolve(code));
  socket.on('error', closed.reject);
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { type: string; payload: { data: { wallboard: Frame } } };
    const payload = {
      query: '',
      variables: { board: 'all' },
      extensions: { persistedQuery: { sha256Hash: hashes.WallboardLive } }
    };
    if (message.type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    if (message.type === 'next') frames.push(message.payload.data.wallboard);
  });
  return { frames, closed: closed.promise };
}

describe('the app on a real contact centre', () => {
  test('shows a call to whoever looks, by question and by socket, and finds everything after a restart', async () => {
    const { app, source } = await started(REAL);
    expect(app.demonstration).toBeNull();
    await app.identity.people.add(person);
    const cookie = await signedIn(app);
    const { frames, closed } = await followed(app, cookie);
    await seen(() => expect(frames.at(-1)).toMatchObject({ source: { state: 'CONNECTED' }, total: { waiting: 0 } }));

    await source.callComesIn(1);
    await source.callComesIn(2);
    await seen(() => expect(frames.at(-1)?.total).toMatchObject({ waiting: 2, today: { offered: 2 } }));
    const before = ((await (await asked(app, cookie, hashes.Wallboard)).json()) as { data: { wallboard: Frame } }).data
      .wallboard;
    expect(before.total).toMatchObject({ waiting: 2, today: { offered: 2 } });
    expect(await app.unready()).toEqual([]);

    await app.close();
    expect(await closed).toBe(1012);
    expect(source.running).toBe(false);

    const again = await started(REAL);
    // Whoever was signed in still is, and the log goes on where it was.
    const answer = await asked(again.app, cookie, hashes.Wallboard);
    const after = ((await answer.json()) as { data: { wallboard: Frame } }).data.wallboard;
    expect(after.position.epoch).toBe(before.position.epoch);
    expect(after.position.offset).toBeGreaterThan(before.position.offset);
    expect(after.total).toMatchObject({ waiting: 2, today: { offered: 2 } });
  });

  test('shows a stranger nothing', async () => {
    const { app } = await started(REAL);
    expect((await asked(app, 'session=stolen', hashes.Wallboard)).status).toBe(401);
    const { frames, closed } = await followed(app, 'session=stolen');
    await expect(closed).rejects.toThrow('401');
    expect(frames).toEqual([]);
  });

  test('sends away within a second whoever is signed out', async () => {
    const { app } = await started(REAL);
    await app.identity.people.add(person);
    const cookie = await signedIn(app);
    const { frames, closed } = await followed(app, cookie);
    await seen(() => expect(frames.length).toBeGreaterThan(0));
    const signedOutAt = performance.now();
    await app.identity.signOut(cookie);
    expect(await closed).toBe(4401);
    expect(performance.now() - signedOutAt).toBeLessThan(1_000);
  });

  test('is not ready while it leaves, and takes no more sockets', async () => {
    const { app } = await started(REAL);
    await app.leave();
    expect(await app.unready()).toEqual(['stopping']);
  });

  test('tells in the metrics what is wrong with an exchange, by its code, and nothing when all is well', async () => {
    const { app, source } = await started(REAL);
    source.troubled('no-channel-list');
    const told = /^stamgaffel_source_trouble\{source="main",code="no-channel-list"\} 1$/m;
    expect(await app.metrics.text()).toMatch(told);
    source.troubled(null);
    expect(await app.metrics.text()).not.toMatch(/^stamgaffel_source_trouble\{/m);
  });

  test('has metrics for this machine only, unless a token is brought', async () => {
    const { app } = await started(REAL);
    expect(app.metrics.allowed(null, '127.0.0.1')).toBe(true);
    expect(app.metrics.allowed(null, '::ffff:127.0.0.1')).toBe(true);
    expect(app.metrics.allowed(null, '192.0.2.7')).toBe(false);
    const text = await app.metrics.text();
    expect(text).toMatch(/^stamgaffel_source_connected\{source="main"\} 1$/m);
    expect(text).toMatch(/^stamgaffel_source_drift\{source="main"\} 0$/m);
    expect(text).toMatch(/^stamgaffel_log_saved 1$/m);
    expect(text).toMatch(/^stamgaffel_log_offset 3$/m);
  });

  test('behind a proxy, where everybody comes from this machine, metrics need the token', async () => {
    const env = { ...REAL, ORIGIN: 'https://svar.example.se' };
    const { app } = await started(env);
    expect(app.metrics.allowed(null, '127.0.0.1')).toBe(false);
    await app.close();
    const { app: withToken } = await started({ ...env, METRICS_TOKEN: 'a-long-and-random-token' });
    expect(withToken.metrics.allowed('Bearer a-long-and-random-token', '192.0.2.7')).toBe(true);
    expect(withToken.metrics.allowed('Bearer another-long-token', '127.0.0.1')).toBe(false);
    expect(withToken.metrics.allowed(null, '127.0.0.1')).toBe(false);
  });
});

describe('the demonstration', () => {
  test('has a person of every role who can sign in, the city’s queues in its units, and the same passwords at every start', async () => {
    const { app } = await started({}, new ScriptedSource('demo'));
    const people = app.demonstration!;
    expect(people.map(({ roles }) => roles).flat()).toEqual([
      'agent',
      'coach',
      'leader',
      'method-lead',
      'administrator'
    ]);
    for (const { email, password } of people) {
      const result = await app.identity.signIn({ email, password, address: '127.0.0.1', cookie: null });
      expect(result.outcome).toBe('signed-in');
    }
    const frame = app.engine.feed.current('all')!;
    expect(frame.board.demo).toBe(true);
    expect(frame.queues.map(({ queue }) => queue.name)).toEqual([
      ...['Huvudnumret', 'Förskola', 'Grundskola', 'Vuxenutbildning', 'Äldreomsorg', 'Funktionsstöd'],
      ...['Ekonomiskt stöd', 'Parkering', 'Avfall', 'Bygglov', 'Kultur och fritid']
    ]);
    expect(app.engine.feed.boards()).toHaveLength(5);
    await app.close();

    const { app: again } = await started({}, new ScriptedSource('demo'));
    expect(again.demonstration).toEqual(people);
    expect(new Set(people.map(({ password }) => password)).size).toBe(5);
  });

  test('lets an agent see the whole room and the own unit, and no other unit', async () => {
    const { app } = await started({}, new ScriptedSource('demo'));
    const amina = app.demonstration!.find(({ roles }) => roles.includes('agent'))!;
    const result = await app.identity.signIn({ ...amina, address: '127.0.0.1', cookie: null });
    const cookie = result.outcome === 'signed-in' ? `${result.cookies[0]!.name}=${result.cookies[0]!.value}` : '';
    const { viewer } = await app.identity.visit(new Headers({ cookie }));
    expect(viewer).toMatchObject({
      ties: { boards: ['forskola-och-skola'], queues: ['forskola', 'grundskola', 'vuxenutbildning'] }
    });
  });

  test('writes no name, address or password to the log', async () => {
    const { app } = await started({}, new ScriptedSource('demo'));
    const [amina] = app.demonstration!;
    await app.identity.signIn({ email: amina!.email, password: 'fel', address: '192.0.2.7', cookie: null });
    app.logger.warn(
      { email: amina!.email, inside: { password: amina!.password, deeper: { name: amina!.name } } },
      'a mistake'
    );
    app.logger.info({ kind: 'demo' }, 'control');
    expect(logged.join('')).toContain('control');
    expect(logged.join('')).toContain('[cut]');
    for (const secret of [amina!.email, amina!.password, amina!.name, '192.0.2.7'])
      expect(logged.join('')).not.toContain(secret);
  });
});

describe('demonstration and reality never mix', () => {
  const inside = (file: string) => join(home, file);

  test('each lives in its own file', async () => {
    await started(REAL);
    expect([existsSync(inside('stamgaffel.sqlite')), existsSync(inside('demo.sqlite'))]).toEqual([true, false]);
    await started({ DEMO: '1' }, new ScriptedSource('demo'));
    expect(existsSync(inside('demo.sqlite'))).toBe(true);
  });
  test('a demonstration is not served as real, nor reality as a demonstration', async () => {
    const { app } = await started({}, new ScriptedSource('demo'));
    await app.close();
    const asReal = { ...config(REAL), database: { kind: 'sqlite' as const, file: inside('demo.sqlite') } };
    await expect(createApp(asReal, { sources: [], logger })).rejects.toMatchObject({
      name: 'DatabaseUnusable',
      message: expect.stringMatching(/holds a demonstration/)
    });

    const { app: real } = await started(REAL);
    await real.close();
    const asDemo = {
      ...config({ DEMO: '1' }),
      database: { kind: 'sqlite' as const, file: inside('stamgaffel.sqlite') }
    };
    await expect(createApp(asDemo, { sources: [], logger })).rejects.toMatchObject({
      name: 'DatabaseUnusable',
      message: expect.stringMatching(/holds real calls/)
    });
    // Nothing of the demonstration was written before the refusal.
    const database = await openDatabase(inside('stamgaffel.sqlite'));
    closing.push(() => database.close());
    expect(await database.kysely.selectFrom('person').selectAll().execute()).toEqual([]);
  });
  test('a start that is refused lets go of the database again', async () => {
    const failing = new ScriptedSource();
    failing.start = () => Promise.reject(new Error('the exchange is on fire'));
    await expect(createApp(config(REAL), { sources: [failing], logger })).rejects.toThrow('on fire');
    // Another start would otherwise find the write-ahead log of one that never ended.
    expect(existsSync(inside('stamgaffel.sqlite-wal'))).toBe(false);
    await started(REAL);
  });
});
