import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { limits, tooLarge } from '../../../src/lib/server/graphql/limits.ts';
import { schema } from '../../../src/lib/server/graphql/schema.ts';

const judge = (text: string) => tooLarge(schema, parse(text));

describe('how large an operation may be', () => {
  test('a board and a month of tallies are small', () => {
    expect(judge('{ wallboard { asOf total { waiting } queues { queue { name } waiting } } }')).toBeNull();
    expect(
      judge('{ tallies(from: "a", to: "b", grain: DAY) { queue { name } startsAt tally { offered answered } } }')
    ).toBeNull();
  });

  test('fields within fields are counted to twelve', () => {
    const deep = (levels: number) => `{ ${'a { '.repeat(levels - 1)}a${' }'.repeat(levels - 1)} }`;
    expect(judge(deep(limits.depth))).toBeNull();
    expect(judge(deep(limits.depth + 1))).toMatch('deep');
  });

  test('depth hidden in fragments counts the same', () => {
    const fragments = [...Array(13).keys()].map((n) => `fragment f${n} on QueueNow { a { ...f${n + 1} } }`).join(' ');
    expect(judge(`{ ...f0 } ${fragments} fragment f13 on QueueNow { a }`)).toMatch('deep');
  });

  test('what a list holds costs ten times', () => {
    const aliases = [...Array(90).keys()].map((n) => `a${n}: name`).join(' ');
    expect(judge(`{ queues { ${aliases} } }`)).toBeNull();
    expect(judge(`{ wallboard { queues { today { serviceLevelBy { ${aliases} } } } } }`)).toMatch('costs');
  });

  test('the past is dear, so that it cannot be asked for sixty times in one operation', () => {
    const aliases = [...Array(60).keys()].map((n) => `a${n}: tallies(from: "a", to: "b", grain: DAY) { startsAt }`);
    expect(judge(`{ ${aliases.join(' ')} }`)).toMatch('costs');
  });

  test('fragments that double at each level are stopped early', () => {
    const doubling = [...Array(40).keys()]
      .map((n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)
      .join(' ');
    const began = performance.now();
    expect(judge(`{ ...f0 } ${doubling} fragment f40 on Query { queues { id } }`)).toMatch('costs');
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('a circle of fragments ends', () => {
    expect(judge('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a queues { id } }')).toBeNull();
  });
});
