import { graphql } from './graphql.ts';

const frameFragment = graphql(`
  fragment RoundFrame on RoundFrame {
    id
    name
    startsAt
    endsAt
    state
    rubricVersion
  }
`);
const outcomeFragment = graphql(`
  fragment RoundOutcome on CoachingOutcome {
    refusal
    slot
    criterion
    path
    at
    most
    names
  }
`);

export const roundsDocument = graphql(
  `
    query Rounds {
      rounds {
        ...RoundFrame
      }
    }
  `,
  [frameFragment]
);

export const roundDocument = graphql(
  `
    query Round($id: ID!) {
      round(id: $id) {
        frame {
          ...RoundFrame
        }
        callsPerAgent
        recording
        negotiated
        negotiatedOn
        seal
        units {
          id
          name
          from
          to
        }
        coaches {
          id
          name
        }
        participants {
          id
          agent {
            id
            name
          }
          coach {
            id
            name
          }
          ended
          wishesAnotherCoach
          coachToBe {
            id
            name
          }
        }
        mayJoin {
          id
          name
        }
      }
    }
  `,
  [frameFragment]
);

/** What a round can be made of. */
export const roundMaterialDocument = graphql(`
  query RoundMaterial {
    roundMaterial {
      units {
        id
        name
        agents
      }
      coaches {
        id
        name
      }
      rubricVersions {
        id
        number
      }
    }
  }
`);

export const roundProgressDocument = graphql(
  `
    query RoundProgress {
      roundProgress {
        round {
          ...RoundFrame
        }
        asOf
        units {
          unit {
            id
            name
          }
          counts {
            notBegun
            underWay
            done
          }
        }
      }
    }
  `,
  [frameFragment]
);

export const saveRoundDocument = graphql(
  `
    mutation SaveRound($id: ID, $round: RoundInput!) {
      saveRound(id: $id, round: $round) {
        id
        outcome {
          ...RoundOutcome
        }
      }
    }
  `,
  [outcomeFragment]
);

export const removeRoundDocument = graphql(
  `
    mutation RemoveRound($id: ID!) {
      removeRound(id: $id) {
        ...RoundOutcome
      }
    }
  `,
  [outcomeFragment]
);

export const openRoundDocument = graphql(
  `
    mutation OpenRound($id: ID!) {
      openRound(id: $id) {
        ...RoundOutcome
      }
    }
  `,
  [outcomeFragment]
);

export const closeRoundDocument = graphql(
  `
    mutation CloseRound($id: ID!) {
      closeRound(id: $id) {
        ...RoundOutcome
      }
    }
  `,
  [outcomeFragment]
);

export const cancelRoundDocument = graphql(
  `
    mutation CancelRound($id: ID!) {
      cancelRound(id: $id) {
        ...RoundOutcome
      }
    }
  `,
  [outcomeFragment]
);

export const endParticipationDocument = graphql(
  `
    mutation EndParticipation($id: ID!) {
      endParticipation(id: $id) {
        ...RoundOutcome
      }
    }
  `,
  [outcomeFragment]
);

export const resumeParticipationDocument = graphql(
  `
    mutation ResumeParticipation($id: ID!) {
      resumeParticipation(id: $id) {
        ...RoundOutcome
      }
    }
  `,
  [outcomeFragment]
);

export const addParticipantDocument = graphql(
  `
    mutation AddParticipant($id: ID!, $to: ID!) {
      addParticipant(id: $id, to: $to) {
        ...RoundOutcome
      }
    }
  `,
  [outcomeFragment]
);

export const switchRubricDocument = graphql(
  `
    mutation SwitchRubric($id: ID!, $to: ID!) {
      switchRubric(id: $id, to: $to) {
        ...RoundOutcome
      }
    }
  `,
  [outcomeFragment]
);

export const changeCoachDocument = graphql(
  `
    mutation ChangeCoach($id: ID!, $to: ID!) {
      changeCoach(id: $id, to: $to) {
        ...RoundOutcome
      }
    }
  `,
  [outcomeFragment]
);
