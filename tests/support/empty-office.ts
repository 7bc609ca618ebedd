import { DEFAULT_STRIP_SETTINGS } from '../../src/lib/domain/strip-settings.ts';
import type { Services } from '../../src/lib/server/graphql/context.ts';

/** The office around the board when nothing is in it: for tests of everything else. */
export const emptyOffice: Pick<
  Services,
  'account' | 'agents' | 'announcements' | 'audit' | 'people' | 'peopleFile' | 'strips'
> = {
  account: {
    sessions: () => Promise.resolve([]),
    endSession: () => Promise.resolve(false),
    endOtherSessions: () => Promise.resolve(0),
    signIn: () => Promise.resolve({ email: '', directory: false, reset: null }),
    proven: () => Promise.resolve(false),
    prove: () => Promise.resolve('wrong'),
    told: () => Promise.resolve([])
  },
  audit: { read: () => Promise.resolve([]) },
  people: {
    list: () => Promise.resolve([]),
    add: () => Promise.resolve({ refusal: 'unknown', id: null }),
    setRoles: () => Promise.resolve({ refusal: 'unknown' }),
    setUnits: () => Promise.resolve({ refusal: 'unknown' }),
    setDisabled: () => Promise.resolve({ refusal: 'unknown' }),
    makeLink: () => Promise.resolve({ refusal: 'unknown', link: null })
  },
  peopleFile: {
    preview: () => Promise.resolve({ fault: 'empty', faultLine: null, lines: [] }),
    take: () => Promise.resolve(null)
  },
  announcements: {
    post: () => Promise.resolve(null),
    takeDown: () => Promise.resolve(false),
    history: () => Promise.resolve([]),
    find: () => Promise.resolve(null)
  },
  agents: {
    members: () => [],
    people: () => Promise.resolve([]),
    tie: () => Promise.resolve(false),
    untie: () => Promise.resolve(false)
  },
  strips: {
    current: () => null,
    watch: () => () => {},
    settings: () => Promise.resolve(DEFAULT_STRIP_SETTINGS),
    save: () => Promise.resolve(),
    pausing: { allowed: false, reasons: [] },
    pause: () => Promise.resolve('not-allowed')
  }
};
