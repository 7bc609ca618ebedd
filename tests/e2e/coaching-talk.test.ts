import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { test } from './city.ts';

test('the plan leads to the talk: another time, a file for the calendar, the readings side by side, and that it was held', async ({
  city,
  signedIn
}) => {
  const page = await signedIn('coach');
  await page.goto(`${city.url}/coaching`);
  const names = await page.locator('main h3').allTextContents();
  const surname = (name: string) => name.split(' ').at(-1)!;
  expect(names).toEqual([...names].sort((one, other) => surname(one).localeCompare(surname(other), 'sv')));

  const row = page.getByRole('listitem', { name: 'Elin Sandström', exact: true });
  // A page that is drawn is not yet a page that answers.
  await expect(async () => {
    await row.getByRole('button', { name: /^Byt tid/ }).click({ timeout: 1_000 });
    await expect(row.getByLabel('Dag och tid')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await row.getByLabel('Dag och tid').fill('2020-01-02T13:00');
  await row.getByRole('button', { name: 'Boka coachsamtal' }).click();
  await expect(row.getByText(/Tiden har redan varit/)).toBeVisible();
  await row.getByLabel('Dag och tid').fill('2090-06-01T13:00');
  await row.getByRole('button', { name: 'Boka coachsamtal' }).click();
  await expect(row.getByText(/torsdag 1\sjuni klockan 13:00/)).toBeVisible();

  const downloads = page.waitForEvent('download');
  await row.getByRole('button', { name: /^Lägg i kalendern/ }).click();
  const file = readFileSync(await (await downloads).path(), 'utf8');
  // Two hours before UTC in June, wherever this browser is.
  expect(file).toContain('DTSTART:20900601T110000Z');

  await row.getByRole('link', { name: /^Coachsamtal/ }).click();
  await expect(page.getByRole('heading', { name: 'Coachsamtalet med Elin' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Elin hörde' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Karin hörde' })).toBeVisible();
  // What she wrote before the talk, under the question that she was asked.
  await expect(page.getByRole('term').filter({ hasText: 'Vad gjorde du som gjorde att det blev bra?' })).toBeVisible();
  // The levels are folded: no word of them is seen before somebody asks.
  const levels = page.getByRole('table');
  await expect(levels).toBeHidden();
  await page.getByText('Nivåerna', { exact: true }).click();
  await expect(levels).toBeVisible();
  // Her last word and acknowledgement are hers alone.
  await expect(page.getByRole('button', { name: 'Bekräfta' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Föreslå andra ord' }).click();
  await page.getByLabel('… pröva …').fill('vänta två sekunder till');
  await page.getByRole('button', { name: 'Föreslå övningsmålet' }).click();
  await expect(page.getByText(/pröva vänta två sekunder till/)).toBeVisible();

  await page.getByRole('button', { name: 'Coachsamtalet är hållet' }).click();
  await page.getByRole('button', { name: 'Ja, det är hållet' }).click();
  await expect(page.getByText(/Coachsamtalet hölls/)).toBeVisible();
});
