/**
 * Drives calls through the real exchange and reads them off the board, as `run.ts` has prepared it. Every statement is
 * a sentence that a team leader could check; the truth is what the telephones themselves did.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright, type Page } from 'playwright';
import { chromium } from '../support/chromium.ts';

/** What we use of the driver, which plays every caller and every telephone. */
interface Exchange {
  policy: (agent: string) => { answerAfter?: number; talk?: number };
  start(before: () => Promise<void>): Promise<void>;
  only(queue: string, agents: number[]): Promise<void>;
  call(
    queue: string,
    options?: { abandonAfter?: number; hangupAfter?: number; qt?: number }
  ): { answer_t: number | null; join_t: number | null };
  idle(seconds?: number): Promise<void>;
  act(action: Record<string, string>): Promise<unknown>;
  sh(...words: string[]): string;
  ua: { stop(): void };
  ctl: { end(): void };
}
const { Rig } = createRequire(import.meta.url)(join(process.env.DRIVER!, 'rig.js')) as {
  Rig: new (name: string, title: string, options: object) => Exchange;
};

const PORT = '15501';
const url = `http://127.0.0.1:${PORT}`;
const folder = mkdtempSync(join(tmpdir(), 'live-pbx-'));
const environment = {
  ...process.env,
  DATA_DIR: folder,
  HOST: '127.0.0.1',
  PORT,
  ORIGIN: url,
  LOG_LEVEL: 'warn',
  SHUTDOWN_FAST: '1',
  ASTERISK_AMI_URL: 'ami://stamgaffel:rigg-hemlig-031@127.0.0.1:5038/rigg',
  ALLOW_PAUSE: '1'
};
const email = 'chef@kommunen.example';
const password = 'en lång mening om ingenting 7';

let passed = 0;
let failed = 0;
async function it(sentence: string, check: () => Promise<void>) {
  try {
    await check();
    passed++;
    console.log(`  ✓ ${sentence}`);
  } catch (error) {
    failed++;
    console.log(`  ✗ ${sentence}\n    ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function until(what: string, condition: () => Promise<boolean> | boolean, limitMs = 10_000): Promise<number> {
  const started = performance.now();
  while (!(await condition())) {
    if (performance.now() - started > limitMs) throw new Error(`${what}: not within ${limitMs / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return performance.now() - started;
}

async function addPerson(address: string, name: string, role: string) {
  const words = ['src/cli.ts', 'user', 'add', address, '--name', name, '--role', role, '--password-stdin'];
  const adding = spawn(process.execPath, words, { env: environment, stdio: ['pipe', 'inherit', 'inherit'] });
  adding.stdin.end(`${password}\n`);
  const [code] = (await once(adding, 'exit')) as [number];
  assert.equal(code, 0, 'a person could not be added');
}

async function startServer(): Promise<ChildProcess> {
  const server = spawn(process.execPath, ['src/entry.ts'], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit']
  });
  await until('the server answers', async () => (await fetch(`${url}/livez`).catch(() => null))?.ok === true, 30_000);
  return server;
}

const exchange = new Rig('live-pbx', 'the board in front of a real exchange', { noCapture: true });
exchange.policy = () => ({});
await exchange.start(() => exchange.only('vaxel', [19]));
await addPerson(email, 'Chefen', 'leader');
await addPerson('svar@kommunen.example', 'Svararen', 'agent');
await addPerson('admin@kommunen.example', 'Förvaltaren', 'administrator');
let server = await startServer();
const browser = await playwright.launch(chromium);
async function signedIn(address: string): Promise<Page> {
  const own = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'sv-SE' });
  const opened = await own.newPage();
  await opened.goto(`${url}/login`);
  await opened.locator('input[name=email]').fill(address);
  await opened.locator('input[name=password]').fill(password);
  await opened.locator('main form button').click();
  await opened.waitForURL((now) => !now.pathname.endsWith('/login'));
  return opened;
}
const page = await signedIn(email);
await page.goto(`${url}/board/all`);

