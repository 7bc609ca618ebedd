import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLObjectType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLOutputType
} from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { integratorsSchema, integratorsSchemaText } from '../../../../src/lib/server/graphql/integrators-schema.ts';
import { schema } from '../../../../src/lib/server/graphql/schema.ts';

/** What is said of one person's calls, or to them alone. */
const PROTECTED = [
  'Level',
  'Strength',
  'ReadingLevel',
  'Reading',
  'Goal',
  'Reflection',
  'MustBeRight',
  'ListeningEntry',
  'LastWord',
  'CoachingRecord',
  'PracticeEntry',
  'Slot',
  'Participation'
];
/** Types by which somebody is named. */
const PEOPLE = new Set(['Colleague', 'Person', 'AgentPerson']);

const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((root) => !!root);
const types = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType =>
    isObjectType(type) && !type.name.startsWith('__') && !roots.some((root) => root === type)
);
const plain = (type: GraphQLOutputType) => getNullableType(type);
const isList = (type: GraphQLOutputType): boolean => isListType(plain(type));
const namesSomebody = (type: GraphQLObjectType): boolean =>
  Object.values(type.getFields()).some(({ type: of }) => PEOPLE.has(getNamedType(of).name));

interface Way {
  path: string;
  /** The first list of people on it; null when there is none. */
  people: string | null;
}
/** Every type that a root field leads to, with one way there for each. */
function reached(from: GraphQLField<unknown, unknown>): Map<string, Way> {
  const found = new Map<string, Way>();
  const walk = (type: GraphQLOutputType, way: Way): void => {
    const named = getNamedType(type);
    if (found.has(named.name) || named.name.startsWith('__')) return;
    const crowd = isList(type) && isObjectType(named) && (PEOPLE.has(named.name) || namesSomebody(named));
    const here = { ...way, people: way.people ?? (crowd ? `${way.path}: [${named.name}]` : null) };
    found.set(named.name, here);
    if (isObjectType(named))
      for (const field of Object.values(named.getFields()))
        walk(field.type, { path: `${way.path}.${field.name}`, people: here.people });
  };
  walk(from.type, { path: from.name, people: null });
  return found;
}
const rootFields = roots.flatMap((root) => Object.values(root.getFields()));

