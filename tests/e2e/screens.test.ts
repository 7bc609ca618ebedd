import { expect, type Page } from '@playwright/test';
import { test as base } from './city.ts';
import { approve, confirm } from './paired.ts';

/** A television fresh from its box, and an administrator who has signed in. */
const test = base.extend<{ tv: Page; administrator: Page }>({
  tv: async ({ browser }, use) => {
    const context = await browser.newContext({ colorScheme: 'dark' });
    await use(await context.newPage());
    await context.close();
  },
  administrator: async ({ signedIn }, use) => use(await signedIn('administrator'))
});

test('a television shows its board two seconds after it was approved, also after a power cut, and goes blank when it is taken down', async ({
  tv,
  administrator,
  city
}) => {
  const digits = await approve(tv, administrator, city.url, 'Pausrummet');
  await confirm(administrator, digits);
  await expect(administrator.getByRole('status')).toContainText('Pausrummet är kopplad');
  await expect(tv.locator('.hero')).toBeVisible({ timeout: 2_000 });
  await expect(tv.getByRole('navigation')).toHaveCount(0);

  // The power is cut: the same browser opens its start page again.
  await tv.goto('about:blank');
  await tv.goto(`${city.url}/tv`);
  await expect(tv.locator('.hero')).toBeVisible();

  const row = administrator.getByRole('row', { name: /Pausrummet/ });
  await expect(row).toContainText('Just nu', { timeout: 20_000 });
  await expect(row).toContainText('Aktuell');
  await administrator.getByRole('button', { name: 'Visa vilken skärm det är: Pausrummet' }).click();
  await expect(tv.locator('.which')).toContainText('Pausrummet');
  await expect(tv.locator('.which')).toHaveCount(0, { timeout: 12_000 });

  await administrator.getByLabel('Tavla för Pausrummet').selectOption({ label: 'Vård och omsorg' });
  await expect(tv.getByRole('heading', { level: 1 })).toHaveText('Vård och omsorg', { timeout: 3_000 });

  await administrator.getByRole('button', { name: 'Ta ner Pausrummet' }).click();
  await administrator.getByRole('button', { name: 'Ja, ta ner skärmen' }).click();
  await expect(tv.getByText('Skärmen är inte längre godkänd')).toBeVisible({ timeout: 5_000 });
});

test('wrong digits pair nothing, and the television shows a new code', async ({ tv, administrator, city }) => {
  const digits = await approve(tv, administrator, city.url, 'Köket');
  await confirm(administrator, digits === '55' ? '56' : '55');
  await expect(administrator.getByRole('alert')).toContainText('Siffrorna stämde inte');
  await expect(tv.locator('.qr')).toBeVisible();
  await expect(administrator.getByRole('row', { name: /Köket/ })).toHaveCount(0);
});

test('a scanned code follows an administrator through sign-in', async ({ tv, stranger, city }) => {
  await tv.goto(`${city.url}/tv`);
  const code = await tv.locator('.say strong').textContent();
  const { email, password } = city.person('administrator');
  await stranger.goto(`${city.url}/screens#${code}`);
  await stranger.locator('input[type=email]').fill(email);
  await stranger.locator('input[type=password]').fill(password);
  await stranger.locator('main form button').first().click();
  await expect(stranger.getByText(code ?? '', { exact: true })).toBeVisible();
  expect(new URL(stranger.url()).hash).toBe('');
});

test('an old television without JavaScript is paired and shows the same board', async ({
  browser,
  tv,
  administrator,
  city
}) => {
  await confirm(administrator, await approve(tv, administrator, city.url, 'Receptionen'));
  await expect(tv.locator('.hero')).toBeVisible();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const old = await context.newPage();
  await old.goto(`${city.url}/tv/lite`);
  await expect(old.locator('.say strong')).toHaveText(/^[A-Z]{4}-[A-Z]{4}$/);
  await context.addCookies(await tv.context().cookies());
  await old.goto(`${city.url}/tv/lite`);
  // The six figures of the board, the clock among them in the heading.
  await expect(old.locator('.hero td')).toHaveCount(5);
  await expect(old.locator('.rows th')).not.toHaveCount(0);
  expect(await old.content()).toContain('<meta http-equiv="refresh" content="10"');
  await context.close();
});

test('an engine older than Chromium 94 is sent to the simple page', async ({ browser, city }) => {
  const userAgent =
    'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.79 Safari/537.36';
  const context = await browser.newContext({ userAgent });
  const old = await context.newPage();
  await old.goto(`${city.url}/tv`);
  await old.waitForURL('**/tv/lite');
  await expect(old.locator('.say strong')).toHaveText(/^[A-Z]{4}-[A-Z]{4}$/);
  await context.close();
});
