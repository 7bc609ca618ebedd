import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/lib/server/config.ts';
import { ConfigRefused, type Environment } from '../../src/lib/server/config-refused.ts';

const home = mkdtempSync(join(tmpdir(), 'stamgaffel-config-'));
afterAll(() => rmSync(home, { recursive: true }));

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(home, 'data-'))));

const read = (env: Environment = {}) => readConfig({ DATA_DIR: dataDir, ...env });
const PBX = 'ami://wallboard:s3cret@pbx.example:5038/main';
const REAL = { ASTERISK_AMI_URL: PBX, ORIGIN: 'https://svar.example.se' };

function refusal(env: Environment): ConfigRefused {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigRefused) return error;
    throw error;
  }
  throw new Error('the start was not refused');
}

describe('demonstration or real', () => {
  test('with nothing configured the demonstration runs, on this machine only, in its own file', () => {
    expect(read()).toMatchObject({
      kind: 'demo',
      host: '127.0.0.1',
      port: 3000,
      origin: 'http://127.0.0.1:3000',
      originIsLoopback: true,
      database: { kind: 'sqlite', file: join(dataDir, 'demo.sqlite') },
      timeZone: 'Europe/Stockholm',
      pbxes: []
    });
  });
  test('the demonstration runs again at the second start, beside its own database', () => {
    writeFileSync(join(dataDir, 'demo.sqlite'), '');
    expect(read().kind).toBe('demo');
  });
  test('a telephone exchange makes it real, open to others, in the real file', () => {
    expect(read(REAL)).toMatchObject({
      kind: 'real',
      host: '0.0.0.0',
      origin: 'https://svar.example.se',
      originIsLoopback: false,
      database: { kind: 'sqlite', file: join(dataDir, 'stamgaffel.sqlite') },
      pbxes: [{ name: 'main', host: 'pbx.example', port: 5038, user: 'wallboard', secret: 's3cret', queueLog: null }]
    });
  });
  test('a real database in DATA_DIR makes it real', () => {
    writeFileSync(join(dataDir, 'stamgaffel.sqlite'), '');
    expect(read({ ORIGIN: 'https://svar.example.se' }).kind).toBe('real');
  });
  test('DEMO=1 runs the demonstration also beside a real database', () => {
    writeFileSync(join(dataDir, 'stamgaffel.sqlite'), '');
    expect(read({ DEMO: '1' })).toMatchObject({ kind: 'demo', database: { file: join(dataDir, 'demo.sqlite') } });
  });
  test('a DATABASE_URL makes it real, and with DEMO=1 the demonstration lives in it', () => {
    const url = 'postgres://u:p@db.example/stamgaffel';
    expect(read({ DATABASE_URL: url, HOST: '127.0.0.1' })).toMatchObject({ kind: 'real', database: { url } });
    expect(read({ DATABASE_URL: url, DEMO: '1' })).toMatchObject({ kind: 'demo', database: { url } });
  });
  test('DEMO=0 never runs the demonstration', () => {
    expect(read({ DEMO: '0', HOST: '127.0.0.1' }).kind).toBe('real');
  });
  test('DEMO=1 beside a telephone exchange is refused', () => {
    expect(refusal({ ...REAL, DEMO: '1' }).message).toMatch(
      /^DEMO: .*both set[^]*Invented calls[^]*Remedy: Unset DEMO/
    );
  });
  test('the command line opens the same database and needs no ORIGIN', () => {
    const config = readConfig({ DATA_DIR: dataDir, ASTERISK_AMI_URL: PBX }, { command: true });
    expect(config.database).toEqual({ kind: 'sqlite', file: join(dataDir, 'stamgaffel.sqlite') });
  });
});

