import { expect, type Page } from '@playwright/test';
import { setOpeningHoursMutation, setQueueMutation, queueSettingsQuery } from '../../src/lib/operations/persisted.ts';
import { test } from './city.ts';

/** Until the page listens: what is pressed or written before is the server's picture of a page, and goes nowhere. */
const listening = (page: Page) => page.waitForLoadState('networkidle');
/** The instant at which a page says something, by this machine's clock. */
const saidAt = (page: Page, wanted: string) =>
  page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const look = () => (document.body.innerText.includes(text) ? resolve(Date.now()) : setTimeout(look, 20));
        look();
      }),
    wanted
  );
const answeredAt = (page: Page, part: string) =>
  page.waitForResponse((response) => response.request().postData()?.includes(part) ?? false).then(() => Date.now());

test('a leader makes a board for their own unit: it is seen while it is made, refused in metres, and then on the wall', async ({
  signedIn,
  page: wall,
  city
}) => {
  const leader = await signedIn('leader');
  await leader.goto(`${city.url}/boards`);
  await leader.goto(`${city.url}/boards/new`);
  await listening(leader);
  await leader.getByLabel('Namn').fill('Receptionen');
  const units = leader.getByLabel('Enhet', { exact: true });
  const unit = (await units.locator('option:checked').textContent())!;
  expect(await units.locator('option').allTextContents(), 'not in the whole centre’s name').not.toContain(
    'Hela kontaktcentret'
  );
  await leader.getByLabel('Lägg till i Enheter och svarsgrupper').selectOption({ label: `Hela ${unit}` });
  const preview = leader.locator('.screen');
  await expect(preview.locator('h1')).toHaveText('Receptionen');
  await leader.getByRole('button', { name: 'Ta bort Servicenivå' }).click();
  await expect(preview.locator('dt', { hasText: 'Servicenivå' })).toHaveCount(0);

  const far = leader.getByLabel('Meter till den bortersta platsen');
  await far.fill('9');
  await expect(leader.getByText('Flytta skärmen till')).toContainText('På 9 meter');
  await expect(leader.getByRole('button', { name: 'Spara tavlan' })).toBeDisabled();
  await far.fill('4');
  await leader.getByRole('button', { name: 'Spara tavlan' }).click();
  await leader.waitForURL(/\/boards\/receptionen$/);
  await expect(leader.getByText('Sparat. Skärmarna visar det nu.')).toBeVisible();

  await wall.goto(`${city.url}/board/receptionen`);
  await expect(wall.locator('.figure dt')).not.toContainText(['Servicenivå']);
  // The page goes on with the board that it made: it is changed, and the wall shows it within a second of the answer.
  await listening(leader);
  await leader.getByLabel('Lägg till i Nyckeltal, från vänster').selectOption({ label: 'Talar' });
  const seen = saidAt(wall, 'Talar');
  const saved = answeredAt(leader, 'TALKING');
  await leader.getByRole('button', { name: 'Spara tavlan' }).click();
  await expect(leader.getByText('Sparat. Skärmarna visar det nu.')).toBeVisible();
  expect((await seen) - (await saved)).toBeLessThan(1_000);

  // A leader speaks on the boards that are made for their unit, as on the unit's own.
  await leader.goto(`${city.url}/announcements`);
  await expect(leader.getByLabel('Receptionen')).toBeVisible();

  await leader.goto(`${city.url}/boards/receptionen`);
  await listening(leader);
  await leader.getByRole('button', { name: 'Ta bort tavlan' }).click();
  await leader.waitForURL(/\/boards$/);
  // And whoever still looks at it is told, without a hand.
  await expect(wall.getByRole('heading', { name: 'Tavlan finns inte' })).toBeVisible();
});

