import AxeBuilder from '@axe-core/playwright';
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { PAGES, pageOf } from '../../src/lib/domain/pages.ts';
import { type City, type Role, test as base } from './city.ts';
import { tabbedThrough } from './keyboard.ts';

/** Every page that draws something. A new one is walked by itself; only what has a parameter must be told below. */
const pages = globSync('src/routes/**/+page.svelte')
  .map((file) => pageOf(`/${dirname(file).split('/').slice(2).join('/')}`))
  // Nothing stands there: it is what the router begins with where there is no network, at any other page's address.
  .filter((page) => page !== '/shell')
  .sort();
/** Where the parameters of a path come from. */
const PATHS: Record<string, string | ((page: Page, city: City) => Promise<string>)> = {
  '/board/[board]': '/board/all',
  '/boards/[board]': '/boards/all',
  // Of somebody whose call is still to be read, and of somebody who is ready to talk: the first that the plan leads to.
  '/coaching/[participation]/[slot]': (page, city) => fromPlan(page, city, '/coaching/'),
  '/talk/[participation]': (page, city) => fromPlan(page, city, '/talk/'),
  '/rounds/[round]': '/rounds/new',
  '/people/[person]': async (page, { url }) => {
    await page.goto(`${url}/people`);
    return (await page.locator('main td a, main th a').first().getAttribute('href'))!;
  }
};

async function fromPlan(page: Page, { url }: City, to: string): Promise<string> {
  await page.goto(`${url}/coaching`);
  return (await page.locator(`main a[href^="${to}"]`).first().getAttribute('href'))!;
}

/** The one who walks: an administrator where they may, because they see most. Pages for anyone are walked by a stranger. */
function walker(page: string): Role | null {
  const open = PAGES[page];
  if (open === undefined) throw new Error(`${page} has no row in PAGES, so nobody can open it`);
  if (open === 'anyone') return null;
  if (open === 'signed-in' || open === 'person') return 'leader';
  if (open.includes('administrator')) return 'administrator';
  return open.find((role): role is Role => role !== 'integrator' && role !== 'screen') ?? null;
}

type Walk = (role: Role | null) => Promise<Page>;
const test = base.extend<object, { walk: Walk }>({
  walk: [
    async ({ browser, city }, use) => {
      const contexts = new Map<Role | null, Promise<BrowserContext>>();
      await use(async (role) => {
        const context = contexts.get(role) ?? signedIn(browser, city, role);
        contexts.set(role, context);
        const page = await (await context).newPage();
        // It loads the page for old televisions anew, also while one looks.
        await page.route('**/lite.js', (route) => route.abort());
        return page;
      });
      for (const context of contexts.values()) await (await context).close();
    },
    { scope: 'worker' }
  ]
});

async function signedIn(browser: Browser, city: City, role: Role | null): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1366, height: 768 } });
  if (role === null) return context;
  const answer = await context.request.post(`${city.url}/login`, {
    form: city.person(role),
    headers: { origin: city.url, accept: 'text/html' },
    maxRedirects: 0
  });
  expect(answer.status()).toBe(303);
  return context;
}

/** All pages, some at a time: two cores, and a page waits for fonts and frames more than it works. */
async function onEachPage(walk: Walk, city: City, look: (page: Page, path: string) => Promise<void>): Promise<void> {
  const left = [...pages];
  const one = async () => {
    for (let page = left.shift(); page !== undefined; page = left.shift()) {
      const tab = await walk(walker(page));
      const known = PATHS[page] ?? page;
      const path = typeof known === 'string' ? known : await known(tab, city);
      if (path.includes('[')) throw new Error(`Say in PATHS which ${page} to open`);
      await look(tab, path).catch((cause: unknown) => {
        throw new Error(`On ${path}`, { cause });
      });
      await tab.close();
    }
  };
  await Promise.all([one(), one(), one()]);
}

async function opened(page: Page, url: string): Promise<void> {
  expect([url, (await page.goto(url))?.status()]).toEqual([url, 200]);
  await page.evaluate(() => document.fonts.ready);
}

/** Four looks in which every two of language, theme and width meet: what is wrong in any pair of them is seen. */
const LOOKS = [
  { prefix: '', theme: 'light', width: 1366 },
  { prefix: '', theme: 'dark', width: 320 },
  { prefix: '/en', theme: 'dark', width: 1366 },
  { prefix: '/en', theme: 'light', width: 320 }
] as const;

test('axe finds nothing on any page, in both languages, themes and widths, and none is wider than 320 px', async ({
  walk,
  city
}) => {
  test.setTimeout(240_000);
  const found: string[] = [];
  await onEachPage(walk, city, async (page, path) => {
    for (const { prefix, theme, width } of LOOKS) {
      await page.setViewportSize({ width, height: 768 });
      if (theme === 'light' || prefix === '/en') await opened(page, city.url + prefix + path);
      await page.evaluate((chosen) => (document.documentElement.dataset.theme = chosen), theme);
      // It would open a page of its own for each look, for frames that ours do not have.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      const where = `${prefix}${path} ${theme} ${width}`;
      for (const { id, nodes } of violations)
        found.push(`${where}: ${id} ${nodes.map(({ html }) => html).join(' | ')}`);
      // 400 % on a screen of 1280 is 320 too.
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${where}: ${wide} px too wide`);
    }
  });
  expect(found).toEqual([]);
});

test('every page is walked by keyboard alone: all that can be used is reached, seen, named, and left again', async ({
  walk,
  city
}) => {
  test.setTimeout(120_000);
  const found: string[] = [];
  await onEachPage(walk, city, async (page, path) => {
    await opened(page, city.url + path);
    for (const fault of await tabbedThrough(page)) found.push(`${path}: ${fault}`);
  });
  expect(found).toEqual([]);
});
