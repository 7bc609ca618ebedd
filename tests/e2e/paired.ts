import { expect, type Page } from '@playwright/test';

/** Pairs the television on one page from an administrator's on another, as people do, up to the digits. */
export async function approve(tv: Page, administrator: Page, url: string, room: string): Promise<string> {
  await tv.goto(`${url}/tv`);
  const code = await tv.locator('.say strong').textContent();
  await administrator.goto(`${url}/screens`);
  await administrator.getByLabel('Kod på skärmen').fill((code ?? '').toLowerCase());
  await administrator.getByRole('button', { name: 'Hitta skärmen' }).click();
  await administrator.getByLabel('Rum', { exact: true }).fill(room);
  await administrator.getByRole('button', { name: 'Godkänn skärmen' }).click();
  await expect(tv.locator('.digits')).toHaveText(/^\d\d$/);
  return (await tv.locator('.digits').textContent()) ?? '';
}

export async function confirm(administrator: Page, digits: string): Promise<void> {
  await administrator.getByLabel('De två siffrorna på skärmen').fill(digits);
  await administrator.getByRole('button', { name: 'Visa tavlan' }).click();
}
