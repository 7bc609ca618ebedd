import { expect, test } from 'vitest';
import { swedishHolidays } from '../../src/lib/server/holidays.ts';

const holidays = swedishHolidays();

test('the public holidays of 2027 are Sweden’s, the moving ones included', () => {
  expect([...holidays(2027)].filter(([, kind]) => kind === 'public').map(([day]) => day)).toEqual([
    '2027-01-01',
    '2027-01-06',
    '2027-03-26',
    '2027-03-28',
    '2027-03-29',
    '2027-05-01',
    '2027-05-06',
    '2027-05-16',
    '2027-06-06',
    '2027-06-26',
    '2027-11-06',
    '2027-12-25',
    '2027-12-26'
  ]);
});

test('midsommarafton, julafton and nyårsafton are eves; Lucia and Mors dag are ordinary days', () => {
  expect([...holidays(2026)].filter(([, kind]) => kind === 'eve').map(([day]) => day)).toEqual([
    '2026-06-19',
    '2026-12-24',
    '2026-12-31'
  ]);
  expect(holidays(2026).has('2026-12-13')).toBe(false);
});
