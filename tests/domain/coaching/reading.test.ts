import { describe, expect, it } from 'vitest';
import { agentReadingRefusal, coachReadingRefusal } from '../../../src/lib/domain/coaching/reading.ts';
import { DEFAULT_CRITERIA } from '../../../src/lib/domain/coaching/rubric.ts';
import { allLevels, deskAt, emptyReading, SPAN_MS, START, strength, wholeReading } from '../../support/coaching.ts';

const rules = { slot: 'slot-1', criteria: DEFAULT_CRITERIA, spanMs: SPAN_MS, now: START };
const slot = 'slot-1';
const refusal = (change: Parameters<typeof wholeReading>[0]) => coachReadingRefusal(wholeReading(change), rules);
const second = (change: Parameters<typeof strength>[1]) => refusal({ strengths: [strength(1), strength(2, change)] });

describe('a coach’s reading', () => {
  it('with two timed strengths and every level can be handed in', () => {
    expect(refusal({})).toBeNull();
    expect(refusal({ levels: allLevels('not-applicable') })).toBeNull();
  });
  it('needs two strengths', () => {
    expect(refusal({ strengths: [] })).toEqual({ code: 'two-strengths' });
    expect(refusal({ strengths: [strength(1)] })).toEqual({ code: 'two-strengths' });
  });
  it('needs a moment, a criterion of the version and ten letters in every strength', () => {
    const lacking = { code: 'strength-moment', slot, at: 1 };
    expect(second({ momentMs: null })).toEqual(lacking);
    expect(second({ criterion: null })).toEqual(lacking);
    expect(second({ criterion: 'speed' })).toEqual(lacking);
    expect(second({ words: '  nio tecken'.slice(0, 11) })).toEqual(lacking);
    expect(second({ words: 'tio tecken' })).toBeNull();
  });
  it('does not count the same moment under the same criterion twice', () => {
    expect(second({ momentMs: strength(1).momentMs })).toEqual({ code: 'strength-moment', slot, at: 1 });
    expect(second({ momentMs: strength(1).momentMs, criterion: 'closing' })).toBeNull();
  });
  it('has every moment inside the call, its ends included', () => {
    for (const momentMs of [0, SPAN_MS]) expect(second({ momentMs })).toBeNull();
    for (const momentMs of [-1, SPAN_MS + 1, 1.5])
      expect(second({ momentMs })).toEqual({ code: 'moment-outside', slot });
    const levels = { ...allLevels(), closing: { mark: 2, momentMs: SPAN_MS + 1 } as const };
    expect(refusal({ levels })).toEqual({ code: 'moment-outside', slot });
  });
  it('is no longer than four hundred letters a strength, as a reader counts them', () => {
    expect(second({ words: '🙂'.repeat(400) })).toBeNull();
    expect(second({ words: 'a'.repeat(401) })).toEqual({ code: 'too-long', most: 400 });
  });
  it('has a level for every criterion, and says which is missing', () => {
    for (const criterion of DEFAULT_CRITERIA) {
      const levels = Object.fromEntries(Object.entries(allLevels()).filter(([id]) => id !== criterion));
      expect(refusal({ levels })).toEqual({ code: 'level-missing', slot, criterion });
    }
  });
  it('needs a moment for the lowest level, and for no other', () => {
    const given = (mark: 1 | 2, momentMs: number | null) =>
      refusal({ levels: { ...allLevels(), recognition: { mark, momentMs } } });
    expect(given(1, null)).toEqual({ code: 'moment-missing', slot, criterion: 'recognition' });
    expect(given(1, 0)).toBeNull();
    expect(given(2, null)).toBeNull();
  });
  it('made for another version of the rubric is to be looked through again', () => {
    expect(refusal({ levels: { ...allLevels(), speed: { mark: 3, momentMs: null } } })).toEqual({
      code: 'stale-draft'
    });
  });
  it('holds no identity number, and lets a telephone number be', () => {
    const found = { code: 'identity-number', path: 'strength/s2/text' };
    expect(second({ words: 'Du bad om numret 811228-9874.' })).toEqual(found);
    expect(second({ words: 'Du sa numret 031-365 00 00.' })).toBeNull();
  });
});

describe('an agent’s own reading', () => {
  it('may leave every level out, and keeps the rules of those it has', () => {
    expect(agentReadingRefusal(wholeReading({ levels: {} }), rules)).toBeNull();
    const levels = { closing: { mark: 1, momentMs: null } } as const;
    expect(agentReadingRefusal(wholeReading({ levels }), rules)).toMatchObject({ code: 'moment-missing' });
  });
  it('is handed in with two strengths in all, over however many calls', () => {
    const handIn = (...counts: number[]) => {
      const desk = deskAt('reflecting');
      const readings = counts.map((count, at) => ({
        slot: desk.slot(at + 1),
        reading: desk.id('reading'),
        content: { ...emptyReading, strengths: Array.from({ length: count }, (_, n) => strength(n)) }
      }));
      return desk.give('leila', { kind: 'handInReflection', revs: 'revs', answers: [], readings });
    };
    expect(handIn(1)).toEqual({ code: 'two-strengths' });
    expect(handIn(2)).toBeNull();
    expect(handIn(1, 1)).toBeNull();
  });
  it('says which answer holds an identity number', () => {
    const desk = deskAt('reflecting');
    const answers = [{ path: 'q/3', text: 't', words: 'Hon heter 811228-9874.' }];
    const readings = [{ slot: desk.slot(1), reading: 'r', content: wholeReading() }];
    const refused = desk.give('leila', { kind: 'handInReflection', revs: 'revs', answers, readings });
    expect(refused).toEqual({ code: 'identity-number', path: 'q/3' });
  });
});

describe('handing in', () => {
  it('is of the text that was seen', () => {
    const desk = deskAt('reviewing');
    for (const draftRevs of ['newer', null]) {
      desk.known = { draftRevs };
      expect(desk.handsInReading('henrik', 1)).toEqual({ code: 'stale-draft' });
    }
    expect(desk.state.places.every(({ coachReading }) => coachReading === null)).toBe(true);
  });
  it('is once, until it is taken back', () => {
    const desk = deskAt('reviewing').read(1);
    expect(desk.handsInReading('henrik', 1)).toEqual({ code: 'already-in' });
    desk.did('henrik', { kind: 'takeBackReading', slot: desk.slot(1) });
    expect(desk.handsInReading('henrik', 1)).toBeNull();
  });
  it('is of a call that is in the sample', () => {
    expect(deskAt('reviewing').handsInReading('henrik', 3)).toEqual({ code: 'not-found' });
  });
});
