import { graphql } from './graphql.ts';

const textFragment = graphql(`
  fragment RubricWhole on RubricVersion {
    id
    number
    state
    revision
    publishedAt
    text {
      name {
        sv
        en
      }
      lead {
        sv
        en
      }
      levels {
        sv
        en
      }
      criteria {
        id
        survey
        name {
          sv
          en
        }
        promise {
          sv
          en
        }
        situation {
          sv
          en
        }
        talkQuestion {
          sv
          en
        }
        notApplicableWhen {
          sv
          en
        }
        levels {
          behaviour {
            sv
            en
          }
          example {
            sv
            en
          }
        }
      }
    }
  }
`);

/** One version with all its words: what a reading or a round names. */
export const rubricVersionDocument = graphql(
  `
    query RubricVersion($id: ID!) {
      rubricVersion(id: $id) {
        ...RubricWhole
      }
    }
  `,
  [textFragment]
);

/** Every version that is or was in force, the newest first. */
export const rubricVersionsDocument = graphql(
  `
    query RubricVersions {
      rubricVersions {
        ...RubricWhole
      }
    }
  `,
  [textFragment]
);

/** The draft of the next version: for method leads. */
export const rubricDraftDocument = graphql(
  `
    query RubricDraft {
      rubricDraft {
        ...RubricWhole
      }
    }
  `,
  [textFragment]
);

export const draftRubricDocument = graphql(`
  mutation DraftRubric {
    draftRubric {
      id
    }
  }
`);

export const saveRubricDraftDocument = graphql(
  `
    mutation SaveRubricDraft($revision: Int!, $words: [RubricWordsInput!]!, $meansAnew: [ID!]!) {
      saveRubricDraft(revision: $revision, words: $words, meansAnew: $meansAnew) {
        version {
          ...RubricWhole
        }
        refusal
        place
      }
    }
  `,
  [textFragment]
);

export const discardRubricDraftDocument = graphql(`
  mutation DiscardRubricDraft {
    discardRubricDraft
  }
`);

export const publishRubricDocument = graphql(`
  mutation PublishRubric($revision: Int!) {
    publishRubric(revision: $revision) {
      version {
        number
      }
      refusal
      place
    }
  }
`);
