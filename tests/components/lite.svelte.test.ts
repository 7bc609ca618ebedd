import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { BoardLayout } from '../../src/lib/domain/board.ts';
import { contact } from '../../src/lib/domain/contact.ts';
import type { BoardFrame } from '../../src/lib/domain/wallboard.ts';
import LiteBoard from '../../src/routes/tv/lite/LiteBoard.svelte';
import { busy, calm, NOW } from '../support/frames.ts';

async function lite(frame: BoardFrame, layout: Partial<BoardLayout> = {}, over: Partial<BoardFrame> = {}) {
  const shown = { ...frame, ...over, layout: { ...frame.layout, ...layout } };
  const { container } = await render(LiteBoard, {
    frame: shown,
    contact: contact(shown.source, null, NOW),
    identify: null,
    now: NOW,
    timeZone: 'Europe/Stockholm'
  });
  return container;
}
const texts = (container: Element, of: string) => [...container.querySelectorAll(of)].map((each) => each.textContent);

test('the simple page shows the board’s own key figures, in its order, and no bars on a board without a side', async () => {
  const container = await lite(busy(), { figures: ['abandoned', 'talking', 'clock'], side: false });
  expect(texts(container, '.hero td span')).toEqual(['Lade på', 'Talar']);
  expect(container.querySelector('[role=img]')).toBe(null);
  expect((await lite(busy())).querySelector('[role=img]')).not.toBe(null);
});

test('a row is a unit where the board says so', async () => {
  expect(texts(await lite(busy()), '.rows th')).toHaveLength(11);
  expect(texts(await lite(busy(), { rows: 'units' }), '.rows th')).toContain('Förskola och skola');
});

test('a calm board has a sentence and words, and no number that hurries anybody', async () => {
  const container = await lite(busy(), { calm: true });
  expect(container.querySelector('.calm')?.textContent).toBeTruthy();
  expect(container.querySelector('.hero')).toBe(null);
  for (const row of texts(container, '.rows tr')) expect(row).not.toMatch(/\d/);
});

test('a closed board where nobody waits is a dark clock, and one where somebody waits is not', async () => {
  const opening = { state: 'closed' as const, until: NOW + 3_600_000 };
  const nobody = { ...calm(), total: { ...calm().total, waiting: 0 } };
  expect((await lite(nobody, {}, { opening })).querySelector('.night')).not.toBe(null);
  expect((await lite(busy(), {}, { opening })).querySelector('.night')).toBe(null);
});
