import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { openEventLog } from '../../../src/lib/server/store/event-log.ts';
import { LogRefuses, type Incoming } from '../../../src/lib/server/live/ports.ts';
import { postgresForTests } from '../../support/postgres.ts';

const postgres = await postgresForTests();
const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-database-'));
const opened: Database[] = [];
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  rmSync(folder, { recursive: true });
});
async function open<D extends Database['dialect']>(where: string, dialect: D) {
  const database = await openDatabase(where);
  opened.push(database);
  if (database.dialect !== dialect) throw new Error(`${where} is ${database.dialect}`);
  return database as Extract<Database, { dialect: D }>;
}
const told = (key: string): Incoming => ({
  source: 'pbx',
  key,
  at: 1,
  seenAt: 1,
  lane: 'live',
  quality: 'exact',
  event: { kind: 'CallAbandoned', entry: 'e' }
});
const projectNothing = async () => ({ entries: [], tallies: [] });

describe('SQLite', () => {
  test('acknowledges only what has reached the disk, and keeps what belongs together together', async () => {
    const { sqlite } = await open(join(folder, 'new folder', 'a.sqlite'), 'sqlite');
    expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(sqlite.pragma('synchronous', { simple: true })).toBe(2);
    expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(() => sqlite.exec(`insert into person_role values ('nobody', 'agent')`)).toThrow(/FOREIGN KEY/);
  });

  test('refuses a figure where a figure belongs but text came, as PostgreSQL does', async () => {
    const { kysely } = await open(':memory:', 'sqlite');
    await expect(sql`insert into unit values ('u', 'U', 'first')`.execute(kysely)).rejects.toThrow(/INTEGER/);
  });

  test('a file that is no database is left as it is, and the message says what to do', async () => {
    const file = join(folder, 'letter.sqlite');
    writeFileSync(file, 'Dear reader, this is a letter and no database. '.repeat(50));
    await expect(openDatabase(file)).rejects.toThrow(/letter\.sqlite is not a usable.*left as it is.*Restore a backup/);
  });

  test('a folder that cannot be made is told with its cause and its remedy', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(openDatabase(join(folder, 'file', 'a.sqlite'))).rejects.toThrow(/cannot be opened.*Nothing.*DATA_DIR/);
  });

  test('a log that another process holds too long is refused, not lost', async () => {
    const file = join(folder, 'busy.sqlite');
    const holding = await open(file, 'sqlite');
    const waiting = await open(file, 'sqlite');
    const log = await openEventLog(waiting);
    waiting.sqlite.pragma('busy_timeout = 1');
    holding.sqlite.exec('begin immediate');
    await expect(log.append([told('a')], projectNothing)).rejects.toThrow(LogRefuses);
    holding.sqlite.exec('rollback');
    expect(await log.append([told('a')], projectNothing)).toHaveLength(1);
  });
});

describe('PostgreSQL', () => {
  test('a server that is not there is told with its cause and its remedy, and without the password', async () => {
    const opening = openDatabase('postgres://stam:hemligt@127.0.0.1:1/none');
    await expect(opening).rejects.toThrow(
      /stam@127\.0\.0\.1:1\/none does not answer.*ECONNREFUSED.*Check DATABASE_URL/
    );
    await expect(opening).rejects.not.toThrow(/hemligt/);
  });

  describe.skipIf(!postgres)('when it is there', () => {
    test('acknowledges only what has reached the disk, whatever its own default is', async () => {
      const url = await postgres!.database();
      const name = new URL(url).pathname.slice(1);
      const setting = async (value: string) => {
        const client = new pg.Client(url);
        await client.connect();
        await client.query(`alter database ${name} set synchronous_commit = ${value}`);
        await client.end();
        const { kysely } = await open(url, 'postgres');
        const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(kysely);
        return rows[0]!.synchronous_commit;
      };
      expect(await setting('off')).toBe('on');
      expect(await setting('remote_apply')).toBe('remote_apply');
    });

    test('a number too large to be one is an error, never rounded', async () => {
      const { kysely } = await open(await postgres!.database(), 'postgres');
      const asked = (text: string) => sql<{ n: number }>`select ${sql.raw(text)}::bigint as n`.execute(kysely);
      expect((await asked('9007199254740991')).rows).toEqual([{ n: 9007199254740991 }]);
      await expect(asked('9007199254740993')).rejects.toThrow(/too large/);
    });

    test('a database that cannot hold å, ä and ö is refused', async () => {
      const url = await postgres!.database();
      const client = new pg.Client(url);
      await client.connect();
      const plain = new URL(`${url}_plain`);
      const name = plain.pathname.slice(1);
      await client.query(`create database ${name} encoding 'SQL_ASCII' locale 'C' template template0`);
      await expect(openDatabase(plain.href)).rejects.toThrow(/SQL_ASCII, not UTF8.*å, ä or ö.*create database/);
      await client.query(`drop database ${name} with (force)`);
      await client.end();
    });

    test('two that append at the same time share one row of offsets, without a gap, in the order they are saved', async () => {
      const url = await postgres!.database();
      const leader = await openEventLog(await open(url, 'postgres'));
      const guest = await openEventLog(await open(url, 'postgres'), 'guest');
      const saved: number[][] = [];
      const append = async (log: typeof leader, name: string) => {
        for (let i = 0; i < 40; i += 1) {
          const batch = Array.from({ length: 1 + (i % 5) }, (_, n) => told(`${name}${i}.${n}`));
          saved.push((await log.append([...batch, told(`both${i}`)], projectNothing)).map(({ offset }) => offset));
        }
      };
      await Promise.all([append(leader, 'a'), append(guest, 'b')]);
      const offsets = saved.flat().sort((a, b) => a - b);
      // 120 each of their own, and 40 that both tell and only one of them is first with.
      expect(offsets).toEqual(Array.from({ length: 280 }, (_, i) => i + 1));
      expect((await leader.read(0, 1_000)).map(({ offset }) => offset)).toEqual(offsets);
    }, 30_000);

    test('a connection that dies in the middle of an append is a refusal, and the next append has a new one', async () => {
      const url = await postgres!.database();
      const { kysely } = await open(url, 'postgres');
      const log = await openEventLog(opened.at(-1)!);
      await log.append([told('a')], projectNothing);
      const killed = log.append([told('b')], async (_, stored) => {
        await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and state = 'idle in transaction'`.execute(kysely);
        await stored.entries(['e']);
        return { entries: [], tallies: [] };
      });
      await expect(killed).rejects.toThrow(LogRefuses);
      expect(log.position().offset).toBe(1);
      expect((await log.append([told('b')], projectNothing))[0]!.offset).toBe(2);
    });
  });
});
