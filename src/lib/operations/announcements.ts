import { graphql } from './graphql.ts';

const announcementFragment = graphql(`
  fragment Posted on Announcement {
    id
    text
    boards
    queues
    from
    until
    postedAt
    postedBy
    takenDownAt
    replaces
  }
`);

/** What is said, and what the one who says it can choose among. */
export const announcementsDocument = graphql(
  `
    query Announcements {
      viewer {
        boards
      }
      boards {
        id
        name
        timeZone
      }
      queues {
        id
        name
        unit {
          id
        }
      }
      announcements {
        ...Posted
      }
    }
  `,
  [announcementFragment]
);

export const postAnnouncementDocument = graphql(
  `
    mutation PostAnnouncement(
      $text: String!
      $boards: [ID!]!
      $queues: [ID!]!
      $from: DateTime
      $until: DateTime!
      $replaces: ID
    ) {
      postAnnouncement(text: $text, boards: $boards, queues: $queues, from: $from, until: $until, replaces: $replaces) {
        announcement {
          ...Posted
        }
        refusal
      }
    }
  `,
  [announcementFragment]
);

export const takeDownAnnouncementDocument = graphql(`
  mutation TakeDownAnnouncement($id: ID!) {
    takeDownAnnouncement(id: $id)
  }
`);
