import { graphql } from './graphql.ts';

/** What the small window shows. The first paint and the subscription share it. */
export const stripFragment = graphql(`
  fragment StripFrame on Strip {
    board {
      id
      name
      demo
      timeZone
    }
    position {
      epoch
      offset
    }
    asOf
    source {
      state
      since
      provenAt
    }
    saved
    own {
      kind
      wrapUpUntil
      paused
    }
    dayIsDone
    announcements {
      id
      text
      from
      until
    }
    queues {
      queue {
        id
        name
        shortName
        unit {
          id
          name
        }
      }
      source {
        state
        since
        provenAt
      }
      pressure
      waiting
      longestWaitSince
      today {
        offered
        answered
        abandoned
        abandonedShort
        overflowed
        lost
      }
      lastKnown {
        at
        waiting
        longestWaitMs
      }
    }
  }
`);

export const stripDocument = graphql(
  `
    query Strip {
      strip {
        ...StripFrame
      }
    }
  `,
  [stripFragment]
);

export const stripLiveDocument = graphql(
  `
    subscription StripLive {
      strip {
        ...StripFrame
      }
    }
  `,
  [stripFragment]
);

/** How one wants it, and whether one may pause from it. */
export const stripSettingsDocument = graphql(`
  query StripSettings {
    stripSettings {
      figures
      alerts
      sound
      quietFrom
      quietUntil
    }
    pausing {
      allowed
      reasons
    }
  }
`);

export const saveStripSettingsDocument = graphql(`
  mutation SaveStripSettings(
    $figures: Boolean!
    $alerts: Boolean!
    $sound: Boolean!
    $quietFrom: String!
    $quietUntil: String!
  ) {
    saveStripSettings(
      figures: $figures
      alerts: $alerts
      sound: $sound
      quietFrom: $quietFrom
      quietUntil: $quietUntil
    ) {
      figures
      alerts
      sound
      quietFrom
      quietUntil
    }
  }
`);

export const pauseSelfDocument = graphql(`
  mutation PauseSelf($paused: Boolean!, $reason: String) {
    pauseSelf(paused: $paused, reason: $reason)
  }
`);
