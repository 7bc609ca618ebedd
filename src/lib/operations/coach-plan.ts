import { graphql } from './graphql.ts';

/** Whom one coaches, and what is next with each. */
export const coachPlansDocument = graphql(`
  query CoachPlans {
    coachPlans {
      round {
        id
        name
        startsAt
        endsAt
        state
        rubricVersion
      }
      people {
        id
        agent {
          id
          name
        }
        step
        next
        nextAt
        recording
        slots {
          id
          readable
          readIn
        }
      }
    }
  }
`);

export const coachingRemindersDocument = graphql(`
  query CoachingReminders {
    coachingReminders {
      kind
      participation
      about
      until
    }
  }
`);
