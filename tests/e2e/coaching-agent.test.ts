import { expect, type Page } from '@playwright/test';
import {
  coachPlansQuery,
  handInReadingMutation,
  holdTalkMutation,
  participationQuery
} from '../../src/lib/operations/coaching-persisted.ts';
import { draftQuery, saveDraftMutation } from '../../src/lib/operations/persisted.ts';
import { pdfText } from '../support/pdf-text.ts';
import { test, type Ask } from './city.ts';

test.use({ own: 'agent' });

const LEVELS = ['Öva', 'På väg', 'Stark', 'Förebild'];
const CRITERIA = ['recognition', 'presence', 'understanding', 'guidance', 'meeting', 'passing-on', 'closing'];
const HEARD = 'Du sa vad du gjorde medan du letade, och då blev tystnaden trygg.';

/** The coach reads the call, as their own page would send it. */
async function coachReads(ask: Ask, participation: string, slot: string): Promise<void> {
  const subject = `reading/${slot}`;
  const fields: Record<string, string> = Object.fromEntries(CRITERIA.map((id) => [`level/${id}`, '3']));
  for (const [item, [criterion, momentMs]] of Object.entries({ a: ['presence', '12000'], b: ['guidance', '40000'] }))
    Object.assign(fields, {
      [`strength/${item}/criterion`]: criterion,
      [`strength/${item}/momentMs`]: momentMs,
      [`strength/${item}/text`]: HEARD
    });
  const { draft } = await ask('coach', draftQuery, { subject });
  const edits = Object.entries(fields).map(([path, value]) => ({
    path,
    value,
    baseRev: 0,
    supersedes: [],
    resolves: []
  }));
  await ask('coach', saveDraftMutation, { draftId: draft!.id!, clientId: crypto.randomUUID(), seq: 1, edits });
  const after = await ask('coach', draftQuery, { subject });
  const { handInReading } = await ask('coach', handInReadingMutation, {
    participation,
    commandId: crypto.randomUUID(),
    slot,
    seen: [{ draft: subject, rev: after.draft!.rev }]
  });
  expect(handInReading.refusal).toBeNull();
}

/** A strength at the moment where the player stands: its criterion by a digit, and then the words. */
async function marks(page: Page, criterion: string, words: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Markera en styrka här' }).first()).toBeVisible();
  await page.keyboard.press('m');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id ?? '')).toMatch(/-criterion$/);
  await page.locator('[data-strength]:has(:focus)').getByRole('radio', { name: criterion }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id ?? '')).toMatch(/^strength-.*-text$/);
  await page.keyboard.type(words);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
}

test('an agent reflects, sees who listened, talks, has the last word, withdraws a call, acknowledges and takes it home', async ({
  city,
  signedIn,
  ask
}) => {
  const page = await signedIn('agent');
  await page.goto(`${city.url}/me`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Det här kan du, Amina');
  // Levels are closed until somebody opens them.
  await expect(page.getByRole('img', { name: /coachen hörde/ }).first()).toBeHidden();

  await page.getByRole('link', { name: 'Till min reflektion' }).click();
  await expect(page.getByRole('button', { name: 'Jag är klar' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Inför samtalet med Karin' })).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await marks(page, 'Närvaro', 'Jag väntade, och då kom han till saken själv.');
  await page.keyboard.press('l');
  await marks(page, 'Vägledning', 'Jag sa stegen i ordning, och då hängde han med.');
  await page.getByLabel('Vad gjorde du som gjorde att det blev bra?').fill('Jag tog mig tid att läsa hela ärendet.');
  await expect(page.getByText(/^Sparat \d\d:\d\d/)).toBeVisible();
  await page.getByRole('button', { name: 'Jag är klar' }).click();
  await expect(page.getByText('Din reflektion är inne.')).toBeVisible();
  await expect(page.getByText('Jag tog mig tid att läsa hela ärendet.')).toBeVisible();

  const { coachPlans } = await ask('coach', coachPlansQuery, {});
  const { id } = coachPlans.flatMap(({ people }) => people).find(({ agent }) => agent.name === 'Amina Berg')!;
  const { participation } = await ask('coach', participationQuery, { id });
  const slot = participation.slots.find(({ state }) => state === 'CHOSEN')!;
  const coach = (await signedIn('coach')).context().request;
  const heard = await coach.get(`${city.url}/slots/${slot.id}/sound`, { headers: { range: 'bytes=0-99' } });
  expect(heard.status()).toBe(206);
  await page.goto(`${city.url}/me`);
  await expect(page.getByRole('region', { name: 'Vem har lyssnat' }).getByRole('listitem')).toHaveCount(3);

  await coachReads(ask, id, slot.id);
  const held = await ask('coach', holdTalkMutation, { participation: id, commandId: crypto.randomUUID() });
  expect(held.holdTalk.refusal).toBeNull();
  await page.goto(`${city.url}/me`);
  await expect(page.getByText(HEARD).first()).toBeVisible();
  await page.getByRole('link', { name: 'Till coachsamtalet' }).click();
  const lastWord = page.getByRole('textbox', { name: 'Sista ordet' });
  await lastWord.fill('Tystnaden är inte tom om jag berättar.');
  await page.getByRole('button', { name: 'Spara sista ordet' }).click();
  await expect(page.getByText('Ditt sista ord är sparat.')).toBeVisible();

  const before = await paper(page, city.url);
  expect(before).toContain(HEARD);
  await page.goto(`${city.url}/me/calls`);
  await page.getByRole('button', { name: 'Ta tillbaka samtalet' }).click();
  await page.getByRole('button', { name: 'Ja, ta tillbaka samtalet' }).click();
  await expect(page.getByText('Samtalet är återtaget. Ingen behöver veta varför.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ta tillbaka samtalet' })).toHaveCount(0);

  await page.goto(`${city.url}/talk/${id}`);
  await page.getByRole('button', { name: 'Bekräfta', exact: true }).click();
  await page.getByRole('button', { name: 'Ja, bekräfta' }).click();
  await expect(page.getByText(/^Bekräftad /)).toBeVisible();

  // 30: the PDF holds no levels, and not the coach's name; through the real route, and for nobody else.
  const pdf = await paper(page, city.url);
  expect(pdf).toContain('Tystnaden är inte tom om jag berättar.');
  expect(pdf).toContain('Minnesanteckning för egen utveckling. Inte underlag för lön eller omplacering.');
  expect(pdf).not.toContain(HEARD);
  for (const hidden of [...LEVELS, 'Karin Ahlgren'])
    expect(pdf).not.toMatch(new RegExp(`(?<!\\p{L})${hidden}(?!\\p{L})`, 'u'));
  expect((await coach.get(`${city.url}/me/pdf`)).status()).toBe(404);
});

/** What stands in the file that the button gives. */
async function paper(page: Page, url: string): Promise<string> {
  const answer = await page.context().request.get(`${url}/me/pdf`);
  expect(answer.headers()).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="min-utveckling.pdf"'
  });
  return pdfText(await answer.body()).replaceAll(/\s+/g, ' ');
}
