import { expect, type Browser, type Page } from '@playwright/test';
import { type City, test, type Role } from './city.ts';

async function asRole(browser: Browser, city: City, role: Role): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  const { email, password } = city.person(role);
  await page.goto(`${city.url}/login`);
  await page.locator('main input[name=email]').fill(email);
  await page.locator('main input[name=password]').fill(password);
  await page.locator('main form button').click();
  await page.waitForURL((url) => !url.pathname.includes('login'));
  return page;
}

test('an administrator invites somebody, who comes in once by the link, and is sent away within a second', async ({
  browser,
  city,
  stranger
}) => {
  const admin = await asRole(browser, city, 'administrator');
  await admin.goto(`${city.url}/people`);
  await admin.getByLabel('Namn').fill('Lo Nyman');
  await admin.getByLabel('E-post').fill('lo.nyman@exempelstad.se');
  await admin.getByRole('button', { name: 'Lägg till person' }).click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Lo Nyman');
  await admin.getByRole('button', { name: 'Gör en inbjudan' }).click();
  const link = await admin.getByLabel('Länk att lämna över').inputValue();
  expect(link).toMatch(/\/invitation#[\w-]{43}$/);

  // A mail program opens the link first: nothing is used up.
  expect((await fetch(link)).status).toBe(200);
  await stranger.goto(link);
  await expect(stranger.getByText('Hanna Westin har bjudit in dig.')).toBeVisible();
  await stranger.getByLabel('Nytt lösenord').fill('en alldeles egen mening');
  await stranger.getByLabel('Samma lösenord en gång till').fill('en alldeles egen mening');
  await stranger.getByRole('button', { name: 'Spara och logga in' }).click();
  await stranger.waitForURL((url) => !url.pathname.includes('invitation'));

  const second = await (await browser.newContext()).newPage();
  await second.goto(link);
  await expect(second.getByRole('heading', { name: 'Länken gäller inte längre' })).toBeVisible();
  await second.context().close();

  await stranger.goto(`${city.url}/board/all`);
  await stranger.waitForFunction(() => localStorage.getItem('stamgaffel.last-frame.all') !== null);
  const away = stranger.waitForURL(/\/login/, { timeout: 5_000 });
  await admin.getByRole('button', { name: 'Stäng av' }).click();
  await away;
  await expect(admin.getByText('Personen är avstängd och utloggad överallt.')).toBeVisible();
  await admin.context().close();
});

test('a page is not there for those who may not open it, and a stranger is sent to sign in', async ({
  browser,
  city
}) => {
  const closed: Partial<Record<Role, string[]>> = {
    agent: ['/people', '/people/import', '/audit', '/screens', '/announcements'],
    leader: ['/people', '/audit', '/tokens', '/strip']
  };
  for (const path of new Set(Object.values(closed).flat())) {
    const response = await fetch(city.url + path, { redirect: 'manual', headers: { accept: 'text/html' } });
    expect([path, response.status, response.headers.get('location')?.split('?')[0]]).toEqual([path, 303, '/login']);
  }
  for (const [role, paths] of Object.entries(closed)) {
    const page = await asRole(browser, city, role as Role);
    for (const path of paths) {
      const response = await page.request.get(city.url + path, { headers: { accept: 'text/html' } });
      expect([role, path, response.status()]).toEqual([role, path, 404]);
    }
    expect((await page.request.get(`${city.url}/account`)).status()).toBe(200);
    await page.context().close();
  }
});

test('a foreign page can neither sign anybody in nor do anything with a cookie, and every answer is guarded', async ({
  city,
  session
}) => {
  const cookie = session.map(({ name, value }) => `${name}=${value}`).join('; ');
  const form = {
    method: 'POST',
    headers: { origin: 'https://evil.example', cookie, 'content-type': 'application/x-www-form-urlencoded' }
  };
  for (const path of ['/login', '/logout', '/account?/password', '/invitation?/accept'])
    expect((await fetch(city.url + path, { ...form, body: 'x=y', redirect: 'manual' })).status, path).toBe(403);
  const bare = await fetch(`${city.url}/graphql`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{}'
  });
  expect(bare.status).toBe(403);
  expect((await fetch(`${city.url}/account`, { headers: { cookie } })).status).toBe(200);

  for (const path of ['/login', '/account', '/graphql', '/nowhere']) {
    const { headers } = await fetch(city.url + path, { headers: { cookie }, redirect: 'manual' });
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('x-frame-options'), path).toBe('DENY');
    expect(headers.get('cache-control'), path).toMatch(/no-store/);
  }
  const policy = (await fetch(`${city.url}/login`)).headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/default-src 'self'.*script-src 'self' 'nonce-.*frame-ancestors 'none'/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
});
