import { describe, expect, test } from 'vitest';
import {
  hoursProblem,
  openingAt,
  openingOfAll,
  type HolidayKind,
  type Holidays,
  type OpeningHours
} from '../../src/lib/domain/opening-hours.ts';

const ZONE = 'Europe/Stockholm';
const at = (text: string) => Date.parse(text);
const day = { from: 7 * 60, to: 18 * 60 };
const hours: OpeningHours = {
  week: [[day], [day], [day], [day], [{ from: 7 * 60, to: 16 * 60 }], [], []],
  holidays: [],
  eves: [{ from: 8 * 60, to: 12 * 60 }],
  exceptions: [{ day: '2026-11-26', spans: [{ from: 9 * 60, to: 11 * 60 + 30 }] }]
};
const dates: [string, HolidayKind][] = [
  ['2026-12-24', 'eve'],
  ['2026-12-25', 'public'],
  ['2026-12-26', 'public'],
  ['2026-12-31', 'eve'],
  ['2027-01-01', 'public'],
  ['2027-01-06', 'public']
];
const holidays: Holidays = (year) => new Map(dates.filter(([date]) => date.startsWith(String(year))));
const opening = (text: string, given: OpeningHours | null = hours) => openingAt(given, holidays, at(text), ZONE);

describe('an ordinary week', () => {
  test('is open from seven on a Tuesday, to the minute', () => {
    expect(opening('2026-11-24T06:59:59+01:00')).toEqual({ state: 'closed', until: at('2026-11-24T07:00+01:00') });
    expect(opening('2026-11-24T07:00+01:00')).toEqual({ state: 'open', until: at('2026-11-24T18:00+01:00') });
    expect(opening('2026-11-24T18:00+01:00')).toEqual({ state: 'closed', until: at('2026-11-25T07:00+01:00') });
  });

  test('is closed from Friday at four until Monday', () => {
    expect(opening('2026-11-27T16:00+01:00')).toEqual({ state: 'closed', until: at('2026-11-30T07:00+01:00') });
  });

  test('has a day of its own hours', () => {
    expect(opening('2026-11-26T08:00+01:00')).toEqual({ state: 'closed', until: at('2026-11-26T09:00+01:00') });
    expect(opening('2026-11-26T11:29+01:00')).toEqual({ state: 'open', until: at('2026-11-26T11:30+01:00') });
  });

  test('opens at seven by the clock on the wall, also the Monday after the clocks were changed', () => {
    expect(opening('2027-03-26T20:00+01:00')).toEqual({ state: 'closed', until: at('2027-03-29T07:00+02:00') });
    expect(opening('2026-10-23T20:00+02:00')).toEqual({ state: 'closed', until: at('2026-10-26T07:00+01:00') });
  });
});

describe('holidays', () => {
  test('julafton is open half the day, and after it comes the Monday', () => {
    expect(opening('2026-12-24T10:00+01:00')).toEqual({ state: 'open', until: at('2026-12-24T12:00+01:00') });
    expect(opening('2026-12-24T12:00+01:00')).toEqual({ state: 'closed', until: at('2026-12-28T07:00+01:00') });
  });

  test('a centre that is open as usual on eves says so with no hours for them', () => {
    expect(opening('2026-12-24T15:00+01:00', { ...hours, eves: null })).toMatchObject({ state: 'open' });
  });

  test('a day that somebody has set holds, even on a holiday', () => {
    const open = { ...hours, exceptions: [{ day: '2026-12-25', spans: [{ from: 600, to: 720 }] }] };
    expect(opening('2026-12-25T11:00+01:00', open)).toMatchObject({ state: 'open' });
  });
});

test('hours that nobody has set are never closed', () => {
  expect(opening('2026-12-25T03:00+01:00', null)).toEqual({ state: 'open', until: null });
});

test('a night duty is one opening over midnight, and round the clock never ends', () => {
  const night = {
    ...hours,
    week: hours.week.map(() => [
      { from: 0, to: 360 },
      { from: 1320, to: 1440 }
    ]),
    holidays: null,
    eves: null
  };
  expect(opening('2026-11-24T23:00+01:00', night)).toEqual({ state: 'open', until: at('2026-11-25T06:00+01:00') });
  const always = { ...night, week: night.week.map(() => [{ from: 0, to: 1440 }]), exceptions: [] };
  expect(opening('2026-11-24T23:00+01:00', always)).toEqual({ state: 'open', until: null });
});

test('closed for good is closed without a promise', () => {
  const never = { ...hours, week: hours.week.map(() => []), eves: null, exceptions: [] };
  expect(opening('2026-11-24T10:00+01:00', never)).toEqual({ state: 'closed', until: null });
});

test('a board of several units is open while any of them is, and closed until the first opens', () => {
  expect(
    openingOfAll([
      { state: 'open', until: 5 },
      { state: 'closed', until: 9 },
      { state: 'open', until: 7 }
    ])
  ).toEqual({
    state: 'open',
    until: 7
  });
  expect(
    openingOfAll([
      { state: 'closed', until: 12 },
      { state: 'closed', until: 9 }
    ])
  ).toEqual({ state: 'closed', until: 9 });
  expect(
    openingOfAll([
      { state: 'open', until: null },
      { state: 'open', until: 7 }
    ])
  ).toEqual({ state: 'open', until: null });
});

test.each([
  ['week', { ...hours, week: [] }],
  ['span', { ...hours, holidays: [{ from: 600, to: 600 }] }],
  ['span', { ...hours, eves: [{ from: 600, to: 1441 }] }],
  [
    'overlap',
    {
      ...hours,
      holidays: [
        { from: 600, to: 700 },
        { from: 690, to: 720 }
      ]
    }
  ],
  ['day', { ...hours, exceptions: [{ day: '2026-02-30', spans: [] }] }],
  [
    'day',
    {
      ...hours,
      exceptions: [
        { day: '2026-02-03', spans: [] },
        { day: '2026-02-03', spans: [] }
      ]
    }
  ],
  [null, hours]
])('what is wrong with hours: %s', (problem, given) => {
  expect(hoursProblem(given)).toBe(problem);
});
