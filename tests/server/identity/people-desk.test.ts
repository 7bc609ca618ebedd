import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodedText } from '../../../src/lib/client/decoded-text.ts';
import type { PersonViewer } from '../../../src/lib/server/identity/account.ts';
import { createIdentity, type Identity } from '../../../src/lib/server/identity/identity.ts';
import { INVITATION_MS } from '../../../src/lib/server/identity/invitations.ts';
import type { Revocation } from '../../../src/lib/server/identity/revocations.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';

const HOUR = 3_600_000;
const PASSWORD = 'en gaffel av stål';
let database: Database;
let identity: Identity;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 23, 8) });
  database = await openDatabase(':memory:');
  identity = createIdentity({ db: database.kysely, secure: true, wait: async () => {} });
  const unit = { id: 'forskola', name: 'Förskola och skola', position: 0 };
  await database.kysely.insertInto('unit').values(unit).execute();
});
afterEach(async () => {
  identity.close();
  await database.close();
  vi.useRealTimers();
});
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** Somebody who has signed in: the viewer, and the cookie. */
async function comeIn(email: string): Promise<{ me: PersonViewer; cookie: string }> {
  const result = await identity.signIn({ email, password: PASSWORD, address: '192.0.2.7', cookie: null });
  if (result.outcome !== 'signed-in') throw new Error(result.outcome);
  const cookie = `${result.cookies[0]!.name}=${result.cookies[0]!.value}`;
  return { me: await viewerOf(cookie), cookie };
}
async function viewerOf(cookie: string): Promise<PersonViewer> {
  const { viewer } = await identity.visit(new Headers({ cookie }));
  if (viewer?.kind !== 'person') throw new Error('Nobody is signed in');
  return viewer;
}
const eva = { email: 'eva@exempelstad.se', name: 'Eva Ek', roles: ['administrator'] as const, password: PASSWORD };
const amina = { email: 'amina@exempelstad.se', name: 'Amina Berg', roles: ['agent'] as const };

describe('an invitation', () => {
  let admin: PersonViewer;
  let personId: string;
  beforeEach(async () => {
    await identity.people.add(eva);
    admin = (await comeIn(eva.email)).me;
    personId = await identity.people.add(amina, admin);
  });
  const accept = (secret: string, password = PASSWORD) =>
    identity.acceptInvitation({ secret, password, userAgent: null });

  test('says who made it, as often as it is looked at, and works once', async () => {
    const { secret, kind } = await identity.invitations.make(admin, personId);
    expect(kind).toBe('invitation');
    for (let look = 0; look < 3; look++)
      expect(await identity.invitations.look(secret)).toMatchObject({ name: 'Amina Berg', madeBy: 'Eva Ek' });
    expect((await accept(secret)).outcome).toBe('signed-in');
    expect(await accept(secret)).toEqual({ outcome: 'gone' });
    expect(await identity.invitations.look(secret)).toBeNull();
    expect((await comeIn(amina.email)).me.name).toBe('Amina Berg');
  });
  test('of two who press at once lets one in', async () => {
    const { secret } = await identity.invitations.make(admin, personId);
    const outcomes = await Promise.all([accept(secret), accept(secret, 'ett helt annat lösenord')]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['gone', 'signed-in']);
  });
  test('is stored as a hash, lives for 72 hours, and ends when another is made', async () => {
    const { secret } = await identity.invitations.make(admin, personId);
    expect(JSON.stringify(await database.kysely.selectFrom('invitation').selectAll().execute())).not.toContain(secret);
    later(INVITATION_MS - 1);
    expect(await identity.invitations.look(secret)).not.toBeNull();
    later(1);
    expect(await identity.invitations.look(secret)).toBeNull();
    expect(await accept(secret)).toEqual({ outcome: 'gone' });
    const first = await identity.invitations.make(admin, personId);
    await identity.invitations.make(admin, personId);
    expect(await accept(first.secret)).toEqual({ outcome: 'gone' });
  });
  test('sets no password that is too short, and is not used up by trying', async () => {
    const { secret } = await identity.invitations.make(admin, personId);
    expect(await accept(secret, 'kort')).toEqual({ outcome: 'unfit' });
    expect((await accept(secret)).outcome).toBe('signed-in');
  });
  test('of somebody who is disabled is none', async () => {
    const { secret } = await identity.invitations.make(admin, personId);
    await identity.people.disable(personId, admin);
    await identity.people.enable(personId, admin);
    expect(await accept(secret)).toEqual({ outcome: 'gone' });
    await identity.people.disable(personId, admin);
    await expect(identity.invitations.make(admin, personId)).rejects.toMatchObject({ reason: 'unknown' });
  });

  test('to somebody with a password is a reset: all sessions end, and the person always sees who made it', async () => {
    await accept((await identity.invitations.make(admin, personId)).secret);
    const { cookie, me } = await comeIn(amina.email);
    expect((await identity.account.signIn(me)).reset).toBeNull();
    const { secret, kind } = await identity.invitations.make(admin, personId);
    expect(kind).toBe('reset');
    expect(await viewerOf(cookie)).toBeTruthy();
    const used = await accept(secret, 'ett nytt och bättre lösenord');
    await expect(viewerOf(cookie)).rejects.toThrow('Nobody');
    if (used.outcome !== 'signed-in') throw new Error(used.outcome);
    const again = await viewerOf(`${used.cookies[0]!.name}=${used.cookies[0]!.value}`);
    expect((await identity.account.signIn(again)).reset).toEqual({ at: Date.now(), by: 'Eva Ek' });
    expect((await identity.account.told(again, null)).map(({ act }) => act)).toContain('password-link-made');
  });
});

