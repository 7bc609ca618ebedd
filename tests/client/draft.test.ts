import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Draft } from '../../src/lib/client/draft.svelte.ts';
import type { DraftServer } from '../../src/lib/client/drafts/server.ts';
import { Refusal, type RefusalCode } from '../../src/lib/client/graphql.ts';
import { drafting } from '../../src/lib/server/coaching/drafting.ts';
import type { Drafts } from '../../src/lib/server/graphql/coaching/draft-port.ts';
import { openKeyStore } from '../../src/lib/server/keys/key-store.ts';
import { openDrafts } from '../../src/lib/server/store/coaching/drafts.ts';
import { openDatabase, type Database } from '../../src/lib/server/store/database.ts';
import { journalOnDisk } from '../draft-kill/journal-on-disk.ts';

let folder: string;
let database: Database;
let drafts: Drafts;
let closedWhy: string | null;
let stops: (() => void)[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stamgaffel-draft-'));
  database = await openDatabase(':memory:');
  const person = { disabled_at: null, password_hash: null, created_at: 0, access_version: 1 };
  const people = ['karin', 'henrik'].map((id) => ({ ...person, id, name: id, email: id }));
  await database.kysely.insertInto('person').values(people).execute();
  const keys = openKeyStore({ file: ':memory:', masterKey: Buffer.alloc(32, 7), masterKeyFile: '' });
  keys.make('text', 'amina');
  closedWhy = null;
  const authority = {
    mayWrite: () =>
      Promise.resolve(
        closedWhy === null ? { may: true as const, textKey: 'amina' } : { may: false as const, refusal: closedWhy }
      )
  };
  drafts = drafting(openDrafts(database, keys), authority, Date.now);
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) stop();
  await database.close();
  rmSync(folder, { recursive: true });
});

/** The way to the server from one device: who is signed in on it, and what is wrong with it just now. */
class Device {
  person = 'karin';
  trouble: RefusalCode | null = null;
  readonly #computer: string;
  constructor(computer: string) {
    this.#computer = computer;
  }

