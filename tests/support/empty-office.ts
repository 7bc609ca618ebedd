import type { Services } from '../../src/lib/server/graphql/context.ts';

/** The office around the board when nothing is in it: for tests of everything else. */
export const emptyOffice: Pick<Services, 'account'> = {
  account: {
    sessions: () => Promise.resolve([]),
    endSession: () => Promise.resolve(false),
    endOtherSessions: () => Promise.resolve(0)
  }
};
