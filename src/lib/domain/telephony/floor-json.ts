import type { AgentOnFloor, Membership } from './agent.ts';
import type { Entry } from './call.ts';
import type { AgentToken, CallId, EntryId, QueueId, RingId, SourceName } from './event.ts';
import type { CallOnFloor, Floor, QueueOnFloor, RingOnFloor, SourceOnFloor } from './floor.ts';

/** The floor as plain JSON, for a checkpoint: maps and sets as lists, in their order. */
export interface FloorJson {
  sources: [SourceName, SourceOnFloor][];
  queues: [QueueId, QueueOnFloor][];
  entries: [EntryId, Entry][];
  calls: [CallId, CallOnFloor][];
  agents: [AgentToken, AgentJson][];
  rings: [RingId, RingOnFloor][];
}
type AgentJson = Omit<AgentOnFloor, 'queues' | 'rings' | 'talks'> & {
  queues: [QueueId, Membership][];
  rings: RingId[];
  talks: EntryId[];
};

export function floorToJson(floor: Floor): FloorJson {
  return {
    sources: [...floor.sources],
    queues: [...floor.queues],
    entries: [...floor.entries],
    calls: [...floor.calls],
    agents: [...floor.agents].map(([token, agent]) => [
      token,
      { ...agent, queues: [...agent.queues], rings: [...agent.rings], talks: [...agent.talks] }
    ]),
    rings: [...floor.rings]
  };
}

export function floorFromJson(json: FloorJson): Floor {
  return {
    sources: new Map(json.sources),
    queues: new Map(json.queues),
    entries: new Map(json.entries),
    calls: new Map(json.calls),
    agents: new Map(
      json.agents.map(([token, agent]) => [
        token,
        { ...agent, queues: new Map(agent.queues), rings: new Set(agent.rings), talks: new Set(agent.talks) }
      ])
    ),
    rings: new Map(json.rings)
  };
}
