import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createIdentity, type Identity } from '../../../src/lib/server/identity/identity.ts';
import { DAY_MS } from '../../../src/lib/server/identity/api-tokens.ts';
import { createPasswords, TooBusy } from '../../../src/lib/server/identity/passwords.ts';
import { hashed, looksLikeApiToken, newApiToken } from '../../../src/lib/server/identity/secrets.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';

const amina = {
  email: 'amina.berg@exempelstad.se',
  name: 'Amina Berg',
  roles: ['agent'] as const,
  password: 'en gaffel av stål'
};
const attempt = (wish: Partial<Parameters<Identity['signIn']>[0]> = {}) => ({
  email: amina.email,
  password: amina.password,
  address: '192.0.2.7',
  cookie: null,
  ...wish
});

let database: Database;
let identity: Identity;
const waits: number[] = [];
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 23, 8) });
  waits.length = 0;
  database = await openDatabase(':memory:');
  identity = createIdentity({ db: database.kysely, secure: true, wait: async (ms) => void waits.push(ms) });
});
afterEach(async () => {
  identity.close();
  await database.close();
  vi.useRealTimers();
});

describe('signing in', () => {
  beforeEach(() => identity.people.add(amina));

  test('takes the e-mail address in any case, and the password only as it is', async () => {
    expect((await identity.signIn(attempt({ email: ' AMINA.Berg@Exempelstad.SE ' }))).outcome).toBe('signed-in');
    expect((await identity.signIn(attempt({ password: amina.password.toUpperCase() }))).outcome).toBe('wrong');
  });
  test('an account that does not exist is slowed and answered like one that does', async () => {
    for (const email of ['ingen@exempelstad.se', amina.email]) {
      waits.length = 0;
      for (let n = 0; n < 5; n++)
        expect((await identity.signIn(attempt({ email, password: 'fel' }))).outcome).toBe('wrong');
      expect(waits).toEqual([1000, 2000]);
    }
  });
  test('an account that does not exist costs as much work as one that does', async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash('något helt annat');
    const took = async (against: string | null) => {
      const began = performance.now();
      expect(await passwords.right(against, 'fel')).toBe(false);
      return performance.now() - began;
    };
    await took(null); // The decoy is made once.
    const [unknown, known] = [await took(null), await took(stored)];
    // Generous, because two cores are shared: without the work the ratio is in the thousands.
    expect(unknown / known).toBeGreaterThan(0.2);
  });
  test('from a device it knows, a person pays nothing for what others guessed', async () => {
    const first = await identity.signIn(attempt());
    const device = first.outcome === 'signed-in' ? first.cookies[1]! : null;
    for (let n = 0; n < 6; n++) await identity.signIn(attempt({ password: 'fel', address: '203.0.113.9' }));
    waits.length = 0;
    await identity.signIn(attempt({ cookie: `${device?.name}=${device?.value}` }));
    expect(waits).toEqual([]);
    await identity.signIn(attempt({ cookie: `${device?.name}=${device?.value.replace(/.$/, '')}` }));
    expect(waits).toEqual([8000]);
  });
  test('a known device is known by the account that signed in from it, and by no other', async () => {
    await identity.people.add({ ...amina, email: 'karin@exempelstad.se' });
    const first = await identity.signIn(attempt());
    const device = first.outcome === 'signed-in' ? first.cookies[1]! : null;
    const cookie = `${device?.name}=${device?.value}`;
    for (let n = 0; n < 4; n++)
      await identity.signIn(attempt({ email: 'karin@exempelstad.se', password: 'fel', cookie }));
    expect(waits).toEqual([1000]);
  });
});

test('passwords are argon2id with 64 MiB and three passes', async () => {
  expect(await createPasswords().hash('en gaffel av stål')).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
});
test('when too many sign in at once the next is asked to come back, and those before are served', async () => {
  const passwords = createPasswords();
  const many = Array.from({ length: 43 }, () =>
    passwords.right('$argon2id$v=19$m=8,t=1,p=1$YWFhYWFhYWE$nothing', 'x').catch((error: unknown) => error)
  );
  const results = await Promise.all(many);
  expect(results.filter((result) => result instanceof TooBusy)).toHaveLength(1);
});

describe('people', () => {
  test.each([
    ['email', { email: 'amina' }],
    ['password', { password: 'elva tecken' }],
    ['role-conflict', { roles: ['administrator', 'coach'] as const }],
    ['role-conflict', { roles: ['method-lead', 'administrator'] as const }]
  ])('are refused for their %s', async (reason, wrong) => {
    await expect(identity.people.add({ ...amina, ...wrong })).rejects.toMatchObject({ name: 'PersonRefused', reason });
  });
  test('are refused a second time', async () => {
    await identity.people.add(amina);
    await expect(identity.people.add({ ...amina, email: amina.email.toUpperCase() })).rejects.toMatchObject({
      reason: 'taken'
    });
  });
  test('have no role that this version does not know', async () => {
    const id = await identity.people.add(amina);
    await database.kysely.insertInto('person_role').values({ person_id: id, role: 'emperor' }).execute();
    expect(await identity.people.rolesOf(id)).toEqual(['agent']);
  });
  test('that do not exist cannot be changed', async () => {
    await expect(identity.people.setRoles('nobody', [])).rejects.toMatchObject({ reason: 'unknown' });
    await expect(identity.people.disable('nobody')).rejects.toMatchObject({ reason: 'unknown' });
  });
});

