import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdentity, type Identity } from '../../../src/lib/server/identity/identity.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';

let database: Database;
let identity: Identity;
const eva = { name: 'Eva Ek', email: 'eva@exempelstad.se', password: 'en lång hemlighet' };

beforeEach(async () => {
  database = await openDatabase(':memory:');
  identity = createIdentity({ db: database.kysely, secure: true });
});
afterEach(async () => {
  vi.useRealTimers();
  identity.close();
  await database.close();
});

describe('the first start', () => {
  it('makes one administrator, who can sign in, and the audit log tells of it', async () => {
    const secret = (await identity.firstStart.invite())!;
    expect(await identity.firstStart.begin({ secret, ...eva })).toEqual({ outcome: 'made' });
    const wish = { email: eva.email, password: eva.password, address: '192.0.2.1', cookie: null };
    const signedIn = await identity.signIn(wish);
    expect(signedIn.outcome).toBe('signed-in');
    const acts = await database.kysely.selectFrom('audit').select(['act', 'actor']).orderBy('position').execute();
    expect(acts.slice(0, 2)).toEqual([
      { act: 'person-added', actor: 'stamgaffel' },
      { act: 'roles-changed', actor: 'stamgaffel' }
    ]);
  });
  it('holds once, also for two at the same time', async () => {
    const secret = (await identity.firstStart.invite())!;
    const both = [eva, { ...eva, email: 'ola@exempelstad.se' }].map((who) =>
      identity.firstStart.begin({ secret, ...who })
    );
    const outcomes = (await Promise.all(both)).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['gone', 'made']);
    expect(await database.kysely.selectFrom('person').select('id').execute()).toHaveLength(1);
  });
  it('is not offered where there is an administrator, and an earlier link is worth nothing then', async () => {
    const secret = (await identity.firstStart.invite())!;
    await identity.people.add({ ...eva, roles: ['administrator'] });
    expect(await identity.firstStart.invite()).toBeNull();
    const ola = { ...eva, email: 'ola@exempelstad.se' };
    expect(await identity.firstStart.begin({ secret, ...ola })).toEqual({ outcome: 'gone' });
  });
  it('ends after 24 hours, and a new start ends the link before', async () => {
    const first = (await identity.firstStart.invite())!;
    const second = (await identity.firstStart.invite())!;
    expect(await identity.firstStart.begin({ secret: first, ...eva })).toEqual({ outcome: 'gone' });
    vi.useFakeTimers({ now: Date.now() + 24 * 3_600_000, toFake: ['Date'] });
    expect(await identity.firstStart.begin({ secret: second, ...eva })).toEqual({ outcome: 'gone' });
    vi.setSystemTime(Date.now() - 1_000);
    expect(await identity.firstStart.begin({ secret: second, ...eva })).toEqual({ outcome: 'made' });
  });
  it('a password that is too short costs nothing but another try', async () => {
    const secret = (await identity.firstStart.invite())!;
    const short = await identity.firstStart.begin({ secret, ...eva, password: 'kort' });
    expect(short).toEqual({ outcome: 'refused', why: 'password' });
    expect(await identity.firstStart.begin({ secret, ...eva })).toEqual({ outcome: 'made' });
  });
  it('only the hash of the secret is kept', async () => {
    const secret = (await identity.firstStart.invite())!;
    const rows = await database.kysely.selectFrom('first_start').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});
