import { describe, expect, test } from 'vitest';
import { GOAL_PHRASES, STRENGTH_PHRASES } from '../../../src/lib/domain/coaching/default-rubric/phrases.ts';
import { CONVERSATION_TECHNIQUE } from '../../../src/lib/domain/coaching/default-rubric/conversation-technique.ts';
import { nudge } from '../../../src/lib/domain/coaching/nudge.ts';

describe('a nudge', () => {
  test.each([
    ['Du är så trevlig!', 'person'],
    ['Du glömde sammanfatta.', 'backwards'],
    ['Du lät stressad.', 'guess'],
    ['Bättre än de flesta, nio av tio.', 'comparison'],
    ['Sluta avbryta, låt gladare och tänk på att alltid fråga om namn.', 'many']
  ])('asks about “%s”: %s', (written, asked) => expect(nudge(written, 'sv')).toBe(asked));

  test.each([
    ["You're so nice!", 'person'],
    ['You forgot to sum up.', 'backwards'],
    ['You sounded stressed.', 'guess'],
    ['Better than most, nine out of ten.', 'comparison'],
    ['Stop interrupting, sound happier and always ask for the name.', 'many']
  ])('asks in English about “%s”: %s', (written, asked) => expect(nudge(written, 'en')).toBe(asked));

  test.each(['90 %', '90%', '3 av tio', 'åtta av 10', 'FYRA AV TIO'])('asks about a figure on a call: %s', (figure) =>
    expect(nudge(`Du hälsade rätt i ${figure} fall.`, 'sv')).toBe('comparison')
  );

  test('reads whole words, in either case, also when å is written in two parts', () => {
    expect(nudge('FEL svar gavs.', 'sv')).toBe('backwards');
    expect(nudge('Du tog emot en felanmälan om surdeg vid Sluttningen.', 'sv')).toBeNull();
    expect(nudge('Du sa att svagströmmen var borta.', 'sv')).toBeNull();
    expect(nudge('En da\u030alig linje.', 'sv')).toBe('backwards');
    expect(nudge('Du  är snabb.', 'sv')).toBe('person');
    expect(nudge('du ärade henne', 'sv')).toBeNull();
  });

  test('knows the words of one language at a time', () => {
    expect(nudge('You never heard that.', 'sv')).toBeNull();
    expect(nudge('Du sa aldrig så.', 'en')).toBeNull();
  });

  test('is gone as soon as the sentence is another', () => {
    expect(nudge('Du glömde', 'sv')).toBe('backwards');
    expect(nudge('När ärendet är klart, pröva att sammanfatta.', 'sv')).toBeNull();
    expect(nudge('', 'sv')).toBeNull();
  });

  test('has nothing to ask about the phrases that we offer ourselves', () => {
    for (const { words } of [...STRENGTH_PHRASES, ...GOAL_PHRASES]) {
      expect([words.sv, nudge(words.sv, 'sv')]).toEqual([words.sv, null]);
      expect([words.en, nudge(words.en, 'en')]).toEqual([words.en, null]);
    }
  });

  test('has nothing to ask about how the rubric describes a level', () => {
    for (const { levels } of CONVERSATION_TECHNIQUE.criteria)
      for (const { behaviour } of Object.values(levels)) expect(nudge(behaviour.sv, 'sv')).toBeNull();
  });
});