describe('a token', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const made = () => identity.tokens.create({ name: 'Intranätet', scopes: ['boards:read'], days: 30 });

  test('is sg_, 256 bits and a checksum that tells a mistyped one', () => {
    const token = newApiToken();
    expect(token).toMatch(/^sg_[0-9a-f]{72}$/);
    expect(looksLikeApiToken(token)).toBe(true);
    expect(looksLikeApiToken(token.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBe(false);
    expect(looksLikeApiToken(token.slice(0, -8))).toBe(false);
  });
  test('is an integrator with its scopes, and is stored as a hash', async () => {
    const { token, id } = await made();
    expect((await identity.authenticate(bearer(token)))?.viewer).toEqual({
      kind: 'integrator',
      tokenId: id,
      scopes: ['boards:read']
    });
    const rows = await database.kysely.selectFrom('api_token').selectAll().execute();
    expect(rows).toMatchObject([{ hash: hashed(token), last_used_at: Date.now() }]);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await identity.authenticate(bearer(rows[0]!.hash))).toBeNull();
  });
  test('shows its last use to the minute', async () => {
    const { token } = await made();
    const used = Date.now();
    const lastUse = async () =>
      (await database.kysely.selectFrom('api_token').selectAll().executeTakeFirstOrThrow()).last_used_at;
    await identity.authenticate(bearer(token));
    vi.setSystemTime(used + 59_000);
    await identity.authenticate(bearer(token));
    expect(await lastUse()).toBe(used);
    vi.setSystemTime(used + 60_000);
    await identity.authenticate(bearer(token));
    expect(await lastUse()).toBe(used + 60_000);
  });
  test('ends when its days are over, and when it is revoked', async () => {
    const [one, other] = [await made(), await made()];
    await identity.tokens.revoke(one.id);
    expect(await identity.authenticate(bearer(one.token))).toBeNull();
    vi.setSystemTime(Date.now() + 30 * DAY_MS);
    expect(await identity.authenticate(bearer(other.token))).toBeNull();
  });
  test('ends what it opened when it is revoked', async () => {
    const { token, id } = await made();
    const revoked: unknown[] = [];
    identity.onRevoked((revocation) => revoked.push(revocation));
    await identity.authenticate(bearer(token));
    await identity.tokens.revoke(id);
    expect(revoked).toEqual([{ tokenId: id, why: 'ended' }]);
  });
  test('that is wrong is nobody, whatever the cookie says', async () => {
    await identity.people.add(amina);
    const result = await identity.signIn(attempt());
    const cookie = result.outcome === 'signed-in' ? `__Host-session=${result.cookies[0]!.value}` : '';
    expect(await identity.authenticate({ cookie })).toMatchObject({ viewer: { kind: 'person' } });
    expect(await identity.authenticate({ cookie, authorization: 'Bearer sg_wrong' })).toBeNull();
    expect(await identity.authenticate({ cookie, authorization: 'Basic eA==' })).toBeNull();
  });
  test.each([
    ['a name', { name: ' ' }],
    ['a scope', { scopes: [] }],
    ['an end', { days: 0 }],
    ['an end within 400 days', { days: 401 }],
    ['an end that is a number', { days: NaN }]
  ])('needs %s', async (_what, wrong) => {
    const wish = { name: 'Intranätet', scopes: ['boards:read'] as const, days: 30, ...wrong };
    await expect(identity.tokens.create(wish)).rejects.toMatchObject({ name: 'TokenRefused' });
  });
});

test('a person belongs to units: their boards and queues are the person’s own', async () => {
  const id = await identity.people.add(amina);
  expect(await identity.people.tiesOf(id)).toEqual({ boards: [], queues: [] });
  await database.kysely.insertInto('unit').values({ id: 'omsorg', name: 'Omsorg', position: 1 }).execute();
  await database.kysely.insertInto('person_unit').values({ person_id: id, unit_id: 'omsorg' }).execute();
  expect(await identity.people.tiesOf(id)).toEqual({ boards: ['omsorg'], queues: [] });
  for (const [position, name] of ['b', 'a'].entries()) {
    const settings = {
      source: 'main',
      pbx_name: name,
      name,
      short_name: name,
      position,
      shared_wrap_up: 0,
      seen_at: 0
    } as const;
    await database.kysely
      .insertInto('queue')
      .values({ id: name, unit_id: 'omsorg', ...settings })
      .execute();
  }
  expect(await identity.people.tiesOf(id)).toEqual({ boards: ['omsorg'], queues: ['a', 'b'] });

  const made = { name: 'Omsorg i köket', definition: '{}', changed_at: 0 };
  await database.kysely
    .insertInto('board')
    .values({ id: 'koket', unit_id: 'omsorg', ...made })
    .execute();
  await database.kysely
    .insertInto('board')
    .values({ id: 'entren', unit_id: null, ...made })
    .execute();
  expect(await identity.people.tiesOf(id)).toEqual({ boards: ['omsorg', 'koket'], queues: ['a', 'b'] });
});
