import type { CallEvent, Told } from '../../../domain/telephony/event.ts';
import type { Floor } from '../../../domain/telephony/floor.ts';
import type { Instant } from '../../../domain/time.ts';

/**
 * What stands on the floor and no plan will ever end, because it came from another version of the city: its callers are
 * closed as lost in a gap, its agents sign out. Breaks taken by hand end. Without this they would wait and work on the board for ever.
 */
export function leftBehind(floor: Floor, planned: readonly Told[], now: Instant): Told[] {
  const entries = new Set<string>();
  const signedIn = new Set<string>();
  const paused = new Set<string>();
  for (const { event } of planned) {
    if (event.kind === 'CallOffered') entries.add(event.entry);
    if (event.kind === 'AgentJoinedQueue') signedIn.add(`${event.agent} ${event.queue}`);
    if (event.kind === 'AgentLeftQueue') signedIn.delete(`${event.agent} ${event.queue}`);
    if (event.kind === 'AgentPaused') paused.add(`${event.agent} ${event.queue}`);
    if (event.kind === 'AgentUnpaused') paused.delete(`${event.agent} ${event.queue}`);
  }
  const told: Told[] = [];
  const tell = (event: CallEvent): void => {
    told.push({
      at: now,
      seenAt: now,
      key: `left-behind/${now}/${told.length}`,
      lane: 'live',
      quality: 'estimated',
      event
    });
  };
  for (const entry of floor.entries.values()) {
    if (entries.has(entry.id)) continue;
    if (entry.outcome === 'waiting') tell({ kind: 'CallLost', entry: entry.id, why: 'gap' });
    else if (entry.agent) tell({ kind: 'TalkEnded', entry: entry.id, agent: entry.agent, by: 'unstated' });
  }
  for (const [agent, { queues }] of floor.agents) {
    for (const [queue, membership] of queues) {
      const planned = `${agent} ${queue}`;
      if (!signedIn.has(planned)) tell({ kind: 'AgentLeftQueue', agent, queue });
      // A break that somebody took by hand before we were stopped: the day knows nothing of it.
      else if (membership.paused && !paused.has(planned)) tell({ kind: 'AgentUnpaused', agent, queue });
    }
  }
  return told;
}
