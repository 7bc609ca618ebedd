import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createIdentity, type Identity } from '../../../src/lib/server/identity/identity.ts';
import type { Revocation } from '../../../src/lib/server/identity/revocations.ts';
import { hashed } from '../../../src/lib/server/identity/secrets.ts';
import { openBoards } from '../../../src/lib/server/store/boards.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { seeQueue, setQueue, setUnit } from '../../../src/lib/server/store/queues.ts';
import type { Viewer } from '../../../src/lib/domain/access.ts';
import { defaultBoard, type BoardDefinition } from '../../../src/lib/domain/board.ts';

const HOUR = 3_600_000;
const NINE = Date.UTC(2026, 10, 23, 8);
const amina = {
  email: 'Amina.Berg@exempelstad.se',
  name: 'Amina Berg',
  roles: ['agent'] as const,
  password: 'en gaffel av stål'
};

let database: Database;
let identity: Identity;
beforeEach(async () => {
  // Only Date: Lucia reads it itself, and the database's own timers must go on.
  vi.useFakeTimers({ toFake: ['Date'], now: NINE });
  database = await openDatabase(':memory:');
  identity = createIdentity({ db: database.kysely, secure: true, wait: async () => {} });
});
afterEach(async () => {
  identity.close();
  await database.close();
  vi.useRealTimers();
});

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const credentials = (cookie: string | null = null) => ({
  email: amina.email,
  password: amina.password,
  address: '192.0.2.7',
  cookie
});
async function signedIn(): Promise<string> {
  const result = await identity.signIn(credentials());
  if (result.outcome !== 'signed-in') throw new Error(result.outcome);
  return result.cookies[0]!.value;
}
const cookieOf = (token: string) => `theme=dark; __Host-session=${token}`;
const visit = (token: string) => identity.visit(new Headers({ cookie: cookieOf(token) }));
const nameOf = (viewer: Viewer | null | undefined) => (viewer?.kind === 'person' ? viewer.name : null);

