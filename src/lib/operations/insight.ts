import { graphql } from './graphql.ts';

/** How coaching is done here: for everybody who works here. */
export const insightDocument = graphql(`
  query Insight {
    insight {
      recording
      encryptedWith
      rules {
        rule
        amount
        decision
      }
      queues {
        name
        decision
      }
      holders {
        role
        names
      }
      listening {
        purpose
        times
      }
      rounds {
        name
        startsAt
        endsAt
        people
        negotiated
        negotiatedOn
        seal
      }
      aggregates {
        round
        unit
        criterion
        ofTen
        withheld
      }
    }
  }
`);

/** What agents have asked for and released to the one who asks. */
export const receivedHelpDocument = graphql(`
  query ReceivedHelp {
    receivedHelpRequests {
      id
      text
      to
    }
  }
`);
