import { graphql } from './graphql.ts';

const colleagueFragment = graphql(`
  fragment Colleague on Colleague {
    id
    name
  }
`);
const strengthFragment = graphql(`
  fragment Strength on Strength {
    id
    criterion
    momentMs
    text
  }
`);
const readingFragment = graphql(
  `
    fragment Reading on Reading {
      id
      by
      state
      rubricVersion
      strengths {
        ...Strength
      }
      levels {
        criterion
        level
        momentMs
      }
    }
  `,
  [strengthFragment]
);
const slotFragment = graphql(
  `
    fragment Slot on Slot {
      id
      kind
      state
      queue
      startedAt
      lengthMs
      sound
      soundBeginsMs
      draftId
      ownState
      besideSince
      agentReading {
        ...Reading
      }
      coachReading {
        ...Reading
      }
    }
  `,
  [readingFragment]
);
const goalFragment = graphql(`
  fragment Goal on Goal {
    version
    criterion
    when
    try
    how
    state
    proposedBy
  }
`);

/** One participation, as one of the two sees it: what is hidden from them is null. */
export const participationFragment = graphql(
  `
    fragment Participation on Participation {
      id
      side
      round {
        id
        name
        startsAt
        endsAt
        state
        rubricVersion
      }
      agent {
        ...Colleague
      }
      coach {
        ...Colleague
      }
      step
      waitsFor
      window {
        from
        to
      }
      recording
      reflectionUntil
      readingUntil
      talkUntil
      acknowledgeUntil
      revealed
      reflectionState
      readingsIn
      reflection {
        answers {
          question
          text
        }
      }
      reflectionDraftId
      goalDraftId
      lastWordDraftId
      slots {
        ...Slot
      }
      goal {
        ...Goal
      }
      lastGoal {
        when
        try
      }
      talk {
        bookedAt
        heldAt
      }
      lastWords {
        text
        writtenAt
      }
      records {
        version
        acknowledgedAt
        open
        strengths {
          slot
          by
          strength {
            ...Strength
          }
        }
        goal {
          ...Goal
        }
      }
      correctionAsked
      mustBeRight {
        slot
        point
        answer
        text
        expiresAt
      }
      listening {
        who {
          ...Colleague
        }
        purpose
        slot
        at
      }
      practice {
        id
        text
        writtenAt
        shared
      }
      help {
        id
        text
        to
        released
      }
      coachChange {
        to {
          ...Colleague
        }
        takesEffectAt
      }
      wishesAnotherCoach
      resumeAsked
      keepUntil
      sharedWithCoach
      sharedEarlier {
        id
        roundName
      }
      lockedUntil
    }
  `,
  [colleagueFragment, slotFragment, goalFragment, strengthFragment]
);

/** One's own development, all rounds. */
export const ownDevelopmentDocument = graphql(
  `
    query OwnDevelopment {
      me {
        name
        participations {
          ...Participation
        }
      }
    }
  `,
  [participationFragment]
);

export const participationDocument = graphql(
  `
    query Participation($id: ID!) {
      participation(id: $id) {
        ...Participation
      }
    }
  `,
  [participationFragment]
);

/** The agent's own calls in the window, to choose among. */
export const callChoicesDocument = graphql(`
  query CallChoices($id: ID!) {
    participation(id: $id) {
      id
      callChoices {
        id
        queue
        startedAt
        lengthMs
        recorded
      }
    }
  }
`);