describe('several exchanges', () => {
  test('each has its name, its secret decoded, its port and its queue_log', () => {
    const { pbxes } = read({
      ...REAL,
      ASTERISK_AMI_URL: `${PBX}, ami://w:a%2Cb%40c@[::1]/backup`,
      ASTERISK_QUEUE_LOG: 'main=/var/log/a,backup=/var/log/b'
    });
    expect(pbxes.map(({ name, host, port, secret, queueLog }) => [name, host, port, secret, queueLog])).toEqual([
      ['main', 'pbx.example', 5038, 's3cret', '/var/log/a'],
      ['backup', '::1', 5038, 'a,b@c', '/var/log/b']
    ]);
  });
  test('with one exchange the path of its queue_log stands alone', () => {
    expect(read({ ...REAL, ASTERISK_QUEUE_LOG: '/var/log/queue_log' }).pbxes[0]?.queueLog).toBe('/var/log/queue_log');
  });
});

describe('secrets from files', () => {
  test('a secret is read from the file that NAME_FILE names, without its last newline', () => {
    const file = join(dataDir, 'ami');
    writeFileSync(file, `${PBX}\n`);
    expect(read({ ORIGIN: REAL.ORIGIN, ASTERISK_AMI_URL_FILE: file })).toMatchObject({
      kind: 'real',
      pbxes: [{ secret: 's3cret' }]
    });
  });
  test.each([
    ['DATABASE_URL', 'postgres://u:p@h/d'],
    ['METRICS_TOKEN', 'a-long-and-random-token'],
    ['ASTERISK_AMI_URL', PBX]
  ])('%s given twice is refused', (name, value) => {
    const file = join(dataDir, 'secret');
    writeFileSync(file, value);
    expect(refusal({ ...REAL, [name]: value, [`${name}_FILE`]: file }).problems[0]).toMatchObject({ variable: name });
  });
  test('a missing file and an empty file are refused by name', () => {
    writeFileSync(join(dataDir, 'empty'), '\n');
    expect(refusal({ METRICS_TOKEN_FILE: join(dataDir, 'gone') }).message).toMatch(/gone cannot be read \(ENOENT\)/);
    expect(refusal({ METRICS_TOKEN_FILE: join(dataDir, 'empty') }).message).toMatch(/empty is empty/);
  });
});

describe('agents may pause themselves', () => {
  test('in the demonstration, and elsewhere only when the site has said so', () => {
    expect(read({}).pausing).toEqual({ allowed: true, reasons: ['Rast', 'Lunch', 'Möte'] });
    expect(read(REAL).pausing.allowed).toBe(false);
    const said = read({ ...REAL, ALLOW_PAUSE: '1', PAUSE_REASONS: 'Kort paus, Lunch' });
    expect(said.pausing).toEqual({ allowed: true, reasons: ['Kort paus', 'Lunch'] });
  });
});

test('who is free is told by name only where the site has said so, also in the demonstration', () => {
  expect([read({}).namesByState, read(REAL).namesByState]).toEqual([false, false]);
  expect(read({ ...REAL, NAMES_BY_STATE: '1' }).namesByState).toBe(true);
});

