import { graphql } from './graphql.ts';

export const recordingsDocument = graphql(`
  query Recordings {
    recordings {
      watched
      leftInFolder
      kept
      files {
        outcome
        files
      }
      gone {
        why
        recordings
      }
      queues {
        id
        name
        decision
        callerNotice
        allowedAt
      }
    }
  }
`);

export const allowRecordingDocument = graphql(`
  mutation AllowRecording($queue: ID!, $decision: String!, $callerNotice: String!) {
    allowRecording(queue: $queue, decision: $decision, callerNotice: $callerNotice)
  }
`);

export const forbidRecordingDocument = graphql(`
  mutation ForbidRecording($queue: ID!) {
    forbidRecording(queue: $queue)
  }
`);