describe('a session', () => {
  beforeEach(() => identity.people.add(amina));

  test('is a host cookie that scripts cannot read and other sites do not send', async () => {
    const result = await identity.signIn(credentials());
    expect(result).toMatchObject({ outcome: 'signed-in' });
    const [cookie] = result.outcome === 'signed-in' ? result.cookies : [];
    expect(cookie?.serialize()).toMatch(
      /^__Host-session=[\w-]{43}; HttpOnly; Max-Age=43200; Path=\/; SameSite=Lax; Secure$/
    );
  });

  test('goes by a plain name where people reach us on this machine without https', async () => {
    const plain = createIdentity({ db: database.kysely, secure: false });
    const result = await plain.signIn(credentials());
    expect(result.outcome === 'signed-in' && result.cookies[0]?.serialize()).toMatch(
      /^session=[\w-]{43}; HttpOnly; Max-Age=43200; Path=\/; SameSite=Lax$/
    );
  });

  test('tells who somebody is, with roles, and by a hash what the session is', async () => {
    const token = await signedIn();
    const { viewer } = await visit(token);
    expect(viewer).toMatchObject({ kind: 'person', name: 'Amina Berg', roles: ['agent'], sessionId: hashed(token) });
  });

  test('is stored as a hash: the row of a stolen database signs nobody in', async () => {
    const token = await signedIn();
    const rows = await database.kysely.selectFrom('session').selectAll().execute();
    expect(rows.map(({ id }) => id)).toEqual([hashed(token)]);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await visit(rows[0]!.id)).viewer).toBeNull();
    expect(await identity.authenticate({ cookie: cookieOf(rows[0]!.id) })).toBeNull();
  });

  test('survives half its life: the token stays the same and the cookie is set again', async () => {
    const token = await signedIn();
    later(6 * HOUR + 1);
    const { viewer, cookies } = await visit(token);
    expect(nameOf(viewer)).toBe('Amina Berg');
    expect(cookies.map(({ value }) => value)).toEqual([token]);
    later(11 * HOUR);
    expect(nameOf((await visit(token)).viewer)).toBe('Amina Berg');
  });

  test('is renewed by ten requests at once as by one', async () => {
    const token = await signedIn();
    later(7 * HOUR);
    const visits = await Promise.all(Array.from({ length: 10 }, () => visit(token)));
    expect(visits.map(({ viewer }) => nameOf(viewer))).toEqual(Array(10).fill('Amina Berg'));
    const rows = await database.kysely.selectFrom('session').select('expires_at').execute();
    expect(rows).toEqual([{ expires_at: Date.now() + 12 * HOUR }]);
  });

  test('lives 11 h 59 min without use and not 12 h', async () => {
    const token = await signedIn();
    later(11 * HOUR + 59 * 60_000);
    expect(nameOf((await visit(token)).viewer)).toBe('Amina Berg');
    const other = await signedIn();
    later(12 * HOUR);
    expect((await visit(other)).viewer).toBeNull();
  });

  test('ends after seven days, however much it is used', async () => {
    const token = await signedIn();
    for (let hour = 0; hour < 7 * 24; hour += 4) {
      expect(nameOf((await visit(token)).viewer)).toBe('Amina Berg');
      later(4 * HOUR);
    }
    expect(nameOf((await visit(token)).viewer)).toBe('Amina Berg');
    later(1_000);
    const { viewer, cookies } = await visit(token);
    expect(viewer).toBeNull();
    expect(cookies.map(({ value }) => value)).toEqual(['']);
    expect(await database.kysely.selectFrom('session').selectAll().execute()).toEqual([]);
  });

  test('is not prolonged by a socket', async () => {
    const token = await signedIn();
    for (let hour = 0; hour < 12; hour += 2) {
      expect(nameOf((await identity.authenticate({ cookie: cookieOf(token) }))?.viewer)).toBe('Amina Berg');
      later(2 * HOUR);
    }
    expect(await identity.authenticate({ cookie: cookieOf(token) })).toBeNull();
  });

  test('is another one after each sign-in, and the one before ends', async () => {
    const token = await signedIn();
    const result = await identity.signIn(credentials(cookieOf(token)));
    expect(result.outcome === 'signed-in' && result.cookies[0]?.value).not.toBe(token);
    expect((await visit(token)).viewer).toBeNull();
  });

  describe('when the person is given other rights', () => {
    const personIdOf = async (token: string) => {
      const { viewer } = await visit(token);
      return viewer?.kind === 'person' ? viewer.personId : '';
    };
    async function promoted(): Promise<{ before: string; after: string }> {
      const before = await signedIn();
      await identity.people.setRoles(await personIdOf(before), ['leader']);
      const { viewer, cookies } = await visit(before);
      expect(viewer).toMatchObject({ roles: ['leader'], sessionId: hashed(cookies[0]!.value) });
      return { before, after: cookies[0]!.value };
    }

    test('goes on with another token, once, and the one before opens no socket and is worth nothing soon after', async () => {
      const { before, after } = await promoted();
      expect(after).not.toBe(before);
      expect((await visit(after)).cookies).toEqual([]);
      expect(await identity.authenticate({ cookie: cookieOf(after) })).not.toBeNull();
      expect(await identity.authenticate({ cookie: cookieOf(before) })).toBeNull();
      later(30_000);
      expect((await visit(before)).viewer).toBeNull();
      expect(nameOf((await visit(after)).viewer)).toBe('Amina Berg');
    });

    test('is still one session: ten requests at once are one change, and the seven days are not begun anew', async () => {
      const before = await signedIn();
      await identity.people.setRoles(await personIdOf(before), ['leader']);
      later(1_000);
      const visits = await Promise.all(Array.from({ length: 10 }, () => visit(before)));
      expect(visits.map(({ viewer }) => nameOf(viewer))).toEqual(Array(10).fill('Amina Berg'));
      const made = visits.flatMap(({ cookies }) => cookies.map(({ value }) => value));
      expect(made).toHaveLength(1);
      const { viewer } = await visit(made[0]!);
      const own = await identity.account.sessions(viewer as Extract<Viewer, { kind: 'person' }>);
      expect(own).toMatchObject([{ createdAt: NINE, current: true }]);
    });

    test('ends with both its tokens at sign-out, with whichever of them one comes', async () => {
      for (const which of ['before', 'after'] as const) {
        const tokens = await promoted();
        await identity.signOut(cookieOf(tokens[which]));
        expect((await visit(tokens.before)).viewer).toBeNull();
        expect((await visit(tokens.after)).viewer).toBeNull();
        await identity.people.setRoles(
          (await database.kysely.selectFrom('person').select('id').executeTakeFirstOrThrow()).id,
          ['agent']
        );
      }
    });

    test('sends those who stay on a socket back for the token that took over', async () => {
      const before = await signedIn();
      const revoked: Revocation[] = [];
      identity.onRevoked((revocation) => revoked.push(revocation));
      await identity.authenticate({ cookie: cookieOf(before) });
      const sessionId = hashed(before);
      await identity.people.setRoles(await personIdOf(before), ['leader']);
      expect(revoked).toEqual([{ sessionId, why: 'changed' }]);
      await visit(before);
      await vi.waitFor(() => expect(revoked).toHaveLength(2), { timeout: 4_000 });
      expect(revoked[1]).toEqual({ sessionId, why: 'changed' });
    });
  });

  test('is another one after the password was changed, here and everywhere', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const { viewer } = await visit(here);
    const changed = await identity.changePassword(viewer as Extract<Viewer, { kind: 'person' }>, {
      present: amina.password,
      next: 'en annan gaffel av stål',
      address: '192.0.2.7',
      userAgent: null
    });
    const [cookie] = changed.outcome === 'changed' ? changed.cookies : [];
    expect(nameOf((await visit(cookie!.value)).viewer)).toBe('Amina Berg');
    for (const token of [here, there]) expect((await visit(token)).viewer).toBeNull();
  });

  test('ends at sign-out', async () => {
    const token = await signedIn();
    await identity.signOut(cookieOf(token));
    expect((await visit(token)).viewer).toBeNull();
  });

  test('of a disabled person is none', async () => {
    const token = await signedIn();
    const { viewer } = await visit(token);
    await identity.people.disable(viewer?.kind === 'person' ? viewer.personId : '');
    expect((await visit(token)).viewer).toBeNull();
    expect((await identity.signIn(credentials())).outcome).toBe('wrong');
  });

  test.each(['__Host-session=%', '__Host-session', '=', ';;', '__Host-session=; x=y'])(
    'is not in the cookie %s',
    async (cookie) => {
      expect((await identity.visit(new Headers({ cookie }))).viewer).toBeNull();
      expect(await identity.authenticate({ cookie })).toBeNull();
    }
  );
});

