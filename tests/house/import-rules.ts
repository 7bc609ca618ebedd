import { importsOf, isCode, type Breach, type Import, type Source } from './source.ts';

/** One row of the table in ARCHITECTURE.md: the first row that a file falls under is its own. */
interface Row {
  of: RegExp;
  /** Said to whoever breaks it. */
  rule: string;
  /** Our own files that it may import; what a row matches itself it always may. */
  may: RegExp[];
  /** Our own files of which it may know the types, because those leave nothing behind. */
  mayKnow?: RegExp[];
  packages: (specifier: string) => boolean;
}

const any = (): boolean => true;
const none = (): boolean => false;
const onlyNode = (specifier: string): boolean => specifier.startsWith('node:');
const server = /^src\/lib\/server\//;
const domain = /^src\/lib\/domain\//;
const config = /^src\/lib\/server\/config(-\w+)?\.ts$/;
/** Where keys are, apart from the database. Who stores something locked is handed it, and so knows its type. */
const keys = /^src\/lib\/server\/keys\//;
const livePorts = /^src\/lib\/server\/live\/ports\.ts$/;
const i18n = /^src\/lib\/i18n\//;
const client = /^src\/lib\/client\//;
const components = /^src\/lib\/components\//;
const operations = /^src\/lib\/operations\//;
const styles = /^src\/lib\/styles\//;
const routes = /^src\/routes\//;

const rows: readonly Row[] = [
  {
    of: domain,
    rule: 'domain imports only domain: it is what a call centre is, had computers never been invented',
    may: [domain],
    packages: none
  },
  ...['telephony/asterisk', 'telephony/simulator', 'store', 'recordings', 'identity', 'keys'].map((folder) => ({
    of: new RegExp(`^src/lib/server/${folder}/`),
    rule: `server/${folder} imports domain, config, its own libraries and the ports it fulfils: never its neighbours, graphql or live`,
    may: [domain, config, livePorts, new RegExp(`^src/lib/server/${folder}/`)],
    mayKnow: ['store', 'recordings'].includes(folder) ? [keys] : [],
    packages: any
  })),
  {
    of: /^src\/lib\/server\/live\//,
    rule: 'server/live imports domain only: it declares the small interfaces that it needs of others',
    may: [domain, /^src\/lib\/server\/live\//],
    packages: onlyNode
  },
  {
    of: /^src\/lib\/server\/graphql\//,
    rule: 'server/graphql imports domain and operations: store, live and identity arrive in the context',
    may: [domain, operations, config, /^src\/lib\/server\/graphql\//],
    mayKnow: [server],
    packages: any
  },
  {
    of: config,
    rule: 'server/config.ts imports nothing of ours: it is read before anything else is there',
    may: [config],
    packages: onlyNode
  },
  {
    of: operations,
    rule: 'operations imports nothing of ours: both ends read it',
    may: [operations],
    packages: any
  },
  { of: i18n, rule: 'i18n imports nothing of ours: it only has words', may: [i18n], mayKnow: [domain], packages: any },
  {
    of: server,
    rule: 'the composition of the server imports server, domain and operations: nothing that is shipped to a browser',
    may: [server, domain, operations],
    packages: any
  },
  {
    of: client,
    rule: 'client imports domain and operations: never server or routes',
    may: [client, domain, operations],
    packages: any
  },
  {
    of: components,
    rule: 'components import i18n and domain: a component cannot fetch',
    may: [components, i18n, domain],
    packages: any
  },
  {
    of: styles,
    rule: 'styles import nothing but styles',
    may: [styles],
    packages: any
  },
  {
    // SvelteKit's server routes: sign-in, sign-out, /tv/lite, audio and health.
    of: /^src\/routes\/(.*\/)?\+(server|page\.server|layout\.server)\.ts$/,
    rule: 'a server route knows the types of the server, and takes the running app from its request',
    may: [routes, domain, i18n],
    mayKnow: [server],
    packages: any
  },
  {
    of: routes,
    rule: 'routes import client, components, operations, i18n and domain: never values of the server',
    may: [routes, client, components, operations, i18n, domain, styles],
    packages: any
  },
  {
    of: /^src\/entry\.ts$/,
    rule: 'entry.ts imports config and build/index.js, and takes the running app from its symbol: a second graph would be a second engine',
    // Reading the environment keeps no state, and HOST and ORIGIN must be set before the build is loaded.
    may: [/^build\/index\.js$/, config],
    mayKnow: [server],
    packages: onlyNode
  }
];

const mayImportApp = /^(src\/(hooks\.server|vite-sockets|cli)\.ts$|tests\/)/;
/** What the command line reaches, and so plain Node must be able to run. */
const plainNode = /^src\/(cli\.ts$|lib\/(domain|server|operations)\/)/;

/** Who imports whom, against the table in ARCHITECTURE.md. */
export function importBreaches(source: Source): Breach[] {
  if (!isCode(source) || !source.path.startsWith('src/')) return [];
  return importsOf(source).flatMap((found) => [
    ...tableBreach(source.path, found),
    ...appBreach(source.path, found),
    ...plainNodeBreach(source.path, found)
  ]);
}

function tableBreach(path: string, found: Import): Breach[] {
  const row = rows.find(({ of }) => of.test(path));
  if (row === undefined) return [];
  const target = found.path;
  const allowed =
    target === null
      ? row.packages(found.specifier)
      : row.may.some((may) => may.test(target)) || (found.typeOnly && row.mayKnow?.some((may) => may.test(target)));
  return allowed ? [] : [breach(path, found, row.rule)];
}

function appBreach(path: string, found: Import): Breach[] {
  const isApp = found.path !== null && /^src\/lib\/server\/app(\.ts)?$/.test(found.path);
  if (!isApp || found.typeOnly || mayImportApp.test(path)) return [];
  return [
    breach(path, found, 'only hooks.server.ts, vite-sockets.ts, cli.ts and tests build the app: there is one of it')
  ];
}

function plainNodeBreach(path: string, found: Import): Breach[] {
  if (!plainNode.test(path)) return [];
  const why = 'what cli.ts reaches runs on plain Node';
  if (found.specifier.startsWith('$')) return [breach(path, found, `${why}: no $lib, $env or $app`)];
  const relative = found.specifier.startsWith('.');
  if (!relative || /\.(ts|js|json)$/.test(found.specifier)) return [];
  return [breach(path, found, `${why}: a relative import ends in .ts`)];
}

function breach(path: string, { line, specifier }: Import, rule: string): Breach {
  return { path, line, rule, found: specifier };
}
