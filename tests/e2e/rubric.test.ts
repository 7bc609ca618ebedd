import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './city.ts';

test('everybody in coaching reads the rubric, and only a method lead words it', async ({ signedIn, city }) => {
  const page = await signedIn('coach');
  await page.goto(`${city.url}/rubric`);
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('heading', { name: 'Igenkänning' })).toBeVisible();
  await expect(page.getByText('Exempelstad, Karin. Vad kan jag hjälpa dig med?')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Gör ett utkast till nästa' })).toHaveCount(0);
});

test('a method lead changes a text, reads what differs, and only then publishes it', async ({ signedIn, city }) => {
  const page = await signedIn('method-lead');
  await page.goto(`${city.url}/rubric`);
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Gör ett utkast till nästa' }).click();
  const publish = page.getByRole('button', { name: 'Publicera versionen' });
  await expect(publish).toBeDisabled();
  await page.getByLabel('Del', { exact: true }).selectOption({ label: 'Närvaro' });
  await page.getByLabel('Stark: till exempel').fill('Du sa torsdag. Jag läser på er gata och är kvar här.');
  // What is typed is seen at once, and is not what will be published until it is saved.
  await expect(page.locator('q').filter({ hasText: 'Du sa torsdag.' })).toBeVisible();
  await page.getByLabel('Jag har läst det som skiljer').check();
  await expect(publish).toBeDisabled();
  await page.getByRole('button', { name: 'Spara utkastet' }).click();
  await expect(page.locator('ins').first()).toContainText('[tillagt: gata');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // Saving made another draft than the one that was seen.
  await expect(publish).toBeDisabled();
  await page.getByLabel('Jag har läst det som skiljer').check();
  await publish.click();
  await expect(page.getByText('Version 2 är publicerad.')).toBeVisible();
  await expect(page.getByLabel('Läs version')).toContainText('Version 1, inte för nya omgångar');
  await expect(page.locator('q').filter({ hasText: 'Du sa torsdag.' })).toBeVisible();
});
