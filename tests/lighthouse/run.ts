/**
 * Lighthouse on the board and the strip: the median of three runs with its desktop preset, in Debian's Chromium against
 * the built product. Its performance is an estimate for a slow line, made from what the page did here; the other two
 * categories are what they are.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium as browsers, type BrowserContext, type Cookie } from 'playwright';
import { City, freePort, type Role } from '../e2e/city.ts';
import { chromium } from '../support/chromium.ts';

const RUNS = 3;
const LEAST = { accessibility: 100, 'best-practices': 100, performance: 90 };
type Category = keyof typeof LEAST;
const categories = Object.keys(LEAST) as Category[];

const pages: readonly { path: string; role: Role }[] = [
  { path: '/board/all', role: 'leader' },
  { path: '/strip', role: 'agent' }
];

const { status } = spawnSync(process.execPath, ['src/build-if-stale.ts'], { stdio: 'inherit' });
if (status !== 0) throw new Error('The build failed, so there is nothing to look at.');

const city = new City(await freePort(15_730));
await city.start();
const port = await freePort(15_745);
const { executablePath, args } = chromium;
// Lighthouse looks in the browser's own context, the one that lives in a folder.
const browser = await browsers.launchPersistentContext('', {
  executablePath,
  args: [...args, `--remote-debugging-port=${port}`]
});
let [passed, failed] = [0, 0];
try {
  for (const { path, role } of pages) {
    const cookies = await signedIn(role);
    const runs: Record<Category, number>[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await scores(browser, city.url + path, cookies));
    for (const category of categories) {
      const median = runs.map((run) => run[category]).sort((a, b) => a - b)[Math.floor(RUNS / 2)]!;
      const good = median >= LEAST[category];
      if (good) passed += 1;
      else failed += 1;
      console.log(`${good ? '✓' : '✗'} ${path} ${category} ${median}, at least ${LEAST[category]}`);
    }
  }
} finally {
  await browser.close();
  await city.end();
}
if (process.env.TEST_REPORT) writeFileSync(process.env.TEST_REPORT, JSON.stringify({ passed, failed, skipped: 0 }));
process.exit(failed > 0 ? 1 : 0);

/** Signs in as the form would, and returns the cookies that a browser would keep. */
async function signedIn(role: Role): Promise<Pick<Cookie, 'name' | 'value'>[]> {
  const answer = await fetch(`${city.url}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: city.url, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    body: new URLSearchParams(city.person(role))
  });
  const cookies = answer.headers.getSetCookie().map((each) => {
    const [name = '', ...value] = each.split(';')[0]!.split('=');
    return { name, value: value.join('=') };
  });
  if (cookies.length === 0) throw new Error(`Signing in as ${role} was answered with ${answer.status}`);
  return cookies;
}

/** As for somebody who comes for the first time today: signed in, and nothing of the page kept. */
async function scores(
  browser: BrowserContext,
  url: string,
  cookies: Pick<Cookie, 'name' | 'value'>[]
): Promise<Record<Category, number>> {
  const page = await browser.newPage();
  const devtools = await browser.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: city.url, storageTypes: 'all' });
  await devtools.send('Network.clearBrowserCache');
  await page.close();
  await browser.clearCookies();
  await browser.addCookies(cookies.map((cookie) => ({ ...cookie, url: city.url })));
  // Left to itself it would throw away the cookies too.
  const flags = { port, logLevel: 'error', onlyCategories: categories, disableStorageReset: true } as const;
  const result = await lighthouse(url, flags, desktopConfig);
  if (!result) throw new Error(`Lighthouse said nothing of ${url}`);
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  // A page that sent us away would be praised for what stands at the door.
  if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
  const found = {} as Record<Category, number>;
  for (const category of categories) {
    const { score, auditRefs } = lhr.categories[category]!;
    found[category] = Math.round((score ?? 0) * 100);
    if (found[category] >= LEAST[category]) continue;
    const short = auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 0.9);
    console.log(
      `  ${category} ${found[category]}: ${short.map(({ id }) => `${id} ${lhr.audits[id]?.displayValue ?? ''}`).join(', ')}`
    );
  }
  return found;
}
