import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignCoaches, mayCoach } from '../../../src/lib/domain/coaching/assignment.ts';

const nobodyAbove = (): string[] => [];
const people = (of: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${of}${at}`);

function loads(
  agents: string[],
  coaches: string[],
  lineOf: (person: string) => readonly string[]
): number[] | string[] {
  const found = assignCoaches(agents, coaches, lineOf);
  if ('withoutCoach' in found) return [...found.withoutCoach];
  expect([...found.coachOf.keys()].sort()).toEqual([...agents].sort());
  for (const [agent, coach] of found.coachOf) expect(mayCoach(coach, agent, lineOf)).toBe(true);
  return coaches
    .map((coach) => [...found.coachOf.values()].filter((one) => one === coach).length)
    .sort((a, b) => a - b);
}

describe('who coaches whom', () => {
  it('is in equal loads: eighty agents and six coaches', () => {
    expect(loads(people('agent', 80), people('coach', 6), nobodyAbove)).toEqual([13, 13, 13, 13, 14, 14]);
  });
  it('is never one’s own manager, however the loads fall', () => {
    const lineOf = (person: string): string[] => (person < 'agent4' ? ['coach0'] : []);
    expect(loads(people('agent', 8), ['coach0', 'coach1'], lineOf)).toEqual([4, 4]);
    expect(loads(people('agent', 8), ['coach0', 'coach1'], () => ['coach0'])).toEqual([0, 8]);
  });
  it('is passed on along a chain where nobody can simply change places', () => {
    const above: Record<string, string[]> = { a: ['c2', 'c3'], b: ['c2', 'c3'], c: ['c3'], d: ['c1'] };
    expect(loads(['a', 'b', 'c', 'd'], ['c1', 'c2', 'c3'], (person) => above[person]!)).toEqual([1, 1, 2]);
  });
  it('is never oneself', () => {
    expect(loads(['leila'], ['leila'], nobodyAbove)).toEqual(['leila']);
  });
  it('names everybody for whom there is no coach', () => {
    expect(loads(['b', 'a', 'c'], ['greta'], (person) => (person === 'c' ? [] : ['greta']))).toEqual(['a', 'b']);
  });
  it('is the same in whatever order the people are told', () => {
    const one = assignCoaches(people('agent', 20), people('coach', 3), nobodyAbove);
    const other = assignCoaches(people('agent', 20).reverse(), people('coach', 3).reverse(), nobodyAbove);
    expect(other).toEqual(one);
  });
  it('cannot be made more equal by any other assignment', () => {
    const small = fc.array(fc.subarray(['c0', 'c1', 'c2'], { maxLength: 2 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(small, (lines) => {
        const agents = people('agent', lines.length);
        const lineOf = (person: string): readonly string[] => lines[Number(person.slice(5))]!;
        const squares = (list: readonly number[]): number => list.reduce((sum, load) => sum + load * load, 0);
        const ours = squares(loads(agents, ['c0', 'c1', 'c2'], lineOf) as number[]);
        expect(ours).toBe(Math.min(...everyWay(agents, lineOf).map(squares)));
      }),
      { verbose: 1 }
    );
  });
});

/** The loads of every allowed assignment to three coaches there is. */
function everyWay(agents: string[], lineOf: (person: string) => readonly string[]): number[][] {
  const ways = agents.reduce<string[][]>(
    (before, agent) =>
      before.flatMap((way) =>
        ['c0', 'c1', 'c2'].filter((coach) => mayCoach(coach, agent, lineOf)).map((coach) => [...way, coach])
      ),
    [[]]
  );
  return ways.map((way) => ['c0', 'c1', 'c2'].map((coach) => way.filter((one) => one === coach).length));
}
