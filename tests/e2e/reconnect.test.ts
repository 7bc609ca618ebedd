import { expect } from '@playwright/test';
import { liveFrame, test } from './city.ts';

test('a board whose server is restarted ages, and comes back by itself without being touched', async ({
  page,
  city
}) => {
  test.setTimeout(120_000);
  await liveFrame(page);
  await page.evaluate(() => ((window as unknown as { untouched: boolean }).untouched = true));
  const age = page.locator('.clock dt');
  await expect(age).toHaveText('Just nu');
  await city.stop();
  await expect(age).toHaveText(/^\d+ s sedan$/, { timeout: 30_000 });
  await city.start();
  await expect(age).toHaveText('Just nu', { timeout: 60_000 });
  expect(await page.evaluate(() => (window as unknown as { untouched: boolean }).untouched)).toBe(true);
});
