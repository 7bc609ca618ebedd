import type { CallEvent, Device, EntryId, Told } from '../../../domain/telephony/event.ts';
import type { Floor } from '../../../domain/telephony/floor.ts';
import type { Instant } from '../../../domain/time.ts';

/** Somebody who paused themselves, and who takes their calls meanwhile. */
interface Away {
  agent: string;
  standIn: string;
  queues: readonly string[];
  /** What the agent was rung for or talked about when the break was asked for: a break cuts nobody off. */
  own: Set<EntryId>;
  /** What the stand-in was rung for or talks about. */
  taken: Set<EntryId>;
  devices: Map<string, Device>;
  back: boolean;
}

/**
 * Breaks that somebody asks for from the strip. The city's day is decided from its beginning to its end, so nothing in it
 * knows of them: instead a stand-in signs on, and is told of wherever the day has the agent rung. An exchange would ring
 * somebody else too; the room sees the same.
 */
export class ByHand {
  #away = new Map<string, Away>();
  #told = 0;

  /** What to tell now; nothing when it is so already. */
  pause(agent: string, paused: boolean, floor: Floor, now: Instant): Told[] {
    const onFloor = floor.agents.get(agent);
    if (!onFloor) return [];
    const present = this.#away.get(agent);
    const queues = [...onFloor.queues.keys()];
    const events: CallEvent[] = queues.map((queue) =>
      paused ? { kind: 'AgentPaused', agent, queue, wrapUp: false } : { kind: 'AgentUnpaused', agent, queue }
    );
    if (paused && present) present.back = false;
    else if (paused) {
      const standIn = `${agent}-stand-in`;
      const rungFor = [...onFloor.rings].flatMap((ring) => floor.rings.get(ring)?.entry ?? []);
      this.#away.set(agent, {
        agent,
        standIn,
        queues,
        own: new Set([...onFloor.talks, ...rungFor]),
        taken: new Set(),
        devices: new Map([
          [agent, onFloor.device],
          [standIn, 'free']
        ]),
        back: false
      });
      events.push(...queues.map((queue) => ({ kind: 'AgentJoinedQueue', agent: standIn, queue }) as const));
      events.push({ kind: 'DeviceChanged', agent: standIn, device: 'free' });
    } else if (present) {
      present.back = true;
      events.push(...this.#goHome(present));
    }
    return events.map((event) => ({
      at: now,
      seenAt: now,
      key: `by-hand/${now}/${(this.#told += 1)}`,
      lane: 'live',
      quality: 'exact',
      event
    }));
  }

  /** The day as planned, with stand-ins where somebody is away. */
  told(planned: readonly Told[]): Told[] {
    return this.#away.size === 0 ? [...planned] : planned.flatMap((one) => this.#one(one));
  }

  #one(one: Told): Told[] {
    const { event } = one;
    const away = 'agent' in event ? this.#away.get(event.agent) : undefined;
    if (!away || !('agent' in event)) return [one];
    const who = this.#who(event, away);
    const told = [{ ...one, event: { ...event, agent: who } }];
    const also = (events: CallEvent[]) =>
      events.map((each, n): Told => ({ ...one, key: `${one.key}/stand-in/${n}`, event: each }));
    if (event.kind === 'AgentLeftQueue') {
      // The shift is over for both.
      this.#away.delete(away.agent);
      return [...told, ...also(this.#leaves(away))];
    }
    return [...told, ...also(this.#goHome(away))];
  }

  #who(event: Extract<CallEvent, { agent: string }>, away: Away): string {
    const { agent, standIn, own, taken, devices, back } = away;
    switch (event.kind) {
      case 'AgentRung':
        if (back && taken.size === 0) return agent;
        taken.add(event.entry);
        return standIn;
      case 'CallAnswered':
      case 'CallPassedOn':
        return taken.has(event.entry) ? standIn : agent;
      case 'TalkEnded':
        own.delete(event.entry);
        return taken.delete(event.entry) ? standIn : agent;
      case 'DeviceChanged': {
        // A telephone that is put down must be the one that was lifted.
        const isOwn =
          taken.size === 0 && devices.get(standIn) === 'free' && (own.size > 0 || devices.get(agent) !== 'free');
        const who = isOwn ? agent : standIn;
        devices.set(who, event.device);
        return who;
      }
      case 'AgentPaused':
      case 'AgentUnpaused':
        return standIn;
      default:
        return agent;
    }
  }

  /** The stand-in signs off when the agent is back and the last call is over. */
  #goHome(away: Away): CallEvent[] {
    if (!away.back || away.taken.size > 0 || away.devices.get(away.standIn) !== 'free') return [];
    this.#away.delete(away.agent);
    return this.#leaves(away);
  }

  #leaves({ standIn, queues }: Away): CallEvent[] {
    return queues.map((queue) => ({ kind: 'AgentLeftQueue', agent: standIn, queue }));
  }
}
