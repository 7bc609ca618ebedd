import { expect, test } from 'vitest';
import { heardByBoth, readDifferently, tuning } from '../../../src/lib/domain/coaching/side-by-side.ts';

const strength = (id: string, criterion: string, momentMs: number) => ({ id, criterion, momentMs });

test('both heard it: the same criterion, ten seconds apart at most', () => {
  const amina = [strength('a', 'presence', 72_000), strength('b', 'guidance', 339_000)];
  const karin = [strength('x', 'presence', 82_000), strength('y', 'understanding', 339_000)];
  expect([...heardByBoth(amina, karin)]).toEqual(['a']);
  expect([...heardByBoth(karin, amina)]).toEqual(['x']);
});

test('eleven seconds apart is another moment', () => {
  expect(heardByBoth([strength('a', 'presence', 0)], [strength('x', 'presence', 11_000)]).size).toBe(0);
});

test.each([
  [3, 3, 'same'],
  [3, 4, 'differs'],
  [4, 3, 'differs'],
  ['not-applicable', 2, 'occasion'],
  ['not-applicable', 'not-applicable', 'not-applicable'],
  [undefined, 2, 'one'],
  [undefined, undefined, 'none']
] as const)('%s beside %s is %s, whichever of the two says it', (agent, coach, expected) => {
  expect(tuning(agent, coach)).toBe(expected);
  expect(tuning(coach, agent)).toBe(expected);
});

test('what was read differently comes in the order of the rubric, never by how far apart', () => {
  const agent = { closing: 1, recognition: 3, presence: 2 } as const;
  const coach = { closing: 4, recognition: 4, presence: 2 } as const;
  expect(readDifferently(['recognition', 'presence', 'closing'], agent, coach)).toEqual(['recognition', 'closing']);
});