describe('whoever stays on a socket', () => {
  const revoked: Revocation[] = [];
  let token: string;
  let sessionId: string;
  let personId: string;
  let stop: () => void;
  beforeEach(async () => {
    revoked.length = 0;
    personId = await identity.people.add(amina);
    stop = identity.onRevoked((revocation) => revoked.push(revocation));
    token = await signedIn();
    sessionId = hashed(token);
    await identity.authenticate({ cookie: cookieOf(token) });
  });

  test('is told to leave when the person signs out', async () => {
    await identity.signOut(cookieOf(token));
    expect(revoked).toEqual([{ sessionId, why: 'ended' }]);
  });
  test('is told to leave when the person is disabled', async () => {
    await identity.people.disable(personId);
    expect(revoked).toEqual([{ sessionId, why: 'ended' }]);
  });
  test('is told when roles change, once for each change', async () => {
    await identity.people.setRoles(personId, ['leader']);
    await identity.people.setRoles(personId, []);
    expect(revoked).toEqual([
      { sessionId, why: 'changed' },
      { sessionId, why: 'changed' }
    ]);
  });
  test('is told when a queue or a board of theirs becomes another unit’s, and hears nothing of a new name', async () => {
    const { kysely } = database;
    for (const id of ['skola', 'omsorg']) await setUnit(kysely, { id, name: id, position: 0 });
    const queue = await seeQueue(kysely, 'pbx', 'forskola', NINE, 'Europe/Stockholm');
    await setQueue(kysely, queue, { unit: 'omsorg' });
    await identity.people.setUnits(personId, ['skola']);
    await identity.authenticate({ cookie: cookieOf(token) });
    revoked.length = 0;
    const board: BoardDefinition = { ...defaultBoard(null), id: 'koket', name: 'Köket', unit: 'skola' };
    const boards = await openBoards(database, () => new Map());
    const changed = { sessionId, why: 'changed' };
    const after = async (act: Promise<unknown>) => {
      await act;
      await identity.rightsChanged();
      return revoked.splice(0);
    };

    expect(await after(setQueue(kysely, queue, { name: 'Förskola', unit: 'omsorg' }))).toEqual([]);
    expect(await after(setQueue(kysely, queue, { unit: 'skola' }))).toEqual([changed]);
    expect(await after(setQueue(kysely, queue, { name: 'Förskola och skola' }))).toEqual([]);
    expect(await after(boards.save(board, true, 'all', NINE))).toEqual([changed]);
    expect(await after(boards.save({ ...board, name: 'Lunchrummet' }, false, 'all', NINE))).toEqual([]);
    const found = await identity.authenticate({ cookie: cookieOf(token) });
    expect(found?.viewer).toMatchObject({ ties: { boards: ['skola', 'koket'], queues: [queue] } });
    expect(await after(boards.remove('koket', 'all'))).toEqual([changed]);
    expect(await after(setQueue(kysely, queue, { unit: null }))).toEqual([changed]);
  });
  test('is told to leave when the session has run out, and knows beforehand when', async () => {
    const found = await identity.authenticate({ cookie: cookieOf(token) });
    expect(found?.expiresAt).toBe(NINE + 12 * HOUR);
    later(12 * HOUR);
    await vi.waitFor(() => expect(revoked).toEqual([{ sessionId, why: 'ended' }]), { timeout: 4_000 });
  });
  test('knows that seven days is the end, however lately the session was renewed', async () => {
    for (let hour = 0; hour < 7 * 24 - 4; hour += 4) {
      later(4 * HOUR);
      await visit(token);
    }
    const found = await identity.authenticate({ cookie: cookieOf(token) });
    expect(found?.expiresAt).toBe(NINE + 7 * 24 * HOUR);
  });
  test('is told within seconds when another node changes rights', async () => {
    const elsewhere = createIdentity({ db: database.kysely, secure: true });
    await elsewhere.people.disable(personId);
    await vi.waitFor(() => expect(revoked).toEqual([{ sessionId, why: 'ended' }]), { timeout: 4_000 });
  });
  test('hears nothing of what concerns others, nor after it has left', async () => {
    const other = await identity.people.add({ ...amina, email: 'annan@exempelstad.se' });
    await identity.people.setRoles(other, ['coach']);
    stop();
    await identity.people.disable(personId);
    expect(revoked).toEqual([]);
  });
});
