import type { Page } from '@playwright/test';
import type { Screen } from '../../src/lib/domain/board.ts';
import { requiredCapitals } from '../../src/lib/domain/legibility.ts';

/** Everything that is cut, that reaches outside its place or the screen, or that stands on something else. */
export function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) found.push('the page scrolls');
    const texts = document.createTreeWalker(document.querySelector('.board')!, NodeFilter.SHOW_TEXT);
    const lines: { text: string; parent: Element; left: number; right: number; top: number; bottom: number }[] = [];
    while (texts.nextNode()) {
      const node = texts.currentNode;
      const parent = node.parentElement!;
      const text = node.textContent?.trim();
      if (!text || parent.closest('.unseen, details, h1') || !parent.checkVisibility({ checkVisibilityCSS: true }))
        continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) {
        found.push(`outside: ${text}`);
      }
      const cell = parent.closest('.figure, .clock, .name, .head, .day, .situation')?.getBoundingClientRect();
      // A key figure hangs a hair to the left, so that its stem stands under its label's.
      const hair = innerHeight / 100;
      if (cell && (box.right > cell.right + hair / 3 || box.left < cell.left - hair)) found.push(`too wide: ${text}`);
      for (let around: Element | null = parent; around && !around.matches('.board'); around = around.parentElement) {
        const edge = around.getBoundingClientRect();
        const hides = getComputedStyle(around).overflowX !== 'visible';
        if (hides && (box.right > edge.right + 1 || box.bottom > edge.bottom + 1)) found.push(`cut: ${text}`);
      }
      // The letters themselves, without the air above and below that lines may share.
      const size = Number.parseFloat(getComputedStyle(parent).fontSize);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const middle = (top + bottom) / 2;
        lines.push({ text, parent, left, right, top: middle - size * 0.3, bottom: middle + size * 0.3 });
      }
    }
    for (const [index, one] of lines.entries()) {
      for (const other of lines.slice(index + 1)) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 1 && down > 1) found.push(`on each other: ${one.text} | ${other.text}`);
      }
    }
    return [...new Set(found)];
  });
}

/**
 * Every text whose capitals (or digits, where it has them) are lower than the eye needs in the farthest seat. Measured:
 * the font that is used, drawn large on a canvas, gives the share of its size that a capital has.
 */
export function tooSmall(page: Page, screen: Screen): Promise<string[]> {
  return page.evaluate((required) => {
    const pen = document.createElement('canvas').getContext('2d')!;
    const texts = document.createTreeWalker(document.querySelector('.board')!, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    let measured = 0;
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement!;
      const text = texts.currentNode.textContent?.trim();
      if (!text || parent.closest('.unseen, details, h1') || !parent.checkVisibility({ checkVisibilityCSS: true }))
        continue;
      const { fontStyle, fontWeight, fontFamily, fontSize } = getComputedStyle(parent);
      pen.font = `${fontStyle} ${fontWeight} 1000px ${fontFamily}`;
      const { actualBoundingBoxAscent, actualBoundingBoxDescent } = pen.measureText(/\d/.test(text) ? '1' : 'H');
      const share = (actualBoundingBoxAscent + actualBoundingBoxDescent) / 1000;
      const capital = Number.parseFloat(fontSize) * share;
      // A unit after the digits, and a word where there are none yet, belong to the figure as its label does.
      const isFigure = parent.closest('.value, .time') !== null;
      const isKey = isFigure && /\d/.test(text) && parent.closest('small') === null;
      const kind = isKey ? 'key' : isFigure || parent.closest('dt') ? 'label' : 'rest';
      const least = (required[kind] * innerHeight) / 100;
      measured += 1;
      if (capital < least) found.push(`${kind} ${capital.toFixed(1)} of ${least.toFixed(1)} px: ${text}`);
    }
    return measured < 10 ? [`only ${measured} texts were there to measure`] : found;
  }, requiredCapitals(screen));
}
