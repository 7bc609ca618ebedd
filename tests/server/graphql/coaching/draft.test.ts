import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashes } from '../../../../src/lib/operations/hashes.ts';
import { drafting } from '../../../../src/lib/server/coaching/drafting.ts';
import type { DraftPermission } from '../../../../src/lib/server/graphql/coaching/draft-port.ts';
import { openKeyStore } from '../../../../src/lib/server/keys/key-store.ts';
import { openDrafts } from '../../../../src/lib/server/store/coaching/drafts.ts';
import { openDatabase, type Database } from '../../../../src/lib/server/store/database.ts';
import { FakeFeed } from '../../../support/fake-feed.ts';
import { busy } from '../../../support/frames.ts';
import { type GraphqlServer, graphqlServer } from '../../../support/graphql-server.ts';
import { RawSocket } from '../../../support/raw-socket.ts';

let now = Date.parse('2027-02-03T09:00:30+01:00');
let database: Database;
let server: GraphqlServer;
/** Karin coaches Amina, until somebody else does. */
let permissions: Record<string, DraftPermission>;
let karin: string;
let henrik: string;

beforeEach(async () => {
  now = Date.parse('2027-02-03T09:00:30+01:00');
  database = await openDatabase(':memory:');
  const person = { disabled_at: null, password_hash: null, created_at: 0, access_version: 1 };
  const people = ['karin', 'henrik', 'maria'].map((id) => ({ ...person, id, name: id, email: id }));
  await database.kysely.insertInto('person').values(people).execute();
  const keys = openKeyStore({ file: ':memory:', masterKey: Buffer.alloc(32, 7), masterKeyFile: '' });
  keys.make('text', 'amina-2027');
  permissions = { karin: { may: true, textKey: 'amina-2027' } };
  const authority = {
    mayWrite: (personId: string, subject: string): Promise<DraftPermission> =>
      Promise.resolve((subject === 'reading/slot-1' && permissions[personId]) || { may: false, refusal: 'not-found' })
  };
  const drafts = drafting(openDrafts(database, keys), authority, () => now);
  server = await graphqlServer({ feed: new FakeFeed(busy()), services: { drafts } });
  karin = server.identity.person('karin', { roles: ['coach'] });
  henrik = server.identity.person('henrik', { roles: ['coach'] });
});
afterEach(async () => {
  await server.stop();
  await database.close();
});

interface Draft {
  id: string;
  rev: number;
  journalKey: string | null;
  closed: string | null;
  fields: { path: string; value: string | null; rev: number; at: string | null }[];
  conflicts: { id: string; value: string | null }[];
}
interface Saving {
  outcome: string;
  seq: number | null;
  savedAt: string | null;
  closed: string | null;
  fields: { path: string; kind: string; rev: number; value: string | null; conflict: string | null }[];
}
const persisted = (name: keyof typeof hashes) => ({ persistedQuery: { version: 1, sha256Hash: hashes[name] } });
async function ask<Answer>(cookie: string, name: keyof typeof hashes, variables: object): Promise<Answer> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-stamgaffel': '1' },
    body: JSON.stringify({ variables, extensions: persisted(name) })
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, Answer> | null;
    errors?: { extensions: { code: string } }[];
  };
  if (errors?.[0]) throw new Error(errors[0].extensions.code);
  return Object.values(data!)[0]!;
}
const open = (cookie: string, subject = 'reading/slot-1') => ask<Draft>(cookie, 'Draft', { subject });
const save = (cookie: string, draftId: string, seq: number, edits: object[], clientId = 'flik') =>
  ask<Saving>(cookie, 'SaveDraft', {
    draftId,
    clientId,
    seq,
    edits: edits.map((edit) => ({ baseRev: 0, supersedes: [], resolves: [], ...edit }))
  });