test('an administrator names a queue that was found in the exchange, and the wall says so within a second', async ({
  signedIn,
  page: wall,
  city,
  ask
}) => {
  const { queueSettings, units } = await ask('administrator', queueSettingsQuery, {});
  const { id, name, shortName, unit, wrapUpMs, sensitivity } = queueSettings.at(-1)!;
  const office = await signedIn('administrator');
  try {
    await office.goto(`${city.url}/queues`);
    await listening(office);
    const row = office.getByRole('listitem').filter({ has: office.locator('summary', { hasText: name }) });
    await row.locator('summary').click();
    await row.getByLabel('Namn', { exact: true }).fill('Torg och lek');
    await row.getByLabel('Kort namn').fill('Torg');
    await row.getByLabel('Enhet').selectOption({ label: units[0]!.name });
    await row.getByLabel('Känslighet').selectOption({ label: 'Hög: hälften så många får vänta' });
    await row.getByLabel('Svar inom, sekunder').fill('90');
    await expect(row.getByLabel('Gäller från och med')).toBeVisible();
    const seen = saidAt(wall, 'Torg och lek');
    const saved = answeredAt(office, 'Torg och lek');
    await row.getByRole('button', { name: `Spara ${name}` }).click();
    expect((await seen) - (await saved)).toBeLessThan(1_000);
    await expect(office.getByText('Sparat. Tavlorna visar det nu.')).toBeVisible();
    const kept = (await ask('administrator', queueSettingsQuery, {})).queueSettings.find((each) => each.id === id)!;
    expect(kept).toMatchObject({ name: 'Torg och lek', unit: units[0]!.id, sensitivity: 'HIGH' });
    // What is promised holds from the next day on, and what is counted stays as it was.
    expect(kept.serviceLevels.at(-1)).toMatchObject({ targetMs: 90_000 });
    expect(Date.parse(kept.serviceLevels.at(-1)!.from)).toBeGreaterThan(Date.now());
  } finally {
    const queue = { id, name, shortName, unit, wrapUpMs, sensitivity, serviceLevel: null };
    await ask('administrator', setQueueMutation, { queue });
  }
});

test('an administrator says when the telephones are open, with a holiday of its own, and a closed board is dark', async ({
  signedIn,
  page: wall,
  city,
  ask
}) => {
  const office = await signedIn('administrator');
  try {
    await office.goto(`${city.url}/units`);
    await listening(office);
    const centre = office
      .locator('form')
      .filter({ has: office.getByLabel('Måndag') })
      .first();
    for (const day of ['Måndag', 'Tisdag', 'Onsdag', 'Torsdag', 'Fredag', 'Lördag', 'Söndag'])
      await centre.getByLabel(day).fill('0-24');
    await centre.getByLabel('Måndag').fill('sent');
    await expect(centre.getByText('Skriv tiderna i ordning')).toBeVisible();
    await centre.getByLabel('Måndag').fill('0-24');
    await centre.getByLabel('Helgdagar').fill('10.30-14');
    await centre.getByRole('button', { name: 'Spara tiderna' }).click();
    await expect(office.getByText('Sparat. Tavlorna följer det nu.')).toBeVisible();
    await office.reload();
    await expect(centre.getByLabel('Helgdagar')).toHaveValue('10:30–14:00');
    await expect(wall.locator('.hero')).toBeVisible();

    // Today is made a day that is closed: where nobody waits, the board is a dark clock.
    await listening(office);
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
    await centre.getByRole('button', { name: 'Lägg till en dag' }).click();
    await centre.getByLabel('Dag', { exact: true }).fill(today);
    await centre.getByRole('button', { name: 'Spara tiderna' }).click();
    await expect(office.getByText('Sparat. Tavlorna följer det nu.')).toBeVisible();
    // Whoever still waits is never hidden, so a board with callers stays; some unit has none at this instant.
    const dark = async () => {
      const { units } = await ask('administrator', queueSettingsQuery, {});
      for (const { id } of units) {
        await wall.goto(`${city.url}/board/${id}`);
        if (await wall.locator('.night').isVisible()) return true;
      }
      return false;
    };
    await expect.poll(dark).toBe(true);
  } finally {
    await ask('administrator', setOpeningHoursMutation, { unit: null, days: null });
  }
});
