import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './city.ts';

const views = [
  { name: 'the wall', path: '/board/all', width: 1920, height: 1080 },
  { name: 'the table', path: '/board/all?view=table', width: 1366, height: 768 },
  { name: 'the phone', path: '/board/all', width: 390, height: 844 },
  { name: 'a board that does not exist', path: '/board/atlantis', width: 1366, height: 768 }
];

for (const { name, path, width, height } of views) {
  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing on ${name}, ${theme}, in Swedish and English`, async ({ page, city }) => {
      await page.context().addCookies([{ name: 'theme', value: theme, url: city.url }]);
      await page.setViewportSize({ width, height });
      for (const prefix of ['', '/en']) {
        await page.goto(city.url + prefix + path);
        await page.evaluate(() => document.fonts.ready);
        // What has just changed fades in over 400 ms, and is not to be judged while it does.
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const { violations } = await new AxeBuilder({ page }).analyze();
        const told = violations.map(
          ({ id, nodes }) => `${prefix || '/sv'} ${id}: ${nodes.map(({ html }) => html).join(' | ')}`
        );
        expect(told).toEqual([]);
      }
    });
  }
}

test('numbers that tick are not read aloud by themselves', async ({ page, city }) => {
  await page.goto(`${city.url}/board/all`);
  const live = page.locator('[aria-live], [role=status], [role=alert], [role=timer], [role=log]');
  for (const text of await live.allInnerTexts()) expect(text).not.toMatch(/\d+ s sedan|\d:\d\d:\d\d/);
});
