/**
 * Who may see and do what, as a table: deny by default, one cell per act and role. Resolvers, routes and sockets ask
 * `may`; nobody decides for themselves. Whoever may not is answered as if the thing were not there.
 */
import { COACHING_ACCESS, type CoachingActs } from './coaching/access.ts';
import type { QueueId } from './telephony/event.ts';

/** Who asks. A person by their session, an integrator by a token, a screen by its pairing. */
export type Viewer =
  | { kind: 'person'; personId: string; sessionId: string; name: string; roles: readonly Role[]; ties?: Ties }
  | { kind: 'integrator'; tokenId: string; scopes: readonly Scope[] }
  | { kind: 'screen'; screenId: string; board: string };
export type Role = 'agent' | 'coach' | 'leader' | 'method-lead' | 'administrator' | 'integrator' | 'screen';
export type Scope = 'boards:read' | 'tallies:read' | 'announcements:write' | 'schema:read';
/** What a person belongs to: the boards (by unit) and queues that are their own. Absent means none. */
export interface Ties {
  boards: readonly string[];
  queues: readonly QueueId[];
}

/** The roles a person can be given. The other two come with a token and with a pairing. */
export const PERSON_ROLES = ['agent', 'coach', 'leader', 'method-lead', 'administrator'] as const satisfies Role[];
export const SCOPES = ['boards:read', 'tallies:read', 'announcements:write', 'schema:read'] as const satisfies Scope[];

/** What can be asked for, and what must be said about it to decide. */
export interface Acts extends CoachingActs {
  /** To see a board, once or for as long as one looks. */
  'read-board': { board: string };
  /** Counts of the past; `queues` are the ones asked for, or `all`. */
  'read-tallies': { queues: readonly QueueId[] | 'all' };
  /** Names, units and service-level definitions of the queues. */
  'read-queues': object;
  /** Oneself: name and roles. */
  'read-viewer': object;
  /** The API's own description (introspection). */
  'read-schema': object;
  /** What is said on the boards, and was: with who said it. */
  'read-announcements': object;
  /** To say something on these boards, or on those that show these queues. */
  'write-announcement': { boards: readonly string[]; queues: readonly QueueId[] };
  /** One's own strip at home: own queues, own state, own pause, and how one wants it. */
  'use-strip': object;
  /** To say whose telephone is whose: the only place where the PBX's keys are shown. */
  'tie-agents': object;
  /** To approve, move and revoke the screens on the walls. */
  'keep-screens': object;
  /** To be one of them: to know oneself, and tell how one is. */
  'be-screen': object;
  /** To look after boards: see how they are made, and try how another would look. */
  'keep-boards': object;
  /** To change one board: of a unit, or (null) of the whole centre. */
  'edit-board': { unit: string | null };
  /** To name queues and units, say what they promise, and when the telephones are open. */
  'keep-queues': object;
  /** One's own account: sessions, how one signs in, what the audit log tells of oneself. */
  'read-account': object;
  /** To end one's own sessions and prove who one is. */
  'change-account': object;
  /** Everybody who has an account here, with roles and units. */
  'read-people': object;
  /** To make, invite, change and disable people; never oneself. */
  'change-people': object;
  /** What the audit log tells of doors: sign-ins, roles, links, screens, tokens. */
  'read-audit': object;
  /** How we stand with the exchanges, and whether what happens is on the disk. */
  'read-exchanges': object;
  /** To be led from an empty centre to a board. */
  'take-first-steps': object;
  /** Who of a unit is free now: by name, without why and since when, and only where the site has chosen it. */
  'read-names-by-state': { unit: string };
  /** The tokens of other systems: to see, make and revoke them. */
  'administer-tokens': object;
  /** How long what is kept, and by whose decision. */
  'read-retention': object;
  'change-retention': object;
  /** To say which queues are recorded, and to see how many files came in and why others did not: never a call. */
  'keep-recordings': object;
}
export type Act = keyof Acts;
/** The acts of which nothing needs to be said to decide. */
export type PlainAct = { [A in Act]: object extends Acts[A] ? A : never }[Act];

