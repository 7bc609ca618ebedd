/**
 * The environment, read once. Everything that is wrong with it is told together, each with its cause, its consequence
 * and its remedy, and then nothing starts: a wallboard on half a configuration would show half a truth.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readDirectory, type DirectoryAddress } from './config-directory.ts';
import { readPbxes, type Pbx } from './config-exchanges.ts';
import { readKeys, type KeysAddress } from './config-keys.ts';
import { readRecordings, type RecordingsConfig } from './config-recordings.ts';
import { ConfigRefused, isLoopback, type ConfigProblem, type Environment, type Refuse } from './config-refused.ts';

export type DatabaseAddress = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };

export interface Config {
  /** The demonstration city or a real contact centre. They never share a database. */
  kind: 'demo' | 'real';
  /** Why it is the one and not the other, for whoever starts it. */
  kindBecause: string;
  host: string;
  port: number;
  /** Where people reach us, without a path: the only Origin that forms and sockets are taken from. */
  origin: string;
  /** Whether `origin` is this machine itself: then cookies may go without https. */
  originIsLoopback: boolean;
  dataDir: string;
  database: DatabaseAddress;
  pbxes: Pbx[];
  /** What people write in coaching and what was recorded is locked with keys that no backup of the database holds. */
  keys: KeysAddress;
  recordings: RecordingsConfig;
  timeZone: string;
  /** What the organisation answers as, for the rubric's examples; null when nobody has said. */
  city: string | null;
  logLevel: LogLevel;
  metricsToken: string | null;
  /** The organisation's own sign-in (OpenID Connect); null without it. */
  directory: DirectoryAddress | null;
  /** Close every socket at once when stopping, instead of a few per second. */
  shutdownFast: boolean;
  /** Whether leaders may know who of their own units is free, by name. */
  namesByState: boolean;
  /** Whether those who answer may pause themselves from here, and the reasons they choose from. */
  pausing: { allowed: boolean; reasons: readonly string[] };
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const NO_START = 'Stämgaffeln does not start.';

const databaseFile = (dataDir: string, kind: Config['kind']): string =>
  join(dataDir, kind === 'demo' ? 'demo.sqlite' : 'stamgaffel.sqlite');

/**
 * What a start with this environment means. `command: true` is for the command line, which opens the same database but
 * serves nobody and so needs no `ORIGIN`.
 *
 * @throws {ConfigRefused} naming everything that is wrong, not only the first.
 */