describe('an administrator', () => {
  test('changes neither their own roles nor disables themselves', async () => {
    await identity.people.add(eva);
    const { me } = await comeIn(eva.email);
    await expect(identity.people.setRoles(me.personId, ['leader'], me)).rejects.toMatchObject({ reason: 'own' });
    await expect(identity.people.disable(me.personId, me)).rejects.toMatchObject({ reason: 'own' });
    expect((await comeIn(eva.email)).me.roles).toEqual(['administrator']);
  });
  test('is no coach and no method lead at the same time', async () => {
    const id = await identity.people.add(eva);
    for (const role of ['coach', 'method-lead'] as const)
      await expect(identity.people.setRoles(id, ['administrator', role])).rejects.toMatchObject({
        reason: 'role-conflict'
      });
  });
  test('is known for ten minutes by having signed in, and then by the password again, in that session only', async () => {
    await identity.people.add(eva);
    const [one, other] = [await comeIn(eva.email), await comeIn(eva.email)];
    later(10 * 60_000 - 1);
    expect(await identity.account.proven(one.me)).toBe(true);
    later(1);
    expect(await identity.account.proven(one.me)).toBe(false);
    expect(await identity.account.prove(one.me, 'fel')).toBe('wrong');
    expect(await identity.account.proven(one.me)).toBe(false);
    expect(await identity.account.prove(one.me, PASSWORD)).toBe('proven');
    expect(await identity.account.proven(one.me)).toBe(true);
    expect(await identity.account.proven(other.me)).toBe(false);
  });
  test('sees everybody by surname in Swedish, and how they sign in', async () => {
    for (const name of ['Åsa Öberg', 'Bo Ahl', 'Ann Åberg', 'Ed Zorn'])
      await identity.people.add({ email: `${name[0]}${name.length}@x.se`, name, roles: [] });
    expect((await identity.roster()).map(({ name }) => name)).toEqual(['Bo Ahl', 'Ed Zorn', 'Ann Åberg', 'Åsa Öberg']);
    expect((await identity.roster()).map(({ signsInBy }) => signsInBy)).toEqual(Array(4).fill('none'));
  });
});

