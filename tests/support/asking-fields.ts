import {
  createSourceEventStream,
  execute,
  getNamedType,
  getNullableType,
  type GraphQLError,
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  parse,
  validateSubscriptionArgs
} from 'graphql';
import type { Viewer } from '../../src/lib/domain/access.ts';
import type { Context } from '../../src/lib/server/graphql/context.ts';
import { schema } from '../../src/lib/server/graphql/schema.ts';
import { FakeFeed } from './fake-feed.ts';
import { busy } from './frames.ts';

export type Kind = 'query' | 'mutation' | 'subscription';
export type RootField = GraphQLField<unknown, unknown>;

/** Every field of a root type: what can be asked for at all. */
export function rootFields(): [Kind, RootField][] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()]
  ] as const;
  return roots.flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {}).map((field): [Kind, RootField] => [kind, field])
  );
}

/** An operation that asks this field alone, with a value of the right kind for whatever it needs. */
export function asking(kind: Kind, field: RootField, given: Record<string, string> = {}): string {
  const needed = field.args.filter(({ name, type }) => isNonNullType(type) || name in given);
  const args = needed.map(({ name, type }) => `${name}: ${given[name] ?? valueOf(name, type)}`);
  const below = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
  return `${kind} { ${field.name} ${args.length ? `(${args.join(', ')})` : ''} ${below} }`;
}

function valueOf(name: string, type: GraphQLInputType): string {
  const plain = getNullableType(type);
  if (isListType(plain)) return `[${valueOf(name, plain.ofType)}]`;
  if (isEnumType(plain)) return plain.getValues()[0]!.name;
  if (isInputObjectType(plain)) {
    const fields = Object.values(plain.getFields()).filter(isRequiredInputField);
    const oneOf = plain.isOneOf ? Object.values(plain.getFields()).slice(0, 1) : fields;
    return `{ ${oneOf.map((field) => `${field.name}: ${valueOf(field.name, field.type)}`).join(', ')} }`;
  }
  const values: Record<string, string> = {
    DateTime: name === 'to' || name === 'until' ? '"2026-11-25T00:00:00Z"' : '"2026-11-24T00:00:00Z"',
    ID: '"all"',
    String: '"text"',
    Int: '1',
    Float: '1',
    Boolean: 'true'
  };
  const value = values[plain.name];
  if (value === undefined) throw new Error(`Teach this walk a value of ${plain.name}`);
  return value;
}

/** The one who asked came as far as this: past every scope, to where something is read or done. */
class Reached extends Error {
  override readonly name = 'Reached';
}

/** The world behind a resolver: the board is real, and everything of the office only says that it was reached. */
function behind(viewer: Viewer | null, touched: () => void): Context {
  const board = {
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
  };
  const office: object = new Proxy(
    {},
    {
      get: () => () => {
        touched();
        throw new Reached('The office was reached');
      }
    }
  );
  const context: unknown = new Proxy(board, {
    get: (known, name) => (name in known || name === 'audience' ? Reflect.get(known, name) : office)
  });
  return context as Context;
}

export interface Outcome {
  /** `refused`: answered as if it were not there. `let-in`: something was read, or would have been. */
  came: 'refused' | 'let-in';
  /** Whether anything of the office was asked before that: nobody who is refused may get so far. */
  touched: boolean;
  errors: readonly GraphQLError[];
}

export async function ask(kind: Kind, text: string, viewer: Viewer | null): Promise<Outcome> {
  let touched = false;
  const contextValue = behind(viewer, () => (touched = true));
  const args = { schema, document: parse(text), contextValue };
  const { data, errors = [] } = await (kind === 'subscription' ? follow(args) : execute(args));
  const mine = errors.find(({ extensions, originalError }) => extensions.code === undefined && !originalError);
  if (mine) throw new Error(`The walk asked wrongly, teach it better: ${text}: ${mine.message}`);
  const reached = touched || errors.some(({ originalError }) => originalError instanceof Reached);
  const refused = errors.length > 0 && errors.every(({ extensions }) => extensions.code === 'NOT_FOUND');
  const nothing = Object.values(data ?? {}).every((value) => value === null);
  const came = refused && nothing && !reached ? 'refused' : 'let-in';
  return { came, touched: reached, errors };
}

async function follow(args: Parameters<typeof validateSubscriptionArgs>[0]) {
  const validated = validateSubscriptionArgs(args);
  if (!('schema' in validated)) throw new Error(validated.map(String).join());
  const stream = await createSourceEventStream(validated);
  if (!(Symbol.asyncIterator in stream)) return { data: null, errors: stream.errors };
  await stream[Symbol.asyncIterator]().return?.();
  return { data: { followed: true }, errors: undefined };
}