describe('the law of the schema', () => {
  test.each(PROTECTED)(
    '%s is there, and is reached through `me` or one `participation(id)` and nothing else',
    (name) => {
      expect(schema.getType(name)).toBeDefined();
      const ways = rootFields.filter((field) => reached(field).has(name)).map((field) => field.name);
      expect(ways.sort()).toEqual(['me', 'participation']);
    }
  );

  test('`participation` takes one id, and is one', () => {
    const field = schema.getQueryType()?.getFields().participation;
    expect(field?.args.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual(['id: ID!']);
    expect(isList(field!.type)).toBe(false);
  });

  test('no way to a level crosses a list of people: what is one’s own is a list of rounds', () => {
    for (const name of ['me', 'participation']) {
      const field = schema.getQueryType()!.getFields()[name]!;
      // One’s own participations each name the agent and the coach; in both they are the one who asks.
      const said = PROTECTED.filter((type) => type !== 'ListeningEntry');
      const ways = [...reached(field)].filter(([type]) => said.includes(type));
      for (const [type, { people }] of ways)
        expect([null, 'me.participations: [Participation]'], `${type} by ${people}`).toContain(people);
    }
  });

  test('no list of people takes an order, a filter or a search: it is by name and nothing else', () => {
    const suspicious = /order|sort|filter|search|where|rank|top|most$|least|query/i;
    const breaches: string[] = [];
    for (const type of [...roots, ...types])
      for (const field of Object.values(type.getFields())) {
        const named = getNamedType(field.type);
        if (!isObjectType(named) || ![...reached(field).keys()].some((name) => PEOPLE.has(name))) continue;
        for (const { name } of field.args)
          if (suspicious.test(name)) breaches.push(`${type.name}.${field.name}(${name})`);
      }
    expect(breaches).toEqual([]);
  });

  test('no type with a person has a number, but for those that count nobody', () => {
    // A page of the audit log is asked for by the position of its last row; a slot and a round have none of a person.
    const allowed = new Set<string>(['AuditEntry.position', 'Round.callsPerAgent']);
    const numbers = types.filter(namesSomebody).flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ type: of }) => ['Int', 'Float'].includes(getNamedType(of).name))
        .map((field) => `${type.name}.${field.name}`)
    );
    expect(numbers.filter((name) => !allowed.has(name))).toEqual([]);
  });

  test('below a participation a number is a time in a call, a version, or the number of a question', () => {
    const below = [...reached(schema.getQueryType()!.getFields().participation!).keys()];
    const numbers = types
      .filter(({ name }) => below.includes(name))
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter(({ type: of }) => ['Int', 'Float'].includes(getNamedType(of).name))
          .map((field) => `${type.name}.${field.name}`)
      );
    expect(numbers.sort()).toEqual([
      'CallChoice.lengthMs',
      'CoachingRecord.version',
      'Goal.version',
      'ReadingLevel.momentMs',
      'ReflectionAnswer.question',
      'Slot.lengthMs',
      'Slot.soundBeginsMs',
      'Strength.momentMs'
    ]);
  });

  test('a level is four words and one that says it has no place: nothing that can be added up', () => {
    const level = schema.getType('Level');
    expect(isEnumType(level) && level.getValues().map(({ name }) => name)).toEqual([
      'PRACTISE',
      'ON_THE_WAY',
      'STRONG',
      'EXEMPLARY',
      'NOT_APPLICABLE'
    ]);
  });

  test('no field is a percentage, a total, a mean, a score or a rank, and none tells when somebody last wrote', () => {
    const below = new Set(
      ['me', 'participation', 'coachPlans', 'round', 'rounds'].flatMap((name) => [
        ...reached(schema.getQueryType()!.getFields()[name]!).keys()
      ])
    );
    const named =
      /percent|share$|total|mean|average|score|rank|points?$|count|seconds|heard|duration|updated|modified/i;
    const breaches = types
      .filter(({ name }) => below.has(name))
      .flatMap((type) =>
        Object.keys(type.getFields())
          .filter((field) => named.test(field) && `${type.name}.${field}` !== 'MustBeRight.point')
          .map((field) => `${type.name}.${field}`)
      );
    expect(breaches).toEqual([]);
  });

  test('no subscription and no mutation answers with what somebody heard', () => {
    const answers = Object.values(schema.getMutationType()!.getFields());
    for (const field of answers)
      expect(
        [...reached(field).keys()].filter((name) => PROTECTED.includes(name)),
        field.name
      ).toEqual([]);
    for (const field of Object.values(schema.getSubscriptionType()!.getFields()))
      expect(
        [...reached(field).keys()].filter((name) => PROTECTED.includes(name)),
        field.name
      ).toEqual([]);
  });
});

describe('an integrator’s schema', () => {
  const folder = 'src/lib/server/graphql/coaching';
  const coachingTypes = readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(
        /(?:objectRef(?:<[^(]*>)?|enumType|inputType|interfaceRef(?:<[^(]*>)?)\(\s*'(\w+)'/g
      )
    ].map(([, name]) => name!)
  );

  test('is built without any type of coaching: it is not refused, it is not there', () => {
    expect(coachingTypes.length).toBeGreaterThan(40);
    for (const name of coachingTypes) {
      expect(schema.getType(name), `${name} is in our own`).toBeDefined();
      expect(integratorsSchema.getType(name), name).toBeUndefined();
    }
  });
  test('21 does not contain the word review, nor coaching, reflection or strength', () => {
    expect(integratorsSchemaText()).not.toMatch(/review|coaching|reflection|strength|rubric|participation/i);
    expect(integratorsSchemaText()).toMatch(/wallboard/);
  });
  test('has every field that some token may ask for, and no argument less than ours', () => {
    for (const [ours, theirs] of [
      [schema.getQueryType(), integratorsSchema.getQueryType()],
      [schema.getMutationType(), integratorsSchema.getMutationType()],
      [schema.getSubscriptionType(), integratorsSchema.getSubscriptionType()]
    ])
      for (const field of Object.values(theirs?.getFields() ?? {})) {
        const own = ours?.getFields()[field.name];
        expect(field.args.map(({ name }) => name)).toEqual(own?.args.map(({ name }) => name));
        expect(isNonNullType(field.type)).toBe(isNonNullType(own!.type));
      }
  });
});