  get folder(): string {
    return join(folder, this.#computer);
  }

  /** A page that is open on it. */
  async page(until: Draft['phase'] = 'open'): Promise<Draft> {
    const server: DraftServer = {
      open: async (subject) => found(await this.#through(() => drafts.open(this.person, subject))),
      save: async ({ draftId, ...request }) => {
        const saving = found(await this.#through(() => drafts.save(this.person, draftId, request)));
        return saving;
      },
      follow: (draftId, told) => {
        let stop = () => {};
        void drafts.follow(this.person, draftId).then((followed) => {
          stop = followed?.watch(({ rev }) => told.changed(rev)) ?? stop;
        });
        return () => stop();
      }
    };
    const draft = new Draft('reading/slot', () => ({
      ports: {
        server,
        journal: Promise.resolve(journalOnDisk(this.folder)),
        turns: null,
        leaving: () => () => {},
        now: Date.now,
        newClientId: () => crypto.randomUUID()
      },
      ended: () => {}
    }));
    stops.push(draft.start());
    await expect.poll(() => draft.phase).toBe(until);
    return draft;
  }

  async #through<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    if (this.trouble) throw new Refusal(this.trouble, 'It is out of order');
    return question();
  }
}
function found<Answer>(answer: Answer | null): Answer {
  if (answer === null) throw new Refusal('not-found', 'There is no such thing');
  return answer;
}

describe('a draft on two devices', () => {
  test('what is written on one is read on the other, and the last saved instant is told', async () => {
    const [office, home] = [await new Device('office').page(), await new Device('home').page()];
    office.type('q/1', 'Du frågade hur hon mår.');
    expect(office.saved.unsaved).toBe(1);
    await expect.poll(() => home.text('q/1')).toBe('Du frågade hur hon mår.');
    await expect.poll(() => office.saved.unsaved).toBe(0);
    expect(office.saved.at).toBeGreaterThan(0);
    await expect.poll(() => home.rev).toBe(office.rev);
  });

  test.each([
    ['keepOwn', 'Hemma'],
    ['takeOther', 'Kontoret'],
    ['join', 'Hemma\n\nKontoret']
  ] as const)('two texts for one field are both shown, and %s settles it on both', async (choice, chosen) => {
    const device = new Device('home');
    const [office, home] = [await new Device('office').page(), await device.page()];
    device.trouble = 'network';
    home.type('q/1', 'Hemma');
    office.type('q/1', 'Kontoret');
    await office.flush();
    device.trouble = null;
    await home.flush();
    expect(home.field('q/1').conflict).toMatchObject({ other: 'Kontoret' });
    expect(await home.ready()).toEqual({ why: 'conflicts' });
    await expect.poll(() => office.field('q/1').conflict).toMatchObject({ other: 'Hemma' });
    home.field('q/1')[choice]();
    await home.flush();
    expect(home.text('q/1')).toBe(chosen);
    await expect.poll(() => office.text('q/1')).toBe(chosen);
    await expect.poll(() => [home.conflicts, office.conflicts]).toEqual([[], []]);
    expect(await home.ready()).toBeNull();
    expect(home.rev).toBe(office.rev);
  });

  test('typing goes on while two texts wait for a choice, and none of it is lost', async () => {
    const device = new Device('home');
    const [office, home] = [await new Device('office').page(), await device.page()];
    device.trouble = 'network';
    home.type('q/1', 'Hemma');
    office.type('q/1', 'Kontoret');
    await office.flush();
    device.trouble = null;
    await home.flush();
    home.type('q/1', 'Hemma, vid köksbordet');
    await home.flush();
    await expect.poll(() => office.field('q/1').conflict?.other).toBe('Hemma, vid köksbordet');
    expect(office.conflicts).toHaveLength(1);
  });

  test('what was taken away on one is gone on the other', async () => {
    const [office, home] = [await new Device('office').page(), await new Device('home').page()];
    const id = office.newId();
    office.type(`strength/${id}/text`, 'Lugn');
    office.type(`strength/${id}/momentMs`, '84000');
    await expect.poll(() => home.items('strength')).toEqual([id]);
    home.remove(`strength/${id}`);
    await expect.poll(() => office.items('strength')).toEqual([]);
  });
});

describe('a session that ends while somebody writes', () => {
  test('stops nothing: what is typed is kept, and saved when the same person is back', async () => {
    const device = new Device('office');
    const page = await device.page();
    device.trouble = 'sign-in';
    page.type('q/1', 'Mitt i en mening');
    await expect.poll(() => page.error).toBe('sign-in');
    page.type('q/1', 'Mitt i en mening, som fortsätter');
    expect(page.phase).toBe('open');
    await expect.poll(() => readdirSync(device.folder)).toHaveLength(1);
    device.trouble = null;
    await page.signedIn();
    await expect.poll(() => page.saved.unsaved).toBe(0);
    expect(page.error).toBeNull();
    expect((await drafts.open('karin', 'reading/slot'))?.fields).toMatchObject([
      { value: 'Mitt i en mening, som fortsätter' }
    ]);
  });

  test('lets another person in to nothing, and sends nothing of it to theirs', async () => {
    const device = new Device('office');
    const page = await device.page();
    device.trouble = 'sign-in';
    page.type('q/1', 'Karins ord');
    await expect.poll(() => page.error).toBe('sign-in');
    device.person = 'henrik';
    device.trouble = null;
    await page.signedIn();
    expect(page.phase).toBe('gone');
    expect((await drafts.open('henrik', 'reading/slot'))?.fields).toEqual([]);
  });
});

describe('what the browser keeps', () => {
  test('is encrypted, and read again when the server is back: until then the page says that it is there', async () => {
    const device = new Device('office');
    const page = await device.page();
    device.trouble = 'network';
    page.type('q/1', 'Bara här än så länge');
    await expect.poll(() => readdirSync(device.folder)).toHaveLength(1);
    const kept = readdirSync(device.folder).map((file) => readFileSync(join(device.folder, file), 'utf8'));
    expect(kept.join()).not.toContain('Bara här');
    const reloaded = await device.page('locked');
    expect(reloaded.text('q/1')).toBeNull();
    device.trouble = null;
    await reloaded.signedIn();
    await expect.poll(() => reloaded.text('q/1')).toBe('Bara här än så länge');
    await expect.poll(() => reloaded.saved.unsaved).toBe(0);
    await expect.poll(() => readdirSync(device.folder)).toEqual([]);
  });

  test('a page that another thought dead sends what it has as its own, and both are kept', async () => {
    const device = new Device('office');
    const first = await device.page();
    device.trouble = 'network';
    first.type('q/1', 'Första');
    await expect.poll(() => readdirSync(device.folder)).toHaveLength(1);
    device.trouble = null;
    const second = await device.page();
    second.type('q/1', 'Andra');
    await second.flush();
    first.type('q/1', 'Första, som lever');
    await first.flush();
    const [one, other] = [first.text('q/1'), first.field('q/1').conflict?.other];
    expect([one, other].sort()).toEqual(['Andra', 'Första, som lever']);
  });
});

describe('an identity number', () => {
  test('is covered as it is typed, and the page says so for a while', async () => {
    const page = await new Device('office').page();
    const field = page.field('q/1');
    field.type('Hon sa 811228-9874');
    expect(field.value).toBe('Hon sa 811228-••••');
    expect(field.wasCovered).toBe(true);
  });

  test('of which somebody says that it is none comes back here, never leaves, and is no part of a hand-in', async () => {
    const device = new Device('office');
    const page = await device.page();
    const field = page.field('q/1');
    field.type('Ärende 811228-9874');
    field.notANumber();
    expect(field.value).toBe('Ärende 811228-9874');
    field.type('Ärende 811228-9874 är klart');
    expect(field.value).toBe('Ärende 811228-9874 är klart');
    await page.flush();
    expect((await drafts.open('karin', 'reading/slot'))?.fields).toMatchObject([
      { value: 'Ärende 811228-•••• är klart' }
    ]);
    expect(await page.ready()).toEqual({
      why: 'identity-number',
      found: [{ path: 'q/1', at: 7, length: 11, kind: 'number' }]
    });
    await expect.poll(() => readdirSync(device.folder)).toHaveLength(1);
    expect((await device.page()).text('q/1')).toBe('Ärende 811228-9874 är klart');
    field.type('Ärendet är klart');
    expect(await page.ready()).toBeNull();
  });
});

test('a draft that can no longer be written says why, and takes nothing', async () => {
  const page = await new Device('office').page();
  closedWhy = 'revealed';
  page.type('q/1', 'För sent');
  await expect.poll(() => page.phase).toBe('closed');
  expect(page.closed).toBe('revealed');
  expect((await new Device('home').page('closed')).closed).toBe('revealed');
});
