import type { AgentToken, CallEvent } from '../../domain/telephony/event.ts';
import type { Floor } from '../../domain/telephony/floor.ts';
import type { Instant } from '../../domain/time.ts';
import type { Incoming, Register } from './ports.ts';

/**
 * At the month's turn an agent gets a new token, so that no log of a person's work grows longer than a month. It is
 * changed while the agent neither talks, is rung nor wraps up: the old one signs off, the new one signs on as it stood.
 *
 * Returns what to append, and whether everybody has changed (else it is asked again in a minute).
 */
export async function turnOfMonth(
  floor: Floor,
  now: Instant,
  register: Register
): Promise<{ events: Incoming[]; complete: boolean }> {
  const events: Incoming[] = [];
  let complete = true;
  for (const [token, agent] of floor.agents) {
    const known = register.agentKey(token);
    if (!known) continue;
    const present = (await register.agentTokens(known.source, [known.key], now)).get(known.key);
    if (present === undefined || present === token) continue;
    const isBusy = agent.talks.size > 0 || agent.rings.size > 0 || (agent.wrapUpUntil ?? 0) > now;
    if (isBusy) {
      complete = false;
      continue;
    }
    const add = (event: CallEvent, key: string) =>
      events.push({
        at: now,
        seenAt: now,
        key: `month|${token}|${key}`,
        lane: 'live',
        quality: 'exact',
        source: known.source,
        event
      });
    for (const [queue, membership] of agent.queues) {
      add({ kind: 'AgentJoinedQueue', agent: present, queue }, `joined|${queue}`);
      if (membership.paused)
        add({ kind: 'AgentPaused', agent: present, queue, wrapUp: membership.wrapUp }, `paused|${queue}`);
    }
    add({ kind: 'DeviceChanged', agent: present, device: agent.device }, 'device');
    for (const queue of agent.queues.keys()) add({ kind: 'AgentLeftQueue', agent: token, queue }, `left|${queue}`);
  }
  return { events, complete };
}

/** Where an agent stands on the floor now, by the PBX's key. */
export function tokensOnFloor(floor: Floor, register: Pick<Register, 'agentKey'>): Map<string, AgentToken> {
  const tokens = new Map<string, AgentToken>();
  for (const token of floor.agents.keys()) {
    const known = register.agentKey(token);
    if (known) tokens.set(`${known.source}|${known.key}`, token);
  }
  return tokens;
}
