import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../../src/lib/domain/access.ts';
import { PAIRING_LETTERS } from '../../../src/lib/domain/pairing.ts';
import { createIdentity, type Identity } from '../../../src/lib/server/identity/identity.ts';
import type { Approval, Asked } from '../../../src/lib/server/identity/pairings.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';

type PersonViewer = Extract<Viewer, { kind: 'person' }>;
const karin: PersonViewer = {
  kind: 'person',
  personId: 'karin',
  sessionId: 'karin-session',
  name: 'Karin Lund',
  roles: ['administrator']
};
const minute = 60_000;
const office = '192.0.2.7';
const browser = 'Chrome, Linux';

let database: Database;
let identity: Identity;
let clock: number;
beforeEach(async () => {
  clock = Date.UTC(2026, 10, 23, 8);
  database = await openDatabase(':memory:');
  identity = createIdentity({ db: database.kysely, secure: true, now: () => clock });
});
afterEach(async () => {
  identity.close();
  await database.close();
});

const television = (device: string | null = null, address = office) =>
  identity.pairings.ask({ device, address, browser });
const codeOf = ({ step }: Asked): string => (step.step === 'code' ? step.code : expect.fail(step.step));
const digitsOf = ({ step }: Asked): string => (step.step === 'digits' ? step.digits : expect.fail(step.step));
const approve = (code: string, over: Partial<Approval> = {}, by = karin) =>
  identity.pairings.approve(by, { code, room: 'Pausrummet', board: 'all', otherNetwork: false, ...over }, office);

/** A television that has gone all the way; returns its token. */
async function paired(board = 'all'): Promise<string> {
  const first = await television();
  await approve(codeOf(first), { board });
  const digits = digitsOf(await television(first.device));
  expect(await identity.pairings.confirm(karin, codeOf(first), digits)).toMatchObject({ screenId: expect.any(String) });
  const { step, token } = await television(first.device);
  expect(step.step).toBe('paired');
  return token!;
}
const asScreen = (token: string) => identity.authenticate({ cookie: `__Host-screen=${token}`, screen: true });

describe('pairing a television', () => {
  test('the code is eight letters that are not read as one another, and stands for ten minutes', async () => {
    const first = await television();
    const code = codeOf(first);
    expect([...code].every((letter) => PAIRING_LETTERS.includes(letter))).toBe(true);
    expect(code).toHaveLength(8);
    clock += 10 * minute - 1;
    expect(codeOf(await television(first.device))).toBe(code);
    clock += 1;
    const next = await television(first.device);
    expect(next.device).toBe(first.device);
    expect(codeOf(next)).not.toBe(code);
    expect(await approve(code)).toEqual({ refusal: 'unknown-code' });
  });

  test('an administrator types the code and then the digits, and the television has a token of its own', async () => {
    const token = await paired('stad');
    expect(await asScreen(token)).toMatchObject({ viewer: { kind: 'screen', board: 'stad' } });
    expect(await identity.audit.read({ acts: ['screen-paired'], most: 9 })).toMatchObject([{ by: 'person' }]);
  });

  test('wrong digits have one attempt, and the code is worth nothing after', async () => {
    const first = await television();
    const code = codeOf(first);
    await approve(code);
    const digits = digitsOf(await television(first.device));
    const wrong = digits === '55' ? '56' : '55';
    expect(await identity.pairings.confirm(karin, code, wrong)).toEqual({ refusal: 'wrong-digits' });
    expect(await identity.pairings.confirm(karin, code, digits)).toEqual({ refusal: 'unknown-code' });
    expect(codeOf(await television(first.device))).not.toBe(code);
  });

  test('the digits may be typed for a minute', async () => {
    const first = await television();
    const code = codeOf(first);
    await approve(code);
    const digits = digitsOf(await television(first.device));
    clock += minute;
    expect(await identity.pairings.confirm(karin, code, digits)).toEqual({ refusal: 'late' });
    expect(codeOf(await television(first.device))).not.toBe(code);
  });

  test('only the one who typed the code can type the digits', async () => {
    const first = await television();
    await approve(codeOf(first));
    const digits = digitsOf(await television(first.device));
    const other = { ...karin, personId: 'olle' };
    expect(await identity.pairings.confirm(other, codeOf(first), digits)).toEqual({ refusal: 'unknown-code' });
  });

  test('a television in another network needs somebody to say that it is meant', async () => {
    const code = codeOf(await television(null, '198.51.100.4'));
    expect(await identity.pairings.look(karin, code, office)).toMatchObject({
      network: '198.51.100.0/24',
      sameNetwork: false,
      browser
    });
    expect(await approve(code)).toEqual({ refusal: 'other-network' });
    expect(await approve(code, { otherNetwork: true })).toMatchObject({ until: clock + minute });
  });

  test('twenty may wait in one network and two hundred in all, until their codes are over', async () => {
    for (let n = 0; n < 20; n++) codeOf(await television());
    expect((await television()).step).toEqual({ step: 'full' });
    for (let network = 0; network < 9; network++)
      for (let n = 0; n < 20; n++) codeOf(await television(null, `198.51.${network}.${n}`));
    expect((await television(null, '203.0.113.1')).step).toEqual({ step: 'full' });
    clock += 10 * minute;
    codeOf(await television());
  });

  test('a million guesses in an hour get nowhere', { timeout: 60_000 }, async () => {
    for (let n = 0; n < 20; n++) await television();
    const letters = [...PAIRING_LETTERS];
    const looked: Record<string, number> = {};
    const guess = (n: number) =>
      Array.from({ length: 8 }, (_, place) => letters[Math.floor((n * 7919) / 20 ** place) % 20]).join('');
    for (let n = 0; n < 1_000_000; n++) {
      if (n % 2_778 === 0) clock += 10_000;
      const result = await identity.pairings.look(karin, guess(n), office);
      if (!('refusal' in result)) expect.fail('a guess was right');
      looked[result.refusal] = (looked[result.refusal] ?? 0) + 1;
    }
    // Ten in ten minutes are looked up at all: of 25 600 000 000 codes, in an hour, some sixty.
    expect(looked['unknown-code']).toBeLessThanOrEqual(70);
    expect(looked['too-many']! + looked['unknown-code']!).toBe(1_000_000);
    for (let n = 0; n < 200; n++) expect((await television(`${n}`.padStart(43, 'A'))).step.step).not.toBe('paired');
    expect(await identity.screens.list()).toEqual([]);
  });
});

