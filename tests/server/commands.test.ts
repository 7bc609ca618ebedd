import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COMMANDS, runCommand } from '../../src/lib/server/commands/commands.ts';
import { createIdentity } from '../../src/lib/server/identity/identity.ts';
import { openDatabase, type Database } from '../../src/lib/server/store/database.ts';

let home: string;
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'stamgaffel-commands-'))));
afterEach(() => rmSync(home, { recursive: true }));

async function stamgaffel(line: string | string[], { env = {}, input = '' } = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const shown: string[] = [];
  const code = await runCommand(typeof line === 'string' ? line.split(' ') : line, {
    env: { DATA_DIR: home, ...env },
    input: Readable.from([input]),
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    progress: (text) => shown.push(text)
  });
  return { code, out: out.join('\n'), err: err.join('\n'), shown };
}
async function inDatabase<T>(file: string, look: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(join(home, file));
  try {
    return await look(database);
  } finally {
    await database.close();
  }
}
const REAL = { DEMO: '0' };
const user = ['user', 'add', 'Eva@exempelstad.se', '--name', 'Eva Ek', '--role', 'administrator'];

describe('help', () => {
  test('lists every command, and every command tells about itself', async () => {
    const { code, out } = await stamgaffel('--help');
    expect(code).toBe(0);
    for (const { name, help } of COMMANDS) {
      expect(out).toContain(name);
      expect(await stamgaffel(`${name} --help`)).toMatchObject({ code: 0, out: help, err: '' });
      expect(help.startsWith(`stamgaffel ${name}`)).toBe(true);
    }
    expect(readdirSync(home)).toEqual([]);
  });
  test('a command that there is not is refused', async () => {
    expect(await stamgaffel('user remove x')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/no command "user remove"/)
    });
  });
});

