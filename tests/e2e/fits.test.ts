import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './city.ts';

const walls = [
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 }
];

for (const size of walls) {
  test(`the wall fits ${size.width}×${size.height} in both languages without scrolling`, async ({ page, city }) => {
    await page.setViewportSize(size);
    for (const path of ['/board/all', '/en/board/all']) {
      await page.goto(city.url + path);
      await page.evaluate(() => document.fonts.ready);
      expect(await overflow(page)).toEqual([]);
    }
  });
}

for (const width of [390, 320]) {
  test(`a phone ${width} px wide scrolls down and never sideways`, async ({ page, city }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const path of ['/board/all', '/en/board/all', '/board/all?view=table']) {
      await page.goto(city.url + path);
      await page.evaluate(() => document.fonts.ready);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sideways, path).toBeLessThanOrEqual(0);
    }
  });
}

/**
 * On 55″ at five metres the height of a capital must be at least 0.7° for key figures (EN 301 549, 5.1.4), 20′ for their
 * labels and 16′ for the rest: 96.3, 45.9 and 36.7 of 1080 pixels. Counted in the picture, not read from the style sheet.
 */
test('capitals are as high as the eye needs at five metres', async ({ page, city }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(`${city.url}/board/all?theme=light`);
  await page.evaluate(() => document.fonts.ready);
  const figure = page.locator('.figure').nth(1);
  expect(await capital(page, figure.locator('.value'))).toBeGreaterThanOrEqual(96);
  expect(await capital(page, figure.locator('dt'))).toBeGreaterThanOrEqual(45);
  for (const rest of ['[data-queue] .name', '.arrivals .day b', '.histogram .axis span', '.clock .date']) {
    expect(await capital(page, page.locator(rest).first()), rest).toBeGreaterThanOrEqual(36);
  }
});

/** Everything that is cut, or that reaches outside the screen. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) found.push('the page scrolls');
    const texts = document.createTreeWalker(document.querySelector('.board')!, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      const parent = node.parentElement!;
      if (!node.textContent?.trim() || parent.closest('.unseen, details') || !parent.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) {
        found.push(`outside: ${node.textContent.trim()}`);
      }
      const cell = parent.closest('.figure, .clock, .name, .head, .day, .situation')?.getBoundingClientRect();
      // A key figure hangs a hair to the left, so that its stem stands under its label's.
      const hair = innerHeight / 100;
      if (cell && (box.right > cell.right + hair / 3 || box.left < cell.left - hair))
        found.push(`too wide: ${node.textContent.trim()}`);
    }
    return found;
  });
}

/** The height in pixels of the first letter or digit, counted as the rows that hold ink. */
async function capital(page: Page, text: Locator): Promise<number> {
  const clip = await text.evaluate((element) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const found = /[A-ZÅÄÖ0-9]/.exec(texts.currentNode.textContent ?? '');
      if (!found) continue;
      const range = document.createRange();
      range.setStart(texts.currentNode, found.index);
      range.setEnd(texts.currentNode, found.index + 1);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x, y, width, height };
    }
    throw new Error('There is no capital to measure');
  });
  const picture = (await page.screenshot({ clip, animations: 'disabled' })).toString('base64');
  const blank = await page.context().newPage();
  const rows = await blank.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
    const ground = [pixels[0]!, pixels[1]!, pixels[2]!];
    let first = -1;
    let last = -1;
    for (let y = 0; y < image.height; y += 1) {
      for (let x = 0; x < image.width; x += 1) {
        const at = (y * image.width + x) * 4;
        const away = ground.reduce((sum, value, channel) => sum + Math.abs(pixels[at + channel]! - value), 0);
        if (away < 150) continue;
        if (first < 0) first = y;
        last = y;
        break;
      }
    }
    return last - first + 1;
  }, picture);
  await blank.close();
  return rows;
}
