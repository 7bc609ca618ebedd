import { describe, expect, test } from 'vitest';
import { RETENTION_CLASSES, retentionRefusal } from '../../src/lib/domain/retention.ts';

const wish = {
  kept: 'log',
  period: 36,
  decision: 'Dokumenthanteringsplan 2026, 4.2',
  decidedOn: '2026-11-21'
} as const;

describe('how long something is kept', () => {
  test('another period with its decision and day is taken', () => expect(retentionRefusal(wish)).toBeNull());
  test('our own period needs no decision', () =>
    expect(retentionRefusal({ kept: 'log', period: 25, decision: '', decidedOn: null })).toBeNull());
  test('every class as the program came is one that could be chosen', () => {
    for (const { kept, period } of RETENTION_CLASSES)
      expect([kept, retentionRefusal({ kept, period, decision: '', decidedOn: null })]).toEqual([kept, null]);
  });
  test.each([
    ['another period without a decision', { ...wish, decision: '  ' }, 'decision'],
    ['a day without a decision', { ...wish, period: 25, decision: '' }, 'decision'],
    ['a decision longer than 300 characters', { ...wish, decision: 'x'.repeat(301) }, 'decision'],
    ['the log for a year only', { ...wish, period: 12 }, 'period'],
    ['callers for longer than their tokens live', { ...wish, kept: 'caller-tokens', period: 9 }, 'period'],
    ['half a month', { ...wish, period: 13.5 }, 'period'],
    ['for ever', { ...wish, period: null }, 'period'],
    ['a period for the audit log', { ...wish, kept: 'audit' }, 'not-adjustable'],
    ['a thirty-first of November', { ...wish, decidedOn: '2026-11-31' }, 'date'],
    ['a day in words', { ...wish, decidedOn: 'i går' }, 'date'],
    ['a class that there is not', { ...wish, kept: 'recordings' as 'log' }, 'unknown']
  ] as const)('%s is refused', (_what, asked, why) => expect(retentionRefusal(asked)).toBe(why));
});
