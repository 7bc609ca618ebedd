import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';

/**
 * Why an operation was not carried out, as `extensions.code`. An unknown thing and a thing that is not for the one who
 * asks are the same `NOT_FOUND`, so that ids cannot be probed.
 */
export type RefusalCode =
  | 'SIGN_IN'
  | 'NOT_FOUND'
  | 'BAD_REQUEST'
  | 'PERSISTED_OPERATIONS_ONLY'
  | 'PERSISTED_OPERATION_NOT_FOUND'
  | 'NO_INTROSPECTION'
  | 'TOO_LARGE'
  | 'TOO_MANY_SUBSCRIPTIONS'
  | 'SOCKET_ONLY'
  | 'PERIOD';

/** A refusal that the one who asked may read. Everything else that is thrown is masked. */
export function refusal(code: RefusalCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** Where mistakes of ours are noted. pino fulfils it. */
export interface Log {
  error(fields: object, message: string): void;
}

/**
 * What the one who asked is told about an error. Refusals and faults of the operation's text pass; anything else is a
 * mistake of ours, whose words could carry a secret: it is noted under an id, and only the id goes out.
 */
export function masked(error: unknown, log: Log): GraphQLError {
  if (error instanceof GraphQLError && isOurs(error)) return error;
  const id = randomUUID();
  log.error({ err: error instanceof GraphQLError ? (error.originalError ?? error) : error, id }, 'An operation failed');
  return new GraphQLError(`Something went wrong here. It is noted as ${id}.`, {
    ...(error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {}),
    extensions: { code: 'INTERNAL', id }
  });
}

/** True when no code of ours threw it, or when it was thrown as a refusal. */
function isOurs(error: GraphQLError): boolean {
  const origin = error.originalError ?? error.cause;
  return origin === undefined || origin === null || (origin instanceof GraphQLError && isOurs(origin));
}