/** `person`: whoever signed in, whatever their roles, and also with none. */
export type Table<On> = {
  readonly [A in keyof On]: { readonly [R in Role | 'person']?: (viewer: Viewer, on: On[A]) => boolean };
};
type Cell<A extends Act> = NonNullable<Table<Acts>[A]['person']>;

const yes = () => true;
const scope = (wanted: Scope) => (viewer: Viewer) => viewer.kind === 'integrator' && viewer.scopes.includes(wanted);
const tiesOf = (viewer: Viewer): Ties => (viewer.kind === 'person' && viewer.ties) || { boards: [], queues: [] };

/** Everybody who works here sees the whole room; the board of another unit is not theirs. */
const ownBoard: Cell<'read-board'> = (viewer, { board }) => board === 'all' || tiesOf(viewer).boards.includes(board);
const ownQueues: Cell<'read-tallies'> = (viewer, { queues }) =>
  queues !== 'all' && queues.every((queue) => tiesOf(viewer).queues.includes(queue));
/** A leader speaks to everybody, and to their own units; not in another unit's name. */
const ownPlaces: Cell<'write-announcement'> = (viewer, { boards, queues }) =>
  boards.every((board) => board === 'all' || tiesOf(viewer).boards.includes(board)) &&
  queues.every((queue) => tiesOf(viewer).queues.includes(queue));
const leadsUnit: Cell<'read-names-by-state'> = (viewer, { unit }) => tiesOf(viewer).boards.includes(unit);
const ownUnit: Cell<'edit-board'> = (viewer, { unit }) => unit !== null && tiesOf(viewer).boards.includes(unit);
const pairedBoard: Cell<'read-board'> = (viewer, { board }) => viewer.kind === 'screen' && viewer.board === board;

export const ACCESS: Table<Acts> = {
  ...COACHING_ACCESS,
  'read-board': {
    agent: ownBoard,
    coach: ownBoard,
    leader: yes,
    'method-lead': yes,
    administrator: yes,
    integrator: scope('boards:read'),
    screen: pairedBoard
  },
  // An administrator keeps the machine running and has no errand in how people answered.
  'read-tallies': {
    agent: ownQueues,
    coach: ownQueues,
    leader: yes,
    'method-lead': yes,
    integrator: scope('tallies:read')
  },
  'read-queues': {
    agent: yes,
    coach: yes,
    leader: yes,
    'method-lead': yes,
    administrator: yes,
    integrator: (viewer) => scope('boards:read')(viewer) || scope('tallies:read')(viewer),
    screen: yes
  },
  'read-viewer': { person: yes, integrator: yes, screen: yes },
  'read-schema': { integrator: scope('schema:read') },
  'read-announcements': { leader: yes, integrator: scope('announcements:write') },
  'write-announcement': { leader: ownPlaces, integrator: scope('announcements:write') },
  'use-strip': { agent: yes },
  'tie-agents': { administrator: yes },
  'keep-screens': { administrator: yes },
  'be-screen': { screen: yes },
  'keep-boards': { leader: yes, administrator: yes },
  'edit-board': { leader: ownUnit, administrator: yes },
  'keep-queues': { administrator: yes },
  'read-account': { person: yes },
  'change-account': { person: yes },
  'read-people': { administrator: yes },
  'change-people': { administrator: yes },
  'read-audit': { administrator: yes },
  'read-exchanges': { administrator: yes },
  'take-first-steps': { administrator: yes },
  'read-names-by-state': { leader: leadsUnit },
  'administer-tokens': { administrator: yes },
  // Whoever works here may know how long what is kept about them.
  'read-retention': { person: yes },
  'change-retention': { administrator: yes },
  'keep-recordings': { administrator: yes }
};

const rolesOf = (viewer: Viewer): readonly (Role | 'person')[] =>
  viewer.kind === 'person' ? ['person', ...viewer.roles] : [viewer.kind];

/** Whether any of the viewer's roles allows the act. A stranger (`null`), and a role without a cell, may nothing. */
export function may<A extends Act>(viewer: Viewer | null, act: A, on: Acts[A]): boolean {
  if (viewer === null) return false;
  const cells: Table<Acts>[A] = ACCESS[act];
  return rolesOf(viewer).some((role) => cells[role]?.(viewer, on) ?? false);
}
