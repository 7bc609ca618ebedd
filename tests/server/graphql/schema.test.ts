import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { denyByDefault } from '../../../src/lib/server/graphql/builder.ts';
import { generatedFiles } from '../../../src/lib/server/graphql/generated.ts';
import { schema } from '../../../src/lib/server/graphql/schema.ts';

/** The part of the contract that integrators build on, word for word. */
const contract = buildSchema(readFileSync('tests/fixtures/contract.graphql', 'utf8'));

describe('the promised part of the schema', () => {
  for (const promised of Object.values(contract.getTypeMap())) {
    if (promised.name.startsWith('__')) continue;
    test(`${promised.name} is as it was promised`, () => {
      const ours = schema.getType(promised.name);
      expect(ours?.astNode?.kind ?? ours?.constructor.name).toBeDefined();
      if (isEnumType(promised)) {
        if (!isEnumType(ours)) throw new Error(`${promised.name} is no enum`);
        expect(ours.getValues().map(({ name }) => name)).toEqual(promised.getValues().map(({ name }) => name));
      }
      if (!isObjectType(promised) && !isInterfaceType(promised)) return;
      if (!isObjectType(ours) && !isInterfaceType(ours)) throw new Error(`${promised.name} is not there`);
      expect(ours.getInterfaces().map(({ name }) => name)).toEqual(promised.getInterfaces().map(({ name }) => name));
      for (const field of Object.values(promised.getFields())) {
        const own = ours.getFields()[field.name];
        expect(`${field.name}: ${String(own?.type)}`).toBe(`${field.name}: ${String(field.type)}`);
        expect(
          own?.args.map(
            (each) => `${each.name}: ${String(each.type)} ${String(each.default?.value ?? each.defaultValue)}`
          )
        ).toEqual(field.args.map((each) => `${each.name}: ${String(each.type)} ${defaultOf(each)}`));
      }
    });
  }
});

function defaultOf(argument: { default?: { value?: unknown; literal?: unknown }; defaultValue?: unknown }): string {
  const literal = argument.default?.literal;
  if (literal && typeof literal === 'object' && 'value' in literal) return String(literal.value);
  return String(argument.default?.value ?? argument.defaultValue);
}

describe('the schema', () => {
  test('describes every type, field, argument and root', () => {
    const bare: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || ['Boolean', 'Float', 'ID', 'Int', 'String'].includes(type.name)) continue;
      if (!type.description) bare.push(type.name);
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!field.description) bare.push(`${type.name}.${field.name}`);
        for (const each of field.args) if (!each.description) bare.push(`${type.name}.${field.name}(${each.name})`);
      }
    }
    expect(bare).toEqual([]);
  });

  test.each(Object.entries(generatedFiles()))('%s is fresh', (path, text) => {
    expect(readFileSync(path, 'utf8'), 'run `npm run schema`').toBe(text);
  });

  test('lets a subscription be followed by many at the cost of one', () => {
    // A field that is not shared would be executed per viewer: socket.ts refuses it, and this says so earlier.
    expect(Object.keys(schema.getSubscriptionType()?.getFields() ?? {}).sort()).toEqual([
      'draftChanged',
      'ownScreen',
      'strip',
      'wallboard'
    ]);
  });

  test('tells nothing of a person in a board', () => {
    const seen = new Set<string>();
    const walk = (name: string) => {
      const type = schema.getType(name);
      if (seen.has(name) || (!isObjectType(type) && !isInterfaceType(type))) return;
      seen.add(name);
      for (const field of Object.values(type.getFields())) walk(String(field.type).replace(/[[\]!]/g, ''));
    };
    walk('WallboardFrame');
    expect([...seen].sort()).toEqual([
      'AgentCounts',
      'AnswerTimes',
      'Board',
      'BoardAnnouncement',
      'BoardLayout',
      'BoardNow',
      'LastKnown',
      'Opening',
      'Position',
      'Queue',
      'QueueNow',
      'ScreenSize',
      'ServiceLevel',
      'SourceStatus',
      'Tally',
      'Unit',
      'WallboardFrame'
    ]);
  });
});

describe('deny by default', () => {
  function built(options: { root?: object; type?: object; field?: object }) {
    const builder = new SchemaBuilder<{ AuthScopes: { insider: boolean } }>({
      plugins: [ScopeAuthPlugin],
      scopeAuth: { authScopes: () => ({ insider: false }) }
    });
    const secret = builder.objectRef<{ word: string }>('Secret').implement({
      ...options.type,
      fields: (t) => ({ word: t.exposeString('word', options.field ?? {}) })
    });
    builder.queryType({
      fields: (t) => ({ secret: t.field({ type: secret, ...options.root, resolve: () => ({ word: 'xyzzy' }) }) })
    });
    return builder.toSchema();
  }
  const insider = { authScopes: { insider: true } };

  test('a field of a root without a stated scope is refused by name', () => {
    expect(() => denyByDefault(built({ type: insider }))).toThrow('Query.secret');
  });
  test('a field below without a scope of its own or of its type is refused by name', () => {
    expect(() => denyByDefault(built({ root: insider }))).toThrow('Secret.word');
  });
  test('an empty scope is none', () => {
    expect(() => denyByDefault(built({ root: insider, type: { authScopes: {} } }))).toThrow('Secret.word');
  });
  test('a scope of the type, or of each field, is enough', () => {
    expect(denyByDefault(built({ root: insider, type: insider }))).toBeDefined();
    expect(denyByDefault(built({ root: insider, field: insider }))).toBeDefined();
  });
});
