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

export const agreeToCoachChangeDocument = graphql(
  `
    mutation AgreeToCoachChange($participation: ID!, $commandId: ID!) {
      agreeToCoachChange(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const wishAnotherCoachDocument = graphql(
  `
    mutation WishAnotherCoach($participation: ID!, $commandId: ID!, $wishes: Boolean!) {
      wishAnotherCoach(participation: $participation, commandId: $commandId, wishes: $wishes) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const leaveRoundDocument = graphql(
  `
    mutation LeaveRound($participation: ID!, $commandId: ID!) {
      leaveRound(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const agreeToResumeDocument = graphql(
  `
    mutation AgreeToResume($participation: ID!, $commandId: ID!) {
      agreeToResume(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const keepTextsDocument = graphql(
  `
    mutation KeepTexts($participation: ID!, $commandId: ID!) {
      keepTexts(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const deleteTextsDocument = graphql(
  `
    mutation DeleteTexts($participation: ID!, $commandId: ID!) {
      deleteTexts(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const shareEarlierDocument = graphql(
  `
    mutation ShareEarlier($participation: ID!, $commandId: ID!, $shared: Boolean!) {
      shareEarlier(participation: $participation, commandId: $commandId, shared: $shared) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const writePracticeDocument = graphql(
  `
    mutation WritePractice($participation: ID!, $commandId: ID!, $text: String!) {
      writePractice(participation: $participation, commandId: $commandId, text: $text) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const sharePracticeDocument = graphql(
  `
    mutation SharePractice($participation: ID!, $commandId: ID!, $entry: ID!, $shared: Boolean!) {
      sharePractice(participation: $participation, commandId: $commandId, entry: $entry, shared: $shared) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const deletePracticeDocument = graphql(
  `
    mutation DeletePractice($participation: ID!, $commandId: ID!, $entry: ID!) {
      deletePractice(participation: $participation, commandId: $commandId, entry: $entry) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const askForHelpDocument = graphql(
  `
    mutation AskForHelp($participation: ID!, $commandId: ID!, $text: String!, $to: HelpFrom!) {
      askForHelp(participation: $participation, commandId: $commandId, text: $text, to: $to) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const releaseHelpDocument = graphql(
  `
    mutation ReleaseHelp($participation: ID!, $commandId: ID!, $help: ID!) {
      releaseHelp(participation: $participation, commandId: $commandId, help: $help) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);
