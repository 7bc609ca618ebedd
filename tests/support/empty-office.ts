import { DEFAULT_STRIP_SETTINGS } from '../../src/lib/domain/strip-settings.ts';
import { closedCoaching } from './closed-coaching.ts';
import type { Services } from '../../src/lib/server/graphql/context.ts';
import { calm } from './frames.ts';

/** The office around the board when nothing is in it: for tests of everything else. */
export const emptyOffice: Omit<Services, 'feed' | 'tallies' | 'queues' | 'timeZone' | 'now' | 'log'> = {
  ...closedCoaching,
  rubrics: {
    published: () => Promise.resolve(null),
    draft: () => Promise.resolve(null),
    find: () => Promise.resolve(null),
    all: () => Promise.resolve([]),
    makeDraft: () => Promise.reject(new Error('There is no rubric in an empty office')),
    rewrite: () => Promise.resolve({ version: null, refusal: 'no-draft', place: null }),
    discard: () => Promise.resolve(false),
    publish: () => Promise.resolve({ version: null, refusal: 'no-draft', place: null })
  },
  exchanges: {
    all: () => [],
    log: () => ({ epoch: 'none', offset: 0, saved: true, unsaved: 0, oldestUnsavedAt: null })
  },
  apiTokens: {
    list: () => Promise.resolve([]),
    create: () => Promise.resolve({ outcome: 'refused', refusal: 'prove' }),
    revoke: () => Promise.resolve(false)
  },
  recordingKeeping: {
    read: () => Promise.resolve({ watched: false, leftInFolder: false, kept: 0, files: [], gone: [], queues: [] }),
    allow: () => Promise.resolve('unknown'),
    forbid: () => Promise.resolve(false)
  },
  retention: {
    rules: () => Promise.resolve([]),
    set: () => Promise.resolve('unknown')
  },
  firstSteps: { steps: () => Promise.resolve([]), left: () => Promise.resolve(false), end: () => Promise.resolve() },
  namesOfUnits: { allowed: false, of: () => Promise.resolve(null) },
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
  boardKeeping: {
    definition: () => null,
    preview: () => calm(),
    units: () => [],
    save: () => Promise.resolve(false),
    remove: () => Promise.resolve(false)
  },
  queueKeeping: {
    queues: () => Promise.resolve([]),
    setQueue: () => Promise.resolve('kept'),
    setUnit: () => Promise.resolve(),
    orderUnits: () => Promise.resolve(),
    hours: () => null,
    setHours: () => Promise.resolve()
  },
  screens: {
    list: () => Promise.resolve([]),
    own: () => Promise.resolve(null),
    watch: () => () => {},
    report: () => Promise.resolve(),
    identify: () => Promise.resolve(false),
    reload: () => Promise.resolve(false),
    move: () => Promise.resolve(false),
    revoke: () => Promise.resolve(false)
  },
  pairings: {
    look: () => Promise.resolve({ refusal: 'unknown-code' }),
    approve: () => Promise.resolve({ refusal: 'unknown-code' }),
    confirm: () => Promise.resolve({ refusal: 'unknown-code' })
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
