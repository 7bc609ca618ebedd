import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Cookie, type Page } from '@playwright/test';
import type { Persisted } from '../../src/lib/operations/persisted.ts';

export type Role = 'agent' | 'coach' | 'leader' | 'method-lead' | 'administrator';

/** The demonstration city on a port of its own, in a database of its own. */
export class City {
  readonly url: string;
  #port: number;
  #folder = mkdtempSync(join(tmpdir(), 'stamgaffel-e2e-'));
  #process: ChildProcess | undefined;
  #said = '';

  /** What the environment is beside the city's own. */
  readonly #besides: NodeJS.ProcessEnv;

  constructor(port: number, besides: NodeJS.ProcessEnv = {}) {
    this.#port = port;
    this.#besides = besides;
    this.url = `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['src/entry.ts'], {
      env: {
        ...process.env,
        PORT: String(this.#port),
        DATA_DIR: this.#folder,
        DEMO: '1',
        NAMES_BY_STATE: '1',
        LOG_LEVEL: 'warn',
        SHUTDOWN_FAST: '1',
        ...this.#besides
      },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    this.#process = child;
    this.#said = '';
    const listen = (chunk: Buffer) => (this.#said += chunk.toString());
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const until = Date.now() + 60_000;
    // Its own word first: another server on this port would be ready too, and not be ours.
    while (!/^Listening on /m.test(this.#said) || !(await this.#ready())) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`The city did not start:\n${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** E-mail and password of a demonstration person, as the start printed them. */
  person(role: Role): { email: string; password: string } {
    const found = new RegExp(`^\\s*(\\S+@\\S+)\\s+(\\S+)\\s+${role}\\s*$`, 'm').exec(this.#said);
    if (!found) throw new Error(`Nobody is a ${role} in:\n${this.#said}`);
    return { email: found[1]!, password: found[2]! };
  }

  /** The link by which the first administrator of a real centre is made, as the start printed it. */
  firstStartLink(): string {
    const found = /^\s*(http\S+\/first-start#\S+)\s*$/m.exec(this.#said);
    if (!found) throw new Error(`No link in:\n${this.#said}`);
    return found[1]!;
  }

  async #ready(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false;
    }
  }
}

/** The first free port from this one on. Never one that the system hands out by itself. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + 30; port += 1) {
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new Error(`No port from ${first} on is free`);
}

export async function signIn(page: Page, city: City, role: Role = 'leader'): Promise<void> {
  const { email, password } = city.person(role);
  await page.goto(`${city.url}/login`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('main form button').click();
  await page.waitForURL(/\/(board|strip)\b/);
}

/** The same without a browser, for the stories that are not about signing in: what the form sends, and its cookie. */
async function sessionCookie(city: City, role: Role): Promise<string> {
  const response = await fetch(`${city.url}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', origin: city.url },
    body: new URLSearchParams(city.person(role))
  });
  const cookie = sessionOf(response);
  if (!cookie) throw new Error(`A ${role} could not sign in: ${response.status}`);
  return cookie;
}
/** The session that an answer gives, as `name=value`. */
const sessionOf = (response: Response): string | undefined =>
  /^[^=]*session=[^;]+/.exec(response.headers.getSetCookie().find((each) => /^[^=]*session=\w/.test(each)) ?? '')?.[0];

async function browserCookie(city: City, role: Role) {
  const [name = '', value = ''] = (await sessionCookie(city, role)).split(/=(.*)/);
  return { name, value, url: city.url, httpOnly: true };
}

/** What one of our own pages would be answered, whose reader has this role. */
export type Ask = <Result, Variables>(
  role: Role,
  operation: Persisted<Result, Variables>,
  variables: Variables
) => Promise<Result>;

interface Stories {
  stranger: Page;
  /** Of a leader's own session: what is decided about a person gives their sessions other tokens, so none is lent out. */
  session: Cookie[];
  /** A page of its own for somebody who has signed in. */
  signedIn: (role: Role) => Promise<Page>;
}
interface Shared {
  /**
   * Stories that lead people on in a round of coaching cannot be told twice: a file of them names a city of its own,
   * with `test.use({ own: … })`. All others share the one without a name.
   */
  own: string;
  city: City;
  ask: Ask;
}

/**
 * `city` runs for all the stories that name no other. `page` belongs to a leader who has signed in and looks at the whole board.
 */
export const test = base.extend<Stories, Shared>({
  own: ['', { option: true, scope: 'worker' }],
  city: [
    async ({ own: _ }, use) => {
      // Two runs on one machine that begin in the same instant look for a port in different places.
      const city = new City(await freePort(15_320 + (process.pid % 7) * 30));
      await city.start();
      await use(city);
      await city.end();
    },
    { scope: 'worker', timeout: 90_000 }
  ],
  ask: [
    async ({ city }, use) => {
      const sessions = new Map<Role, string>();
      await use(async (role, { name: operation, hash }, variables) => {
        const answer = async () => {
          const cookie = sessions.get(role) ?? (await sessionCookie(city, role));
          const response = await fetch(`${city.url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-stamgaffel': '1', cookie },
            body: JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } })
          });
          sessions.set(role, sessionOf(response) ?? cookie);
          return response;
        };
        let response = await answer();
        if (response.status === 401) {
          // What was decided about this person since ended the session that was kept.
          sessions.delete(role);
          response = await answer();
        }
        const { data, errors } = (await response.json()) as { data?: never; errors?: unknown };
        if (!data) throw new Error(`${operation} was refused: ${JSON.stringify(errors)}`);
        return data;
      });
    },
    { scope: 'worker' }
  ],
  session: async ({ browser, city }, use) => {
    const context = await browser.newContext();
    await context.addCookies([await browserCookie(city, 'leader')]);
    await use(await context.cookies());
    await context.close();
  },
  signedIn: async ({ browser, city }, use) => {
    const pages: Page[] = [];
    await use(async (role) => {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
      await context.addCookies([await browserCookie(city, role)]);
      const page = await context.newPage();
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.context().close();
  },
  stranger: async ({ browser }, use) => {
    const context = await browser.newContext();
    await use(await context.newPage());
    await context.close();
  },
  page: async ({ page, city, session }, use) => {
    await page.context().addCookies(session);
    await page.goto(`${city.url}/board/all`);
    await use(page);
  }
});

/** The board has drawn a frame that came over the socket: the browser keeps it then. */
export async function liveFrame(page: Page): Promise<void> {
  await page.waitForFunction(() => localStorage.getItem('stamgaffel.last-frame.all') !== null, null, {
    timeout: 30_000
  });
}