const figure = (label: string) => page.locator('.figure', { has: page.locator('dt', { hasText: label }) });
const shown = async (label: string) => (await figure(label).locator('.value').innerText()).trim();
const beside = async (label: string) => (await figure(label).locator('.second').innerText()).trim();
const queueWaits = async (board: Page) => (await board.locator('[data-queue=vaxel] .n b').innerText()).trim();
try {
  await it('contact with the exchange is proven, and nobody waits: a true zero', async () => {
    await until('zero waiting', async () => (await shown('Väntar')) === '0', 20_000);
    assert.equal(await queueWaits(page), '0');
  });

  await it('a caller who enters the queue is on the board within a second', async () => {
    exchange.policy = () => ({ answerAfter: 6, talk: 8 });
    const call = exchange.call('vaxel');
    await until('the caller is in the queue', () => call.join_t !== null);
    await until('one waiting', async () => (await shown('Väntar')) === '1' && (await queueWaits(page)) === '1', 1_000);
    await until('the telephone is answered', () => call.answer_t !== null, 15_000);
    await until('nobody waiting', async () => (await shown('Väntar')) === '0', 1_000);
    assert.match(await beside('Lediga'), /^1 talar/);
    // The median comes from bins of whole seconds and is shown in whole seconds: it may be up to 1.5 s off.
    const waited = call.answer_t! - call.join_t!;
    const [minutes, seconds] = (await shown('Svarstid P50')).split(':').map(Number) as [number, number];
    assert.ok(
      Math.abs(minutes * 60 + seconds - waited) < 1.5,
      `waited ${waited} s, the board says ${minutes}:${seconds}`
    );
  });

  await it('when the agent hangs up, nobody talks any more', async () => {
    await exchange.idle(30);
    await until('nobody talks', async () => !/[1-9]\d* talar/.test(await beside('Lediga')), 2_000);
  });

  await it('a caller who gives up is counted as having hung up', async () => {
    exchange.policy = () => ({});
    const before = Number(/^\d+/.exec(await beside('Väntar'))?.[0] ?? 0);
    exchange.call('vaxel', { abandonAfter: 7 });
    await until('one waiting', async () => (await shown('Väntar')) === '1');
    await until('counted', async () => (await beside('Väntar')) === `${before + 1} lade på`, 12_000);
    assert.equal(await shown('Väntar'), '0');
  });

  await it('an agent pauses from the strip, the exchange takes it, and says so to the board and to the agent', async () => {
    const admin = await signedIn('admin@kommunen.example');
    await admin.goto(`${url}/agents`, { waitUntil: 'networkidle' });
    await admin.getByRole('combobox', { name: 'Vems är PJSIP/agent19?' }).selectOption({ label: 'Svararen' });
    await admin.getByText('är nu Svararens telefon').waitFor();
    const agent = await signedIn('svar@kommunen.example');
    await agent.goto(`${url}/strip`, { waitUntil: 'networkidle' });
    await agent.locator('[data-state=available]').waitFor();
    await agent.getByRole('button', { name: 'Ta paus: Lunch' }).click();
    await agent.getByText('Växeln har tagit emot det.').waitFor();
    await agent.locator('[data-state=paused]').waitFor({ timeout: 3_000 });
    await until('the exchange itself knows', () => /paused:Lunch/i.test(exchange.sh('cli', 'queue show vaxel')), 3_000);
    await agent.getByRole('button', { name: 'Avsluta pausen' }).click();
    await agent.locator('[data-state=available]').waitFor({ timeout: 3_000 });
    await admin.context().close();
    await agent.context().close();
  });

  await it('when the exchange dies the board says so within six seconds, and shows no number as if it knew', async () => {
    exchange.call('vaxel', { abandonAfter: 60 });
    await until('one waiting', async () => (await shown('Väntar')) === '1');
    exchange.sh('kill');
    const tookMs = await until(
      'the board says so',
      () => page.getByText('Ingen kontakt med växeln').isVisible(),
      6_000
    );
    console.log(`    (after ${Math.round(tookMs)} ms)`);
    assert.equal(await page.locator('[data-queue=vaxel] .n b').count(), 0);
  });

  await it('when it is back the board is back by itself, and the lost caller is neither waiting nor forgotten', async () => {
    exchange.sh('start');
    await until(
      'contact is back',
      async () => (await figure('Väntar').count()) === 1 && (await shown('Väntar')) === '0',
      45_000
    );
    const text = await page.locator('body').innerText();
    assert.doesNotMatch(text, /saknas i summan/);
  });

  await it('a restart of our server finds everything, and the open page comes back by itself', async () => {
    const before = await beside('Väntar');
    server.kill('SIGTERM');
    await once(server, 'exit');
    server = await startServer();
    await until(
      'the same figures',
      async () => (await figure('Väntar').count()) === 1 && (await beside('Väntar')) === before,
      45_000
    );
  });
} finally {
  await browser.close();
  server.kill('SIGTERM');
  exchange.ctl.end();
  exchange.ua.stop();
  try {
    exchange.sh('stop');
  } catch {
    // It may be down already, which is what was wanted.
  }
  rmSync(folder, { recursive: true, force: true });
}
if (process.env.TEST_REPORT) writeFileSync(process.env.TEST_REPORT, JSON.stringify({ passed, failed, skipped: 0 }));
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed > 0 ? 1 : 0);
