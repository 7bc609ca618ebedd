import { graphql } from './graphql.ts';

/** Who is signed in, and the boards they may open: for the navigation. */
export const boardsDocument = graphql(`
  query Boards {
    viewer {
      name
      roles
      boards
      firstSteps
      namesByState
    }
    boards {
      id
      name
      demo
      timeZone
    }
  }
`);
