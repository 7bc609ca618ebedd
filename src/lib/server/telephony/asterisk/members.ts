import type { CallEvent, Device } from '../../../domain/telephony/event.ts';
import type { MemberSeen } from '../../../domain/telephony/snapshot.ts';
import type { Message } from './message.ts';
import type { Moment, Telling } from './telling.ts';

/** Who is a member of which queue, who is paused and what their telephones do. One person may be several members. */
export class Members {
  #telling: Telling;
  #wrapUpReason: (reason: string) => boolean;
  #keys = new Map<string, string>(); // by the member's interface
  #telephones = new Map<string, string>(); // by the telephone behind a Local member
  #interfaces = new Map<string, Set<string>>(); // by key: what the PBX itself calls the members

  constructor(telling: Telling, wrapUpReason: (reason: string) => boolean) {
    this.#telling = telling;
    this.#wrapUpReason = wrapUpReason;
  }

  /**
   * The key of the person behind an event. Only some events name the state interface, so what the others told of a
   * member is remembered: `Local/agent13@agents/n` and `PJSIP/agent13` are one person.
   */
  agentOf(message: Message): string {
    const name = interfaceOf(message);
    return this.#keys.get(name) ?? name;
  }

  /** The key of the person whose telephone or Local member a channel belongs to; null when nothing tells. */
  agentOfChannel(name: string): string | null {
    const device = deviceName(name);
    const key = this.#keys.get(device) ?? this.#telephones.get(device);
    if (key !== undefined) return key;
    return [...this.#keys.values()].includes(device) ? device : null;
  }

  /** What the PBX calls the members that are this person, options and all: the names it wants back. */
  interfacesOf(agent: string): string[] {
    return [...(this.#interfaces.get(agent) ?? [])];
  }

  /** This telephone has answered for that agent: how one behind an optimised Local member is known again. */
  reachedBy(agent: string, channelName: string): void {
    this.#telephones.set(deviceName(channelName), agent);
  }

  came(message: Message, moment: Moment): void {
    const member = this.seen(message);
    if (this.#on(member)) return;
    this.#tell({ kind: 'AgentJoinedQueue', agent: member.agent, queue: member.queue }, moment);
    this.#pause(member, moment);
    this.device(message, moment);
  }

  left(message: Message, moment: Moment): void {
    const { agent, queue } = this.seen(message);
    if (this.#on({ agent, queue })) this.#tell({ kind: 'AgentLeftQueue', agent, queue }, moment);
  }

  paused(message: Message, moment: Moment): void {
    this.#pause(this.seen(message), moment);
  }

  /** Comes once for each queue of the person, so mostly nothing is new. */
  device(message: Message, moment: Moment): void {
    const { agent } = this.seen(message);
    const device = deviceOf(message.number('Status'));
    const known = this.#telling.floor.agents.get(agent);
    if (known && known.device !== device) this.#tell({ kind: 'DeviceChanged', agent, device }, moment);
  }

  /** Reads a member out of a QueueMember or any of the member events, and remembers whose interface it is. */
  seen(message: Message): MemberSeen {
    const name = interfaceOf(message);
    const agent = agentKey(message);
    this.#keys.set(name, agent);
    const own = message.first('Interface') ?? message.first('Location');
    if (own) this.#interfaces.set(agent, (this.#interfaces.get(agent) ?? new Set()).add(own));
    const paused = message.first('Paused') === '1';
    const wrapUp = paused && this.#wrapUpReason(message.first('PausedReason') || message.first('Reason') || '');
    return { agent, queue: message.first('Queue') ?? '', paused, wrapUp };
  }

  #pause({ agent, queue, paused, wrapUp }: MemberSeen, moment: Moment): void {
    const known = this.#on({ agent, queue });
    if (!known) return;
    if (paused && !(known.paused && known.wrapUp === wrapUp))
      this.#tell({ kind: 'AgentPaused', agent, queue, wrapUp }, moment);
    if (!paused && known.paused) this.#tell({ kind: 'AgentUnpaused', agent, queue }, moment);
  }

  #on({ agent, queue }: { agent: string; queue: string }) {
    return this.#telling.floor.agents.get(agent)?.queues.get(queue);
  }

  #tell(event: CallEvent, moment: Moment): void {
    this.#telling.tell(event, this.#telling.numbered(moment), moment);
  }
}

/** Who a member is: whose telephone it is that rings, however the member is reached. */
export function agentKey(message: Message): string {
  return withoutOptions(message.first('StateInterface') || interfaceOf(message));
}

/** `QueueMember` says Location where all events say Interface. */
function interfaceOf(message: Message): string {
  return withoutOptions(message.first('Interface') ?? message.first('Location') ?? '');
}

/** `Local/agent13@agents/n` is `Local/agent13@agents`, not optimised away. */
function withoutOptions(name: string): string {
  return name.startsWith('Local/') ? name.replace(/\/[a-z]+$/i, '') : name;
}

/** `PJSIP/agent19-00000012` is a channel of `PJSIP/agent19`. */
function deviceName(channelName: string): string {
  return channelName.replace(/-[0-9a-f]{8}(;[12])?$/i, '');
}

/** The device states of Asterisk. A plain Local member shows "in use" (2) while it rings and "not in use" while it talks. */
export function deviceOf(status: number | undefined): Device {
  switch (status) {
    case 1:
      return 'free';
    case 2:
    case 3:
      return 'busy';
    case 4:
    case 5:
      return 'unreachable';
    case 6:
    case 7:
      return 'ringing';
    case 8:
      return 'held';
    default:
      return 'unknown';
  }
}
