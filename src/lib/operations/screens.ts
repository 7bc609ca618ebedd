import { graphql } from './graphql.ts';

/** Every screen on a wall, and the boards it could show. */
export const screensDocument = graphql(`
  query Screens {
    screens {
      id
      room
      board
      pairedAt
      seenAt
      frameAt
      version
      lagMs
    }
    boards {
      id
      name
      demo
      timeZone
    }
  }
`);

export const lookUpPairingDocument = graphql(`
  mutation LookUpPairing($code: String!) {
    lookUpPairing(code: $code) {
      refusal
      waiting {
        network
        sameNetwork
        browser
        since
      }
    }
  }
`);

export const approvePairingDocument = graphql(`
  mutation ApprovePairing($code: String!, $room: String!, $board: ID!, $otherNetwork: Boolean!) {
    approvePairing(code: $code, room: $room, board: $board, otherNetwork: $otherNetwork) {
      refusal
      until
    }
  }
`);

export const confirmPairingDocument = graphql(`
  mutation ConfirmPairing($code: String!, $digits: String!) {
    confirmPairing(code: $code, digits: $digits) {
      refusal
      screen
    }
  }
`);

export const identifyScreenDocument = graphql(`
  mutation IdentifyScreen($id: ID!) {
    identifyScreen(id: $id)
  }
`);

export const reloadScreenDocument = graphql(`
  mutation ReloadScreen($id: ID!) {
    reloadScreen(id: $id)
  }
`);

export const moveScreenDocument = graphql(`
  mutation MoveScreen($id: ID!, $board: ID!) {
    moveScreen(id: $id, board: $board)
  }
`);

export const revokeScreenDocument = graphql(`
  mutation RevokeScreen($id: ID!) {
    revokeScreen(id: $id)
  }
`);

/** What a screen knows of itself, and what somebody wants of it. */
export const ownScreenDocument = graphql(`
  query OwnScreen {
    ownScreen {
      room
      board
      identifyUntil
      reloadAskedAt
    }
  }
`);

export const ownScreenLiveDocument = graphql(`
  subscription OwnScreenLive {
    ownScreen {
      room
      board
      identifyUntil
      reloadAskedAt
    }
  }
`);

export const reportScreenDocument = graphql(`
  mutation ReportScreen($frameAt: DateTime, $version: String!, $lagMs: Int!) {
    reportScreen(frameAt: $frameAt, version: $version, lagMs: $lagMs)
  }
`);
