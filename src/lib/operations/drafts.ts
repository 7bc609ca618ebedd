import { graphql } from './graphql.ts';

/** What one is writing, and the key for what the browser keeps of it. */
export const draftDocument = graphql(`
  query Draft($subject: ID!) {
    draft(subject: $subject) {
      id
      rev
      journalKey
      closed
      fields {
        path
        value
        rev
        at
      }
      conflicts {
        id
        path
        value
        at
      }
    }
  }
`);

export const saveDraftDocument = graphql(`
  mutation SaveDraft($draftId: ID!, $clientId: ID!, $seq: Int!, $edits: [DraftEdit!]!) {
    saveDraft(draftId: $draftId, clientId: $clientId, seq: $seq, edits: $edits) {
      outcome
      seq
      savedAt
      closed
      fields {
        path
        kind
        rev
        value
        conflict
        at
      }
    }
  }
`);

export const draftChangedDocument = graphql(`
  subscription DraftChanged($draftId: ID!) {
    draftChanged(draftId: $draftId) {
      rev
    }
  }
`);
