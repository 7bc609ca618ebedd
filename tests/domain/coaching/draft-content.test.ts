import { describe, expect, test } from 'vitest';
import { goalWish, readingContent, reflectionAnswers } from '../../../src/lib/domain/coaching/draft-content.ts';

const ids = () => {
  let made = 0;
  return () => `t${(made += 1)}`;
};
const document = (fields: Record<string, string>) => new Map(Object.entries(fields));

describe('what a draft says when it is handed in', () => {
  test('strengths come by their moment, with ids that are their reading’s own', () => {
    const { strengths } = readingContent(
      document({
        'strength/b/momentMs': '84000',
        'strength/b/criterion': 'guidance',
        'strength/b/text': ' Du gav ett steg i taget. ',
        'strength/a/momentMs': '12000',
        'strength/a/criterion': 'presence',
        'strength/a/text': 'Du väntade.'
      }),
      'reading',
      ids()
    );
    expect(strengths.map(({ id, momentMs, criterion, words }) => [id, momentMs, criterion, words])).toEqual([
      ['reading.a', 12_000, 'presence', 'Du väntade.'],
      ['reading.b', 84_000, 'guidance', 'Du gav ett steg i taget.']
    ]);
    expect(new Set(strengths.map(({ text }) => text)).size).toBe(2);
  });
  test('a strength that was only given a criterion is none; one with words and no moment is one that lacks it', () => {
    const { strengths } = readingContent(
      document({ 'strength/a/criterion': 'presence', 'strength/b/text': 'Du väntade.', 'strength/b/momentMs': '' }),
      'r',
      ids()
    );
    expect(strengths).toMatchObject([{ id: 'r.b', momentMs: null, criterion: null }]);
  });
  test('levels are the four and that there is no place for one; anything else is no answer', () => {
    const { levels } = readingContent(
      document({
        'level/presence': '3',
        'level/presence/momentMs': '9000',
        'level/closing': 'not-applicable',
        'level/guidance': '5',
        'level/meeting': ''
      }),
      'r',
      ids()
    );
    expect(levels).toEqual({
      presence: { mark: 3, momentMs: 9000 },
      closing: { mark: 'not-applicable', momentMs: null }
    });
  });
  test('stray notes and moments that are no times are left behind', () => {
    const content = readingContent(
      document({ 'note/1': 'tyst i 32 sekunder', 'strength/a/momentMs': '-5', 'strength/a/text': 'Du väntade.' }),
      'r',
      ids()
    );
    expect(JSON.stringify(content)).not.toContain('tyst i');
    expect(content.strengths[0]?.momentMs).toBeNull();
  });
  test('answers without words are left out, and the others keep their question', () => {
    const answers = reflectionAnswers(document({ 'q/1': 'Ja.', 'q/2': '  ', 'q/5': 'Oftare.' }), ids());
    expect(answers.map(({ path, words }) => [path, words])).toEqual([
      ['q/1', 'Ja.'],
      ['q/5', 'Oftare.']
    ]);
  });
  test('a goal is there as soon as one half has a word, and not before', () => {
    expect(goalWish(document({ 'goal/criterion': 'closing' }), ids())).toBeNull();
    expect(goalWish(document({ 'goal/when': 'det ringer' }), ids())).toMatchObject({
      criterion: null,
      when: { words: 'det ringer' },
      try: { words: '' },
      how: null
    });
  });
});
