/**
 * Keys, apart from the database: what they lock is unreadable in every copy of the database, and when a key is destroyed
 * what it locked is unreadable in every copy there ever was. That is how something is erased here.
 */
import BetterSqlite3 from 'better-sqlite3';
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KeysAddress } from '../config-keys.ts';
import { KeysUnusable } from './keys-unusable.ts';
import { masterKey } from './master-key.ts';

/** What a key locks: texts of a participation, a file with sound, or a draft. The same id may stand in each. */
export type KeyKind = 'text' | 'recording' | 'draft';

export interface KeyStore {
  /**
   * A new key of 256 random bits, on the disk when this returns. Throws when there is one for this id already, and also
   * when there was one: a key is never made twice, and what is destroyed does not come back.
   */
  make(kind: KeyKind, id: string): Buffer;
  /** The same for several, in one go: each act is a wait for the disk. Those that are there already are given back. */
  makeAll(kind: KeyKind, ids: readonly string[]): Map<string, Buffer>;
  /** Null when it was destroyed or never made: to the reader that is the same. */
  key(kind: KeyKind, id: string): Buffer | null;
  has(kind: KeyKind, id: string): boolean;
  /**
   * When this returns the key is gone from the disk, and stays gone: an older copy of the database cannot be read any
   * more. False when there was none. The id is remembered even then, so that a restored copy of the keys can be purged.
   */
  destroy(kind: KeyKind, id: string): boolean;
  destroyAll(keys: readonly { kind: KeyKind; id: string }[]): void;
  destroyed(kind: KeyKind, id: string): boolean;
  /** Copies all keys, still locked by the master key, to a file of its own: never into a backup of the database. */
  backUp(file: string): Promise<void>;
  close(): void;
}

const NONCE = 12;
const TAG = 16;
const BUSY_MS = 5_000;

const SCHEMA = `
  create table if not exists master (id integer primary key check (id = 1), proof text not null) strict;
  create table if not exists key (
    kind text not null check (kind in ('text', 'recording', 'draft')),
    id text not null,
    wrapped blob not null,
    -- Two files under one key would share their nonces, and then neither is secret.
    hash text not null unique,
    primary key (kind, id)
  ) strict;
  create table if not exists destroyed (kind text not null, id text not null, primary key (kind, id)) strict;
  create trigger if not exists key_never_twice before insert on key
    when exists (select 1 from destroyed where kind = new.kind and id = new.id)
    begin select raise(abort, 'a destroyed key does not come back'); end;
`;

/** Opens the keys, and makes them at the first start. @throws {KeysUnusable} */
export function openKeyStore(address: KeysAddress): KeyStore {
  const sqlite = opened(address.file);
  let master: Buffer;
  try {
    const proof = sqlite.prepare<[], { proof: string }>('select proof from master').get()?.proof;
    master = masterKey(address, { first: proof === undefined });
    const own = createHmac('sha256', master).update('stamgaffel master key').digest('hex');
    if (proof === undefined) sqlite.prepare('insert or ignore into master (id, proof) values (1, ?)').run(own);
    else if (proof !== own)
      throw new KeysUnusable(
        `The master key is not the one that locks the keys in ${address.file}.`,
        'Nothing that was written in coaching could be read, so nothing is started.',
        'Set RECORDINGS_KEY (or the file master.key) to what it was when the keys were made.'
      );
  } catch (error) {
    sqlite.close();
    throw error;
  }

  const find = sqlite.prepare<[KeyKind, string], { wrapped: Buffer }>(
    'select wrapped from key where kind = ? and id = ?'
  );
  const insert = sqlite.prepare<[KeyKind, string, Buffer, string]>(
    'insert into key (kind, id, wrapped, hash) values (?, ?, ?, ?)'
  );
  const remove = sqlite.prepare<[KeyKind, string]>('delete from key where kind = ? and id = ?');
  const remember = sqlite.prepare<[KeyKind, string]>('insert or ignore into destroyed (kind, id) values (?, ?)');
  const remembered = sqlite.prepare<[KeyKind, string], object>('select 1 from destroyed where kind = ? and id = ?');
  function make(kind: KeyKind, id: string): Buffer {
    const key = randomBytes(32);
    insert.run(kind, id, wrap(master, key, `${kind}/${id}`), createHash('sha256').update(key).digest('hex'));
    return key;
  }
  function key(kind: KeyKind, id: string): Buffer | null {
    const row = find.get(kind, id);
    return row ? unwrap(master, row.wrapped, `${kind}/${id}`) : null;
  }
  const makeEach = sqlite.transaction(
    (kind: KeyKind, ids: readonly string[]) => new Map(ids.map((id) => [id, key(kind, id) ?? make(kind, id)]))
  );
  const removeEach = sqlite.transaction((keys: readonly { kind: KeyKind; id: string }[]): number => {
    for (const { kind, id } of keys) remember.run(kind, id);
    return keys.reduce((gone, { kind, id }) => gone + remove.run(kind, id).changes, 0);
  });
  function destroyAll(keys: readonly { kind: KeyKind; id: string }[]): number {
    const gone = removeEach.immediate(keys);
    // The write-ahead log still holds the page as it was before; the file itself is overwritten by secure_delete.
    sqlite.pragma('wal_checkpoint(truncate)');
    return gone;
  }

  return {
    make,
    makeAll: (kind, ids) => makeEach.immediate(kind, ids),
    key,
    has: (kind, id) => find.get(kind, id) !== undefined,
    destroy: (kind, id) => destroyAll([{ kind, id }]) > 0,
    destroyAll: (keys) => void destroyAll(keys),
    destroyed: (kind, id) => remembered.get(kind, id) !== undefined,
    async backUp(file) {
      await sqlite.backup(file);
      chmodSync(file, 0o600);
    },
    close: () => void sqlite.close()
  };
}

function opened(file: string): BetterSqlite3.Database {
  let sqlite: BetterSqlite3.Database | undefined;
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    sqlite = new BetterSqlite3(file, { timeout: BUSY_MS });
    if (file !== ':memory:') chmodSync(file, 0o600);
    sqlite.pragma('journal_mode = wal');
    // A key that is acknowledged is on the disk: what is locked with a lost key is lost with it.
    sqlite.pragma('synchronous = full');
    // What is deleted is overwritten, and not only left out of the table.
    sqlite.pragma('secure_delete = on');
    sqlite.exec(SCHEMA);
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw new KeysUnusable(
      `The keys in ${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`,
      'Nothing that was written in coaching could be read, so nothing is started.',
      'Let DATA_DIR be a folder that this user may write to, or put the file back from where you keep its copy.'
    );
  }
}

/** `about` is bound to the lock, so that a row which is moved to another id does not open. */
function wrap(master: Buffer, key: Buffer, about: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

function unwrap(master: Buffer, wrapped: Buffer, about: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(about))
    .setAuthTag(wrapped.subarray(-TAG));
  return Buffer.concat([decipher.update(wrapped.subarray(NONCE, -TAG)), decipher.final()]);
}
