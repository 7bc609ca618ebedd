import {
  createSourceEventStream,
  execute,
  type GraphQLField,
  isLeafType,
  isListType,
  isNonNullType,
  parse,
  validateSubscriptionArgs,
  getNamedType,
  isObjectType
} from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Viewer } from '../../../src/lib/domain/access.ts';
import type { Context } from '../../../src/lib/server/graphql/context.ts';
import { schema } from '../../../src/lib/server/graphql/schema.ts';
import { emptyOffice } from '../../support/empty-office.ts';
import { FakeFeed } from '../../support/fake-feed.ts';
import { busy } from '../../support/frames.ts';

const context = (viewer: Viewer | null): Context => ({
  ...emptyOffice,
  viewer,
  feed: new FakeFeed(busy()),
  tallies: {
    tallies: () => Promise.resolve([]),
    answerers: () => Promise.resolve([]),
    unfinished: () => ({ offset: 0, parts: [] })
  },
  queues: {
    boardQueues: () => busy().queues.map(({ queue }) => queue),
    serviceLevels: () => [],
    refusedVisible: () => 'never',
    watchedSince: () => null
  },
  timeZone: 'Europe/Stockholm',
  now: () => busy().asOf,
  log: { error: () => {} }
});

const leader: Viewer = { kind: 'person', personId: 'ada', sessionId: 's', name: 'Ada', roles: ['leader'] };
const nobody: Viewer = { kind: 'person', personId: 'new', sessionId: 's', name: 'New', roles: [] };
const scopeless: Viewer = { kind: 'integrator', tokenId: 't', scopes: [] };

/** An operation that asks this field alone, with an argument of each kind and whatever lies nearest below. */
function asking(kind: 'query' | 'subscription', field: GraphQLField<unknown, unknown>): string {
  const values: Record<string, string> = { DateTime: '"2026-11-24T00:00:00Z"', ID: '"all"', Grain: 'DAY' };
  const given = field.args
    .filter(({ type }) => isNonNullType(type))
    .map(({ name, type }) => {
      const value = name === 'to' ? '"2026-11-25T00:00:00Z"' : values[String(getNamedType(type))];
      if (!value) throw new Error(`Teach this test a value of ${String(type)}`);
      return `${name}: ${isListType(type) ? `[${value}]` : value}`;
    });
  const type = getNamedType(field.type);
  const below = isLeafType(type) || !isObjectType(type) ? '' : '{ __typename }';
  return `${kind} { ${field.name} ${given.length ? `(${given.join(', ')})` : ''} ${below} }`;
}

async function answer(kind: 'query' | 'subscription', text: string, viewer: Viewer | null) {
  const args = { schema, document: parse(text), contextValue: context(viewer) };
  if (kind === 'query') return execute(args);
  const validated = validateSubscriptionArgs(args);
  if (!('schema' in validated)) throw new Error(String(validated));
  const stream = await createSourceEventStream(validated);
  return Symbol.asyncIterator in stream ? { data: { stream }, errors: undefined } : stream;
}

const roots = [
  ['query', schema.getQueryType()],
  ['subscription', schema.getSubscriptionType()]
] as const;

describe.each(roots)('every %s', (kind, root) => {
  const fields = Object.values(root?.getFields() ?? {});
  test('is asked here', () => expect(fields.length).toBeGreaterThan(0));

  test.each(fields.map((field) => [field.name, asking(kind, field)]))(
    '%s: a stranger reads nothing',
    async (_, text) => {
      const { data, errors } = await answer(kind, text, null);
      expect(data ?? null).toBeNull();
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    }
  );

  test.each(fields.map((field) => [field.name, asking(kind, field)]))('%s: a leader reads it', async (_, text) => {
    const { data, errors } = await answer(kind, text, leader);
    expect(errors).toBeUndefined();
    expect(Object.values(data ?? {})[0]).toBeDefined();
  });

  const own = ['viewer', 'boards'];
  test.each(fields.filter(({ name }) => !own.includes(name)).map((field) => [field.name, asking(kind, field)]))(
    '%s: nor does a person without a role, or a token without a scope',
    async (_, text) => {
      for (const viewer of [nobody, scopeless]) {
        expect((await answer(kind, text, viewer)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
      }
    }
  );
});

test('no type below a root can be read by whoever slipped past its door', async () => {
  // The scope of every other type is to have been let in at all: without a viewer and without an audience it refuses.
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || roots.some(([, root]) => root === type)) continue;
    const options = type.extensions.pothosOptions as { authScopes: unknown };
    expect(options.authScopes, type.name).toEqual({ insider: true });
  }
});
