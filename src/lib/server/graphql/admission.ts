import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  print,
  validate
} from 'graphql';
import { may, type Viewer } from '../../domain/access.ts';
import { documents } from '../../operations/documents.ts';
import { limits, tooLarge } from './limits.ts';
import { refusal } from './refusal.ts';

/** What arrives, by POST or in a `subscribe` message, with types that nobody has checked. */
export interface Asked {
  query?: unknown;
  operationName?: unknown;
  extensions?: unknown;
}
/** An operation that may be carried out. */
export interface Admitted {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  operationName: string | undefined;
  /** The same for two operations that ask the same, however they are written. */
  key: string;
  /** What it is carried out with: an integrator's has no coaching in it. */
  schema: GraphQLSchema;
}
export interface Schemas {
  /** For our own pages, whose operations are known. */
  own: GraphQLSchema;
  integrators: GraphQLSchema;
}
export type Admission = (asked: Asked, viewer: Viewer) => Admitted | readonly GraphQLError[];

/** How many texts of others are kept parsed. */
const keptTexts = 200;

/**
 * The one door for operations, whichever way they come. Cookies and screens carry hashes of our own documents and
 * nothing else, so a stolen session can ask only what our pages ask; an integrator's token may send text, within limits.
 */
export function admission(schemas: Schemas, { development }: { development: boolean }): Admission {
  const ours = new Map<string, Prepared>();
  const texts = new Map<string, Prepared>();

  function persisted(hash: string): Prepared | undefined {
    let prepared = ours.get(hash);
    if (prepared) return prepared;
    const document = documents.get(hash);
    if (!document) return undefined;
    // The documents of a release are validated by a test, not each time a server starts.
    prepared = { key: hash, document, errors: [], introspects: false };
    ours.set(hash, prepared);
    return prepared;
  }

  function freeText(text: string): Prepared {
    const kept = texts.get(text);
    if (kept) return kept;
    const prepared = prepare(schemas.integrators, text);
    if (texts.size >= keptTexts) texts.delete(texts.keys().next().value ?? '');
    texts.set(text, prepared);
    return prepared;
  }

  return ({ query, operationName, extensions }, viewer) => {
    const hash = persistedHash(extensions);
    let prepared: Prepared | undefined;
    if (hash !== null) {
      prepared = persisted(hash);
      if (!prepared) {
        return [
          refusal(
            'PERSISTED_OPERATION_NOT_FOUND',
            'This version of the server has no such operation: load the page again'
          )
        ];
      }
    } else if (viewer.kind !== 'integrator') {
      return [
        refusal('PERSISTED_OPERATIONS_ONLY', 'A session carries persisted operations only; free text needs a token')
      ];
    } else if (typeof query !== 'string' || query === '') {
      return [refusal('BAD_REQUEST', 'There is no operation: send `query`, or a persisted hash in `extensions`')];
    } else if (query.length > limits.length) {
      return [refusal('TOO_LARGE', `The operation is longer than ${limits.length} characters`)];
    } else {
      prepared = freeText(query);
      if (prepared.introspects && !development && !may(viewer, 'read-schema', {})) {
        return [refusal('NO_INTROSPECTION', 'Introspection needs a token with the scope schema:read')];
      }
      if (prepared.errors.length) return prepared.errors;
    }
    const name = typeof operationName === 'string' && operationName !== '' ? operationName : undefined;
    const operation = getOperationAST(prepared.document, name);
    if (!operation)
      return [refusal('BAD_REQUEST', 'Say with `operationName` which operation of the document to carry out')];
    return {
      document: prepared.document,
      operation,
      operationName: name,
      key: `${prepared.key}\n${name ?? ''}`,
      schema: viewer.kind === 'integrator' ? schemas.integrators : schemas.own
    };
  };
}

interface Prepared {
  key: string;
  document: DocumentNode;
  errors: readonly GraphQLError[];
  introspects: boolean;
}

const nothing: DocumentNode = { kind: 'Document', definitions: [] } as unknown as DocumentNode;

function prepare(schema: GraphQLSchema, text: string): Prepared {
  const refused = (error: GraphQLError): Prepared => ({
    key: '',
    document: nothing,
    errors: [error],
    introspects: false
  });
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    return refused(error instanceof GraphQLError ? error : refusal('BAD_REQUEST', 'The operation cannot be read'));
  }
  const why = tooLarge(schema, document);
  if (why !== null) return refused(refusal('TOO_LARGE', why));
  const introspects = validate(schema, document, [NoSchemaIntrospectionCustomRule]).length > 0;
  return { key: print(document), document, errors: validate(schema, document), introspects };
}

function persistedHash(extensions: unknown): string | null {
  if (typeof extensions !== 'object' || extensions === null || !('persistedQuery' in extensions)) return null;
  const { persistedQuery } = extensions;
  if (typeof persistedQuery !== 'object' || persistedQuery === null || !('sha256Hash' in persistedQuery)) return null;
  return typeof persistedQuery.sha256Hash === 'string' ? persistedQuery.sha256Hash : null;
}
