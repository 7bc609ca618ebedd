/** The server's side of the persisted operations: which document a hash stands for. No browser loads this. */
import type { DocumentNode } from 'graphql';
import { endOtherSessionsDocument, endSessionDocument, ownSessionsDocument } from './account.ts';
import { boardsDocument } from './boards.ts';
import { hashes } from './hashes.ts';
import { wallboardDocument, wallboardLiveDocument } from './wallboard.ts';

/** Each under the name of its operation. `hashes.ts` is made from these texts by `npm run schema`. */
export const named = {
  Boards: boardsDocument,
  OwnSessions: ownSessionsDocument,
  EndSession: endSessionDocument,
  EndOtherSessions: endOtherSessionsDocument,
  Wallboard: wallboardDocument,
  WallboardLive: wallboardLiveDocument
} as const satisfies Record<keyof typeof hashes, unknown>;

export const documents: ReadonlyMap<string, DocumentNode> = new Map(
  Object.entries(named).map(([name, document]) => [
    hashes[name as keyof typeof hashes],
    // gql.tada parses with a smaller parser, whose nodes are the same but for their types.
    document as unknown as DocumentNode
  ])
);
