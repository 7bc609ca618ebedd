import { graphql } from './graphql.ts';

/** Where one is signed in. */
export const ownSessionsDocument = graphql(`
  query OwnSessions {
    ownSessions {
      id
      createdAt
      expiresAt
      browser
      current
    }
  }
`);

export const endSessionDocument = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id)
  }
`);

export const endOtherSessionsDocument = graphql(`
  mutation EndOtherSessions {
    endOtherSessions
  }
`);
