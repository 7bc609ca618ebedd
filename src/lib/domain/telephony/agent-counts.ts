import { agentState, type AgentOnFloor } from './agent.ts';
import type { QueueId } from './event.ts';
import type { Floor } from './floor.ts';
import type { Instant } from '../time.ts';
import type { AgentCounts } from '../wallboard.ts';

/** What is shown when a PBX concerned is out of sight: not even that there is nobody. */
export const unknownAgents: AgentCounts = {
  available: null,
  ringing: null,
  talking: null,
  busy: null,
  wrappingUp: null,
  paused: null,
  unreachable: null
};

/** Below this many at work, the states of each would be read off the board. */
const FEW_AT_WORK = 3;

/**
 * How many people are in each state, in one queue or in several together; everyone once. Someone belongs to a queue who
 * is signed in to it, and, until the talk ends, whoever talks to one of its callers after signing off.
 *
 * With one or two at work only `available` and `talking` are told apart; the rest stand together under `busy` and the
 * other fields are null. Null is the contract's word for "not known", and to those who look at the board they are not;
 * 0 would be a lie about somebody's pause.
 */
export function agentCounts(floor: Floor, queues: ReadonlySet<QueueId>, now: Instant): AgentCounts {
  const counts = { available: 0, ringing: 0, talking: 0, busy: 0, wrappingUp: 0, paused: 0, unreachable: 0 };
  let atWork = 0;
  for (const agent of floor.agents.values()) {
    if (!belongs(floor, agent, queues)) continue;
    counts[agentState(agent, now, queues)] += 1;
    atWork += 1;
  }
  if (atWork === 0 || atWork >= FEW_AT_WORK) return counts;
  const { available, talking } = counts;
  return { ...unknownAgents, available, talking, busy: atWork - available - talking };
}

function belongs(floor: Floor, agent: AgentOnFloor, queues: ReadonlySet<QueueId>): boolean {
  for (const queue of agent.queues.keys()) if (queues.has(queue)) return true;
  for (const talk of agent.talks) {
    const entry = floor.entries.get(talk);
    if (entry !== undefined && queues.has(entry.queue)) return true;
  }
  return false;
}