describe('a draft', () => {
  test('is opened and saved by its author, who gets the key for what the browser keeps', async () => {
    const { id, journalKey, rev } = await open(karin);
    expect(Buffer.from(journalKey!, 'base64')).toHaveLength(32);
    expect(rev).toBe(0);
    expect(await save(karin, id, 1, [{ path: 'q/1', value: 'Du frågade hur hon mår' }])).toMatchObject({
      outcome: 'SAVED',
      seq: 1,
      savedAt: '2027-02-03T08:00:30.000Z',
      fields: [{ path: 'q/1', kind: 'TAKEN', rev: 1, value: null, conflict: null }]
    });
    const again = await open(karin);
    expect(again).toMatchObject({
      id,
      journalKey,
      rev: 1,
      fields: [{ path: 'q/1', value: 'Du frågade hur hon mår', rev: 1, at: '2027-02-03T08:00:00.000Z' }]
    });
  });

  test('is nobody else’s: not by its subject, not by its id, not to follow, and the answer is that of what is not there', async () => {
    const { id } = await open(karin);
    for (const other of [henrik, server.identity.person('maria', { roles: ['leader', 'agent'] })]) {
      await expect(open(other)).rejects.toThrow('NOT_FOUND');
      await expect(save(other, id, 1, [{ path: 'q/1', value: 'Hej' }])).rejects.toThrow('NOT_FOUND');
      const socket = await RawSocket.acknowledged(server.socketUrl, { cookie: other });
      socket.subscribe('1', { query: '', variables: { draftId: id }, extensions: persisted('DraftChanged') });
      expect(JSON.stringify(await socket.next('next', '1'))).toContain('NOT_FOUND');
      socket.close();
    }
    await expect(open(karin, 'reading/slot-2')).rejects.toThrow('NOT_FOUND');
    // The control: her own she saves.
    expect(await save(karin, id, 1, [{ path: 'q/1', value: 'Hej' }])).toMatchObject({ outcome: 'SAVED' });
  });

  test('is lost to a former coach the second another has come, who has one of their own', async () => {
    const { id, journalKey } = await open(karin);
    await save(karin, id, 1, [{ path: 'q/1', value: 'Karins ord' }]);
    permissions = { henrik: { may: true, textKey: 'amina-2027' } };
    await expect(open(karin)).rejects.toThrow('NOT_FOUND');
    await expect(save(karin, id, 2, [{ path: 'q/1', value: 'Mer' }])).rejects.toThrow('NOT_FOUND');
    const his = await open(henrik);
    expect(his).toMatchObject({ rev: 0, fields: [] });
    expect([his.id, his.journalKey]).not.toEqual([id, journalKey]);
  });

  test('says why it can no longer be written, and gives neither text nor key then', async () => {
    const { id } = await open(karin);
    await save(karin, id, 1, [{ path: 'q/1', value: 'Ord' }]);
    permissions = { karin: { may: false, refusal: 'revealed' } };
    expect(await open(karin)).toMatchObject({ id: null, closed: 'revealed', journalKey: null, fields: [], rev: 0 });
    expect(await save(karin, id, 2, [{ path: 'q/1', value: 'Mer' }])).toMatchObject({
      outcome: 'CLOSED',
      closed: 'revealed',
      seq: null
    });
  });

  test('tells of conflicts and masks, and of a page that another has gone on from', async () => {
    const { id } = await open(karin);
    await save(karin, id, 1, [{ path: 'q/1', value: 'Kontoret' }]);
    const met = await save(karin, id, 1, [{ path: 'q/1', value: 'Hemma' }], 'hemma');
    expect(met.fields).toMatchObject([{ kind: 'CONFLICT', rev: 1, value: 'Kontoret' }]);
    const [conflict] = (await open(karin)).conflicts;
    expect(conflict).toEqual({ id: met.fields[0]!.conflict, path: 'q/1', value: 'Hemma', at: expect.any(String) });
    await save(karin, id, 2, [{ path: 'q/1', value: 'Båda', baseRev: 1, resolves: [conflict!.id] }], 'hemma');
    expect((await open(karin)).conflicts).toEqual([]);
    const masked = await save(karin, id, 3, [{ path: 'q/2', value: '811228-9874' }], 'hemma');
    expect(masked.fields).toMatchObject([{ kind: 'MASKED', value: '811228-••••' }]);
    await save(karin, id, 1, [{ path: 'q/2', value: 'Ny', supersedes: ['hemma'] }], 'ny');
    expect(await save(karin, id, 4, [{ path: 'q/2', value: 'Sen' }], 'hemma')).toMatchObject({ outcome: 'SUPERSEDED' });
  });

  test.each([
    ['a path that no form has', { path: 'person/karin', value: 'x' }],
    ['a text longer than anybody writes', { path: 'q/1', value: 'x'.repeat(10_001) }],
    ['a rev below nought', { path: 'q/1', value: 'x', baseRev: -1 }],
    ['a crowd of pages before it', { path: 'q/1', value: 'x', supersedes: [...Array(65).keys()].map(String) }]
  ])('takes no request with %s, which no page of ours sends', async (_, edit) => {
    const { id } = await open(karin);
    await expect(save(karin, id, 1, [edit])).rejects.toThrow('BAD_REQUEST');
    expect((await open(karin)).fields).toEqual([]);
  });

  test('tells its author on every device that it was changed, and no word of it', async () => {
    const { id } = await open(karin);
    const socket = await RawSocket.acknowledged(server.socketUrl, { cookie: karin });
    socket.subscribe('1', { query: '', variables: { draftId: id }, extensions: persisted('DraftChanged') });
    expect((await socket.next('next', '1')).payload).toEqual({ data: { draftChanged: { rev: 0 } } });
    await save(karin, id, 1, [{ path: 'q/1', value: 'Ord som ingen annan ser' }]);
    expect((await socket.next('next', '1')).payload).toEqual({ data: { draftChanged: { rev: 1 } } });
    expect(socket.received.join()).not.toContain('Ord');
    socket.close();
  });
});
