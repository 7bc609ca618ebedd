import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import UpdateBar from '../../src/lib/components/UpdateBar.svelte';

test('a new version is said quietly, and taken only when somebody presses', async () => {
  let reloads = 0;
  const { container, getByRole } = await render(UpdateBar, { reload: () => (reloads += 1) });
  expect(container.querySelector('[role=status]')).not.toBe(null);
  expect(reloads).toBe(0);
  await getByRole('button', { name: 'Ny version: ladda om' }).click();
  expect(reloads).toBe(1);
});

test('whoever is in the middle of something sends it away for this visit, and nothing is loaded anew', async () => {
  let reloads = 0;
  const { container, getByRole } = await render(UpdateBar, { reload: () => (reloads += 1) });
  await getByRole('button', { name: 'Senare' }).click();
  await expect.poll(() => container.querySelector('[role=status]')).toBe(null);
  expect(reloads).toBe(0);
});
