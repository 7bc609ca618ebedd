/**
 * The operations that our own pages send, each by its SHA-256 alone: the server knows the texts, so a browser can ask
 * for nothing else, and carries neither a parser nor a printer. Only types come from the documents here.
 */
import type { ResultOf, VariablesOf } from 'gql.tada';
import type * as account from './account.ts';
import type * as boards from './boards.ts';
import { hashes } from './hashes.ts';
import type * as wallboard from './wallboard.ts';

/** An operation known to both ends. The type parameters say what it answers and what it needs. */
export interface Persisted<Result, Variables> {
  name: keyof typeof hashes;
  hash: string;
  /** Never set: it ties the types to the value. */
  readonly types?: (variables: Variables) => Result;
}

function persisted<Document>(name: keyof typeof hashes): Persisted<ResultOf<Document>, VariablesOf<Document>> {
  return { name, hash: hashes[name] };
}

export const ownSessionsQuery = persisted<typeof account.ownSessionsDocument>('OwnSessions');
export const endSessionMutation = persisted<typeof account.endSessionDocument>('EndSession');
export const endOtherSessionsMutation = persisted<typeof account.endOtherSessionsDocument>('EndOtherSessions');
export const boardsQuery = persisted<typeof boards.boardsDocument>('Boards');
export const wallboardQuery = persisted<typeof wallboard.wallboardDocument>('Wallboard');
export const wallboardSubscription = persisted<typeof wallboard.wallboardLiveDocument>('WallboardLive');

/** A board's frame as it comes over the wire: instants are texts. */
export type WireFrame = ResultOf<typeof wallboard.wallboardFragment>;
