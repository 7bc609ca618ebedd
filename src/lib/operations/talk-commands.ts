import { graphql } from './graphql.ts';

const outcomeFragment = graphql(`
  fragment Outcome on CoachingOutcome {
    refusal
    slot
    criterion
    path
    at
    most
  }
`);

export const bookTalkDocument = graphql(
  `
    mutation BookTalk($participation: ID!, $commandId: ID!, $at: DateTime!) {
      bookTalk(participation: $participation, commandId: $commandId, at: $at) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const proposeGoalDocument = graphql(
  `
    mutation ProposeGoal(
      $participation: ID!
      $commandId: ID!
      $criterion: ID!
      $when: String!
      $try: String!
      $how: String
      $replaces: Int
    ) {
      proposeGoal(
        participation: $participation
        commandId: $commandId
        criterion: $criterion
        when: $when
        try: $try
        how: $how
        replaces: $replaces
      ) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const agreeGoalDocument = graphql(
  `
    mutation AgreeGoal($participation: ID!, $commandId: ID!, $version: Int!) {
      agreeGoal(participation: $participation, commandId: $commandId, version: $version) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const holdTalkDocument = graphql(
  `
    mutation HoldTalk($participation: ID!, $commandId: ID!) {
      holdTalk(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const writeLastWordDocument = graphql(
  `
    mutation WriteLastWord($participation: ID!, $commandId: ID!, $text: String!) {
      writeLastWord(participation: $participation, commandId: $commandId, text: $text) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const acknowledgeDocument = graphql(
  `
    mutation Acknowledge($participation: ID!, $commandId: ID!, $version: Int!) {
      acknowledge(participation: $participation, commandId: $commandId, version: $version) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const askForCorrectionDocument = graphql(
  `
    mutation AskForCorrection($participation: ID!, $commandId: ID!) {
      askForCorrection(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const openCorrectionDocument = graphql(
  `
    mutation OpenCorrection($participation: ID!, $commandId: ID!) {
      openCorrection(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);
