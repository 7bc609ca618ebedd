import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/lib/domain/access.ts';
import { apiTokenKeeping, retentionKeeping } from '../../src/lib/server/administration.ts';
import { createIdentity, type Identity } from '../../src/lib/server/identity/identity.ts';
import { openDatabase, type Database } from '../../src/lib/server/store/database.ts';
import { openRetention } from '../../src/lib/server/store/retention.ts';

const password = 'en lång hemlighet';
let database: Database;
let identity: Identity;
let me: Extract<Viewer, { kind: 'person' }>;

beforeEach(async () => {
  database = await openDatabase(':memory:');
  identity = createIdentity({ db: database.kysely, secure: true });
  await identity.people.add({ name: 'Eva', email: 'eva@exempelstad.se', password, roles: ['administrator'] });
  const wish = { email: 'eva@exempelstad.se', password, address: '192.0.2.1', cookie: null };
  const signedIn = await identity.signIn(wish);
  const cookie = signedIn.outcome === 'signed-in' ? `${signedIn.cookies[0]!.name}=${signedIn.cookies[0]!.value}` : '';
  me = (await identity.authenticate({ cookie }))!.viewer as typeof me;
});
afterEach(async () => {
  identity.close();
  await database.close();
});
const audited = async () =>
  (await database.kysely.selectFrom('audit').select('act').orderBy('position').execute()).map(({ act }) => act);

describe('tokens', () => {
  const wish = { name: 'Intranätet', scopes: ['boards:read'] as const, days: 30 };

  it('one is made, used, listed with its use, revoked and heard of, and the audit log tells both', async () => {
    const keeping = apiTokenKeeping(identity);
    const made = await keeping.create(me, wish);
    if (made.outcome !== 'made') throw new Error(made.refusal);
    expect(await keeping.list()).toMatchObject([{ name: 'Intranätet', scopes: ['boards:read'], lastUsedAt: null }]);

    const heard: unknown[] = [];
    identity.onRevoked((revocation) => heard.push(revocation));
    await identity.authenticate({ authorization: `Bearer ${made.token}` });
    expect((await keeping.list())[0]!.lastUsedAt).toBeGreaterThan(0);
    expect(JSON.stringify(await keeping.list())).not.toContain(made.token);

    expect(await keeping.revoke(me, made.id)).toBe(true);
    expect(heard).toEqual([{ tokenId: made.id, why: 'ended' }]);
    expect(await identity.authenticate({ authorization: `Bearer ${made.token}` })).toBeNull();
    expect(await keeping.revoke(me, made.id)).toBe(false);
    expect((await audited()).slice(-2)).toEqual(['token-made', 'token-ended']);
  });
  it.each([
    ['no name', { ...wish, name: ' ' }, 'name'],
    ['a name of 81 letters', { ...wish, name: 'x'.repeat(81) }, 'name'],
    ['no scope', { ...wish, scopes: [] }, 'scopes'],
    ['no day', { ...wish, days: 0 }, 'days'],
    ['401 days', { ...wish, days: 401 }, 'days']
  ] as const)('%s is refused, and nothing is made', async (_what, asked, refusal) => {
    const keeping = apiTokenKeeping(identity);
    expect(await keeping.create(me, asked)).toEqual({ outcome: 'refused', refusal });
    expect(await keeping.list()).toEqual([]);
  });
  it('whoever did not prove lately who they are must do so first', async () => {
    await database.kysely.updateTable('session').set({ proven_at: 0 }).execute();
    expect(await apiTokenKeeping(identity).create(me, wish)).toEqual({ outcome: 'refused', refusal: 'prove' });
  });
});

describe('how long what is kept', () => {
  it('a change is in the audit log, and a refused one is not', async () => {
    const retention = openRetention(database, { zone: 'Europe/Stockholm', forgetTokens: () => Promise.resolve() });
    const keeping = retentionKeeping(retention, identity, () => Date.now());
    const wish = { kept: 'log', period: 3, decision: 'KS 2026/114', decidedOn: null } as const;
    const before = (await audited()).length;
    expect(await keeping.set(me, wish)).toBe('period');
    expect(await audited()).toHaveLength(before);
    expect(await keeping.set(me, { ...wish, period: 36 })).toBeNull();
    expect((await audited()).at(-1)).toBe('retention-changed');
  });
});
