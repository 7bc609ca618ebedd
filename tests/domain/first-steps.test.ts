import { expect, test } from 'vitest';
import { firstSteps, type Begun } from '../../src/lib/domain/first-steps.ts';

const nothing: Begun = {
  exchanges: 0,
  connected: 0,
  units: 0,
  queues: 0,
  withoutUnit: 0,
  hours: false,
  people: 1,
  screens: 0
};
const left = (begun: Partial<Begun>) =>
  firstSteps({ ...nothing, ...begun })
    .filter(({ done }) => !done)
    .map(({ step }) => step);

test('a centre with its first administrator and nothing else has every step before it, in their order', () => {
  expect(left({})).toEqual(['exchange', 'units', 'queues', 'hours', 'people', 'screen']);
});

test('an exchange that is named but not in contact is left, and so is one of two', () => {
  expect(left({ exchanges: 2, connected: 1 })).toContain('exchange');
  expect(left({ exchanges: 2, connected: 2 })).not.toContain('exchange');
});

test('a queue without a unit is left, and so are queues that have not been found', () => {
  expect(left({ queues: 11, withoutUnit: 1 })).toContain('queues');
  expect(left({ queues: 11, withoutUnit: 0 })).not.toContain('queues');
});

test('one colleague, one screen, one unit and the hours are enough to begin with', () => {
  expect(left({ exchanges: 1, connected: 1, units: 1, queues: 1, hours: true, people: 2, screens: 1 })).toEqual([]);
});