export function readConfig(env: Environment, { command = false } = {}): Config {
  const problems: ConfigProblem[] = [];
  const refuse = (variable: string, cause: string, remedy: string, consequence = NO_START) =>
    void problems.push({ variable, cause, consequence, remedy });
  const text = (name: string): string | null => env[name]?.trim() || null;

  /** A secret from `NAME`, or from the file that `NAME_FILE` names, as Docker and systemd hand them over. */
  const secret = (name: string): string | null => {
    const [direct, file] = [text(name), text(`${name}_FILE`)];
    if (file === null) return direct;
    if (direct !== null)
      refuse(name, `both ${name} and ${name}_FILE are set, and they may differ.`, 'Keep one of them.');
    try {
      const content = readFileSync(file, 'utf8').trim();
      if (!content) refuse(`${name}_FILE`, `${file} is empty.`, `Write the value into it, or unset ${name}_FILE.`);
      return direct ?? (content || null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      refuse(`${name}_FILE`, `${file} cannot be read (${code}).`, 'Make the file readable for this user.');
      return direct;
    }
  };
  const yesOrNo = (name: string): boolean | null => {
    const value = text(name);
    if (value === null || value === '0' || value === '1') return value === null ? null : value === '1';
    refuse(name, `"${value}" is neither 1 nor 0.`, `Set ${name}=1, ${name}=0, or leave it out.`);
    return null;
  };

  const dataDir = resolve(text('DATA_DIR') ?? './data');
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
    refuse('DATA_DIR', `${dataDir} is a file, not a folder.`, 'Name a folder; it is made when it is not there.');

  const databaseUrl = secret('DATABASE_URL');
  if (databaseUrl !== null && !/^postgres(ql)?:\/\/[^/]*/.test(databaseUrl))
    refuse('DATABASE_URL', 'it does not begin with postgres://.', 'Write postgres://user:password@host/database.');

  const pbxes = readPbxes(secret('ASTERISK_AMI_URL'), text('ASTERISK_QUEUE_LOG'), refuse);
  const demo = yesOrNo('DEMO');
  const askedForPbx = pbxes.length > 0 || Boolean(text('ASTERISK_AMI_URL') ?? text('ASTERISK_AMI_URL_FILE'));
  if (demo === true && askedForPbx)
    refuse(
      'DEMO',
      'DEMO=1 and ASTERISK_AMI_URL are both set.',
      'Unset DEMO to serve the telephone exchange, or unset ASTERISK_AMI_URL to run the demonstration.',
      'Invented calls would stand among real ones, so Stämgaffeln does not start.'
    );
  const [kind, kindBecause] = kindOf(demo, askedForPbx, databaseUrl !== null, dataDir);

  const keys = readKeys(dataDir, kind, secret, refuse);
  const recordings = readRecordings(env, text, refuse);

  const host = text('HOST') ?? (kind === 'demo' ? '127.0.0.1' : '0.0.0.0');
  const port = Number(text('PORT') ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    refuse('PORT', `"${text('PORT')}" is not a port.`, 'Use a whole number from 1 to 65535.');

  const origin = readOrigin(text('ORIGIN') ?? (command ? 'http://127.0.0.1' : null), host, port, refuse);

  const timeZone = text('TIME_ZONE') ?? 'Europe/Stockholm';
  try {
    new Intl.DateTimeFormat('sv', { timeZone });
  } catch {
    refuse('TIME_ZONE', `"${timeZone}" is not a time zone.`, 'Use an IANA name, such as Europe/Stockholm.');
  }

  const city = text('CITY') ?? (kind === 'demo' ? 'Exempelstad' : null);
  if (city !== null && city.length > 60)
    refuse('CITY', 'it is longer than 60 characters.', 'Write what is said when the telephone is answered.');

  const logLevel = (text('LOG_LEVEL') ?? 'info') as LogLevel;
  if (!LOG_LEVELS.includes(logLevel))
    refuse('LOG_LEVEL', `"${logLevel}" is not a level.`, `Use one of ${LOG_LEVELS.join(', ')}.`);

  const metricsToken = secret('METRICS_TOKEN');
  if (metricsToken !== null && metricsToken.length < 16)
    refuse('METRICS_TOKEN', 'it is shorter than 16 characters.', 'Use a random one: openssl rand -hex 24.');

  const shutdownFast = yesOrNo('SHUTDOWN_FAST') ?? false;
  const directory = readDirectory(env, text, secret, refuse);

  const reasons = (text('PAUSE_REASONS') ?? 'Rast,Lunch,Möte').split(',').map((reason) => reason.trim());
  if (reasons.length > 12 || reasons.some((reason) => !/^[\p{L}\p{N} _-]{1,40}$/u.test(reason)))
    refuse(
      'PAUSE_REASONS',
      'it is not a list of at most twelve reasons of letters, digits, spaces, - and _.',
      'Write PAUSE_REASONS=Rast,Lunch,Möte with the words that the exchange knows.'
    );
  const namesByState = yesOrNo('NAMES_BY_STATE') ?? false;
  const pausing = { allowed: yesOrNo('ALLOW_PAUSE') ?? kind === 'demo', reasons };

  if (problems.length > 0) throw new ConfigRefused(problems);
  return {
    kind,
    kindBecause,
    host,
    port,
    origin,
    originIsLoopback: isLoopback(new URL(origin).hostname),
    dataDir,
    database: databaseUrl
      ? { kind: 'postgres', url: databaseUrl }
      : { kind: 'sqlite', file: databaseFile(dataDir, kind) },
    pbxes,
    keys,
    recordings,
    timeZone,
    city,
    logLevel,
    metricsToken,
    directory,
    shutdownFast,
    pausing,
    namesByState
  };
}

/** Demonstration, unless something says that there is a real contact centre: at every start, not only the first. */
function kindOf(demo: boolean | null, pbx: boolean, databaseUrl: boolean, dataDir: string): [Config['kind'], string] {
  if (pbx) return ['real', 'ASTERISK_AMI_URL is set'];
  if (demo !== null) return demo ? ['demo', 'DEMO=1'] : ['real', 'DEMO=0'];
  if (databaseUrl) return ['real', 'DATABASE_URL is set'];
  if (existsSync(databaseFile(dataDir, 'real'))) return ['real', `there is a real database in ${dataDir}`];
  return ['demo', 'no telephone exchange, no DATABASE_URL and no real database are configured'];
}

function readOrigin(value: string | null, host: string, port: number, refuse: Refuse): string {
  const own = `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
  if (value === null) {
    if (!isLoopback(host))
      refuse(
        'ORIGIN',
        `HOST is ${host}, which others can reach, and ORIGIN does not say by which address.`,
        'Set ORIGIN=https://the.address.people.use (or HOST=127.0.0.1).',
        'Sign-in and sockets could not tell our own pages from a stranger’s, so Stämgaffeln does not start.'
      );
    return URL.canParse(own) ? new URL(own).origin : 'http://127.0.0.1';
  }
  const url = URL.canParse(value) ? new URL(value) : null;
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.pathname !== '/' ||
    url.search ||
    url.hash ||
    url.username
  ) {
    refuse('ORIGIN', `"${value}" is not scheme://host[:port].`, 'Write it as https://svar.example.se.');
    return 'http://127.0.0.1';
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    refuse(
      'ORIGIN',
      `${url.origin} is not https.`,
      'Put a proxy with a certificate in front and set ORIGIN=https://….',
      'Sign-in cookies would travel in the clear, so Stämgaffeln does not start.'
    );
  return url.origin;
}
