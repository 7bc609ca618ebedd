/**
 * What somebody who answers at home sees in the small window: their own queues, their own state, and what is said. It is
 * theirs alone, and made from the same floor as every board.
 */
import type { BoardAnnouncement } from './announcement.ts';
import { signedIn } from './pressure.ts';
import { worstSource } from './source-status.ts';
import { agentState, type AgentOnFloor, type AgentState } from './telephony/agent.ts';
import type { QueueId } from './telephony/event.ts';
import type { Instant } from './time.ts';
import type { BoardFrame, QueueNow } from './wallboard.ts';

/**
 * One's own state, as the PBX tells it. `not-tied`: nobody has said which telephone is this person's. `unknown`: the PBX
 * is out of sight. `signed-out`: in no queue.
 */
export type OwnStateKind = AgentState | 'not-tied' | 'unknown' | 'signed-out';
export interface OwnState {
  kind: OwnStateKind;
  /** When the wrap-up ends by itself; null in every other state, and when a pause stands for it. */
  wrapUpUntil: Instant | null;
  /** Paused in every queue, whatever goes on just now: no new call rings. */
  paused: boolean;
}
export interface StripFrame extends Pick<BoardFrame, 'board' | 'position' | 'asOf' | 'source' | 'saved'> {
  own: OwnState;
  /** There have been calls today and nobody waits: it is closed, or where no hours say so, nobody is signed in anywhere. */
  dayIsDone: boolean;
  announcements: BoardAnnouncement[];
  queues: QueueNow[];
}

/** With several telephones, the one where most is going on. */
const PRECEDENCE: readonly AgentState[] = [
  'talking',
  'ringing',
  'busy',
  'wrappingUp',
  'available',
  'paused',
  'unreachable'
];

/** `telephones`: how many are the person's; `agents`: those of them that are on the floor. */
export function ownState(telephones: number, agents: readonly AgentOnFloor[], known: boolean, now: Instant): OwnState {
  const without = (kind: OwnStateKind, paused = false): OwnState => ({ kind, wrapUpUntil: null, paused });
  if (telephones === 0) return without('not-tied');
  if (!known) return without('unknown');
  const states = agents.map((agent) => ({ kind: agentState(agent, now), wrapUpUntil: agent.wrapUpUntil }));
  const first = PRECEDENCE.map((kind) => states.find((state) => state.kind === kind)).find((state) => state);
  if (first === undefined) return without('signed-out');
  const { kind, wrapUpUntil } = first;
  const paused = agents.every(({ queues }) => queues.size > 0 && [...queues.values()].every((each) => each.paused));
  return kind === 'wrappingUp' && wrapUpUntil !== null && wrapUpUntil > now
    ? { kind, wrapUpUntil, paused }
    : without(kind, paused);
}

/** Of the whole centre's frame, what is this person's: the queues they are signed in to, else those of their units. */
export function stripFrame(
  all: BoardFrame,
  person: { own: OwnState; signedInTo: ReadonlySet<QueueId>; ofUnits: ReadonlySet<QueueId> },
  announcements: BoardAnnouncement[]
): StripFrame {
  const mine = all.queues.filter(({ queue }) => person.signedInTo.has(queue.id));
  const queues = mine.length > 0 ? mine : all.queues.filter(({ queue }) => person.ofUnits.has(queue.id));
  const { total, opening, asOf, position, saved } = all;
  // Whoever closes at some time is not done because all of them have gone to the same meeting.
  const over = opening.state === 'closed' || (opening.until === null && signedIn(total) === 0);
  return {
    board: { ...all.board, id: 'strip', name: null },
    position,
    asOf,
    saved,
    source:
      queues.length > 0
        ? worstSource(
            queues.map(({ source }) => source),
            asOf
          )
        : all.source,
    own: person.own,
    dayIsDone: over && total.waiting === 0 && total.today.offered > 0,
    announcements,
    queues
  };
}