describe('the database', () => {
  test('is the one that a start would open, and standard error says which', async () => {
    expect((await stamgaffel('schema migrate')).err).toMatch(/demo\.sqlite \(demo, because no telephone exchange/);
    expect((await stamgaffel('schema migrate', { env: REAL })).err).toMatch(
      /stamgaffel\.sqlite \(real, because DEMO=0/
    );
    // Now that there is a real one, a start without a word would open that.
    expect((await stamgaffel('schema migrate')).err).toMatch(
      /stamgaffel\.sqlite \(real, because there is a real database/
    );
  });
  test('needs no ORIGIN, but a wrong environment stops the command as it stops a start', async () => {
    const { code, err } = await stamgaffel('schema migrate', { env: { TIME_ZONE: 'Nowhere' } });
    expect(code).toBe(1);
    expect(err).toMatch(/^TIME_ZONE: .*\n {2}Consequence: .*\n {2}Remedy: /);
  });
});

describe('user add', () => {
  test('makes somebody who can sign in, with a random password alone on the last line', async () => {
    const { code, out } = await stamgaffel(user, { env: REAL });
    expect(code).toBe(0);
    expect(out).toMatch(/^[\w-]{20}$/);
    await inDatabase('stamgaffel.sqlite', async ({ kysely }) => {
      const identity = createIdentity({ db: kysely, secure: true });
      const wish = { email: 'eva@exempelstad.se', password: out, address: '192.0.2.1', cookie: null };
      expect((await identity.signIn(wish)).outcome).toBe('signed-in');
    });
  });
  test('takes a password from standard input, whole but for the last newline', async () => {
    const password = ' mellanslag räknas ';
    expect(await stamgaffel([...user, '--password-stdin'], { env: REAL, input: `${password}\n` })).toMatchObject({
      code: 0,
      out: ''
    });
    await inDatabase('stamgaffel.sqlite', async ({ kysely }) => {
      const identity = createIdentity({ db: kysely, secure: true });
      const wish = { email: 'eva@exempelstad.se', password, address: '192.0.2.1', cookie: null };
      expect((await identity.signIn(wish)).outcome).toBe('signed-in');
    });
  });
  test.each([
    ['no address', ['user', 'add', '--name', 'Eva', '--role', 'agent'], /1 name is needed and 0 given/],
    ['no name', ['user', 'add', 'e@x.se', '--role', 'agent'], /needs a name/],
    ['no role', ['user', 'add', 'e@x.se', '--name', 'Eva'], /needs a role: use --role with agent, coach/],
    ['an unknown role', ['user', 'add', 'e@x.se', '--name', 'Eva', '--role', 'boss'], /no role boss/],
    ['a screen', ['user', 'add', 'e@x.se', '--name', 'Eva', '--role', 'screen'], /no role screen/],
    [
      'roles that conflict',
      ['user', 'add', 'e@x.se', '--name', 'Eva', '--role', 'coach,administrator'],
      /cannot also be coach/
    ],
    ['an unknown option', ['user', 'add', 'e@x.se', '--nickname', 'Eva'], /nickname.*See --help/],
    ['no e-mail address', ['user', 'add', 'eva', '--name', 'Eva', '--role', 'agent'], /not an e-mail address/]
  ])('refuses %s', async (_what, line, why) => {
    const { code, err } = await stamgaffel(line);
    expect(code).toBe(1);
    expect(err).toMatch(why);
    expect(err).not.toMatch(/\n\s+at /);
  });
  test('refuses a short password, and the same person twice', async () => {
    expect((await stamgaffel([...user, '--password-stdin'], { input: 'kort' })).err).toMatch(/shorter than 12/);
    await stamgaffel(user);
    expect((await stamgaffel(user)).err).toMatch(/eva@exempelstad.se is a person already/);
  });
});

describe('token create', () => {
  test('prints the token alone on the last line, and it works', async () => {
    const { out, err } = await stamgaffel('token create --name intranet --scope read --days 30', { env: REAL });
    expect(out).toMatch(/^sg_[0-9a-f]{72}$/);
    expect(err).toMatch(/Scopes: boards:read tallies:read/);
    await inDatabase('stamgaffel.sqlite', async ({ kysely }) => {
      const identity = createIdentity({ db: kysely, secure: true });
      const found = await identity.authenticate({ authorization: `Bearer ${out}` });
      expect(found?.viewer).toMatchObject({ kind: 'integrator', scopes: ['boards:read', 'tallies:read'] });
      // Whoever sits at the machine leaves a trace too; the token itself stands in none.
      const told = await identity.audit.read({ acts: ['token-made'], most: 10 });
      expect(told).toMatchObject([{ by: 'command-line', about: expect.stringMatching(/ boards:read tallies:read$/) }]);
      expect(JSON.stringify(told)).not.toContain(out);
    });
  });
  test.each([
    ['token create --scope read', /needs a name/],
    ['token create --name x', /needs a scope/],
    ['token create --name x --scope write', /no scope write/],
    ['token create --name x --scope read --days 401', /at most 400/],
    ['token create --name x --scope read --days soon', /at most 400/]
  ])('refuses: %s', async (line, why) => {
    expect(await stamgaffel(line)).toMatchObject({ code: 1, err: expect.stringMatching(why) });
  });
});

describe('simulate and queue set', () => {
  test('a simulated day is there, a second run adds nothing, and its queues can be set', async () => {
    const line = 'simulate --days 3 --until 2026-11-19';
    expect((await stamgaffel(line)).err).toMatch(/^[1-9]\d+ events are new, 0 were there already/m);
    expect((await stamgaffel(line)).err).toMatch(/^0 events are new, [1-9]\d+ were there already/m);

    const set = 'queue set vaxel --name Nummer --wrap-up-ms 45000 --shared-wrap-up 1 --wrap-up-reason efterarbete';
    expect(await stamgaffel(`${set} --target-ms 30000 --from 2099-01-01`)).toMatchObject({ code: 0 });
    await inDatabase('demo.sqlite', async ({ kysely }) => {
      const queue = await kysely.selectFrom('queue').selectAll().where('id', '=', 'vaxel').executeTakeFirst();
      expect(queue).toMatchObject({ name: 'Nummer', short_name: 'Nummer', wrap_up_ms: 45000, shared_wrap_up: 1 });
      const reasons = await kysely.selectFrom('wrap_up_reason').selectAll().execute();
      expect(reasons).toEqual([{ queue_id: 'vaxel', reason: 'efterarbete' }]);
      const [first, second] = await kysely
        .selectFrom('service_level')
        .selectAll()
        .where('queue_id', '=', 'vaxel')
        .orderBy('from_at')
        .execute();
      // Only the target was given: the rest is as it was.
      expect(second).toEqual({ ...first, target_ms: 30000, from_at: Date.parse('2099-01-01T00:00:00+01:00') });
    });

    for (const [wrong, why] of [
      ['queue set vaxel --target-ms 30000 --from 2026-11-18', /already been counted/],
      ['queue set vaxel --target-ms soon', /not a whole number of milliseconds/],
      ['queue set vaxel --variant best', /no variant best/],
      ['queue set vaxel --from 2099-01-01', /none was given/],
      ['queue set vaxel --target-ms 1 --from 1/1', /Write it as 2026-12-01/],
      ['queue set vaxel --unit nowhere', /no unit nowhere/],
      ['queue set vaxel --shared-wrap-up yes', /neither 1 nor 0/],
      ['queue set nowhere --name x', /no queue nowhere.*vaxel/]
    ] as const)
      expect(await stamgaffel(wrong)).toMatchObject({ code: 1, err: expect.stringMatching(why) });
  }, 60_000);

  test('a day that the running city has lived is not made a second time', async () => {
    await stamgaffel('simulate --days 1 --until 2026-11-20');
    await inDatabase('demo.sqlite', async ({ kysely }) => {
      const entry = await kysely.selectFrom('entry').selectAll().executeTakeFirstOrThrow();
      const livedAt = Date.parse('2026-11-18T04:00:05+01:00');
      const lived = { ...entry, id: 'lived', channel: 'L20261118-c1', offered_at: livedAt, last_at: livedAt };
      await kysely.insertInto('entry').values(lived).execute();
    });
    const { err } = await stamgaffel('simulate --days 2 --until 2026-11-20');
    expect(err).toMatch(/^0 events are new/m);
    expect(err).toMatch(/^1 days were lived by the running city/m);
  }, 60_000);

  test('a real contact centre is not simulated, and no file is made of it', async () => {
    expect(await stamgaffel('simulate', { env: REAL })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Set DEMO=1/)
    });
    expect(readdirSync(home)).toEqual([]);
  });
  test.each(['simulate --days 0', 'simulate --days all', 'simulate --until yesterday', 'simulate --until 2999-01-01'])(
    'refuses: %s',
    async (line) => {
      expect((await stamgaffel(line)).code).toBe(1);
    }
  );
});

describe('import queue-log', () => {
  const file = () => join(home, 'queue_log.gz');
  const call = (n: number, second: number) => [
    `${second}|${n}.0|vaxel|NONE|ENTERQUEUE||0701740605|1`,
    `${second + 5}|${n}.0|vaxel|NONE|ABANDON|1|1|5`
  ];
  const lines = [...call(1, 1_795_283_728), 'this is not a line of queue_log', ...call(2, 1_795_283_828)];

  test('reads files and standard input, shows how far it is, counts nothing twice, and keeps what it cannot read', async () => {
    writeFileSync(file(), gzipSync(`${lines.join('\n')}\n`));
    const first = await stamgaffel(['import', 'queue-log', file(), '--source', 'main'], { env: REAL });
    expect(first).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^5 lines, 2026-11-21 to 2026-11-21: 4 events are new\.$/m)
    });
    expect(first.shown.at(-1)).toMatch(/^queue_log\.gz {2}█{30} 100 % {2}5 lines$/);
    const kept = /1 lines could not be read .*They are kept in (.*)\.$/m.exec(first.err)?.[1];
    expect(readFileSync(kept!, 'utf8')).toContain('this is not a line of queue_log');

    // The exchange is known now, so it need not be named.
    const again = await stamgaffel('import queue-log -', { env: REAL, input: `${lines.join('\n')}\n` });
    expect(again.err).toMatch(/^Exchange: main$/m);
    expect(again.err).toMatch(/: 0 events are new\.$/m);
    await inDatabase('stamgaffel.sqlite', async ({ kysely }) => {
      const entries = await kysely.selectFrom('entry').select(['queue', 'outcome']).execute();
      expect(entries).toEqual([
        { queue: 'vaxel', outcome: 'abandoned' },
        { queue: 'vaxel', outcome: 'abandoned' }
      ]);
      const log = await kysely.selectFrom('event').select('event').execute();
      expect(JSON.stringify(log)).not.toContain('0701740605');
    });
  });
  test('says on which days transfers behind Local members are not visible', async () => {
    // 20 to 22 and 24 November; on the 23rd nobody was answered.
    const answered = [0, 1, 2, 4]
      .map((day) => 1_795_197_328 + day * 86_400)
      .flatMap((second, n) => [
        `${second}|${n}.0|vaxel|NONE|ENTERQUEUE|||1`,
        `${second + 5}|${n}.0|vaxel|Ada|CONNECT|5|${n}.1|4`,
        `${second + 9}|${n}.0|vaxel|Ada|COMPLETECALLER|5|4|1`
      ]);
    const input = [...answered, ...call(9, 1_795_197_328 + 3 * 86_400)].sort().join('\n');
    const { err } = await stamgaffel('import queue-log - --source main', { env: REAL, input });
    expect(err).toMatch(/not visible on 2026-11-20 to 2026-11-22, 2026-11-24 \(4 days\): these days were not watched/);
    const again = await stamgaffel('import queue-log -', { env: REAL, input });
    expect(again.err).not.toContain('not visible');
  });
  test('is refused by a demonstration, and makes no file of it', async () => {
    writeFileSync(file(), gzipSync(''));
    const { code, err } = await stamgaffel(['import', 'queue-log', file()]);
    expect([code, err]).toEqual([1, expect.stringMatching(/Set DEMO=0/)]);
    expect(readdirSync(home)).toEqual(['queue_log.gz']);
  });
  test('is refused without a file, with one that is not there, and while nobody knows the exchange', async () => {
    expect((await stamgaffel('import queue-log', { env: REAL })).err).toMatch(/Name the files/);
    expect((await stamgaffel('import queue-log /nowhere/queue_log', { env: REAL })).err).toMatch(
      /cannot be read \(ENOENT\)/
    );
    expect((await stamgaffel('import queue-log -', { env: REAL })).err).toMatch(/with --source NAME/);
  });
});

