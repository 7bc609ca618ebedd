import { expect, test } from 'vitest';
import { rowCounts } from '../../src/lib/domain/board.ts';
import { nameLines, nameWidth, rowLines, wallName } from '../../src/lib/domain/name-width.ts';

test('a name with room stands whole, and one without gives way to the short one', () => {
  expect(wallName({ name: 'Äldreomsorg', shortName: 'Äldre' })).toBe('Äldreomsorg');
  expect(wallName({ name: 'Färdtjänstbokning', shortName: 'Färdtjänst' })).toBe('Färdtjänst');
});

test('as many narrow letters have room as wide ones have not', () => {
  expect(nameWidth('illi')).toBeLessThan(nameWidth('mm'));
  expect(wallName({ name: 'filial till Lilliti', shortName: 'kort' })).toBe('filial till Lilliti');
  expect(wallName({ name: 'MMMMMMMMMM', shortName: 'kort' })).toBe('kort');
});

test('a name without a short one is broken at its spaces and hyphens, and a long word where the line ends', () => {
  expect(nameLines('Vård')).toBe(1);
  expect(nameLines('Samhällsbyggnad och miljö')).toBe(2);
  expect(nameLines('Kultur- och fritidsnämnd')).toBe(2);
  expect(nameLines('Arbetsmarknadsförvaltningen')).toBe(2);
  expect(rowLines({ name: 'Samhällsbyggnad och miljö', shortName: 'Miljö' })).toBe(1);
});

test('a board counts the lines of its rows, and a unit once', () => {
  const unit = { id: 'miljo', name: 'Samhällsbyggnad och miljö' };
  const queue = { name: 'Bygglov', shortName: 'Bygglov', unit };
  expect(rowCounts([queue, queue, { ...queue, unit: null }])).toEqual({ queues: 3, units: 3 });
});
