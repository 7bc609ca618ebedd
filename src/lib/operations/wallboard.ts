import { graphql } from './graphql.ts';

const figuresFragment = graphql(`
  fragment Figures on Tally {
    carriedIn
    carriedOut
    offered
    answered
    answeredInTime
    abandoned
    abandonedShort
    overflowed
    lost
    refused
    refusedVisible
    passedOn
    solvedDirectly
    serviceLevel
    serviceLevelN
    serviceLevelBy {
      variant
      targetMs
      shortAbandonMs
      from
    }
    answerTimeMsMean
    answerTimeMsP50
    answerTimeMsP80
    answerTimeMsP90
    talkTimeMsMean
    few
    blindMs
  }
`);

/** What a board shows. The first paint and the subscription share it, so that they can never differ. */
export const wallboardFragment = graphql(
  `
    fragment Frame on WallboardFrame {
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
      dayStartsAt
      source {
        state
        since
        provenAt
      }
      saved
      announcements {
        id
        text
        from
        until
      }
      layout {
        figures
        rows
        side
        announcements
        rotateEveryMs
        calm
        screen {
          inches
          metres
        }
      }
      opening {
        open
        until
      }
      total {
        waiting
        longestWaitSince
        agents {
          available
          ringing
          talking
          busy
          wrappingUp
          paused
          unreachable
        }
        today {
          ...Figures
        }
        recent {
          ...Figures
        }
        imbalance
        lastKnown {
          at
          waiting
          longestWaitMs
        }
        calls
        arrivals
        answerTimes {
          fromMs
          toMs
          answered
        }
      }
      queues {
        queue {
          id
          name
          shortName
          source
          unit {
            id
            name
          }
          serviceLevel {
            variant
            targetMs
            shortAbandonMs
            from
          }
          wrapUpMs
        }
        source {
          state
          since
          provenAt
        }
        pressure
        waiting
        longestWaitSince
        agents {
          available
          ringing
          talking
          busy
          wrappingUp
          paused
          unreachable
        }
        today {
          ...Figures
        }
        recent {
          ...Figures
        }
        imbalance
        lastKnown {
          at
          waiting
          longestWaitMs
        }
      }
    }
  `,
  [figuresFragment]
);

export const wallboardDocument = graphql(
  `
    query Wallboard($board: ID!) {
      wallboard(board: $board) {
        ...Frame
      }
    }
  `,
  [wallboardFragment]
);

export const wallboardLiveDocument = graphql(
  `
    subscription WallboardLive($board: ID!) {
      wallboard(board: $board) {
        ...Frame
      }
    }
  `,
  [wallboardFragment]
);
