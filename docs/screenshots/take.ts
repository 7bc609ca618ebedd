/**
 * Takes the pictures in the README and the documentation from the running product: a demonstration in a folder of its
 * own, people who sign in, and their pages as they are then. `npm run build && npx node docs/screenshots/take.ts`; `PORT`
 * names another port than 3999. The clocks of server and browser are set to one Wednesday morning, so that a picture can
 * be taken again and differs only where the product does.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { chromium as browsers, type Page } from 'playwright';
import { chromium } from '../../tests/support/chromium.ts';

const port = process.env.PORT ?? '3999';
const origin = `http://127.0.0.1:${port}`;
const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-picture-'));
const takenAt = Date.parse('2026-11-18T10:06:40+01:00');
const clockOnWednesday = `
  const Now = Date;
  const ahead = ${takenAt} - Now.now();
  globalThis.Date = class extends Now {
    constructor(...parts) { parts.length > 0 ? super(...parts) : super(Now.now() + ahead); }
    static now() { return Now.now() + ahead; }
  };`;
const clockArgument = `--import=data:text/javascript,${encodeURIComponent(clockOnWednesday)}`;
const env = { ...process.env, DEMO: '1', DATA_DIR: folder, HOST: '127.0.0.1', PORT: port, ORIGIN: origin };
const server = spawn(process.execPath, [clockArgument, 'src/entry.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });

/** Who looks at what, and on what; null is a television that nobody has approved. */
const PICTURES = [
  { name: 'board', path: '/board/all', role: 'leader', width: 1920, height: 1080, colorScheme: 'dark' },
  { name: 'strip', path: '/strip', role: 'agent', width: 400, height: 640, colorScheme: 'light' },
  { name: 'announcements', path: '/announcements', role: 'leader', width: 1366, height: 768, colorScheme: 'light' },
  { name: 'boards-editor', path: '/boards/all', role: 'administrator', width: 1366, height: 768, colorScheme: 'light' },
  { name: 'people', path: '/people', role: 'administrator', width: 1366, height: 768, colorScheme: 'light' },
  { name: 'pair', path: '/tv', role: null, width: 1366, height: 768, colorScheme: 'light' }
] as const;

try {
  const people = await whoCanSignIn();
  const browser = await browsers.launch(chromium);
  for (const { name, path, role, width, height, colorScheme } of PICTURES) {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'sv-SE', colorScheme });
    const page = await context.newPage();
    await page.clock.install({ time: takenAt });
    if (role) await signIn(page, people, role);
    await page.goto(origin + path);
    await page.evaluate(() => document.fonts.ready);
    // Long enough for the charts to be drawn and for the first live frames.
    await page.waitForTimeout(6_000);
    await page.screenshot({ path: `docs/screenshots/${name}.png` });
    await context.close();
  }
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
}

interface Person {
  email: string;
  password: string;
  roles: string;
}

async function signIn(page: Page, people: readonly Person[], role: string): Promise<void> {
  const person = people.find(({ roles }) => roles.split(', ').includes(role));
  if (!person) throw new Error(`Nobody is ${role} in the demonstration.`);
  await page.goto(`${origin}/login`);
  await page.locator('input[autocomplete=username]').fill(person.email);
  await page.locator('input[autocomplete=current-password]').fill(person.password);
  await Promise.all([
    page.waitForURL((url) => !url.pathname.endsWith('/login')),
    page.locator('form button').first().click()
  ]);
}

/** The demonstration prints its people, an administrator last: an address, a password and roles on a line. */
async function whoCanSignIn(): Promise<Person[]> {
  const people: Person[] = [];
  for await (const line of createInterface(server.stdout)) {
    const [email, password, roles] = line.trim().split(/\s{2,}/);
    if (email?.includes('@') && password && roles) people.push({ email, password, roles });
    if (roles === 'administrator') return people;
  }
  throw new Error('The demonstration ended without printing who can sign in.');
}
