import type { Message } from './message.ts';

/** One leg of a call inside the PBX: a telephone, a trunk, or one end of a Local pair. */
export interface Channel {
  uniqueid: string;
  /** `PJSIP/agent19-00000001`, `Local/agent01@agents-00000000;1`. */
  name: string;
  linkedid: string;
  bridge: string | null;
  /** The other end of a Local pair. */
  otherHalf: string | null;
  /** The channel that it dialled and that answered. */
  reached: string | null;
  /** Who asked for it to be hung up: its own end of the line, or the PBX; null while nobody has. */
  hangup: 'own' | 'pbx' | null;
  /** Where in the dial plan it stood when it joined its queue; null when it never did. */
  queuedAt: string | null;
}

/** More than any exchange of ours has at once: only a PBX that never tells of a Hangup could pass it. */
const most = 20_000;

/**
 * Which channels there are now, and who dialled whom. A channel is dropped when it hangs up; after a reading those are
 * dropped that the PBX no longer has.
 */
export class Channels {
  #known = new Map<string, Channel>();

  get size(): number {
    return this.#known.size;
  }

  uniqueids(): Iterable<string> {
    return this.#known.keys();
  }

  alive(uniqueid: string): boolean {
    return this.#known.has(uniqueid);
  }

  find(uniqueid: string): Channel | undefined {
    return this.#known.get(uniqueid);
  }

  /** Keeps up with one event. A hangup is told with `gone`, after everybody else has looked. */
  heard(message: Message): void {
    switch (message.name) {
      case 'LocalBridge':
        this.#pair(message);
        break;
      case 'DialEnd':
        if (message.first('DialStatus') === 'ANSWER') this.#reached(message);
        break;
      case 'BridgeEnter':
        this.#seen(message).bridge = message.first('BridgeUniqueid') ?? null;
        break;
      case 'BridgeLeave':
        this.#seen(message).bridge = null;
        break;
      case 'HangupRequest':
        this.#seen(message).hangup = 'own';
        break;
      case 'SoftHangupRequest':
        this.#seen(message).hangup ??= 'pbx';
        break;
      case 'QueueCallerJoin':
        this.#queued(message);
        break;
      case 'Newchannel':
      case 'Newstate':
        this.#seen(message);
    }
  }

  gone(uniqueid: string): void {
    this.#known.delete(uniqueid);
  }

  /** A reading of all channels is over: drops those that it did not name. */
  keepOnly(read: readonly Message[]): void {
    const named = new Set(read.map((message) => message.first('Uniqueid')));
    for (const uniqueid of this.#known.keys()) if (!named.has(uniqueid)) this.#known.delete(uniqueid);
    for (const message of read) this.#read(message);
    for (const channel of this.#known.values()) this.#readPair(channel);
  }

  /**
   * The telephone behind the leg that the queue dialled: the leg itself, or, of a Local pair, what its other half
   * dialled and reached. Null while that half has reached nobody.
   */
  device(leg: string): Channel | null {
    let at = this.#known.get(leg);
    for (let hops = 0; at && hops < 10; hops++) {
      if (!at.name.startsWith('Local/') || !at.name.endsWith(';1') || at.otherHalf === null) return at;
      const half = this.#known.get(at.otherHalf);
      if (!half?.reached) return null;
      at = this.#known.get(half.reached);
    }
    return at ?? null;
  }

  /** The others in the same bridge. */
  bridgedWith(channel: Channel): Channel[] {
    if (channel.bridge === null) return [];
    return [...this.#known.values()].filter((other) => other.bridge === channel.bridge && other !== channel);
  }

  #seen(message: Message): Channel {
    return this.#make(
      message.first('Uniqueid') ?? '',
      message.first('Channel') ?? '',
      message.first('Linkedid') ?? message.first('Uniqueid') ?? ''
    );
  }

  #make(uniqueid: string, name: string, linkedid: string): Channel {
    let channel = this.#known.get(uniqueid);
    if (!channel) {
      channel = {
        uniqueid,
        name,
        linkedid,
        bridge: null,
        otherHalf: null,
        reached: null,
        hangup: null,
        queuedAt: null
      };
      this.#known.set(uniqueid, channel);
      if (this.#known.size > most) for (const oldest of this.#known.keys()) return this.#dropped(oldest, channel);
    }
    channel.name = name;
    channel.linkedid = linkedid;
    return channel;
  }

  #dropped(oldest: string, made: Channel): Channel {
    this.#known.delete(oldest);
    return made;
  }

  /** Whoever asked for a hangup before belongs to another stay. */
  #queued(message: Message): void {
    const channel = this.#seen(message);
    channel.queuedAt = placeOf(message);
    channel.hangup = null;
  }

  #pair(message: Message): void {
    const [one, two] = ['LocalOne', 'LocalTwo'].map((which) =>
      this.#make(
        message.first(`${which}Uniqueid`) ?? '',
        message.first(`${which}Channel`) ?? '',
        message.first(`${which}Linkedid`) ?? ''
      )
    );
    if (!one || !two) return;
    one.otherHalf = two.uniqueid;
    two.otherHalf = one.uniqueid;
  }

  #reached(message: Message): void {
    const caller = this.#known.get(message.first('Uniqueid') ?? '');
    const reached = message.first('DestUniqueid');
    if (caller && reached) caller.reached = reached;
  }

  #read(message: Message): void {
    const channel = this.#seen(message);
    channel.bridge = message.first('BridgeId') || null;
    if (message.first('Application') === 'Queue') channel.queuedAt ??= placeOf(message);
  }

  /** A reading names no pairs and no dialling, but the names of a pair differ only in `;1` and `;2`, and a bridge shows the rest. */
  #readPair(channel: Channel): void {
    if (!channel.name.endsWith(';1') || channel.otherHalf !== null) return;
    const name = channel.name.slice(0, -1) + '2';
    for (const half of this.#known.values()) {
      if (half.name !== name) continue;
      channel.otherHalf = half.uniqueid;
      half.otherHalf = channel.uniqueid;
      half.reached ??= this.bridgedWith(half)[0]?.uniqueid ?? null;
    }
  }
}

/** Where in the dial plan a channel is, as an event tells it. */
export function placeOf(message: Message): string {
  return `${message.first('Context') ?? ''}/${message.first('Exten') ?? ''}`;
}
