import BetterSqlite3 from 'better-sqlite3';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { KeysAddress } from '../../../src/lib/server/config-keys.ts';
import { openKeyStore } from '../../../src/lib/server/keys/key-store.ts';

const home = mkdtempSync(join(tmpdir(), 'stamgaffel-keys-'));
afterAll(() => rmSync(home, { recursive: true }));
let folder: string;
let address: KeysAddress;
beforeEach(() => {
  folder = mkdtempSync(join(home, 'data-'));
  address = { file: join(folder, 'keys.sqlite'), masterKey: null, masterKeyFile: join(folder, 'master.key') };
});
const onDisk = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)));

test('a key is the same after a restart, and each id has its own', () => {
  const keys = openKeyStore(address);
  const [one, other] = [keys.make('text', 'p1'), keys.make('draft', 'p1')];
  expect(one).toHaveLength(32);
  expect(one).not.toEqual(other);
  keys.close();
  const again = openKeyStore(address);
  expect(again.key('text', 'p1')).toEqual(one);
  expect(again.key('draft', 'p1')).toEqual(other);
  expect([again.has('text', 'p1'), again.has('recording', 'p1')]).toEqual([true, false]);
  expect(again.key('recording', 'p1')).toBeNull();
  again.close();
});

test('a key that is destroyed is in no file of the folder any more, and never comes back', () => {
  const keys = openKeyStore(address);
  const kept = keys.make('text', 'kept');
  keys.make('text', 'gone');
  const reader = new BetterSqlite3(address.file, { readonly: true });
  const { wrapped } = reader.prepare<[], { wrapped: Buffer }>("select wrapped from key where id = 'gone'").get()!;
  reader.close();
  const hides = () => onDisk().every((bytes) => !bytes.includes(wrapped));
  expect(hides()).toBe(false);
  expect(keys.destroy('text', 'gone')).toBe(true);
  expect(hides()).toBe(true);
  expect(keys.key('text', 'gone')).toBeNull();
  expect(keys.destroyed('text', 'gone')).toBe(true);
  expect(keys.destroy('text', 'gone')).toBe(false);
  expect(() => keys.make('text', 'gone')).toThrow('does not come back');
  expect(keys.key('text', 'kept')).toEqual(kept);
  keys.close();
});

test('a key is never made twice for the same id', () => {
  const keys = openKeyStore(address);
  keys.make('recording', 'file');
  expect(() => keys.make('recording', 'file')).toThrow(/UNIQUE/);
  keys.close();
});

test('several keys are made or destroyed in one go, and those that are there are the same', () => {
  const keys = openKeyStore(address);
  const first = keys.make('text', 'a');
  const made = keys.makeAll('text', ['a', 'b', 'c']);
  expect(made.get('a')).toEqual(first);
  keys.destroyAll(['a', 'b'].map((id) => ({ kind: 'text' as const, id })));
  expect(['a', 'b', 'c'].map((id) => keys.has('text', id))).toEqual([false, false, true]);
  expect(() => keys.makeAll('text', ['d', 'a'])).toThrow('does not come back');
  expect(keys.has('text', 'd')).toBe(false);
  keys.close();
});

test('the first start makes a master key that only we may read, and no key stands in clear beside it', () => {
  const keys = openKeyStore(address);
  const key = keys.make('text', 'p1');
  expect(statSync(address.masterKeyFile).mode & 0o777).toBe(0o600);
  expect(statSync(address.file).mode & 0o777).toBe(0o600);
  expect(onDisk().some((bytes) => bytes.includes(key) || bytes.includes(key.toString('hex')))).toBe(false);
  keys.close();
});

test('a row that somebody moves to another id does not open', () => {
  const keys = openKeyStore(address);
  keys.make('text', 'mine');
  const hand = new BetterSqlite3(address.file);
  hand.exec("update key set id = 'yours'");
  hand.close();
  expect(() => keys.key('text', 'yours')).toThrow();
  keys.close();
});

test('another master key, none at all and one that others can read stop the start, each with its remedy', () => {
  openKeyStore(address).close();
  expect(() => openKeyStore({ ...address, masterKey: Buffer.alloc(32, 7) })).toThrow(
    /not the one.*nothing is started.*Set RECORDINGS_KEY/
  );
  chmodSync(address.masterKeyFile, 0o644);
  expect(() => openKeyStore(address)).toThrow(/others.*nothing is started.*chmod 600/);
  const was = readFileSync(address.masterKeyFile, 'utf8').trim();
  rmSync(address.masterKeyFile);
  expect(() => openKeyStore(address)).toThrow(/is gone.*nothing is started.*Put the file back/);
  expect(readdirSync(folder)).not.toContain('master.key');
  writeFileSync(address.masterKeyFile, 'half', { mode: 0o600 });
  expect(() => openKeyStore(address)).toThrow(/64 hexadecimal.*nothing is started/);
  openKeyStore({ ...address, masterKey: Buffer.from(was, 'hex') }).close();
});

test('a configured master key leaves no file', () => {
  openKeyStore({ ...address, masterKey: Buffer.alloc(32, 7) }).close();
  expect(readdirSync(folder)).not.toContain('master.key');
});

test('a copy of the keys opens with the same master key and with no other', async () => {
  const keys = openKeyStore(address);
  const key = keys.make('text', 'p1');
  const copy = join(folder, 'copy.sqlite');
  await keys.backUp(copy);
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  keys.close();
  const again = openKeyStore({ ...address, file: copy });
  expect(again.key('text', 'p1')).toEqual(key);
  again.close();
  expect(() => openKeyStore({ ...address, file: copy, masterKey: Buffer.alloc(32, 1) })).toThrow('not the one');
});
