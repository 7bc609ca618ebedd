import {
  createSourceEventStream,
  execute,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validateSubscriptionArgs
} from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Viewer } from '../../../src/lib/domain/access.ts';
import type { Context } from '../../../src/lib/server/graphql/context.ts';
import type { OwnScreen } from '../../../src/lib/server/graphql/screen.ts';
import { schema } from '../../../src/lib/server/graphql/schema.ts';
import { emptyOffice } from '../../support/empty-office.ts';
import { FakeFeed } from '../../support/fake-feed.ts';
import { busy } from '../../support/frames.ts';

const screen: Viewer = { kind: 'screen', screenId: 'pausrummet', board: 'all' };
const own: OwnScreen = {
  id: 'pausrummet',
  room: 'Pausrummet',
  board: 'all',
  identifyUntil: null,
  reloadAskedAt: null
};
const context = {
  ...emptyOffice,
  viewer: screen,
  address: '192.0.2.7',
  feed: new FakeFeed(busy()),
  queues: { boardQueues: () => busy().queues.map(({ queue }) => queue), watchedSince: () => 0 },
  screens: { own: () => Promise.resolve(own), report: () => Promise.resolve(), watch: () => () => {} },
  timeZone: 'Europe/Stockholm',
  now: () => busy().asOf,
  log: { error: () => {} }
} as unknown as Context;

/** Some value that an argument of this type takes. */
function value(type: GraphQLInputType): string {
  if (isNonNullType(type)) return value(type.ofType);
  if (isListType(type)) return `[${value(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${needed.map((field) => `${field.name}: ${value(field.type)}`).join(', ')} }`;
  }
  return { Int: '1', Float: '1', Boolean: 'true', DateTime: '"2026-11-24T00:00:00Z"' }[type.name] ?? '"all"';
}
function asking(kind: string, field: GraphQLField<unknown, unknown>): string {
  const given = field.args.map(({ name, type }) => `${name}: ${value(type)}`).join(', ');
  const below = isObjectType(getNamedType(field.type)) ? '{ __typename }' : '';
  return `${kind} { ${field.name} ${given && `(${given})`} ${below} }`;
}
const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.values(type?.getFields() ?? {});

/** Whether the screen is let in: whatever comes of it behind the door. */
async function letIn(kind: string, field: GraphQLField<unknown, unknown>): Promise<boolean> {
  const args = { schema, document: parse(asking(kind, field)), contextValue: context };
  if (kind !== 'subscription') {
    const { errors } = await execute(args);
    return !errors?.some(({ extensions }) => extensions.code === 'NOT_FOUND');
  }
  const validated = validateSubscriptionArgs(args);
  if (!('schema' in validated)) throw new Error(String(validated));
  return Symbol.asyncIterator in (await createSourceEventStream(validated));
}
async function open(kind: string, type: GraphQLObjectType | null | undefined): Promise<string[]> {
  const names: string[] = [];
  for (const field of fieldsOf(type)) if (await letIn(kind, field)) names.push(field.name);
  return names.sort();
}

/** Every text within a screen's reach. An announcement is what a leader wrote for the walls, without who wrote it. */
const TEXTS = [
  'Board.name',
  'Board.timeZone',
  'BoardAnnouncement.text',
  'OwnScreen.room',
  'Queue.name',
  'Queue.shortName',
  'Queue.source',
  'ServiceLevel.variant',
  'Unit.name',
  'Viewer.name'
];

describe('a screen', () => {
  test('is let in to its board, to itself, and to nothing else', async () => {
    expect(await open('query', schema.getQueryType())).toEqual([
      'boards',
      'ownScreen',
      'queues',
      'viewer',
      'wallboard'
    ]);
    expect(await open('subscription', schema.getSubscriptionType())).toEqual(['ownScreen', 'wallboard']);
    expect(await open('mutation', schema.getMutationType())).toEqual(['reportScreen']);
  });

  test('reads another board as little as one that is not there', async () => {
    const document = parse('{ wallboard(board: "omsorg") { asOf } }');
    const { errors } = await execute({ schema, document, contextValue: context });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('cannot learn any name: these are all the texts that it can read', () => {
    const roots = ['boards', 'ownScreen', 'queues', 'viewer', 'wallboard'];
    const query = schema.getQueryType()!.getFields();
    const seen = new Set<string>();
    const texts = new Set<string>();
    const walk = (type: unknown): void => {
      if (!isObjectType(type) || seen.has(type.name)) return;
      seen.add(type.name);
      for (const field of fieldsOf(type)) {
        const below = getNamedType(field.type);
        if (below.name === 'String') texts.add(`${type.name}.${field.name}`);
        walk(below);
      }
    };
    for (const root of roots) walk(getNamedType(query[root]!.type));
    // Whoever adds one says here that no person's name can stand in it. `Viewer.name` is null for a screen, see below.
    expect([...texts].sort()).toEqual(TEXTS);
    expect([...seen].filter((name) => /Person|Agent$|Session|Member|Coach/.test(name))).toEqual([]);
  });

  test('has no name of its own', async () => {
    const { data } = await execute({ schema, document: parse('{ viewer { name roles } }'), contextValue: context });
    expect(data).toEqual({ viewer: { name: null, roles: ['SCREEN'] } });
  });
});
