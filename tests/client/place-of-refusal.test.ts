import { expect, test } from 'vitest';
import { NOTICE, placeOfPath, placeOfRefusal, type Form } from '../../src/lib/client/place-of-refusal.ts';

const whole = { criterion: 'presence', momentMs: 12_000, words: 'Du väntade, och då berättade hon om fallet.' };
const form = (change: Partial<Form> = {}): Form => ({
  strengths: [
    { id: 'a', ...whole },
    { id: 'b', ...whole, momentMs: 20_000 }
  ],
  levels: {},
  criteria: [{ id: 'recognition' }, { id: 'presence' }],
  lengthMs: 60_000,
  ...change
});
const refused = (refusal: Parameters<typeof placeOfRefusal>[0]['refusal'], more = {}) => ({
  refusal,
  criterion: null,
  path: null,
  at: null,
  ...more
});

test('with too few strengths one is taken to where a strength is marked', () => {
  expect(placeOfRefusal(refused('TWO_STRENGTHS'), form({ strengths: [] }))).toBe('mark-strength');
});

test.each([
  [{ momentMs: null }, 'strength-b-moment'],
  [{ criterion: null }, 'strength-b-criterion'],
  [{ words: 'kort' }, 'strength-b-text'],
  [{}, 'strength-b-moment']
])('of a strength with %j one is taken to what it lacks', (change, place) => {
  const strengths = [
    { id: 'a', ...whole },
    { id: 'b', ...whole, ...change }
  ];
  expect(placeOfRefusal(refused('STRENGTH_MOMENT', { at: 1 }), form({ strengths }))).toBe(place);
});

test('what was marked and left without a word or a moment is not counted, as it is not handed in', () => {
  const strengths = [
    { id: 'none', criterion: 'presence', momentMs: null, words: ' ' },
    { id: 'b', ...whole, words: '' }
  ];
  expect(placeOfRefusal(refused('STRENGTH_MOMENT', { at: 0 }), form({ strengths }))).toBe('strength-b-text');
});

test('a missing level and a missing moment are shown in their criterion', () => {
  expect(placeOfRefusal(refused('LEVEL_MISSING', { criterion: 'closing' }), form())).toBe('level-closing-1');
  expect(placeOfRefusal(refused('MOMENT_MISSING', { criterion: 'closing' }), form())).toBe('level-closing-moment');
});

test('a moment after the end of the call is found, in a strength or in a level', () => {
  const late = { mark: 1 as const, momentMs: 61_000 };
  const outside = form({ strengths: [{ id: 'a', ...whole, momentMs: 60_001 }] });
  expect(placeOfRefusal(refused('MOMENT_OUTSIDE'), outside)).toBe('strength-a-moment');
  expect(placeOfRefusal(refused('MOMENT_OUTSIDE'), form({ levels: { presence: late } }))).toBe('level-presence-moment');
});

test('an identity number is found in its field, though the server names a strength within its reading', () => {
  expect(placeOfPath('strength/reading-1.ab12/text')).toBe('strength-ab12-text');
  expect(placeOfPath('strength/ab12/text')).toBe('strength-ab12-text');
  expect(placeOfPath('goal/try')).toBe('goal-try');
  expect(placeOfPath('note/ab12/text')).toBe('note-ab12');
});

test('what is about no field is told above the form', () => {
  for (const refusal of ['STALE_DRAFT', 'REVEALED', 'ENDED', 'ROUND_NOT_OPEN'] as const)
    expect(placeOfRefusal(refused(refusal), form())).toBe(NOTICE);
});
