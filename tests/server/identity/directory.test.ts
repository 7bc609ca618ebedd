import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createIdentity, type Identity } from '../../../src/lib/server/identity/identity.ts';
import { DIRECTORY_ABSOLUTE_MS } from '../../../src/lib/server/identity/sessions.ts';
import type { DirectorySignIn } from '../../../src/lib/server/identity/ways-in.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { CLIENT, LocalDirectory } from '../../support/directory.ts';

const ORIGIN = 'http://127.0.0.1:15510';
const directory = new LocalDirectory();
const TENANT = '5d6e5f0a-0000-4000-8000-00000000000a';
beforeAll(() => directory.start(`${ORIGIN}/login/directory/callback`));
afterAll(() => directory.stop());

let database: Database;
let identity: Identity;
beforeEach(async () => {
  database = await openDatabase(':memory:');
  const settings = { ...CLIENT, issuer: directory.issuer, name: 'Exempelstad' };
  identity = createIdentity({ db: database.kysely, secure: false, directory: { settings, origin: ORIGIN } });
  directory.people.set('amina', {
    tid: TENANT,
    oid: 'object-amina',
    name: 'Amina Berg',
    preferred_username: 'Amina.Berg@exempelstad.se',
    roles: ['agent', 'something-else']
  });
});
afterEach(async () => {
  identity.close();
  await database.close();
  vi.useRealTimers();
});

async function begun(again = false): Promise<{ url: string; cookie: string }> {
  const begun = await identity.directory!.begin({ returnTo: '/strip', again });
  if (begun === 'unreachable') throw new Error('The directory is not there');
  return { url: begun.url, cookie: `${begun.cookie.name}=${begun.cookie.value}` };
}
const finished = (url: URL, cookie: string | null) => identity.finishDirectory({ url, cookie, userAgent: null });
async function signIn(who = 'amina'): Promise<DirectorySignIn> {
  const { url, cookie } = await begun();
  return finished(await directory.signIn(url, who), cookie);
}
async function viewerOf(result: DirectorySignIn) {
  if (result.outcome !== 'signed-in') throw new Error(result.outcome);
  const cookie = result.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const { viewer } = await identity.visit(new Headers({ cookie }));
  return viewer?.kind === 'person' ? viewer : null;
}

describe('signing in by the organisation’s directory', () => {
  test('asks with a proof key, a state and a nonce, and to be answered in the address', async () => {
    const { searchParams } = new URL((await begun()).url);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      response_mode: 'query',
      code_challenge_method: 'S256',
      scope: 'openid profile email'
    });
    for (const secret of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(secret)?.length).toBe(43);
  });

  test('makes a person of whoever comes the first time, with the roles that are ours, and sends them on', async () => {
    const result = await signIn();
    expect(result).toMatchObject({ outcome: 'signed-in', returnTo: '/strip', without: null });
    expect(await viewerOf(result)).toMatchObject({ name: 'Amina Berg', roles: ['agent'] });
    const [amina] = await identity.roster();
    expect(amina).toMatchObject({ email: 'amina.berg@exempelstad.se', signsInBy: 'directory' });
  });

  test('knows a person by tenant and object: a new name and address are the same person', async () => {
    const first = await viewerOf(await signIn());
    directory.people.set('amina', {
      ...directory.people.get('amina'),
      name: 'Amina Ek',
      preferred_username: 'amina.ek@exempelstad.se'
    });
    const second = await viewerOf(await signIn());
    expect(second).toMatchObject({ personId: first?.personId, name: 'Amina Ek' });
  });

  test('never lets the address of somebody else’s account open that account', async () => {
    const there = { email: 'amina.berg@exempelstad.se', name: 'Amina den äldre', roles: ['administrator'] as const };
    const id = await identity.people.add({ ...there, password: 'en gaffel av stål' });
    const viewer = await viewerOf(await signIn());
    expect(viewer?.personId).not.toBe(id);
    expect(viewer?.roles).toEqual(['agent']);
  });

  test('takes the roles anew each time: what the directory no longer tells is gone', async () => {
    await signIn();
    directory.people.set('amina', { ...directory.people.get('amina'), roles: ['leader'] });
    expect((await viewerOf(await signIn()))?.roles).toEqual(['leader']);
    directory.people.set('amina', { ...directory.people.get('amina'), roles: undefined });
    const without = await signIn();
    expect(without).toMatchObject({ without: 'none-told' });
    expect((await viewerOf(without))?.roles).toEqual([]);
  });

  test('gives no role at all to somebody who is told to be administrator and coach', async () => {
    directory.people.set('amina', { ...directory.people.get('amina'), roles: ['administrator', 'coach'] });
    const result = await signIn();
    expect(result).toMatchObject({ without: 'role-conflict' });
    expect((await viewerOf(result))?.roles).toEqual([]);
  });

  test('lets nobody in who is disabled here', async () => {
    const viewer = await viewerOf(await signIn());
    await identity.people.disable(viewer!.personId);
    expect(await signIn()).toEqual({ outcome: 'disabled' });
  });

  test('takes no answer without the question: not another browser’s, not twice, not with another state', async () => {
    const { url, cookie } = await begun();
    const other = await begun();
    const back = await directory.signIn(url, 'amina');
    expect(await finished(back, null)).toEqual({ outcome: 'not-ours' });
    expect(await finished(back, other.cookie)).toEqual({ outcome: 'not-ours' });
    expect(await finished(back, 'directory=nonsense%')).toEqual({ outcome: 'not-ours' });
    expect((await finished(back, cookie)).outcome).toBe('signed-in');
    expect(await finished(back, cookie)).toEqual({ outcome: 'not-ours' });
  });

  test('lasts a working day and no longer, because nobody tells us when somebody is sent away there', async () => {
    const result = await signIn();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + DIRECTORY_ABSOLUTE_MS / 2 + 60_000 });
    expect(await viewerOf(result)).not.toBeNull();
    vi.setSystemTime(Date.now() + DIRECTORY_ABSOLUTE_MS / 2);
    expect(await viewerOf(result)).toBeNull();
  });

  test('has no password here: no link to one can be made, and none proves who it is', async () => {
    const viewer = await viewerOf(await signIn());
    await expect(identity.invitations.make(viewer!, viewer!.personId)).rejects.toMatchObject({ reason: 'directory' });
    expect(await identity.account.proven(viewer!)).toBe(true);
    expect(await identity.account.prove(viewer!, 'vad som helst')).toBe('directory');
  });

  test('says that the directory cannot be reached, and goes on when it can', async () => {
    const settings = { ...CLIENT, issuer: 'http://127.0.0.1:9', name: 'Borta' };
    const away = createIdentity({ db: database.kysely, secure: false, directory: { settings, origin: ORIGIN } });
    expect(await away.directory!.begin({ returnTo: '/', again: false })).toBe('unreachable');
  });
});
