/**
 * Takes the picture in the README from the running product: a demonstration in a folder of its own, a leader who signs
 * in, and the board as it is then. `npm run build && npx node docs/screenshots/take.ts`; `PORT` names another port than
 * 3999. The clocks of server and browser are set to one Wednesday morning, so that the picture can be taken again and
 * differs only where the product does.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { chromium as browsers } from 'playwright';
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

try {
  const leader = await whoCanSignIn('leader');
  const browser = await browsers.launch(chromium);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'sv-SE', colorScheme: 'dark' });
  await page.clock.install({ time: takenAt });
  await page.goto(`${origin}/login`);
  await page.locator('input[autocomplete=username]').fill(leader.email);
  await page.locator('input[autocomplete=current-password]').fill(leader.password);
  await Promise.all([
    page.waitForURL((url) => !url.pathname.endsWith('/login')),
    page.locator('form button').first().click()
  ]);
  await page.goto(`${origin}/board/all`);
  await page.evaluate(() => document.fonts.ready);
  // Long enough for the charts to be drawn and for the first live frames.
  await page.waitForTimeout(6_000);
  await page.screenshot({ path: 'docs/screenshots/board.png' });
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
}

/** The demonstration prints its people: an address, a password and roles on a line. */
async function whoCanSignIn(role: string): Promise<{ email: string; password: string }> {
  for await (const line of createInterface(server.stdout)) {
    const [email, password, roles] = line.trim().split(/\s{2,}/);
    if (email?.includes('@') && password && roles?.includes(role)) return { email, password };
  }
  throw new Error('The demonstration ended without printing who can sign in.');
}