describe('backup and restore', () => {
  test('what was kept is back, and a file that is there is not overwritten', async () => {
    await stamgaffel(user, { env: REAL });
    const file = join(home, 'kept.jsonl.gz');
    const made = await stamgaffel(['backup', file], { env: REAL });
    expect(made).toMatchObject({ code: 0, err: expect.stringMatching(/rows of \d+ tables, 0\.0 MB/) });
    expect(made.shown.at(-1)).toMatch(/100 %/);
    expect((await stamgaffel(['backup', file], { env: REAL })).err).toMatch(/is there already/);

    const [again, keys] = [join(home, 'again.jsonl.gz'), join(home, 'keys-copy.sqlite')];
    expect(await stamgaffel(['backup', again, '--keys', keys], { env: REAL })).toMatchObject({ code: 0 });
    expect(existsSync(keys)).toBe(true);
    expect((await stamgaffel(['backup', join(home, 'third.gz'), '--keys', keys], { env: REAL })).err).toMatch(
      /keys-copy.sqlite is there already/
    );

    const other = { ...REAL, DATA_DIR: join(home, 'other') };
    expect((await stamgaffel(['restore', file], { env: { DEMO: '1', DATA_DIR: join(home, 'third') } })).err).toMatch(
      /The backup is of real calls/
    );
    expect(await stamgaffel(['restore', file], { env: other })).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^Restored as it was 20.*new epoch/m)
    });
    expect((await stamgaffel(['restore', file], { env: other })).err).toMatch(/not empty.*--replace/);
    expect(await stamgaffel(['restore', file, '--replace'], { env: other })).toMatchObject({ code: 0 });
    await inDatabase('other/stamgaffel.sqlite', async ({ kysely }) => {
      const [person] = await kysely.selectFrom('person').select('name').execute();
      expect(person).toEqual({ name: 'Eva Ek' });
      const acts = await kysely.selectFrom('audit').select('act').orderBy('position').execute();
      expect(acts.map(({ act }) => act)).toEqual(expect.arrayContaining(['data-exported', 'data-restored']));
    });
  });
});
