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

export const chooseCallDocument = graphql(
  `
    mutation ChooseCall($participation: ID!, $commandId: ID!, $slot: ID!, $call: ID!) {
      chooseCall(participation: $participation, commandId: $commandId, slot: $slot, call: $call) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const withdrawCallDocument = graphql(
  `
    mutation WithdrawCall($participation: ID!, $commandId: ID!, $slot: ID!) {
      withdrawCall(participation: $participation, commandId: $commandId, slot: $slot) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const startBesideDocument = graphql(
  `
    mutation StartBeside($participation: ID!, $commandId: ID!, $slot: ID!) {
      startBeside(participation: $participation, commandId: $commandId, slot: $slot) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const stopBesideDocument = graphql(
  `
    mutation StopBeside($participation: ID!, $commandId: ID!, $slot: ID!) {
      stopBeside(participation: $participation, commandId: $commandId, slot: $slot) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const handInReflectionDocument = graphql(
  `
    mutation HandInReflection($participation: ID!, $commandId: ID!, $seen: [SeenDraft!]!) {
      handInReflection(participation: $participation, commandId: $commandId, seen: $seen) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const takeBackReflectionDocument = graphql(
  `
    mutation TakeBackReflection($participation: ID!, $commandId: ID!) {
      takeBackReflection(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const skipReflectionDocument = graphql(
  `
    mutation SkipReflection($participation: ID!, $commandId: ID!) {
      skipReflection(participation: $participation, commandId: $commandId) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const handInReadingDocument = graphql(
  `
    mutation HandInReading($participation: ID!, $commandId: ID!, $slot: ID!, $seen: [SeenDraft!]!) {
      handInReading(participation: $participation, commandId: $commandId, slot: $slot, seen: $seen) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const takeBackReadingDocument = graphql(
  `
    mutation TakeBackReading($participation: ID!, $commandId: ID!, $slot: ID!) {
      takeBackReading(participation: $participation, commandId: $commandId, slot: $slot) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);

export const answerMustBeRightDocument = graphql(
  `
    mutation AnswerMustBeRight(
      $participation: ID!
      $commandId: ID!
      $slot: ID!
      $point: MustBeRightPoint!
      $answer: MustBeRightAnswer!
      $text: String
    ) {
      answerMustBeRight(
        participation: $participation
        commandId: $commandId
        slot: $slot
        point: $point
        answer: $answer
        text: $text
      ) {
        ...Outcome
      }
    }
  `,
  [outcomeFragment]
);
