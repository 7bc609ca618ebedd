import BetterSqlite3 from 'better-sqlite3';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAudit } from '../../../../src/lib/server/identity/audit.ts';
import { createIdentity } from '../../../../src/lib/server/identity/identity.ts';
import { createEngine } from '../../../../src/lib/server/live/engine.ts';
import { LogRefuses } from '../../../../src/lib/server/live/ports.ts';
import { backUp } from '../../../../src/lib/server/store/backup/backup.ts';
import { restore } from '../../../../src/lib/server/store/backup/restore.ts';
import { tablesThereAre } from '../../../../src/lib/server/store/backup/table-shapes.ts';
import { openDatabase, type Database } from '../../../../src/lib/server/store/database.ts';
import { openEventLog } from '../../../../src/lib/server/store/event-log.ts';
import { stampKind } from '../../../../src/lib/server/store/kind.ts';
import { migrateToLatest } from '../../../../src/lib/server/store/migrate.ts';
import { migrations } from '../../../../src/lib/server/store/migrations/index.ts';
import { setUnit } from '../../../../src/lib/server/store/queues.ts';
import { openRegister } from '../../../../src/lib/server/store/register.ts';
import type { Tables } from '../../../../src/lib/server/store/tables.ts';
import { databasesForTests } from '../../../support/databases.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { ScriptedSource } from '../../../support/scripted-source.ts';

const zone = 'Europe/Stockholm';
const TEN = Date.parse('2026-11-24T10:00:00+01:00');

const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-backup-'));
const open: Database[] = [];
afterAll(async () => {
  for (const database of open) await database.close();
  rmSync(folder, { recursive: true });
});

async function opened(location: string): Promise<Database> {
  const database = await openDatabase(location);
  open.push(database);
  return database;
}

async function engineOn(database: Database, clock: FakeClock) {
  const register = await openRegister(database, { zone, now: clock.now });
  const log = await openEventLog(database);
  const after = (ms: number, callback: () => void) => {
    const id = clock.setTimeout(callback, ms);
    return () => clock.clearTimeout(id);
  };
  return { register, log, engine: await createEngine({ log, register, zone, demo: true, now: clock.now, after }) };
}

/** A city with people of every role, a token, a trace in the audit log, and two callers who wait. */
async function livedIn(database: Database): Promise<void> {
  await stampKind(database, 'demo');
  const clock = new FakeClock(TEN);
  const { engine } = await engineOn(database, clock);
  const identity = createIdentity({ db: database.kysely, secure: true });
  await setUnit(database.kysely, { id: 'växeln', name: 'Växeln', position: 0 });
  const who = { email: 'eva@exempelstad.se', password: 'en lång hemlighet' };
  await identity.people.add({ ...who, name: 'Eva Ek', roles: ['leader'] });
  await identity.signIn({ ...who, address: '192.0.2.1', cookie: null });
  await identity.tokens.create({ name: 'Intranätet "å\u2028"', scopes: ['boards:read'], days: 30 });
  await createAudit(database.kysely).write('token-made', { actor: 'command-line', about: 'a token' });
  const said = { text: 'Nya regler från i dag', from_at: TEN, until_at: TEN + 1, posted_at: TEN, posted_by: null };
  const announcement = { ...said, replaces: null, taken_down_at: null };
  await database.kysely
    .insertInto('announcement')
    .values({ ...announcement, id: 'first' })
    .execute();
  await database.kysely
    .insertInto('announcement')
    .values({ ...announcement, id: 'second', replaces: 'first' })
    .execute();
  // On PostgreSQL a changed row moves behind the one that refers to it.
  await database.kysely.updateTable('announcement').set({ taken_down_at: TEN }).where('id', '=', 'first').execute();
  const source = new ScriptedSource();
  await engine.attach(source);
  await source.callComesIn(1);
  await source.callComesIn(2);
  await engine.close();
}

/** Everything that stands in a database, but sessions and the life of the log. */
async function contents({ kysely }: Database): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const { name, columns } of await tablesThereAre(kysely)) {
    if (name === 'session') continue;
    const shown = name === 'log' ? ['offset'] : columns;
    const list = sql.join(shown.map((column) => sql.ref(column)));
    const { rows } = await sql<Record<string, unknown>>`select ${list} from ${sql.table(name)}`.execute(kysely);
    all[name] = rows.map((row) => JSON.stringify(shown.map((column) => row[column]))).sort();
  }
  return all;
}

async function boardOf(database: Database) {
  const { engine } = await engineOn(database, new FakeClock(TEN + 60_000));
  const { position, ...frame } = engine.feed.current('all')!;
  await engine.close();
  return { frame, position };
}

let files = 0;
let current = '';
const file = () => current;
beforeEach(() => void (current = join(folder, `backup-${(files += 1)}.jsonl.gz`)));
const wish = { kind: 'demo', replace: false } as const;
const bases = await databasesForTests();

