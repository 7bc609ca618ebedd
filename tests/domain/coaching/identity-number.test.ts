import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  identityNumbers,
  identityNumbersOutside,
  maskIdentityNumbers
} from '../../../src/lib/domain/coaching/identity-number.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const kinds = (text: string) => identityNumbers(text, now).map(({ kind }) => kind);

describe('an identity number in a text', () => {
  test.each(['811228-9874', '19811228-9874', '8112289874', '81 12 28 98 74', '640823-3234', '701063-2391'])(
    '%s is found',
    (number) => {
      expect(kinds(`Hon hette ${number}, tror jag.`)).toEqual(['number']);
    }
  );
  test.each(['031-365 00 00', '811228-9873', '20261110-1042'])('%s is none', (text) => {
    expect(kinds(text)).toEqual([]);
  });
  test.each([
    ['a plus for those over a hundred', '811228+9874'],
    ['a long dash', '811228–9874'],
    ['spaces that cannot be seen', '811228\u2009-\u200a9874'],
    ['no-break spaces', '81\u00a012\u00a028\u00a09874'],
    ['full-width digits', '８１１２２８-９８７４'],
    ['twelve digits in groups', '1981 12 28 98 74'],
    ['another number before it', 'samtal 18 811228-9874']
  ])('%s hides nothing', (_, text) => {
    expect(kinds(text)).toEqual(['number']);
  });
  test('nobody is born tomorrow, on the 31st of February or in the 13th month', () => {
    expect(kinds('20261122-0000 20260231-0000')).toEqual([]);
    // 2026-11-22 with the right check digit.
    const tomorrow = [...Array(10).keys()].map((digit) => `20261122-123${digit}`);
    expect(tomorrow.flatMap(kinds)).toEqual([]);
    const today = [...Array(10).keys()].map((digit) => `20261121-123${digit}`);
    expect(today.flatMap(kinds)).toEqual(['number']);
  });
  test('a longer run of digits is another kind of number', () => {
    expect(kinds('ärende 98112289874')).toEqual([]);
    expect(kinds('811228-98745')).toEqual([]);
  });
  test('two of them are two', () => {
    expect(kinds('811228-9874 och 640823-3234')).toEqual(['number', 'number']);
    expect(kinds('811228-9874, 811228-9874')).toEqual(['number', 'number']);
  });
});

describe('a mobile number that passes every test', () => {
  // Born 2007-01-12, or reachable on 070-112 34 5x.
  const ten = [...Array(10).keys()].map((digit) => `070112345${digit}`).find((each) => kinds(each).length > 0)!;

  test('is asked about and not covered, written bare or as a telephone number', () => {
    expect(kinds(ten)).toEqual(['perhaps']);
    expect(kinds(`${ten.slice(0, 3)}-${ten.slice(3, 6)} ${ten.slice(6, 8)} ${ten.slice(8)}`)).toEqual(['perhaps']);
    expect(kinds(`${ten.slice(0, 4)}-${ten.slice(4, 6)} ${ten.slice(6, 8)} ${ten.slice(8)}`)).toEqual(['perhaps']);
    expect(maskIdentityNumbers(ten, now)).toBe(ten);
  });
  test('is covered when it is written as an identity number', () => {
    expect(kinds(`${ten.slice(0, 6)}-${ten.slice(6)}`)).toEqual(['number']);
    expect(kinds(`20${ten}`)).toEqual(['number']);
  });
});

describe('a covered number', () => {
  test('keeps its date and its shape and loses its last four', () => {
    expect(maskIdentityNumbers('Hon är 811228-9874.', now)).toBe('Hon är 811228-••••.');
    expect(maskIdentityNumbers('19811228-9874', now)).toBe('19811228-••••');
    expect(maskIdentityNumbers('8112289874', now)).toBe('811228••••');
    expect(maskIdentityNumbers('81 12 28 98 74', now)).toBe('81 12 28 •• ••');
    expect(maskIdentityNumbers('𝟖𝟏𝟏𝟐𝟐𝟖-𝟗𝟖𝟕𝟒 och 811228-9874', now)).toMatch(/-•{8} och 811228-••••$/);
  });
  test('is left when somebody has said that it is none, and only that one', () => {
    expect(maskIdentityNumbers('811228-9874 640823-3234', now, ['8112289874'])).toBe('811228-9874 640823-••••');
  });
  test('leaves nothing to find, and no text becomes longer or shorter', () => {
    const parts = fc.constantFrom(
      '811228',
      '19811228',
      '9874',
      '-',
      ' ',
      '–',
      '07',
      '1',
      'a',
      '\n',
      '640823-3234',
      '0701'
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        const masked = maskIdentityNumbers(text, now);
        expect(masked).toHaveLength(text.length);
        expect(identityNumbers(masked, now).filter(({ kind }) => kind === 'number')).toEqual([]);
        expect(maskIdentityNumbers(masked, now)).toBe(masked);
      }),
      { numRuns: 500, verbose: 1 }
    );
  });
});

describe('the name of a file', () => {
  test('is guarded where its pattern explains nothing: a minute and a Uniqueid look like people', () => {
    const name = '20811228-9874-forskola-1763712345.42.wav';
    expect(identityNumbersOutside('q-811228-9874.wav', [{ at: 2, length: 11 }], now)).toEqual([]);
    expect(identityNumbersOutside(name, [{ at: 0, length: 13 }], now)).toEqual([]);
    expect(identityNumbersOutside('forskola-811228-9874.wav', [{ at: 0, length: 8 }], now)).toHaveLength(1);
    expect(identityNumbersOutside('1801021234.17 811228-9874', [{ at: 0, length: 13 }], now)).toHaveLength(1);
  });
});
