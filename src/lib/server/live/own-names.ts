import type { AgentOnFloor } from '../../domain/telephony/agent.ts';
import type { Entry } from '../../domain/telephony/call.ts';
import type { AgentToken, QueueId, SourceName } from '../../domain/telephony/event.ts';
import type { Floor } from '../../domain/telephony/floor.ts';
import type { Register } from './ports.ts';

/**
 * The way back of `exchange`: one source's part of the floor in its own words, so that a connector can compare it with
 * what the PBX says. An agent whose token is no longer known to belong to anybody is left out: nobody can be told apart.
 */
export function floorInOwnNames(floor: Floor, source: SourceName, register: Register): Floor {
  const key = (token: AgentToken) => register.agentKey(token)?.key;
  const name = (queue: QueueId) => register.queuePbxName(queue) ?? queue;
  const entries = [...floor.entries].filter(([, entry]) => entry.source === source);
  const ours = new Set(entries.map(([, entry]) => entry.call));

  const agents = new Map<string, AgentOnFloor>();
  for (const [token, agent] of floor.agents) {
    const own = agent.source === source ? key(token) : undefined;
    if (own === undefined) continue;
    const queues = new Map([...agent.queues].map(([queue, membership]) => [name(queue), membership]));
    agents.set(own, { ...agent, queues });
  }
  return {
    sources: new Map([...floor.sources].filter(([each]) => each === source)),
    queues: new Map(
      [...floor.queues].filter(([, queue]) => queue.source === source).map(([id, queue]) => [name(id), queue])
    ),
    entries: new Map(entries.map(([id, entry]) => [id, entryInOwnNames(entry, register)])),
    calls: new Map([...floor.calls].filter(([call]) => ours.has(call))),
    agents,
    rings: new Map(
      [...floor.rings].flatMap(([ring, each]) => {
        const agent = key(each.agent);
        return agent !== undefined && agents.has(agent) ? [[ring, { ...each, agent }] as const] : [];
      })
    )
  };
}

/** An entry with the PBX's name of its queue, and the agent's key while the token is known. */
export function entryInOwnNames(entry: Entry, register: Register): Entry {
  return {
    ...entry,
    queue: register.queuePbxName(entry.queue) ?? entry.queue,
    from: entry.from === null ? null : (register.queuePbxName(entry.from) ?? entry.from),
    agent: entry.agent === null ? null : (register.agentKey(entry.agent)?.key ?? entry.agent)
  };
}
