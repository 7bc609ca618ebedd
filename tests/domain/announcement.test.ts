import { describe, expect, test } from 'vitest';
import {
  announcement,
  shownAt,
  wallLines,
  type Announcement,
  type AnnouncementWish
} from '../../src/lib/domain/announcement.ts';

const at = (clock: string) => Date.parse(`2026-11-24T${clock}:00+01:00`);
const KOREGLER = 'Nya köregler i förskolan. Säg: ingen förlorar sin plats. Beslut kommer 8 december.';

describe('lines on the wall', () => {
  test('the example of the first customer takes three', () => {
    expect(wallLines(KOREGLER)).toEqual([
      'Nya köregler i förskolan. Säg:',
      'ingen förlorar sin plats.',
      'Beslut kommer 8 december.'
    ]);
  });
  test.each([
    ['a word', 1],
    ['x'.repeat(30), 1],
    ['x'.repeat(31), 2],
    [`${'x'.repeat(15)} ${'y'.repeat(14)}`, 1],
    [`${'x'.repeat(15)} ${'y'.repeat(15)}`, 2],
    ['one\ntwo', 2],
    ['one\n\ntwo', 3],
    ['  one   two \n\n\n\n three ', 3],
    ['', 0]
  ])('%j takes %i', (text, lines) => expect(wallLines(text)).toHaveLength(lines));
  test('a word longer than a line is cut, and nothing of it is lost', () => {
    expect(wallLines(`${'å'.repeat(30)}ä`)).toEqual(['å'.repeat(30), 'ä']);
  });
  test('nothing of a text is lost', () => {
    const text =
      'Parkering: från i dag gäller andra tider. Säg att appen visar rätt, och att ingen får böter före måndag.';
    expect(wallLines(text).join(' ')).toBe(text);
  });
});

describe('a wish to post', () => {
  const wish = (over: Partial<AnnouncementWish> = {}): AnnouncementWish => ({
    text: KOREGLER,
    boards: ['all'],
    queues: [],
    from: at('10:20'),
    until: at('16:00'),
    ...over
  });
  test('is taken with its spaces tidied', () => {
    expect(announcement(wish({ text: '  Nya   regler. ' }), at('10:20'))).toMatchObject({ text: 'Nya regler.' });
  });
  test('never begins in the past: nobody can say that it stood when it did not', () => {
    expect(announcement(wish({ from: at('08:00') }), at('10:20'))).toMatchObject({ from: at('10:20') });
  });
  test.each([
    ['no-text', { text: ' \n ' }],
    ['too-many-lines', { text: 'ett\ntvå\ntre\nfyra\nfem' }],
    ['no-place', { boards: [], queues: [] }],
    ['over-already', { until: at('10:20') }],
    ['ends-before-it-begins', { from: at('15:00'), until: at('14:00') }],
    ['too-long-time', { until: at('16:00') + 32 * 86_400_000 }]
  ] as const)('is refused: %s', (reason, over) => expect(announcement(wish(over), at('10:20'))).toBe(reason));
});

describe('what stands on a board', () => {
  const posted = (id: string, over: Partial<Announcement> = {}): Announcement => ({
    id,
    text: id,
    boards: ['all'],
    queues: [],
    from: at('10:00'),
    until: at('16:00'),
    postedAt: at('09:00'),
    takenDownAt: null,
    ...over
  });
  const board = { boards: ['skola'], queues: ['forskola'] };
  const ids = (all: Announcement[], clock: string, place = board) => shownAt(all, place, at(clock)).map(({ id }) => id);

  test('from its first minute until its last, and no longer', () => {
    const one = [posted('a')];
    expect([ids(one, '09:59'), ids(one, '10:00'), ids(one, '15:59'), ids(one, '16:00')]).toEqual([
      [],
      ['a'],
      ['a'],
      []
    ]);
  });
  test('until it is taken down', () => {
    const one = [posted('a', { takenDownAt: at('12:00') })];
    expect([ids(one, '11:59'), ids(one, '12:00')]).toEqual([['a'], []]);
  });
  test('for every screen, for its own unit, and for a queue that it shows; for no other', () => {
    const all = [
      posted('everywhere'),
      posted('school', { boards: ['skola'] }),
      posted('preschool', { boards: [], queues: ['forskola'] }),
      posted('care', { boards: ['vard'], queues: ['aldreomsorg'] })
    ];
    expect(ids(all, '12:00').sort()).toEqual(['everywhere', 'preschool', 'school']);
    expect(ids(all, '12:00', { boards: ['all'], queues: ['forskola', 'aldreomsorg'] }).sort()).toEqual([
      'care',
      'everywhere',
      'preschool'
    ]);
  });
  test('the newest first', () => {
    expect(ids([posted('old'), posted('new', { from: at('11:00') })], '12:00')).toEqual(['new', 'old']);
  });
  test('nothing of who posted it', () => {
    expect(Object.keys(shownAt([posted('a')], board, at('12:00'))[0]!)).toEqual(['id', 'text', 'from', 'until']);
  });
});
