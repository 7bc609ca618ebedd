import { expect, type Page } from '@playwright/test';
import { calendarDay } from '../../src/lib/domain/time.ts';
import { addPersonMutation, peopleQuery } from '../../src/lib/operations/persisted.ts';
import { type Ask, test } from './city.ts';

test.use({ own: 'round' });

const DAY_MS = 86_400_000;
/** Later than half a year from now, for the demonstration has had its two rounds of the year. */
const inDays = (days: number): string => {
  const { year, month, day } = calendarDay(Date.now() + (250 + days) * DAY_MS, 'Europe/Stockholm');
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
};
const UNITS = ['Allmänna svarsgruppen', 'Förskola och skola', 'Vård och omsorg', 'Stad och fritid'];

async function unitNamed(ask: Ask, name: string): Promise<string> {
  const { units } = await ask('administrator', peopleQuery, {});
  return units.find((unit) => unit.name === name)!.id;
}
const takes = (page: Page, unit: string) => page.getByRole('checkbox', { name: new RegExp(`^${unit}, `) });

test('a method lead drafts a round, is told in words what stands in its way and whom it concerns, and opens it', async ({
  city,
  ask,
  signedIn
}) => {
  // Somebody who leads a unit and coaches too: no coach of that unit's own people.
  const unit = await unitNamed(ask, UNITS[1]!);
  const roles = ['LEADER', 'COACH'] as const;
  const variables = { name: 'Åke Ask', email: 'ake.ask@exempelstad.se', roles: [...roles], units: [unit] };
  expect((await ask('administrator', addPersonMutation, variables)).addPerson.refusal).toBeNull();

  const page = await signedIn('method-lead');
  await page.goto(`${city.url}/rounds`);
  await page.getByRole('link', { name: 'Gör ett utkast till en omgång' }).click();
  await page.getByLabel('Omgångens namn').fill('Prov av omgång');
  await page.getByLabel('Första dagen').fill(inDays(0));
  await page.getByLabel('Sista dagen').fill(inDays(60));
  await takes(page, UNITS[1]!).check();
  await page.getByLabel(`Inspelning från, ${UNITS[1]}`).fill(inDays(7));
  await page.getByLabel(`Inspelning till och med, ${UNITS[1]}`).fill(inDays(20));
  await page.getByLabel('Åke Ask').check();
  const saveAndOpen = async () => {
    await page.getByRole('button', { name: 'Spara utkastet' }).click();
    await expect(page.getByText('Utkastet är sparat.')).toBeVisible();
    const seen = page.getByLabel('Jag har läst utkastet');
    await seen.check();
    await page.getByRole('button', { name: 'Öppna omgången' }).click();
  };
  await saveAndOpen();
  await expect(page.getByRole('alert')).toContainText('Förhandlingen med facket har inget diarienummer ännu');

  await page.getByLabel('Förhandlingens diarienummer').fill('dnr 118/26');
  await page.getByLabel('Förhandlad den').fill(inDays(-200));
  await saveAndOpen();
  await expect(page.getByRole('alert')).toContainText('minst tio deltagare');

  for (const name of UNITS) await takes(page, name).check();
  await saveAndOpen();
  await expect(page.getByRole('alert')).toContainText('ingen coach utanför sin egen chefslinje');
  await expect(page.getByRole('alert')).toContainText('Amina Berg');

  await page.getByLabel('Henrik Sundin').check();
  await saveAndOpen();
  await expect(page.getByText('Omgången är öppen. Alla som är med ser den på sin egen sida.')).toBeVisible();
  await expect(page.getByRole('row', { name: /^Amina Berg Henrik Sundin/ })).toBeVisible();
  await expect(page.getByText('stamgaffel round verify')).toBeVisible();
  // What one sees of a person here is a name and a coach: no step, no date, no figure.
  await expect(page.getByRole('columnheader')).toHaveText(['Servicevägledare', 'Coach', 'Att veta', 'Ändra']);
});

test('a leader sees how many of the unit are done and no name, and a leader of a unit of four sees nothing', async ({
  city,
  ask,
  page
}) => {
  await page.goto(`${city.url}/rounds`);
  const main = page.getByRole('main');
  // The leader's own unit has three who take part.
  await expect(main.getByText(UNITS[1]!).first()).toBeVisible();
  await expect(main.getByText('För få personer för att visa något gemensamt. Gränsen är fem.').first()).toBeVisible();
  await expect(main.getByText(UNITS[3]!)).toHaveCount(0);
  const { people } = await ask('administrator', peopleQuery, {});
  const words = await main.innerText();
  expect(people.filter(({ name }) => words.includes(name))).toEqual([]);
  expect((await page.request.get(`${city.url}/rounds/new`, { headers: { accept: 'text/html' } })).status()).toBe(404);
});

test('everybody who works here reads the rules, the decisions and who holds which role', async ({ city, signedIn }) => {
  const page = await signedIn('agent');
  await page.goto(`${city.url}/account`);
  await page.getByRole('link', { name: 'Insyn' }).click();
  await expect(page.getByText('En omgång har minst tio personer, och alltid hela enheter.')).toBeVisible();
  await expect(page.getByText('Någon kan fotografera sin skärm')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'Nils Frid' })).toBeVisible();
});
