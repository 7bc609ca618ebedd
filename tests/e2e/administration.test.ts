import { expect, type Page } from '@playwright/test';
import { City, freePort, test as base } from './city.ts';

/** An administrator who has signed in. */
const test = base.extend<{ office: Page }>({
  office: async ({ signedIn }, use) => use(await signedIn('administrator'))
});

test('an administrator makes a token, another system uses it, and it ends within a second', async ({
  office: page,
  city
}) => {
  await page.goto(`${city.url}/tokens`);
  await page.getByLabel('Vad den är till för').fill('Intranätet');
  await page.getByRole('button', { name: 'Skapa en nyckel' }).click();
  const token = await page.getByLabel('Nyckeln', { exact: true }).inputValue();
  expect(token).toMatch(/^sg_[0-9a-f]{72}$/);

  const asked = () =>
    fetch(`${city.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ queues { id } }' })
    });
  expect((await asked()).status).toBe(200);
  const socket = new WebSocket(`${city.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const opened = new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
  );
  await opened;
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));

  // The page does not show it again.
  await page.reload();
  await expect(page.getByText(token)).toHaveCount(0);
  await expect(page.getByRole('row', { name: /Intranätet/ })).not.toContainText('Aldrig');
  await expect(async () => {
    await page.getByRole('button', { name: 'Ta bort Intranätet' }).click();
    await expect(page.getByRole('button', { name: 'Avbryt' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('button', { name: 'Ta bort Intranätet' }).click();
  await expect(page.getByText('Nyckeln är borttagen.')).toBeVisible();
  const revokedAt = Date.now();
  expect(await closed).toBe(4401);
  expect(Date.now() - revokedAt).toBeLessThan(1_000);
  expect((await asked()).status).toBe(401);
});

test('a period is changed with its decision, and everybody who works here can read both', async ({
  office: page,
  page: leader,
  city
}) => {
  await page.goto(`${city.url}/retention`);
  // A press before the page has woken does nothing.
  await expect(async () => {
    await page.getByRole('button', { name: /^Ändra Växelns händelser/ }).click();
    await expect(page.getByLabel('Antal hela månader')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByLabel('Antal hela månader').fill('36');
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.getByText('Skriv vilket beslut det vilar på')).toBeVisible();
  await page.getByLabel('Beslutet som det vilar på').fill('Dokumenthanteringsplan 4.2');
  await page.getByLabel('Beslutsdag').fill('2026-11-20');
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.getByText('Sparat.')).toBeVisible();

  await leader.goto(`${city.url}/retention`);
  const row = leader.getByRole('row', { name: /Växelns händelser/ });
  await expect(row).toContainText('36 hela månader');
  await expect(row).toContainText('Dokumenthanteringsplan 4.2 (2026-11-20)');
  await expect(leader.getByRole('button', { name: /^Ändra/ })).toHaveCount(0);
});

test('the health of the exchange moves while one looks, and is no business of a leader', async ({
  office: page,
  page: leader,
  city
}) => {
  await page.goto(`${city.url}/pbx`);
  const last = page.getByRole('row', { name: /Senaste händelsen/ });
  const before = await last.innerText();
  await expect(last).not.toHaveText(before, { timeout: 30_000 });
  await expect(page.getByRole('row', { name: /Skillnader mot växeln/ })).toContainText('0');
  expect((await leader.goto(`${city.url}/pbx`))?.status()).toBe(404);
});

test('the first administrator of a real centre comes in by the link that the start printed, once', async ({
  stranger: page
}) => {
  test.slow();
  const centre = new City(await freePort(15_720), { DEMO: '0', HOST: '127.0.0.1' });
  try {
    await centre.start();
    await page.goto(`${centre.url}/first-start`);
    await expect(page.getByText('Öppna länken som servern skrev')).toBeVisible();
    const link = centre.firstStartLink();
    const begin = async (password: string) => {
      await page.goto('about:blank');
      await page.goto(link);
      await page.getByLabel('Ditt namn').fill('Eva Ek');
      await page.getByLabel('E-post').fill('eva@exempelstad.se');
      await page.getByLabel('Lösenord').fill(password);
      await page.getByRole('button', { name: 'Börja' }).click();
    };
    await begin('en lång hemlighet');
    await page.waitForURL(/\/first-steps/);
    await expect(page.getByText('6 steg är kvar')).toBeVisible();
    await expect(page.getByText('Ingen växel är angiven')).toBeVisible();
    await page.waitForLoadState('networkidle');

    // A unit and the hours are set in place, and what is done is still done for whoever comes back.
    await page.getByLabel('Ny enhet').fill('Förskola och skola');
    await page.getByRole('button', { name: 'Lägg till enheten' }).click();
    const units = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Enheter' }) });
    await expect(units).toContainText('Klart');
    await page.getByText('Hela kontaktcentret').click();
    await page.getByLabel('Måndag').fill('8-16');
    await page.getByRole('button', { name: 'Spara tiderna' }).click();
    await expect(page.getByText('4 steg är kvar')).toBeVisible();
    await page.getByRole('link', { name: 'fortsätt senare' }).click();
    await page.waitForURL(/\/board\/all/);
    await page.goto(centre.url);
    await page.waitForURL(/\/first-steps/);
    await expect(page.getByText('4 steg är kvar')).toBeVisible();

    // Put aside, they are found in no bar, and one's own page is the board.
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Visa inte stegen mer' }).click();
    await page.waitForURL(/\/board\/all/);
    await page.goto(centre.url);
    await page.waitForURL(/\/board\/all/);
    await page.goto(`${centre.url}/units`);
    await expect(page.getByLabel('Namn på Förskola och skola', { exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Kom igång' })).toHaveCount(0);

    await page.context().clearCookies();
    await begin('en annan hemlighet');
    await expect(page.getByText('Länken gäller inte längre')).toBeVisible();
  } finally {
    await centre.end();
  }
});
