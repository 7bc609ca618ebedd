import { describe, expect, test } from 'vitest';
import { CONVERSATION_TECHNIQUE } from '../../../src/lib/domain/coaching/default-rubric/conversation-technique.ts';
import {
  filledIn,
  reworded,
  rewritten,
  rubricDifference,
  rubricTexts,
  unpublishable,
  wordDifference
} from '../../../src/lib/domain/coaching/rubric-wording.ts';
import { DEFAULT_CRITERIA, type RubricText, type Worded } from '../../../src/lib/domain/coaching/rubric.ts';

const ours = filledIn(CONVERSATION_TECHNIQUE, 'Exempelstad');
const write = (place: string, words: Worded, meansAnew: string[] = [], base: RubricText = ours) =>
  rewritten(base, { number: 2, words: new Map([[place, words]]), meansAnew });

describe('the default rubric', () => {
  test('has seven criteria in the order of a call, four levels each, and every text in both languages', () => {
    expect(CONVERSATION_TECHNIQUE.criteria.map(({ id }) => id)).toEqual([...DEFAULT_CRITERIA]);
    const texts = rubricTexts(CONVERSATION_TECHNIQUE);
    // A name, a lead, five levels, and for each criterion five texts and four levels of two.
    expect(texts.size).toBe(2 + 5 + 7 * (5 + 4 * 2));
    for (const [place, { sv, en }] of texts) expect([place, sv !== '', en !== '']).toEqual([place, true, true]);
  });

  test('names no city of its own, and the city’s name stands in every place that is kept for it', () => {
    const all = JSON.stringify(CONVERSATION_TECHNIQUE);
    expect(all).not.toMatch(/Göteborg|Gothenburg|031-/);
    expect(unpublishable(CONVERSATION_TECHNIQUE, null)).toEqual({ code: 'city', place: expect.stringContaining('/') });
    expect(unpublishable(ours, null)).toBeNull();
    expect(rubricTexts(ours).get('criteria/0/levels/2/example')?.sv).toBe(
      'Exempelstad, Karin. Vad kan jag hjälpa dig med?'
    );
  });

  test('says in each criterion when it does not apply', () => {
    for (const { notApplicableWhen } of CONVERSATION_TECHNIQUE.criteria) {
      expect(notApplicableWhen.sv).toMatch(/^Inte aktuellt när .+\.$/);
      expect(notApplicableWhen.en).toMatch(/^Not applicable when .+\.$/);
    }
  });
});

describe('changing the words', () => {
  const lead = { sv: 'Lyssna  först\nefter det som bär. ', en: 'Listen first for what carries.' };

  test('keeps the ids, tidies what was typed, and leaves every other text as it was', () => {
    const draft = write('lead', lead)!;
    expect(draft.lead).toEqual({ sv: 'Lyssna först efter det som bär.', en: 'Listen first for what carries.' });
    expect(draft.criteria).toEqual(ours.criteria);
    expect(rubricDifference(ours, draft)).toEqual({
      texts: [
        { place: 'lead', language: 'sv', before: ours.lead.sv, after: 'Lyssna först efter det som bär.' },
        { place: 'lead', language: 'en', before: ours.lead.en, after: 'Listen first for what carries.' }
      ],
      meansAnew: []
    });
  });

  test('a criterion that means something else gets an id that no version has had', () => {
    const second = write('criteria/1/name', { sv: 'Lugn', en: 'Calm' }, ['presence'])!;
    expect(second.criteria.map(({ id }) => id)[1]).toBe('presence-v2');
    expect(rubricDifference(ours, second).meansAnew).toEqual([1]);
    const third = rewritten(second, { number: 3, words: new Map(), meansAnew: ['presence-v2'] })!;
    expect(third.criteria[1]!.id).toBe('presence-v3');
  });

  test('a place or a criterion that is not there is refused, and nothing is added', () => {
    expect(write('criteria/7/name', lead)).toBeNull();
    expect(write('criteria/0/id', lead)).toBeNull();
    expect(write('lead', lead, ['kindness'])).toBeNull();
  });

  test.each([
    ['empty', { sv: ' ', en: 'Listen.' }],
    ['empty', { sv: 'Lyssna.', en: '' }],
    ['too-long', { sv: 'ä'.repeat(401), en: 'Listen.' }],
    ['city', { sv: 'Välkommen till {city}.', en: 'Welcome.' }]
  ])('is not published while a text is %s', (code, words) => {
    expect(unpublishable(write('lead', words)!, ours)).toEqual({ code, place: 'lead' });
  });

  test('is not published when not a word differs, but a new meaning under the same words is a difference', () => {
    expect(unpublishable(ours, ours)).toEqual({ code: 'unchanged', place: null });
    expect(unpublishable(write('lead', ours.lead, ['closing'])!, ours)).toBeNull();
  });

  test('a walk that changes nothing gives the same rubric', () =>
    expect(reworded(CONVERSATION_TECHNIQUE, (words) => words)).toEqual(CONVERSATION_TECHNIQUE));
});

describe('what differs, word by word', () => {
  const told = (before: string, after: string) =>
    wordDifference(before, after)
      .map(({ kind, words }) => (kind === 'same' ? words : kind === 'removed' ? `[-${words}-]` : `[+${words}+]`))
      .join('');

  test('shows what was taken away before what came instead', () => {
    expect(told('Säger staden och sitt namn.', 'Säger staden, sitt namn och en fråga.')).toBe(
      'Säger [-staden och -][+staden, +]sitt [-namn.-][+namn och en fråga.+]'
    );
    expect(told('', 'Nytt.')).toBe('[+Nytt.+]');
    expect(told('Borta.', '')).toBe('[-Borta.-]');
    expect(told('Samma ord.', 'Samma ord.')).toBe('Samma ord.');
  });

  test('the pieces put together are the two texts again', () => {
    const [before, after] = ['ett två tre fyra fem', 'två ett tre sex fem sju'];
    const pieces = wordDifference(before, after);
    const without = (kind: string) =>
      pieces
        .filter((piece) => piece.kind !== kind)
        .map(({ words }) => words.trim())
        .join(' ');
    expect([without('added'), without('removed')]).toEqual([before, after]);
  });
});
