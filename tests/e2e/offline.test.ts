import { expect, type Page } from '@playwright/test';
import { liveFrame, signIn, test } from './city.ts';

/** The worker has kept the program and answers for this page. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test('without a network a reload shows the last frame, with its age and as this screen’s own trouble', async ({
  page
}) => {
  await installed(page);
  await liveFrame(page);
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: /Den här skärmen har varit utan nät sedan \d\d:\d\d/ })).toBeVisible();
  await expect(page.getByText(/Senast kända \d\d:\d\d/)).toBeVisible();
  await expect(page.getByText('Förskola')).toBeVisible();
  await page.context().setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.locator('.figure').first()).toBeVisible({ timeout: 40_000 });
});

test('without a network and with nothing kept, the board says so in words', async ({ page }) => {
  await installed(page);
  await page.context().setOffline(true);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(page.getByText('Det finns inget sparat läge att visa')).toBeVisible();
});

test('the browser keeps the program and one cut-down frame, and nothing about a person', async ({ page, city }) => {
  await installed(page);
  await liveFrame(page);
  const stored = await page.evaluate(async () => {
    const cached: { url: string; text: string }[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = (await cache.match(request))!;
        cached.push({ url: new URL(request.url).pathname, text: await response.text() });
      }
    }
    return {
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: (await indexedDB.databases()).map(({ name }) => name),
      cached
    };
  });
  expect(stored.databases).toEqual([]);
  expect(Object.keys(stored.local)).toEqual(['stamgaffel.last-frame.all']);

  const frame = JSON.parse(stored.local['stamgaffel.last-frame.all']!) as Record<string, unknown> & {
    queues: object[];
  };
  expect(Object.keys(frame).sort()).toEqual(['asOf', 'board', 'position', 'provenAt', 'queues']);
  const kept = [
    'abandoned',
    'abandonedShort',
    'answered',
    'id',
    'longestWaitSince',
    'lost',
    'name',
    'offered',
    'overflowed'
  ];
  expect(Object.keys(frame.queues[0]!).sort()).toEqual([...kept, 'shortName', 'waiting'].sort());

  expect(stored.cached.map(({ url }) => url)).toContain('/shell');
  expect(
    stored.cached
      .map(({ url }) => url)
      .filter((url) => /graphql|board|login|__data/.test(url) && !url.startsWith('/_app/'))
  ).toEqual([]);
  const everything = JSON.stringify(stored);
  for (const role of ['agent', 'leader', 'coach'] as const) expect(everything).not.toContain(city.person(role).email);
  expect(everything).not.toMatch(/Maria Holm/);
});

test('sign-out takes the kept frame with it', async ({ stranger: page, city }) => {
  await signIn(page, city);
  await liveFrame(page);
  await page.locator('nav').getByRole('button', { name: 'Logga ut' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/login/);
  await expect(page.locator('input[type=password]')).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});