describe('one’s own account', () => {
  let one: { me: PersonViewer; cookie: string };
  let other: { me: PersonViewer; cookie: string };
  beforeEach(async () => {
    await identity.people.add(eva);
    [one, other] = [await comeIn(eva.email), await comeIn(eva.email)];
  });

  test('shows where one is signed in, and ends one or all others, with their sockets at once', async () => {
    const revoked: Revocation[] = [];
    identity.onRevoked((revocation) => revoked.push(revocation));
    await identity.authenticate({ cookie: other.cookie });
    expect((await identity.account.sessions(one.me)).map(({ current }) => current)).toContain(true);
    expect(await identity.account.endSession(one.me, other.me.sessionId)).toBe(true);
    expect(revoked).toEqual([{ sessionId: other.me.sessionId, why: 'ended' }]);
    await expect(viewerOf(other.cookie)).rejects.toThrow('Nobody');
    await comeIn(eva.email);
    expect(await identity.account.endOtherSessions(one.me)).toBe(1);
    expect(await identity.account.sessions(one.me)).toHaveLength(1);
  });
  test('never ends a session of somebody else', async () => {
    await identity.people.add({ ...amina, password: PASSWORD });
    const stranger = await comeIn(amina.email);
    expect(await identity.account.endSession(stranger.me, one.me.sessionId)).toBe(false);
    expect(await viewerOf(one.cookie)).toBeTruthy();
  });
  test('gets a new token with a new password, and every other session ends', async () => {
    const wish = { present: PASSWORD, next: 'ett nytt och bättre lösenord', address: '192.0.2.7', userAgent: null };
    expect(await identity.changePassword(one.me, { ...wish, present: 'fel' })).toEqual({ outcome: 'wrong' });
    expect(await identity.changePassword(one.me, { ...wish, next: 'kort' })).toEqual({ outcome: 'unfit' });
    const changed = await identity.changePassword(one.me, wish);
    if (changed.outcome !== 'changed') throw new Error(changed.outcome);
    for (const { cookie } of [one, other]) await expect(viewerOf(cookie)).rejects.toThrow('Nobody');
    const { name, value } = changed.cookies[0]!;
    expect((await viewerOf(`${name}=${value}`)).name).toBe('Eva Ek');
    await expect(comeIn(eva.email)).rejects.toThrow('wrong');
  });
  test('stays open past its half-life by being used, and not past seven days', async () => {
    later(7 * HOUR);
    expect(await viewerOf(one.cookie)).toBeTruthy();
    later(11 * HOUR);
    expect(await viewerOf(one.cookie)).toBeTruthy();
    await expect(viewerOf(other.cookie)).rejects.toThrow('Nobody');
  });
});

describe('a file of people', () => {
  const file =
    'Namn;E-post;Roller;Enheter\r\nAmina Berg;Amina@Exempelstad.se;servicevägledare, coach;förskola och skola\r\n';
  let me: PersonViewer;
  beforeEach(async () => {
    await identity.people.add(eva);
    me = (await comeIn(eva.email)).me;
  });

  test('is looked at before anything happens, and then taken in whole', async () => {
    const { fault, lines } = await identity.previewPeople(file);
    expect(fault).toBeNull();
    expect(lines).toMatchObject([
      { line: 2, name: 'Amina Berg', email: 'amina@exempelstad.se', roles: ['agent', 'coach'], present: false }
    ]);
    expect(await identity.roster()).toHaveLength(1);
    expect(await identity.importPeople(file, me)).toBe(1);
    expect((await identity.roster())[0]).toMatchObject({ name: 'Amina Berg', units: [{ id: 'forskola' }] });
    expect((await identity.previewPeople(file)).lines).toMatchObject([{ present: true, problems: [] }]);
    expect(await identity.importPeople(file, me)).toBe(0);
  });
  test('with a line that is wrong is not taken in at all, and each mistake is named on its line', async () => {
    const wrong = [
      'name,email,role,unit',
      'Karin Ahl,karin@x.se,coach,',
      ',nobody,,',
      'Ada,karin@x.se,boss,nowhere',
      'Bo,bo@x.se,administrator/coach,'
    ].join('\n');
    const { lines } = await identity.previewPeople(wrong);
    expect(lines.map(({ line, problems }) => [line, ...problems.map(({ code }) => code)])).toEqual([
      [2],
      [3, 'name-missing', 'email-wrong'],
      [4, 'email-twice', 'role-unknown', 'unit-unknown'],
      [5, 'role-conflict']
    ]);
    expect(await identity.importPeople(wrong, me)).toBeNull();
    expect(await identity.roster()).toHaveLength(1);
  });
  test.each([
    ['', 'empty'],
    ['Namn;E-post\n', 'empty'],
    ['Amina Berg;amina@x.se\nBo Ek;bo@x.se', 'columns'],
    ['Namn;E-post\n"Amina;amina@x.se', 'quotes']
  ])('that cannot be read says why: %j', async (text, fault) => {
    expect((await identity.previewPeople(text)).fault).toBe(fault);
  });
  test('is read as its program wrote it: UTF-8 with or without a mark, and as Windows does', async () => {
    const windows = Uint8Array.from(file, (letter) => letter.charCodeAt(0));
    for (const bytes of [Buffer.from(file), Buffer.from(`\uFEFF${file}`), windows]) {
      const { lines } = await identity.previewPeople(decodedText(bytes));
      expect(lines).toMatchObject([{ roles: ['agent', 'coach'], units: [{ id: 'forskola' }], problems: [] }]);
    }
  });
});
