import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentOf, documentRev, isFieldPath, itemsOf, verdict } from '../../../src/lib/domain/coaching/draft.ts';
import type { DraftEdit, DraftField } from '../../../src/lib/domain/coaching/draft.ts';

const field = (over: Partial<DraftField> = {}): DraftField => ({ value: 'Hej', rev: 3, lastClient: 'flik', ...over });
const edit = (over: Partial<DraftEdit> = {}): DraftEdit => ({
  path: 'q/1',
  baseRev: 3,
  value: 'Hej då',
  supersedes: [],
  resolves: [],
  ...over
});

describe('an edit of a field', () => {
  test('is taken in when nobody has written since, and is the next rev', () => {
    expect(verdict(field(), edit(), 'annan')).toEqual({
      kind: 'taken',
      field: { value: 'Hej då', rev: 4, lastClient: 'annan' }
    });
  });
  test('meets what somebody else wrote: that stands', () => {
    expect(verdict(field({ rev: 4 }), edit(), 'annan')).toEqual({ kind: 'conflict', field: field({ rev: 4 }) });
  });
  test('says what stands there already: nothing is new', () => {
    expect(verdict(field({ rev: 9, value: 'Hej då' }), edit(), 'annan')).toMatchObject({
      kind: 'same',
      field: { rev: 9 }
    });
  });
  test('goes on from a page that was killed before its answer came', () => {
    const crashed = field({ rev: 4, lastClient: 'dödad' });
    expect(verdict(crashed, edit(), 'ny').kind).toBe('conflict');
    expect(verdict(crashed, edit({ supersedes: ['äldre', 'dödad'] }), 'ny')).toMatchObject({
      kind: 'taken',
      field: { rev: 5 }
    });
  });
  test('that takes a field away leaves its rev, so that nothing late brings it back', () => {
    const gone = verdict(field(), edit({ value: null }), 'flik').field;
    expect(gone).toEqual({ value: null, rev: 4, lastClient: 'flik' });
    expect(verdict(gone, edit({ value: 'Hej igen', baseRev: 3 }), 'sen').kind).toBe('conflict');
  });
  test('of a field that was never there takes nothing away', () => {
    expect(verdict(undefined, edit({ value: null, baseRev: 0 }), 'flik')).toMatchObject({
      kind: 'same',
      field: { rev: 0 }
    });
  });
  test('never lowers a rev, and is idempotent for the page that made it', () => {
    const values = fc.option(fc.string({ maxLength: 3 }), { nil: null });
    fc.assert(
      fc.property(
        fc.option(
          fc.record({ value: values, rev: fc.integer({ min: 1, max: 5 }), lastClient: fc.constantFrom('a', 'b') }),
          {
            nil: undefined
          }
        ),
        fc.record({
          path: fc.constant('q/1'),
          baseRev: fc.integer({ min: 0, max: 6 }),
          value: values,
          supersedes: fc.subarray(['a', 'b']),
          resolves: fc.constant([])
        }),
        (before, wish) => {
          const once = verdict(before, wish, 'c');
          expect(once.field.rev).toBeGreaterThanOrEqual(before?.rev ?? 0);
          const twice = verdict(once.field.rev === 0 ? undefined : once.field, wish, 'c');
          if (once.kind === 'conflict') expect(once.field).toEqual(before);
          else expect(twice).toMatchObject({ kind: 'same', field: { rev: once.field.rev, value: once.field.value } });
        }
      ),
      { verbose: 1 }
    );
  });
});

describe('a document', () => {
  const fields = new Map([
    ['strength/b/text', field({ value: 'lugn' })],
    ['strength/a/text', field({ value: 'tydlig', rev: 1 })],
    ['strength/a/momentMs', field({ value: null, rev: 2 })],
    ['level/closing', field({ value: '4', rev: 1 })]
  ]);
  test('is what is there, in the order of the paths', () => {
    expect([...documentOf(fields)]).toEqual([
      ['level/closing', '4'],
      ['strength/a/text', 'tydlig'],
      ['strength/b/text', 'lugn']
    ]);
    expect(itemsOf(documentOf(fields), 'strength')).toEqual(['a', 'b']);
  });
  test('has a rev that counts what was taken away too', () => {
    expect(documentRev(fields.values())).toBe(7);
  });
  test.each(['q/1', 'text', 'level/passing-on', 'strength/8e1f-02/momentMs'])('%s is a path', (path) => {
    expect(isFieldPath(path)).toBe(true);
  });
  test.each(['', 'person/x', 'strength/../x', 'strength/a/b/c', 'level/', 'q/1\n'])('%j is none', (path) => {
    expect(isFieldPath(path)).toBe(false);
  });
});
