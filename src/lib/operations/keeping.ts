import { graphql } from './graphql.ts';
import { wallboardFragment } from './wallboard.ts';

const definitionFragment = graphql(`
  fragment Definition on BoardDefinition {
    id
    name
    unit
    mayEdit
    queues
    parts {
      queue
      unit
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
    thresholds {
      ordinaryWaiting
      farTooLong
      easedByCallers
      easedByShare
      worseAfterMs
      betterAfterMs
    }
  }
`);

/** Everything that the pages about boards need: how each is made, and of what one could be made. */
export const boardDefinitionsDocument = graphql(
  `
    query BoardDefinitions {
      boardDefinitions {
        ...Definition
      }
      units {
        id
        name
      }
      queues {
        id
        name
        shortName
        unit {
          id
          name
        }
      }
    }
  `,
  [definitionFragment]
);

export const boardPreviewDocument = graphql(
  `
    query BoardPreview($board: BoardInput!) {
      boardPreview(board: $board) {
        ...Frame
      }
    }
  `,
  [wallboardFragment]
);

export const saveBoardDocument = graphql(`
  mutation SaveBoard($board: BoardInput!) {
    saveBoard(board: $board) {
      board {
        id
      }
      refusal {
        code
        fit
        over
        metres
      }
    }
  }
`);

export const removeBoardDocument = graphql(`
  mutation RemoveBoard($board: ID!) {
    removeBoard(board: $board)
  }
`);

export const queueSettingsDocument = graphql(`
  query QueueSettings {
    queueSettings {
      id
      pbxName
      source
      name
      shortName
      unit
      wrapUpMs
      sensitivity
      goneAt
      serviceLevels {
        variant
        targetMs
        shortAbandonMs
        from
      }
    }
    units {
      id
      name
    }
  }
`);

export const setQueueDocument = graphql(`
  mutation SetQueue($queue: QueueInput!) {
    setQueue(queue: $queue)
  }
`);

export const saveUnitDocument = graphql(`
  mutation SaveUnit($id: ID, $name: String!) {
    saveUnit(id: $id, name: $name) {
      id
    }
  }
`);

export const orderUnitsDocument = graphql(`
  mutation OrderUnits($units: [ID!]!) {
    orderUnits(units: $units)
  }
`);

export const openingHoursDocument = graphql(`
  query OpeningHours {
    openingHours {
      unit
      days {
        day
        spans {
          from
          to
        }
      }
    }
    units {
      id
      name
    }
  }
`);

export const setOpeningHoursDocument = graphql(`
  mutation SetOpeningHours($unit: ID, $days: [DayHoursInput!]) {
    setOpeningHours(unit: $unit, days: $days)
  }
`);