describe('a paired screen', () => {
  test('keeps its token until it has used it once, also when the answer got lost', async () => {
    const first = await television();
    await approve(codeOf(first));
    await identity.pairings.confirm(karin, codeOf(first), digitsOf(await television(first.device)));
    const lost = (await television(first.device)).token!;
    const token = (await television(first.device)).token!;
    expect(await asScreen(lost)).toBeNull();
    const headers = new Headers({ cookie: `__Host-screen=${token}; __Host-pairing=${first.device}` });
    const { viewer, cookies } = await identity.visitScreen(headers);
    expect(viewer?.kind).toBe('screen');
    expect(cookies.map(({ name, value }) => [name, value])).toEqual([['__Host-pairing', '']]);
    expect((await television(first.device)).step.step).toBe('code');
  });

  test('stays for ever while it is used, and is over after thirty days without', async () => {
    const token = await paired();
    const headers = new Headers({ cookie: `__Host-screen=${token}` });
    for (let day = 0; day < 90; day += 2) {
      clock += 2 * 24 * 60 * minute;
      const { cookies } = await identity.visitScreen(headers);
      expect(cookies[0]?.attributes).toMatchObject({ maxAge: 30 * 86_400, httpOnly: true, secure: true });
    }
    clock += 30 * 24 * 60 * minute;
    expect(await asScreen(token)).toBeNull();
  });

  test('is nobody where people are asked for, and a person is nobody where a screen is', async () => {
    const token = await paired();
    expect(await identity.authenticate({ cookie: `__Host-screen=${token}` })).toBeNull();
    expect((await identity.visit(new Headers({ cookie: `__Host-screen=${token}` }))).viewer).toBeNull();
    expect(await identity.authenticate({ cookie: `__Host-session=${token}`, screen: true })).toBeNull();
  });

  test('is out at once when it is revoked, and its neighbour is not', async () => {
    const [one, other] = [await paired(), await paired('stad')];
    const { viewer } = (await asScreen(one))!;
    const id = viewer.kind === 'screen' ? viewer.screenId : '';
    const revoked: object[] = [];
    const stop = identity.onRevoked((revocation) => revoked.push(revocation));
    await asScreen(one);
    await asScreen(other);
    await identity.screens.revoke(karin, id);
    stop();
    expect(revoked).toEqual([{ screenId: id, why: 'ended' }]);
    expect(await asScreen(one)).toBeNull();
    expect(await asScreen(other)).not.toBeNull();
    expect(await identity.audit.read({ acts: ['screen-revoked'], most: 9 })).toMatchObject([{ about: `screen ${id}` }]);
  });

  test('hears at once of being moved, identified and reloaded, and tells how it is', async () => {
    const { viewer } = (await asScreen(await paired()))!;
    const id = viewer.kind === 'screen' ? viewer.screenId : '';
    const told: object[] = [];
    const stop = identity.screens.watch(id, (own) => told.push(own));
    await identity.screens.identify(id);
    await identity.screens.move(karin, id, 'stad');
    await identity.screens.reload(id);
    stop();
    expect(told).toMatchObject([
      { board: 'all', identifyUntil: clock + 10_000 },
      { board: 'stad' },
      { reloadAskedAt: clock }
    ]);
    await identity.screens.report(id, { frameAt: clock - 400, version: 'abc', lagMs: 12 });
    expect(await identity.screens.list()).toMatchObject([
      { room: 'Pausrummet', board: 'stad', seenAt: clock, frameAt: clock - 400, version: 'abc', lagMs: 12 }
    ]);
  });
});
