import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { signIn, test } from './city.ts';

async function axe(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Until the page listens: what is pressed or written before is the server's picture of a page, and goes nowhere. */
const listening = (page: Page) => page.waitForLoadState('networkidle');

test('a leader writes, and the wall and the strip at home say it within a second; then it is taken down', async ({
  page,
  stranger,
  city,
  context
}) => {
  await signIn(stranger, city, 'agent');
  await stranger.goto(`${city.url}/strip`);
  await expect(stranger.getByRole('region', { name: 'Läget just nu' })).toBeVisible();
  const wall = await context.newPage();
  await wall.goto(`${city.url}/board/all`);
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.goto(`${city.url}/announcements`);
  await listening(page);
  const text = 'Nya köregler i förskolan. Säg: ingen förlorar sin plats.';
  await page.getByLabel('Text').fill('ett två tre fyra fem sex sju åtta nio tio elva tolv '.repeat(4));
  await expect(page.getByText('Korta texten')).toBeVisible();
  await page.getByLabel('Text').fill(text);
  await expect(page.getByText('2 av 4 rader på tavlan')).toBeVisible();
  expect(await axe(page)).toEqual([]);

  // Counted in the pages themselves, from the moment the button is pressed: all three run on this machine's clock.
  const seenAt = (board: Page) =>
    board.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const look = () => (document.body.innerText.includes(wanted) ? resolve(Date.now()) : setTimeout(look, 20));
          look();
        }),
      'ingen förlorar sin plats'
    );
  const onWall = seenAt(wall);
  const onStrip = seenAt(stranger);
  const postedAt = page
    .waitForResponse((response) => response.request().postData()?.includes('köregler') ?? false)
    .then(() => Date.now());
  await page.getByRole('button', { name: 'Sätt upp anslag' }).click();
  await expect(page.getByText('Anslaget sitter uppe.')).toBeVisible();
  expect((await onWall) - (await postedAt)).toBeLessThan(1_000);
  expect((await onStrip) - (await postedAt)).toBeLessThan(1_000);

  const kept = await wall.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).not.toContain('köregler');
  await page.getByRole('button', { name: 'Ta ner anslag' }).click();
  await expect(stranger.getByText('Inget anslag just nu.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Tidigare' }).getByText(text)).toBeVisible();
});

test('an agent takes a break from the strip, and is shown what the exchange says', async ({ stranger, city }) => {
  await signIn(stranger, city, 'agent');
  await stranger.setViewportSize({ width: 320, height: 700 });
  await stranger.goto(city.url);
  await stranger.waitForURL(/\/strip/);
  await listening(stranger);
  const own = stranger.locator('[data-state]');
  await expect(own).not.toHaveAttribute('data-state', /not-tied|unknown|signed-out/);
  expect(await stranger.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  // The day may have planned a pause of its own for this agent just now.
  const end = stranger.getByRole('button', { name: 'Avsluta pausen' });
  if (await end.isVisible()) await end.click();
  await stranger.getByRole('button', { name: 'Ta paus: Lunch' }).click();
  await expect(stranger.getByText('Växeln har tagit emot det.')).toBeVisible();
  await expect(end).toBeVisible();
  expect(await axe(stranger)).toEqual([]);
  await end.click();
  await expect(stranger.getByRole('button', { name: 'Ta paus: Lunch' })).toBeVisible();

  await stranger.getByText('Inställningar').click();
  await stranger.getByLabel('Visa siffror för svarsgrupperna').uncheck();
  await expect(stranger.getByText('Sparat.')).toBeVisible();
  await stranger.reload();
  await expect(stranger.getByRole('region', { name: 'Läget just nu' }).getByRole('listitem')).toHaveCount(0);
});

test('the administrator says whose telephone is whose, and the agent has none from then on', async ({
  stranger,
  city,
  browser
}) => {
  await signIn(stranger, city, 'agent');
  await stranger.goto(`${city.url}/strip`);
  const admin = await (await browser.newContext({ locale: 'sv-SE' })).newPage();
  await signIn(admin, city, 'administrator');
  await admin.goto(`${city.url}/agents`);
  await listening(admin);
  const row = admin
    .getByRole('row', { name: /PJSIP/ })
    .filter({ has: admin.locator('option:checked', { hasText: 'Amina Berg' }) });
  const telephone = row.getByRole('combobox');
  const name = (await telephone.getAttribute('aria-label'))!;
  await telephone.selectOption({ label: 'Ingen' });
  await expect(admin.getByText('är inte längre någons telefon')).toBeVisible();
  await expect(stranger.locator('[data-state="not-tied"]')).toBeVisible();
  await admin.getByRole('combobox', { name }).selectOption({ label: 'Amina Berg' });
  await expect(admin.getByText('är nu Amina Bergs telefon')).toBeVisible();
  await expect(stranger.locator('[data-state="not-tied"]')).toHaveCount(0);
  expect(await axe(admin)).toEqual([]);
  await admin.context().close();
});
