import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import { follow, type DraftFieldPort } from '../../src/lib/components/draft-field.ts';
import DraftField from '../../src/lib/components/DraftField.svelte';
import { formats } from '../../src/lib/i18n/format.ts';

const format = formats('sv', 'Europe/Stockholm');
const at = Date.parse('2027-02-03T10:42:00+01:00');
function field(over: Partial<DraftFieldPort> = {}): { port: DraftFieldPort; did: string[] } {
  const did: string[] = [];
  const port: DraftFieldPort = {
    value: 'Hemma',
    mayWrite: true,
    conflict: null,
    wasCovered: false,
    mayHoldNumber: false,
    type: (text) => did.push(`type ${text}`),
    notANumber: () => did.push('not a number'),
    keepOwn: () => did.push('keep'),
    takeOther: () => did.push('take'),
    join: () => did.push('join'),
    ...over
  };
  return { port, did };
}

test('a text that comes from elsewhere moves the caret along with the words around it', () => {
  const area = document.createElement('textarea');
  document.body.append(area);
  area.value = 'Du frågade lugnt.';
  area.setSelectionRange(11, 16);
  follow(area, 'Amina, du frågade lugnt.');
  expect(area.value).toBe('Amina, du frågade lugnt.');
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('lugnt');
  follow(area, 'Amina, du frågade lugnt. Tack!');
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('lugnt');
  area.remove();
});

test('what is typed is told whole', async () => {
  const { port, did } = field();
  const page = await render(DraftField, { field: port, label: 'Vad gjorde du?', format });
  await page.getByLabelText('Vad gjorde du?').fill('Hemma, vid bordet');
  expect(did.at(-1)).toBe('type Hemma, vid bordet');
});

test('two texts stand in the place of the field, with their times, and each choice has its button', async () => {
  const { port, did } = field({ conflict: { other: 'Kontoret', ownAt: at, otherAt: at - 60_000 } });
  const page = await render(DraftField, { field: port, label: 'Vad gjorde du?', format });
  await expect.element(page.getByText('Texten har ändrats på ett annat ställe', { exact: false })).toBeVisible();
  await expect.element(page.getByText('Din text, 10:42')).toBeVisible();
  await expect.element(page.getByText('Den andra texten, 10:41')).toBeVisible();
  for (const name of ['Behåll min', 'Ta den andra', 'Sätt ihop']) await page.getByRole('button', { name }).click();
  expect(did).toEqual(['keep', 'take', 'join']);
});

test('a number that was covered can be said to be none, and one that may be a telephone’s is asked about', async () => {
  const { port, did } = field({ wasCovered: true });
  const page = await render(DraftField, { field: port, label: 'A', format });
  await page.getByRole('button', { name: 'Inte ett personnummer' }).click();
  expect(did).toEqual(['not a number']);
  const other = await render(DraftField, { field: field({ mayHoldNumber: true }).port, label: 'B', format });
  await expect.element(other.getByText('Är det ett personnummer?', { exact: false })).toBeVisible();
});

test('a field that another tab writes cannot be typed in, and shows no choice to make', async () => {
  const { port } = field({ mayWrite: false, conflict: { other: 'Kontoret', ownAt: null, otherAt: null } });
  const page = await render(DraftField, { field: port, label: 'Vad gjorde du?', format });
  await expect.element(page.getByLabelText('Vad gjorde du?').first()).toHaveAttribute('readonly');
  expect(page.getByRole('button').elements()).toHaveLength(0);
});
