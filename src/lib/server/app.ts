/**
 * The composition root: everything is built here, once, in the order in which it needs each other, and closed in the
 * reverse. Nothing in the process is global but the one promise that `getApp` keeps.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { readConfig, type Config } from './config.ts';
import { furnish, welcome, type DemoPerson } from './demonstration.ts';
import { apiTokenKeeping, exchanges, firstStartNotice, retentionKeeping } from './administration.ts';
import { announcing } from './announcing.ts';
import { boardServices } from './board-services.ts';
import { openCoachingHalf } from './coaching-half.ts';
import { createApi } from './graphql/api.ts';
import type { Services } from './graphql/context.ts';
import { swedishHolidays } from './holidays.ts';
import { leadingOn } from './first-steps.ts';
import type { HandleGraphql } from './graphql/http.ts';
import { createIdentity, type Identity } from './identity/identity.ts';
import { boardKeeping, queueKeeping, type Office } from './keeping.ts';
import { createClock } from './live/clock.ts';
import { createEngine, type Engine } from './live/engine.ts';
import type { Source } from './live/ports.ts';
import { createLogger, type Logger } from './logger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { namesOfUnits } from './names-of-units.ts';
import { peopleDesk, peopleFile } from './people-desk.ts';
import { recordingKeeping } from './recording-keeping.ts';
import type { Sound } from './recordings/sound.ts';
import { openAgentTies } from './store/agent-ties.ts';
import { openAnnouncements } from './store/announcements.ts';
import { openBoards } from './store/boards.ts';
import { openDatabase } from './store/database.ts';
import { openEventLog } from './store/event-log.ts';
import { stampKind } from './store/kind.ts';
import { openRegister } from './store/register.ts';
import { openRetention } from './store/retention.ts';
import { Rates } from './rates.ts';
import { sourcesOf } from './sources.ts';
import { agents, strips as ownStrips } from './strips.ts';
import { upkeep } from './upkeep.ts';
import { takeHome, type TakeHome } from './take-home.ts';

export interface App {
  readonly config: Config;
  readonly logger: Logger;
  readonly identity: Identity;
  readonly engine: Engine;
  readonly metrics: Metrics;
  /** Every request over HTTP is counted here once it is known who asks. */
  readonly rates: Rates;
  /** Who can sign in, with passwords; null outside the demonstration. */
  readonly demonstration: readonly DemoPerson[] | null;
  readonly graphql: HandleGraphql;
  /** The calls that may be listened to. */
  readonly sound: Sound;
  /** What agents take home of their own rounds. */
  readonly takeHome: TakeHome;
  /** For the server's `upgrade` event; never throws. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Codes for why boards cannot be served, or not saved; empty when all is well. */
  unready(): Promise<string[]>;
  /** Tells whoever started us where it is and, in the demonstration, who can sign in. */
  announce(): void;
  /** Takes no more sockets and sends the ones there are away, at the pace that their reconnecting elsewhere allows. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export interface Parts {
  /** Instead of the exchanges that the configuration names: for tests. */
  sources?: Source[];
  logger?: Logger;
  development?: boolean;
  /** False: the demonstration has no half-years behind it, for tests of everything else. */
  past?: boolean;
}

/** How often what the command line sets (queues, definitions) is read again. */
const REFRESH_MS = 10_000;
/** How often coaching looks at the clock: its days are days. */
const COACHING_MS = 60_000;
const FORGET_MS = 3_600_000;
const AUDIT_HEAD_MS = 3_600_000;

