import { expect } from '@playwright/test';
import { liveFrame, signIn, test } from './city.ts';

test('a stranger is sent to sign in, and comes back to the board that was asked for', async ({ stranger, city }) => {
  await stranger.goto(`${city.url}/board/all`);
  await expect(stranger).toHaveURL(/\/login/);
});

test('the first paint is a real frame, before any script has run', async ({ browser, page, city }) => {
  const cookies = await page.context().cookies();
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(cookies);
  const still = await context.newPage();
  await still.goto(`${city.url}/board/all`);
  await expect(still.locator('.figure').first()).toContainText('Väntar');
  await expect(still.locator('.figure .value').first()).toHaveText(/^\d+$/);
  await expect(still.locator('[data-queue]').first()).toContainText('Huvudnumret');
  await context.close();
});

test('the numbers move by themselves, and the clock is the server’s', async ({ page }) => {
  await liveFrame(page);
  const board = page.locator('.board');
  const first = await board.innerText();
  await expect.poll(() => board.innerText(), { timeout: 50_000 }).not.toBe(first);
  const clock = await page.locator('.clock .time').innerText();
  const stockholm = new Intl.DateTimeFormat('sv-SE', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Stockholm'
  });
  const near = [-60_000, 0, 60_000].map((ms) => stockholm.format(Date.now() + ms));
  expect(near).toContain(clock);
});

test('a demonstration says so on the board, in the table and on the phone', async ({ page, city }) => {
  await expect(page.getByText('demonstration', { exact: true }).locator('visible=true')).toHaveCount(1);
  await page.goto(`${city.url}/board/all?view=table`);
  await expect(page.getByText('demonstration', { exact: true }).locator('visible=true')).toHaveCount(1);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${city.url}/board/all`);
  await expect(page.getByText('demonstration', { exact: true }).locator('visible=true')).toHaveCount(1);
});

test('every queue’s figures stand in the table at the desk, and open under its row on a phone', async ({
  page,
  city
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.goto(`${city.url}/board/all?view=table`);
  const row = page.getByRole('row', { name: /Förskola/ }).first();
  await expect(row.getByRole('cell').first()).toHaveText(/Lugnt|Tätt|Trångt|Ingen/);
  await expect(page.getByRole('columnheader')).toContainText(['Svarsgrupp', 'I dag', 'Väntar', 'Längst']);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${city.url}/board/all`);
  await page.getByRole('button', { name: 'Siffror för Förskola' }).click();
  const figures = page.locator('[data-queue]', { hasText: 'Förskola' }).locator('.more');
  await expect(figures).toContainText('hälften fick svar inom');
  await expect(figures).toContainText('Brutna');
});

test('a board that does not exist says so and shows the way', async ({ page, city }) => {
  const response = await page.goto(`${city.url}/board/atlantis`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Tavlan finns inte' })).toBeVisible();
  await page.getByRole('link', { name: 'Till tavlan för alla enheter' }).click();
  await expect(page.locator('.figure').first()).toBeVisible();
});

test('with the keyboard alone: the wall’s hidden choices, the theme, the language and the other boards', async ({
  page,
  city
}) => {
  await liveFrame(page);
  const tools = page.getByRole('navigation', { name: 'Visning' });
  const seen = () => tools.evaluate((nav) => getComputedStyle(nav).opacity);
  // The pointer that signed in still counts as asking; without one the choices are out of sight.
  await expect.poll(seen).toBe('0');
  const press = async (name: RegExp) => {
    for (let tries = 0; tries < 40; tries += 1) {
      await page.keyboard.press('Tab');
      if (name.test(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')))
        return page.keyboard.press('Enter');
    }
    throw new Error(`The keyboard never reached ${name}`);
  };
  await press(/^Ljust eller mörkt$/);
  await expect.poll(seen).toBe('1');
  const theme = await page.evaluate(() => document.documentElement.dataset.theme);
  await page.reload();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
  await press(/^In English$/);
  await page.waitForURL(`${city.url}/en/board/all`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('.figure').first()).toContainText('Waiting');
  await press(/^Table$/);
  await expect(page.getByRole('table').first()).toBeVisible();
});

test('an agent sees the whole room too', async ({ stranger, city }) => {
  await signIn(stranger, city, 'agent');
  await stranger.goto(`${city.url}/board/all`);
  await expect(stranger.locator('.figure .value').first()).toHaveText(/^\d+$/);
});