for (const from of bases) {
  for (const to of bases) {
    it.skipIf(from.skip || to.skip)(
      `what was kept on ${from.name} is restored on ${to.name}, every table and the board`,
      async () => {
        const before = await opened(await from.location());
        await livedIn(before);
        const after = await opened(await to.location());
        await stampKind(after, 'demo');

        const progress: number[] = [];
        const { rows } = await backUp(before, file(), { now: TEN, onProgress: ({ done }) => progress.push(done) });
        expect(progress.at(-1)).toBe(rows);
        await restore(after, file(), wish);

        const kept = await contents(before);
        expect(await contents(after)).toEqual(kept);
        // A comparison of nothing with nothing would pass too.
        const filled = Object.keys(kept).filter((name) => kept[name]!.length > 0);
        expect(filled).toEqual(expect.arrayContaining(['event', 'entry', 'queue', 'person', 'api_token', 'audit']));
        expect(await after.kysely.selectFrom('session').selectAll().execute()).toEqual([]);
        expect(await createAudit(after.kysely).verify()).toMatchObject({ brokenAt: null });

        const [was, is] = [await boardOf(before), await boardOf(after)];
        expect(is.frame).toEqual(was.frame);
        expect(is.frame.total.today.offered).toBe(2);
        expect(is.position.offset).toBe(was.position.offset);
        expect(is.position.epoch).not.toBe(was.position.epoch);
      },
      30_000
    );
  }
}

for (const where of bases) {
  describe.skipIf(where.skip)(`on ${where.name}`, () => {
    let before: Database;
    const made = join(folder, `backup of ${where.name}`);
    beforeAll(async () => {
      before = await opened(await where.location());
      await livedIn(before);
      await backUp(before, made, { now: TEN });
    });
    beforeEach(() => copyFileSync(made, file()));
    const emptyOne = async () => {
      const database = await opened(await where.location());
      await stampKind(database, 'demo');
      return database;
    };

    it('a database in which something stands is only replaced when that is said', async () => {
      await before.kysely.updateTable('person').set({ name: 'Somebody else' }).execute();
      await expect(restore(before, file(), wish)).rejects.toThrow(/is not empty.*--replace/s);
      await restore(before, file(), { ...wish, replace: true });
      const names = await before.kysely.selectFrom('person').select('name').execute();
      expect(names.map(({ name }) => name)).not.toContain('Somebody else');
    });

    it('a server that still runs on a database that was restored writes no more', async () => {
      const log = await openEventLog(before);
      await restore(before, file(), { ...wish, replace: true });
      const event = { kind: 'QueueGone', queue: 'vaxel' } as const;
      const about = { at: TEN, seenAt: TEN, key: 'late', lane: 'live', quality: 'exact', source: 'main' } as const;
      const project = async () => ({ entries: [], tallies: [] });
      await expect(log.append([{ ...about, event }], project)).rejects.toThrow(LogRefuses);
    });

    it.each([
      ['cut short', () => truncateSync(file(), statSync(file()).size - 40)],
      [
        'without its end',
        () => {
          const lines = gunzipSync(readFileSync(file())).toString().trimEnd().split('\n');
          writeFileSync(file(), gzipSync(`${lines.slice(0, -1).join('\n')}\n`));
        }
      ],
      [
        'with a row taken out',
        () => {
          const lines = gunzipSync(readFileSync(file())).toString().trimEnd().split('\n');
          const row = lines.findLastIndex((line) => line.startsWith('['));
          writeFileSync(file(), gzipSync(`${lines.toSpliced(row, 1).join('\n')}\n`));
        }
      ]
    ])('a file %s changes nothing', async (_what, spoil) => {
      spoil();
      const database = await emptyOne();
      const was = await contents(database);
      await expect(restore(database, file(), wish)).rejects.toThrow(/Nothing was restored/);
      expect(await contents(database)).toEqual(was);
    });

    it('a demonstration is not restored among real calls', async () => {
      const real = await opened(await where.location());
      await stampKind(real, 'real');
      const refused = restore(real, file(), { kind: 'real', replace: true });
      await expect(refused).rejects.toThrow(/of a demonstration/);
    });

    it('a backup from before the last migrations is brought up to date', async () => {
      const sqlite = new BetterSqlite3(':memory:');
      const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
      open.push({ dialect: 'sqlite', sqlite, kysely, where: 'memory', close: () => kysely.destroy() });
      await migrateToLatest(kysely, migrations.slice(0, 4));
      await kysely.insertInto('stamp').values({ id: 1, kind: 'demo' }).execute();
      await setUnit(kysely, { id: 'växeln', name: 'Växeln', position: 0 });
      rmSync(file());
      await backUp(open.at(-1)!, file(), { now: TEN });

      const database = await emptyOne();
      await restore(database, file(), wish);
      expect(await database.kysely.selectFrom('unit').select('name').execute()).toEqual([{ name: 'Växeln' }]);
      expect(await database.kysely.selectFrom('audit_head').select('position').execute()).toEqual([{ position: 0 }]);
      expect(await database.kysely.selectFrom('log').select('cut_before').execute()).toEqual([{ cut_before: 0 }]);
    });

    it('the file is only for its owner, and carries the head of the audit log', async () => {
      expect(statSync(file()).mode & 0o777).toBe(0o600);
      const header = JSON.parse(gunzipSync(readFileSync(file())).toString().split('\n')[0]!) as { auditHead: string };
      expect(header.auditHead).toBe((await createAudit(before.kysely).head()).hash);
      expect(header.auditHead).toMatch(/^[0-9a-f]{64}$/);
    });
  });
}
