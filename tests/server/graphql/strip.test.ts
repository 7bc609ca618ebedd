import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AnnouncementWish } from '../../../src/lib/domain/announcement.ts';
import { stripFrame, type StripFrame } from '../../../src/lib/domain/strip.ts';
import { DEFAULT_STRIP_SETTINGS } from '../../../src/lib/domain/strip-settings.ts';
import { hashes } from '../../../src/lib/operations/hashes.ts';
import type { PostedAnnouncement } from '../../../src/lib/server/graphql/announcement.ts';
import type { Services } from '../../../src/lib/server/graphql/context.ts';
import { FakeFeed } from '../../support/fake-feed.ts';
import { busy } from '../../support/frames.ts';
import { type GraphqlServer, graphqlServer } from '../../support/graphql-server.ts';
import { RawSocket } from '../../support/raw-socket.ts';

const ties = { boards: ['all', 'forskola-och-skola'], queues: ['forskola'] };
const own = { kind: 'talking', wrapUpUntil: null, paused: false } as const;

let server: GraphqlServer;
let posted: { wish: AnnouncementWish; replaces: string | null }[];
let pauses: string[];
let standing: PostedAnnouncement;
beforeEach(async () => {
  posted = [];
  pauses = [];
  const frame = busy();
  standing = {
    id: 'one',
    text: 'Nya regler.',
    boards: ['vard-och-omsorg'],
    queues: [],
    from: frame.asOf,
    until: frame.asOf + 1,
    postedAt: frame.asOf,
    takenDownAt: null,
    postedBy: null,
    replaces: null
  };
  const strip = (queues: readonly string[]): StripFrame =>
    stripFrame(frame, { own, signedInTo: new Set(queues), ofUnits: new Set() }, []);
  const services: Pick<Services, 'announcements' | 'strips'> = {
    announcements: {
      post: (_, wish, replaces) => {
        posted.push({ wish, replaces });
        return Promise.resolve({ ...standing, ...wish });
      },
      takeDown: () => Promise.resolve(true),
      history: () => Promise.resolve([standing]),
      find: (id) => Promise.resolve(id === standing.id ? standing : null)
    },
    strips: {
      current: ({ ties: whose }) => strip(whose?.queues ?? []),
      watch: () => () => {},
      settings: () => Promise.resolve(DEFAULT_STRIP_SETTINGS),
      save: () => Promise.resolve(),
      pausing: { allowed: true, reasons: ['Lunch'] },
      pause: ({ personId }, paused) => {
        pauses.push(`${personId} ${paused}`);
        return Promise.resolve('refused');
      }
    }
  };
  server = await graphqlServer({
    feed: new FakeFeed(frame, { ...frame, board: { ...frame.board, id: 'forskola-och-skola' } }),
    services
  });
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
const until = () => new Date(busy().asOf + 3_600_000).toISOString();

describe('a leader', () => {
  const wish = (boards: string[], queues: string[] = []) => ({ text: 'Säg så här.', boards, queues, until: until() });

  test('posts to everybody, to their own unit and about their own queues', async () => {
    const cookie = server.identity.person('maria', { roles: ['leader'], ties });
    for (const places of [wish(['all']), wish(['forskola-och-skola']), wish([], ['forskola'])]) {
      const { data, code } = await ask(cookie, 'PostAnnouncement', places);
      expect([code, data?.postAnnouncement]).toMatchObject([
        undefined,
        { refusal: null, announcement: { text: 'Säg så här.' } }
      ]);
    }
    expect(posted.map(({ wish: { boards, queues } }) => [...boards, ...queues])).toEqual([
      ['all'],
      ['forskola-och-skola'],
      ['forskola']
    ]);
  });

  test('posts nothing in another unit’s name, and nothing to a board that is not there', async () => {
    const cookie = server.identity.person('maria', { roles: ['leader'], ties });
    for (const places of [wish(['vard-och-omsorg']), wish(['all'], ['parkering']), wish(['all', 'atlantis'])])
      expect((await ask(cookie, 'PostAnnouncement', places)).code).toBe('NOT_FOUND');
    expect(posted).toEqual([]);
  });

  test('is told why not as an answer', async () => {
    const cookie = server.identity.person('maria', { roles: ['leader'], ties });
    const long = { ...wish(['all']), text: 'en\ntvå\ntre\nfyra\nfem' };
    expect((await ask(cookie, 'PostAnnouncement', long)).data?.postAnnouncement).toEqual({
      announcement: null,
      refusal: 'TOO_MANY_LINES'
    });
  });

  test('neither takes down nor replaces what another unit has said', async () => {
    const cookie = server.identity.person('maria', { roles: ['leader'], ties });
    expect((await ask(cookie, 'TakeDownAnnouncement', { id: 'one' })).code).toBe('NOT_FOUND');
    expect((await ask(cookie, 'PostAnnouncement', { ...wish(['all']), replaces: 'one' })).code).toBe('NOT_FOUND');
    const theirs = server.identity.person('per', {
      roles: ['leader'],
      ties: { boards: ['vard-och-omsorg'], queues: [] }
    });
    expect((await ask(theirs, 'TakeDownAnnouncement', { id: 'one' })).data).toEqual({ takeDownAnnouncement: true });
  });
});

test('nobody but a leader posts: not an agent, not a coach, not an administrator', async () => {
  for (const role of ['agent', 'coach', 'method-lead', 'administrator'] as const) {
    const cookie = server.identity.person(role, { roles: [role], ties });
    const variables = { text: 'x', boards: ['all'], queues: [], until: until() };
    expect((await ask(cookie, 'PostAnnouncement', variables)).code, role).toBe('NOT_FOUND');
    expect((await ask(cookie, 'Announcements')).code, role).toBe('NOT_FOUND');
  }
});

describe('the strip', () => {
  const live = { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: hashes.StripLive } } };

  test('is each agent’s own, also when two follow at once', async () => {
    const amina = server.identity.person('amina', { roles: ['agent'], ties });
    const oskar = server.identity.person('oskar', { roles: ['agent'], ties: { boards: [], queues: ['parkering'] } });
    expect(JSON.stringify((await ask(amina, 'Strip')).data)).toContain('Förskola');
    expect(JSON.stringify((await ask(oskar, 'Strip')).data)).not.toContain('Förskola');
    const sockets = await Promise.all(
      [amina, oskar].map((cookie) => RawSocket.acknowledged(server.socketUrl, { cookie }))
    );
    const told = await Promise.all(
      sockets.map(async (socket) => {
        socket.subscribe('1', live);
        return JSON.stringify((await socket.next('next', '1')).payload);
      })
    );
    expect(told[0]).toContain('Förskola');
    expect(told[1]).toContain('Parkering');
    expect(told[1]).not.toContain('Förskola');
    expect(server.api.sockets.audiences()).toHaveLength(2);
    for (const socket of sockets) socket.close();
  });

  test('is nobody’s who does not answer: a leader, a coach, an administrator and a screen are told that there is none', async () => {
    const cookies = (['leader', 'coach', 'administrator'] as const).map((role) =>
      server.identity.person(role, { roles: [role], ties })
    );
    for (const cookie of [...cookies, server.identity.screen('tv', 'all')])
      for (const name of ['Strip', 'StripSettings', 'PauseSelf'] as const)
        expect((await ask(cookie, name, name === 'PauseSelf' ? { paused: true } : {})).code).toBe('NOT_FOUND');
    expect(pauses).toEqual([]);
  });

  test('pauses the one who asks, and gives the exchange’s own answer', async () => {
    const amina = server.identity.person('amina', { roles: ['agent'], ties });
    expect((await ask(amina, 'PauseSelf', { paused: true, reason: 'Lunch' })).data).toEqual({ pauseSelf: 'REFUSED' });
    expect(pauses).toEqual(['amina true']);
  });

  test('takes quiet hours that are times of the day', async () => {
    const amina = server.identity.person('amina', { roles: ['agent'], ties });
    const settings = { ...DEFAULT_STRIP_SETTINGS, quietFrom: '16:30' };
    expect((await ask(amina, 'SaveStripSettings', settings)).data).toEqual({ saveStripSettings: settings });
    expect((await ask(amina, 'SaveStripSettings', { ...settings, quietFrom: 'sent' })).code).toBe('BAD_REQUEST');
  });
});
