import { describe, expect, test } from 'vitest';
import { calmSentence, type Calm } from '../../src/lib/domain/calm-sentence.ts';

const morning: Calm = {
  seen: true,
  own: 'available',
  dayIsDone: false,
  pressures: ['calm', 'calm'],
  waiting: 1,
  waitedBefore: 1
};
const say = (over: Partial<Calm>) => calmSentence({ ...morning, ...over });

describe('one sentence at a time', () => {
  test.each([
    ['as usual', {}, 'in-hand'],
    ['busy is still in hand', { pressures: ['busy'], waiting: 4 }, 'in-hand'],
    ['nobody waits', { waiting: 0 }, 'nobody-waits'],
    ['longer than usual in one of one’s queues', { pressures: ['calm', 'strained'], waiting: 6 }, 'many'],
    [
      'the queue goes down, though it is still long',
      { pressures: ['strained'], waiting: 6, waitedBefore: 11 },
      'going-down'
    ],
    ['one fewer is the ordinary coming and going', { waiting: 1, waitedBefore: 2 }, 'in-hand'],
    ['two fewer of many is no turn', { pressures: ['strained'], waiting: 10, waitedBefore: 12 }, 'many'],
    [
      'nobody has looked on for long enough to know',
      { pressures: ['strained'], waiting: 6, waitedBefore: null },
      'many'
    ],
    ['on a break, whatever waits', { own: 'paused', pressures: ['strained'], waiting: 11 }, 'on-a-break'],
    ['the day is done', { dayIsDone: true, own: 'signed-out', waiting: 0 }, 'day-is-done'],
    ['no contact goes before all: we cannot even know of the break', { seen: false, own: 'paused' }, 'no-contact']
  ] as const)('%s', (_, over, sentence) => expect(say(over)).toBe(sentence));
});
