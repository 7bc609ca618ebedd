import { expect, test } from 'vitest';
import { withheldBeside } from '../../../src/lib/domain/statistics/withholding.ts';

test.each([
  ['nothing is small: nothing more is withheld', [7, 8, 9], [false, false, false]],
  ['one is small: the next smallest goes with it', [3, 9, 6], [false, false, true]],
  ['two are small: they keep each other', [3, 4, 9], [false, false, false]],
  ['parts in which nobody answered describe nobody', [0, 3, 0, 8], [false, false, false, true]],
  ['one is small and alone: there is nothing to subtract', [0, 3, 0], [false, false, false]],
  ['of two equals the first', [4, 6, 6], [false, true, false]]
])('%s', (_, answerers, beside) => {
  expect(withheldBeside(answerers.map((people) => ({ answerers: people, describes: people > 0 })))).toEqual(beside);
});

test('a part in which nobody answered and a talk ended describes one person: it is not left alone', () => {
  const parts = [0, 6, 9].map((answerers) => ({ answerers, describes: true }));
  expect(withheldBeside(parts)).toEqual([false, true, false]);
});