describe('wrong values stop the start with cause, consequence and remedy', () => {
  const OIDC = { OIDC_ISSUER: 'https://login.example/tenant', OIDC_CLIENT_ID: 'board', OIDC_CLIENT_SECRET: 's3cret' };
  const wrong: [string, Environment][] = [
    ['PORT', { PORT: '0' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: 'http' }],
    ['DEMO', { DEMO: 'yes' }],
    ['SHUTDOWN_FAST', { SHUTDOWN_FAST: 'true' }],
    ['ALLOW_PAUSE', { ALLOW_PAUSE: 'yes' }],
    ['NAMES_BY_STATE', { NAMES_BY_STATE: 'yes' }],
    ['PAUSE_REASONS', { PAUSE_REASONS: 'Rast,,Lunch' }],
    ['PAUSE_REASONS', { PAUSE_REASONS: 'Rast\r\nAction: Hangup' }],
    ['TIME_ZONE', { TIME_ZONE: 'Göteborg' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'short' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://u:p@h/d', HOST: '127.0.0.1' }],
    ['ORIGIN', { ASTERISK_AMI_URL: PBX }],
    ['ORIGIN', { HOST: '0.0.0.0' }],
    ['ORIGIN', { ORIGIN: 'svar.example.se' }],
    ['ORIGIN', { ORIGIN: 'https://svar.example.se/board' }],
    ['ORIGIN', { ORIGIN: 'http://svar.example.se' }],
    ['ORIGIN', { ORIGIN: 'null' }],
    ['ASTERISK_AMI_URL', { ...REAL, ASTERISK_AMI_URL: 'tcp://w:s3cret@h/main' }],
    ['ASTERISK_AMI_URL', { ...REAL, ASTERISK_AMI_URL: 'ami://w@h:5038/main' }],
    ['ASTERISK_AMI_URL', { ...REAL, ASTERISK_AMI_URL: 'ami://w:s3cret@h:5038' }],
    ['ASTERISK_AMI_URL', { ...REAL, ASTERISK_AMI_URL: 'ami://w:s3cret%ZZ@h:5038/main' }],
    ['ASTERISK_AMI_URL', { ...REAL, ASTERISK_AMI_URL: `${PBX},${PBX}` }],
    ['ASTERISK_AMI_URL', { ...REAL, ASTERISK_AMI_URL: 'ami://w:s3cret@h:99999/main' }],
    ['ASTERISK_QUEUE_LOG', { ASTERISK_QUEUE_LOG: '/var/log/queue_log' }],
    ['ASTERISK_QUEUE_LOG', { ...REAL, ASTERISK_QUEUE_LOG: 'other=/var/log/queue_log' }],
    ['OIDC_CLIENT_SECRET', { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'board' }],
    ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'http://login.example' }],
    ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'login.example' }],
    ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' }],
    ['OIDC_GROUPS', { ...OIDC, OIDC_GROUPS: 'all' }]
  ];
  test.each(wrong)('%s: %o', (variable, env) => {
    const error = refusal(env);
    expect(error.problems.map((problem) => problem.variable)).toEqual([variable]);
    expect(error.message).toMatch(/: .+\n {2}Consequence: .+\n {2}Remedy: .+/);
    expect(error.message).not.toContain('s3cret');
  });
  test('DATA_DIR that is a file', () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    expect(refusal({ DATA_DIR: file }).problems[0]?.variable).toBe('DATA_DIR');
  });
  test('everything that is wrong is told at once', () => {
    const { problems } = refusal({ PORT: 'x', TIME_ZONE: 'x', LOG_LEVEL: 'x' });
    expect(problems.map(({ variable }) => variable)).toEqual(['PORT', 'TIME_ZONE', 'LOG_LEVEL']);
  });
  test('http on this machine itself is allowed, also behind HOST=0.0.0.0 in a container', () => {
    expect(read({ HOST: '0.0.0.0', ORIGIN: 'http://localhost:8080' })).toMatchObject({
      origin: 'http://localhost:8080',
      originIsLoopback: true
    });
  });
});

describe('the keys', () => {
  test('stand apart from the database, and the demonstration has its own', () => {
    expect(read(REAL).keys).toEqual({
      file: join(dataDir, 'keys.sqlite'),
      masterKey: null,
      masterKeyFile: join(dataDir, 'master.key')
    });
    expect(read().keys).toMatchObject({ file: join(dataDir, 'demo-keys.sqlite') });
  });
  test('are locked by 32 bytes, as digits or in base64, also from a file', () => {
    const bytes = Buffer.alloc(32, 9);
    for (const value of [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')])
      expect(read({ RECORDINGS_KEY: value }).keys.masterKey).toEqual(bytes);
    writeFileSync(join(dataDir, 'key'), `${bytes.toString('hex')}\n`);
    expect(read({ RECORDINGS_KEY_FILE: join(dataDir, 'key') }).keys.masterKey).toEqual(bytes);
  });
  test('a master key of another length is refused, and not shown', () => {
    const { message } = refusal({ RECORDINGS_KEY: 'hemligt' });
    expect(message).toMatch(/RECORDINGS_KEY: it is not 32 bytes[^]*Consequence: [^]*Remedy: .*openssl rand -hex 32/);
    expect(message).not.toContain('hemligt');
  });
});
