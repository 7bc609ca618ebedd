import { expect, type Page } from '@playwright/test';
import { participationQuery } from '../../src/lib/operations/coaching-persisted.ts';
import { test } from './city.ts';

/** What a coach presses beside the words themselves. */
class Keys {
  pressed = 0;
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
  }
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.#page.keyboard.press(key);
      this.pressed += 1;
    }
  }
  /** Text: written, not counted. */
  async write(words: string): Promise<void> {
    await this.#page.keyboard.type(words);
  }
}

const STRENGTHS = [
  'Du väntade en sekund efter hälsningen, och då hann han säga allt på en gång.',
  'Du sa vem som beslutar, och då hade han något att börja med redan i dag.'
];
const KEYS_MOST = 35;

/** Opens the call of somebody whose reading is still to be written, from the plan. */
async function opened(page: Page, url: string, name: string): Promise<string> {
  await page.goto(`${url}/coaching`);
  const row = page.getByRole('listitem', { name, exact: true });
  await row.getByRole('link', { name: /^Lyssna på samtal 1/ }).click();
  await expect(page.getByRole('heading', { name: 'Styrkor' })).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  return new URL(page.url()).pathname.split('/')[2]!;
}
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');

test('a coach reads a call with seven criteria without the mouse, in at most 35 key presses beside the words', async ({
  city,
  signedIn,
  ask
}) => {
  const page = await signedIn('coach');
  const participation = await opened(page, city.url, 'Karin Ek');
  const keys = new Keys(page);

  await keys.press('Space');
  await expect(page.getByRole('button', { name: 'Pausa' })).toBeVisible();
  await expect(page.locator('.time').first()).toContainText('0:02');
  await keys.press('m', '2');
  await expect.poll(() => focused(page)).toMatch(/^strength-.*-text$/);
  await keys.write(STRENGTHS[0]!);
  await keys.press('Escape', 'l', 'l', 'l', 'm', '4');
  await expect.poll(() => focused(page)).toMatch(/^strength-.*-text$/);
  await keys.write(STRENGTHS[1]!);
  await keys.press('Escape', 'k');

  // Seven levels, one of them the lowest with its moment, and one not applicable.
  await keys.press('3', '3', '1');
  await expect.poll(() => focused(page)).toBe('level-understanding-moment');
  await keys.press('Enter', '2', '4', '0', '3');
  await expect(page.getByText('Alla områden är lästa', { exact: true })).toBeVisible();

  await keys.press('Tab', 'ArrowDown', 'Tab');
  await expect.poll(() => focused(page)).toBe('goal-when');
  await keys.write('det ringer');
  await keys.press('Tab');
  await keys.write('ta ett andetag innan du säger stadens namn');
  await keys.press('Control+Enter');
  // Her reflection is in, so with this both are shown: that is asked for once.
  await expect(page.getByRole('dialog', { name: 'Det här är den sista' })).toBeVisible();
  await keys.press('Enter');

  await expect(page.getByText(/Läsningen är inlämnad/)).toBeVisible();
  expect(await focused(page)).toBe('handed-in');
  expect(keys.pressed).toBeLessThanOrEqual(KEYS_MOST);
  console.log(`${keys.pressed} key presses beside the words`);

  const { participation: kept } = await ask('coach', participationQuery, { id: participation });
  const reading = kept.slots[0]!.coachReading!;
  expect(reading.strengths.map(({ criterion, text }) => [criterion, text])).toEqual([
    ['presence', STRENGTHS[0]],
    ['guidance', STRENGTHS[1]]
  ]);
  expect(reading.levels.map(({ level }) => level)).toEqual([
    'STRONG',
    'STRONG',
    'PRACTISE',
    'ON_THE_WAY',
    'EXEMPLARY',
    'NOT_APPLICABLE',
    'STRONG'
  ]);
  expect(reading.levels[2]!.momentMs).toBeGreaterThan(0);
  expect(kept.goal).toMatchObject({ criterion: 'recognition', when: 'det ringer', proposedBy: 'COACH' });
});

test('whoever hands in too early is told what is missing and taken there; what was typed is there after all', async ({
  city,
  signedIn
}) => {
  const page = await signedIn('coach');
  await opened(page, city.url, 'Amina Berg');
  const handIn = () => page.keyboard.press('Control+Enter');

  await handIn();
  await expect(page.getByRole('alert').first()).toContainText('En styrka till behövs');
  expect(await focused(page)).toBe('mark-strength');

  for (const [criterion, words] of [
    ['1', STRENGTHS[0]!],
    ['7', 'kort']
  ] as const) {
    await page.keyboard.press('m');
    await page.keyboard.press(criterion);
    await expect.poll(() => focused(page)).toMatch(/-text$/);
    await page.keyboard.type(words);
    await page.keyboard.press('Escape');
    await page.keyboard.press('l');
  }
  await handIn();
  await expect(page.getByRole('alert').first()).toContainText('En styrka saknar');
  await expect.poll(() => focused(page)).toMatch(/^strength-.*-text$/);
  await page.keyboard.press('End');
  await page.keyboard.type(' men nu längre, och då sa hon det själv.');

  await handIn();
  await expect.poll(() => focused(page)).toBe('level-recognition-1');
  await page.keyboard.press('1');
  await handIn();
  await expect(page.getByRole('alert').first()).toContainText('Ett område har ingen nivå');

  await page.getByText('Skriv en egen anteckning').click();
  await page.keyboard.type('bara för mig');
  await expect(page.getByText(/^Sparat /)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Det du hörde, och vad det gjorde' }).first()).toHaveValue(
    STRENGTHS[0]!
  );
  await expect(page.getByRole('textbox', { name: /^Egen anteckning/ })).toHaveValue('bara för mig');
});

test('a reading is handed in, read, and taken back while the other one still writes; the notes to oneself are gone', async ({
  city,
  signedIn
}) => {
  const page = await signedIn('coach');
  await opened(page, city.url, 'Amina Berg');
  await expect(page.getByRole('textbox', { name: /^Egen anteckning/ })).toHaveValue('bara för mig');
  await page.getByRole('button', { name: /^Ögonblicket är här/ }).click();
  for (const name of ['Närvaro', 'Förståelse', 'Vägledning', 'Anpassat bemötande', 'Lotsning', 'Avslut'])
    await page.getByRole('group', { name, exact: true }).getByRole('radio', { name: 'Stark' }).check();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Läsningen är inlämnad.')).toBeVisible();
  await expect(page.getByText(STRENGTHS[0]!)).toBeVisible();

  await page.getByRole('button', { name: 'Ta tillbaka' }).click();
  await expect(page.getByRole('textbox', { name: 'Det du hörde, och vad det gjorde' }).first()).toHaveValue(
    STRENGTHS[0]!
  );
  await expect(page.getByRole('textbox', { name: /^Egen anteckning/ })).toHaveCount(0);
});