/** Builds and starts everything. What fails is told with its cause, and what was opened before it is closed again. */
export async function createApp(config: Config, parts: Parts = {}): Promise<App> {
  const logger = parts.logger ?? createLogger(config.logLevel);
  const closers: (() => Promise<void> | void)[] = [];
  const closing = async () => {
    for (let close = closers.pop(); close; close = closers.pop())
      await Promise.resolve(close()).catch((error: unknown) => logger.error({ err: error }, 'Closing failed'));
  };
  try {
    const database = await openDatabase(config.database.kind === 'sqlite' ? config.database.file : config.database.url);
    closers.push(() => database.close());
    await stampKind(database, config.kind);

    const now = createClock();
    const zone = config.timeZone;
    const log = await openEventLog(database);
    const register = await openRegister(database, { zone, now });
    const retention = openRetention(database, { zone, forgetTokens: register.forgetTokens });
    const identity = createIdentity({
      db: database.kysely,
      secure: !config.originIsLoopback,
      directory: config.directory && { settings: config.directory, origin: config.origin }
    });
    closers.push(() => identity.close());
    const demonstration =
      config.kind === 'demo' ? await furnish(database, register, identity, { zone, now: now() }) : null;

    let changed = () => {};
    const announcements = await openAnnouncements(database, { now: now(), changed: () => changed() });
    const boards = await openBoards(database, swedishHolidays());
    const ties = await openAgentTies(database, () => changed());

    const report = (code: string, detail: Record<string, unknown> = {}) => logger.warn({ code, ...detail }, 'engine');
    const engine = await createEngine({
      log,
      register,
      zone,
      demo: config.kind === 'demo',
      now,
      report,
      announcements: announcements.shown,
      boards
    });
    closers.push(() => engine.close());
    changed = engine.changed;
    const at = { db: database.kysely, engine, register, ties, announcements, pausing: config.pausing, now };
    const strips = ownStrips(at);
    closers.push(() => strips.close());

    const coaching = await openCoachingHalf({
      config,
      database,
      identity,
      logger,
      zone,
      now,
      past: demonstration !== null && parts.past !== false
    });
    closers.push(() => coaching.close());

    const { audit, rightsChanged } = identity;
    const office: Office = { database, boards, register, engine, audit, rightsChanged, zone, now };
    const services: Services = {
      ...boardServices({ config, database, engine, log, register }),
      account: identity.account,
      audit: identity.audit,
      people: peopleDesk(identity, config.origin),
      peopleFile: peopleFile(identity),
      announcements: announcing(announcements, identity, now),
      agents: agents(at, identity),
      boardKeeping: boardKeeping(office),
      queueKeeping: queueKeeping(office),
      strips,
      screens: identity.screens,
      pairings: identity.pairings,
      exchanges: exchanges(engine, register, now),
      apiTokens: apiTokenKeeping(identity),
      recordingKeeping: recordingKeeping(config, office),
      retention: retentionKeeping(retention, identity, now),
      firstSteps: leadingOn(office, config.kind === 'demo'),
      namesOfUnits: namesOfUnits(office, config.namesByState),
      ...coaching.services,
      timeZone: zone,
      now,
      log: logger
    };
    const { kind, kindBecause: because, origin, port, shutdownFast } = config;
    const development = parts.development ?? false;
    const { handleGraphql, sockets } = createApi({ services, identity, origin, development, shutdownFast });
    closers.push(() => sockets.close());
    const every = upkeep(logger);
    const keepNoLonger = async () => {
      const gone = await retention.apply(now());
      if (gone.events + gone.announcements > 0) logger.info(gone, 'What is older than the rules say is gone');
    };
    const sources = parts.sources ?? sourcesOf(config, logger);
    for (const source of sources) await engine.attach(source);
    closers.push(
      every(REFRESH_MS, () => register.refresh()),
      every(REFRESH_MS, () => announcements.refresh(now())),
      every(REFRESH_MS, () => ties.refresh()),
      every(REFRESH_MS, async () => void ((await boards.refresh()) && engine.changed())),
      every(COACHING_MS, () => coaching.upkeep()),
      every(FORGET_MS, () => keepNoLonger()),
      // Who can write in the database can make the chain anew; a log that is sent elsewhere remembers its ends.
      every(AUDIT_HEAD_MS, async () => logger.info(await identity.audit.head(), 'audit head'))
    );

    // In a demonstration everybody is made already; elsewhere whoever starts it is told the way in, once per start.
    const firstStart = config.kind === 'real' ? await identity.firstStart.invite() : null;

    let leaving = false;
    return {
      config,
      logger,
      identity,
      engine,
      demonstration,
      graphql: handleGraphql,
      sound: coaching.sound,
      takeHome: takeHome(services),
      rates: new Rates(now),
      metrics: createMetrics(config, () => {
        const { position, saved, sources } = engine.health();
        const healths = new Map(sources.map(({ name, health }) => [name, health]));
        return { sources: healths, offset: position.offset, saved, ...sockets.count() };
      }),
      handleUpgrade: sockets.handleUpgrade,
      async unready() {
        const why = leaving ? ['stopping'] : [];
        if (!engine.health().saved) why.push('disk-refuses');
        if (engine.feed.current('all') === null) why.push('no-frame');
        const answers = await database.kysely
          .selectFrom('log')
          .select('id')
          .execute()
          .catch(() => null);
        return answers ? why : [...why, 'database-silent'];
      },
      announce() {
        logger.info({ kind, because, origin, port }, 'serving');
        if (demonstration) process.stdout.write(welcome(origin, demonstration));
        if (firstStart) process.stdout.write(firstStartNotice(origin, firstStart));
      },
      async leave() {
        leaving = true;
        coaching.sound.close();
        await sockets.close();
      },
      close: closing
    };
  } catch (error) {
    await closing();
    throw error;
  }
}

const RUNNING_APP = Symbol.for('stamgaffel.app');
const running = globalThis as unknown as Record<symbol, Promise<App> | undefined>;

/**
 * The one app of this process, built at the first call. It stands under a symbol on `globalThis`, because SvelteKit's
 * bundle, the production entry and the development server each have a module graph of their own, and a second engine
 * beside the first would show an empty floor.
 */
export function getApp(): Promise<App> {
  const present = running[RUNNING_APP];
  if (present) return present;
  const made = createApp(readConfig(process.env), { development: process.env.NODE_ENV === 'development' });
  running[RUNNING_APP] = made;
  // A start that failed may be tried again: in development the mistake is mended and the page loaded anew.
  made.catch(() => {
    if (running[RUNNING_APP] === made) running[RUNNING_APP] = undefined;
  });
  return made;
}
