import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { chromium as debian } from '../support/chromium.ts';
import { broken, type Typed } from './kept.ts';

export type ChromiumKill = 'browser' | 'renderer' | 'tab' | 'second tab' | 'network' | 'sign-out';

/** A Chromium of its own with a profile that outlives it, so that it can be killed as a machine kills it. */
class KilledBrowser {
  readonly #profile: string;
  #process: ChildProcess | null = null;
  #browser: Browser | null = null;

  constructor(profile: string) {
    this.#profile = profile;
    mkdirSync(profile, { recursive: true });
  }

  async context(): Promise<BrowserContext> {
    if (this.#browser?.isConnected()) return this.#browser.contexts()[0]!;
    const port = join(this.#profile, 'DevToolsActivePort');
    rmSync(port, { force: true });
    const child = spawn(
      debian.executablePath,
      [
        ...debian.args,
        '--headless=new',
        '--remote-debugging-port=0',
        `--user-data-dir=${this.#profile}`,
        '--no-first-run',
        // What is in the background is somebody's other tab, and goes on.
        '--disable-renderer-backgrounding',
        '--disable-background-timer-throttling',
        'about:blank'
      ],
      { stdio: 'ignore', detached: true }
    );
    this.#process = child;
    for (let tries = 0; ; tries += 1) {
      try {
        const [number] = readFileSync(port, 'utf8').split('\n');
        this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${number}`);
        return this.#browser.contexts()[0]!;
      } catch (error) {
        if (tries > 300) throw error;
        await wait(100);
      }
    }
  }

  /** The whole family at once: nobody is told, and nothing is written any more. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child?.pid) return;
    this.#process = null;
    const died = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await died;
    await this.#browser?.close().catch(() => undefined);
    this.#browser = null;
  }
}

interface Shown {
  fields: Record<string, string>;
  phase: string;
  isMirror: boolean;
  unsaved: number;
  conflicts: number;
}

/** One person who types in a real browser and is interrupted, in the order of `kills`. */
export async function inChromium(
  name: string,
  run: {
    origin: string;
    folder: string;
    random: () => number;
    kills: readonly ChromiumKill[];
    interrupted: (kill: ChromiumKill, wrong: string[]) => void;
  }
): Promise<void> {
  const { origin, folder, random, kills, interrupted } = run;
  const browser = new KilledBrowser(join(folder, name));
  const address = `${origin}/as/${name}?draft=reading/slot`;
  let number = 1;
  let typed: Typed[] = [];

  async function open(): Promise<Page> {
    const page = await (await browser.context()).newPage();
    await page.goto(address);
    await shows(page, ({ phase, isMirror }) => phase === 'open' && !isMirror);
    return page;
  }
  async function type(page: Page, ms: number): Promise<void> {
    for (const until = Date.now() + ms; Date.now() < until; number += 1) {
      const token = `a${String(number).padStart(4, '0')}`;
      const field = `q/${1 + Math.floor(random() * 3)}`;
      const area = page.locator(`[id="${field}"]`);
      await area.evaluate((element: HTMLTextAreaElement) => {
        element.focus();
        element.setSelectionRange(element.value.length, element.value.length);
      });
      const at = Date.now();
      // Before it is typed: what the browser has taken and not yet confirmed may come back too.
      typed.push({ field, token, at });
      await page.keyboard.insertText(`${token} `);
      await wait(Math.max(0, at + 125 - Date.now()));
    }
  }

  let page = await open();
  try {
    for (const kill of kills) {
      const before = (await shown(page)).fields;
      typed = [];
      await type(page, 1_200 + random() * 800);
      let killedAt = Date.now();
      if (kill === 'browser') {
        await browser.kill();
      } else if (kill === 'renderer') {
        const session = await page.context().newCDPSession(page);
        session.send('Page.crash').catch(() => undefined);
        await page.waitForEvent('crash', { timeout: 5_000 }).catch(() => undefined);
        await page.close();
      } else if (kill === 'tab') {
        await page.close();
      } else if (kill === 'second tab') {
        const second = await page.context().newPage();
        await second.goto(address);
        await shows(second, ({ phase, isMirror }) => phase === 'open' && isMirror);
        await second.getByRole('button', { name: 'Skriv här i stället' }).click();
        await shows(second, ({ isMirror }) => !isMirror);
        await type(second, 600);
        // The first one shows what is written in the second.
        const mirror = await shown(page);
        if (!mirror.isMirror) interrupted(kill, ['both tabs write']);
        killedAt = Date.now();
        await second.close();
        await page.close();
      } else if (kill === 'network') {
        await page.context().setOffline(true);
        await type(page, 800);
        killedAt = Date.now();
        await page.close();
        await (await browser.context()).setOffline(false);
      } else {
        const unsaved = await page.evaluate(() => (window as unknown as Harness).page.unsavedAfterFlush());
        killedAt = unsaved === 0 ? Infinity : Date.now();
        await page.goto(`${origin}/signed-out`);
        await page.close();
      }
      page = await open();
      const after = await shown(page);
      const wrong = broken(typed, before, after.fields, killedAt);
      if (after.conflicts > 0) wrong.push('one writer met itself');
      interrupted(kill, wrong);
    }
  } finally {
    await browser.kill();
  }
}

interface Harness {
  page: { fields(): Record<string, string>; state(): Omit<Shown, 'fields'>; unsavedAfterFlush(): Promise<number> };
}
const shown = (page: Page): Promise<Shown> =>
  page.evaluate(() => {
    const harness = (window as unknown as Harness).page;
    return { fields: harness.fields(), ...harness.state() };
  });

/** Waits until the page shows what is awaited. */
async function shows(page: Page, awaited: (shown: Shown) => boolean): Promise<void> {
  let last: Shown | null = null;
  for (const until = Date.now() + 20_000; Date.now() < until; await wait(30)) {
    last = await shown(page).catch(() => null);
    if (last && awaited(last)) return;
  }
  throw new Error(`The page does not come to what is awaited: ${JSON.stringify(last)}`);
}
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
