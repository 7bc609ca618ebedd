import { graphql } from './graphql.ts';

/** Where one is signed in, how, and the latest that the audit log tells of oneself. */
export const ownAccountDocument = graphql(`
  query OwnAccount {
    ownSignIn {
      email
      directory
      reset {
        at
        by
      }
    }
    ownSessions {
      id
      createdAt
      expiresAt
      browser
      current
    }
    ownAudit {
      position
      at
      act
      by
      byName
      subjectName
      about
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

export const proveDocument = graphql(`
  mutation Prove($password: String!) {
    prove(password: $password)
  }
`);

/** The rows that concern doors and rights, before a position. */
export const auditDocument = graphql(`
  query Audit($before: Int) {
    audit(before: $before) {
      position
      at
      act
      by
      byName
      subjectName
      about
    }
  }
`);
