import type { RefusedWhy, SourceLostWhy, SourceName, Told } from '../../../domain/telephony/event.ts';
import type { Floor } from '../../../domain/telephony/floor.ts';
import { differences, reconcile, type Difference } from '../../../domain/telephony/reconcile.ts';
import type { PbxSnapshot } from '../../../domain/telephony/snapshot.ts';
import type { Instant } from '../../../domain/time.ts';
import { Channels } from './channels.ts';
import { Held } from './held.ts';
import { Lateness } from './lateness.ts';
import { Members } from './members.ts';
import type { Message } from './message.ts';
import { read } from './reading.ts';
import { Ringing } from './ringing.ts';
import { Talking, type Legs } from './talking.ts';
import { Telling, type Moment } from './telling.ts';
import { stay, Waiting } from './waiting.ts';

export interface TranslatorOptions {
  source: SourceName;
  /** What the log knows of this source, in the source's own names: we may have been away. */
  floor: Floor;
  /** How long after a talk in this queue the agent has for wrap-up; null when nothing is configured. */
  wrapUpMs: (queue: string) => number | null;
  /** Whether a pause for this reason is wrap-up. The words go no further. */
  wrapUpReason: (reason: string) => boolean;
}

/**
 * From what an Asterisk says to what happened. Takes messages and the time, gives events; no sockets, no clock, no
 * timers: whoever drives it calls `due` when `nextDue` has come.
 *
 * It keeps a floor of its own by folding what it told, and so agrees with the log that keeps the same events.
 */
export class Translator {
  #telling: Telling;
  #channels = new Channels();
  #held = new Held();
  #lateness = new Lateness();
  #members: Members;
  #waiting: Waiting;
  #talking: Talking;
  #ringing: Ringing;
  #readings = 0;
  #legs: ReadonlyMap<string, Legs> = new Map();
  #blindSince: Instant | null = null;
  #rebooted = false;
  /** Joins heard in this session without one event of a channel: we may not read the class `call`. */
  #deafJoins: number | null = 0;

  constructor({ source, floor, wrapUpMs, wrapUpReason }: TranslatorOptions) {
    this.#telling = new Telling(source, floor);
    this.#telling.session = floor.sources.get(source)?.session ?? '';
    this.#members = new Members(this.#telling, wrapUpReason);
    this.#waiting = new Waiting(this.#telling, this.#channels, this.#held);
    this.#talking = new Talking(this.#telling, this.#channels, this.#held, wrapUpMs);
    this.#ringing = new Ringing(this.#telling);
  }

  /** The floor that everything told so far leaves. */
  get floor(): Floor {
    return this.#telling.floor;
  }

  /** What the PBX calls the members that are this agent. */
  interfacesOf(agent: string): string[] {
    return this.#members.interfacesOf(agent);
  }

  /** A connection speaks. `session` is new each time; `pbxBootedAt` from FullyBooted's Uptime. */
  connected(session: string, at: Instant, about: { pbxBootedAt?: Instant; skewMs: number }): Told[] {
    const known = this.floor.sources.get(this.#telling.source);
    if (known?.state === 'lost') this.#blindSince = known.since;
    const { pbxBootedAt } = about;
    this.#rebooted = this.#blindSince !== null && pbxBootedAt !== undefined && pbxBootedAt > this.#blindSince;
    this.#telling.session = session;
    this.#deafJoins = 0;
    this.#telling.tell({ kind: 'SourceConnected', session, ...about }, `${session}/connected`, { at, seenAt: at });
    return this.#telling.take();
  }

  /** Contact is lost; `at` is the last instant we were sure of. */
  lost(why: SourceLostWhy, at: Instant, seenAt: Instant): Told[] {
    const key = `${this.#telling.session}/lost/${at}`;
    this.#lateness.suspect();
    this.#telling.tell({ kind: 'SourceLost', why }, key, { at, seenAt });
    return this.#telling.take();
  }

  heard(message: Message, at: Instant, seenAt: Instant = at): Told[] {
    const lateMs = this.#lateness.of(message, at);
    this.#telling.late = lateMs > 0;
    if (message.kind === 'event') this.#heard(message, { at: at - lateMs, seenAt });
    this.#telling.late = false;
    return this.#telling.take();
  }

  /** When the next held decision falls; null when none is held. */
  nextDue(): Instant | null {
    return this.#held.nextDue();
  }

  due(now: Instant): Told[] {
    this.#held.decideUntil(now);
    this.#ringing.settle({ at: now, seenAt: now });
    return this.#telling.take();
  }

  /** What the answers to QueueStatus and CoreShowChannels say; null for the latter when we may not ask. */
  snapshot(status: readonly Message[], shown: readonly Message[] | null, at: Instant): PbxSnapshot {
    if (this.#rebooted) this.#channels.keepOnly([]);
    if (shown) this.#channels.keepOnly(shown);
    const parts = {
      telling: this.#telling,
      channels: this.#channels,
      members: this.#members,
      talking: this.#talking,
      ringing: this.#ringing
    };
    const { legs, nameless, ...reading } = read(parts, status, shown, at);
    this.#legs = legs;
    if (nameless > 0) this.#telling.anomaly('talk-agent-unknown', { at, seenAt: at });
    return {
      source: this.#telling.source,
      at,
      reading: `${this.#telling.session}/reading-${++this.#readings}`,
      blindSince: this.#blindSince,
      rebooted: this.#rebooted,
      channelsRead: shown !== null,
      ...reading
    };
  }

  /** Where a reading differs from what we told, in who waits, who is a member and who is paused. */
  differences(snapshot: PbxSnapshot): Difference[] {
    return differences(this.floor, snapshot);
  }

  /** Makes the floor agree with the last snapshot. Whoever is missing from it is decided a second later, by `due`. */
  repair(snapshot: PbxSnapshot): Told[] {
    const { told, missing } = reconcile(this.floor, snapshot);
    for (const one of told) {
      if (one.event.kind === 'CallOffered') this.#waiting.movedOn(one.event.call, one);
      this.#telling.add(one);
    }
    this.#waiting.missing(missing, snapshot.blindSince ?? snapshot.at, snapshot.at);
    this.#talking.agree(this.#legs);
    this.#ringing.settle({ at: snapshot.at, seenAt: snapshot.at });
    this.#blindSince = null;
    this.#rebooted = false;
    return this.#telling.take();
  }

  #heard(message: Message, moment: Moment): void {
    this.#listening(message, moment);
    if (message.name !== 'QueueCallerJoin') this.#channels.heard(message);
    switch (message.name) {
      case 'QueueCallerJoin':
        return this.#joined(message, moment);
      case 'QueueCallerAbandon':
        this.#waiting.abandoned(message, moment);
        return this.#ringing.settle(moment);
      case 'QueueCallerLeave':
        return this.#waiting.left(message, moment);
      case 'AgentConnect':
        return this.#connected(message, moment);
      case 'AgentComplete':
        return this.#talking.completed(message, this.#members.agentOf(message), moment);
      case 'BlindTransfer':
        return this.#talking.transferred(message, 'blind', moment);
      case 'AttendedTransfer':
        return this.#talking.transferred(message, 'attended', moment);
      case 'Hold':
      case 'Unhold':
        return this.#talking.holding(message, message.name === 'Hold', moment);
      case 'AgentCalled':
        return this.#ringing.called(message, this.#members.agentOf(message), moment);
      case 'AgentRingNoAnswer':
        return this.#ringing.notAnswered(message, moment);
      case 'DialEnd':
        this.#talking.reached();
        return this.#ringing.dialled(message, moment);
      case 'Hangup':
        return this.#hungUp(message.first('Uniqueid') ?? '', moment);
      case 'QueueMemberAdded':
        return this.#members.came(message, moment);
      case 'QueueMemberRemoved':
        return this.#members.left(message, moment);
      case 'QueueMemberPause':
        return this.#members.paused(message, moment);
      case 'QueueMemberStatus':
        return this.#members.device(message, moment);
      case 'UserEvent':
        return this.#refused(message, moment);
    }
  }

  #joined(message: Message, moment: Moment): void {
    const { channel } = stay(message);
    const call = this.#telling.callOf(channel, message.first('Linkedid'));
    this.#talking.movedOn(channel, call, moment);
    this.#waiting.joined(message, moment);
    this.#channels.heard(message);
    this.#ringing.settle(moment);
  }

  #connected(message: Message, moment: Moment): void {
    const agent = this.#members.agentOf(message);
    const entry = this.#waiting.answered(message, agent, moment);
    if (entry === null) return;
    this.#ringing.settle(moment, agent);
    this.#talking.began(entry, message);
    const device = this.#talking.legsOf(entry)?.device;
    const name = device ? this.#channels.find(device)?.name : undefined;
    if (name) this.#members.reachedBy(agent, name);
  }

  #hungUp(uniqueid: string, moment: Moment): void {
    this.#talking.hungUp(uniqueid, moment);
    this.#ringing.hungUp(uniqueid, moment);
    this.#channels.gone(uniqueid);
  }

  /** The dial plan tells of callers whom a queue did not take; the PBX itself says nothing of them. */
  #refused(message: Message, moment: Moment): void {
    if (message.first('UserEvent') !== 'StamgaffelRefused') return;
    const why = refusedWhy(message.first('Status'));
    const { channel, queue } = stay(message);
    if (why === null || queue === '') return;
    const call = this.#telling.callOf(channel, message.first('Linkedid'));
    const key = channel === '' ? this.#telling.numbered(moment) : `${call}/refused/${queue}/${moment.at}`;
    this.#telling.tell({ kind: 'CallRefused', call, queue, why }, key, moment);
  }

  /** Before anybody joins a queue his channel is heard of, unless we may not read the class `call`. */
  #listening(message: Message, moment: Moment): void {
    if (this.#deafJoins === null) return;
    if (/^(Newchannel|Newstate|DialBegin|BridgeEnter|HangupRequest|Hangup)$/.test(message.name)) {
      this.#deafJoins = null;
    } else if (message.name === 'QueueCallerJoin' && ++this.#deafJoins === 2) {
      this.#telling.anomaly('no-call-class', moment);
      this.#deafJoins = null;
    }
  }
}

/** QUEUESTATUS, as the dial plan has it after Queue(); null when the caller was not refused but had waited. */
function refusedWhy(status: string | undefined): RefusedWhy | null {
  if (!status) return 'unstated';
  if (status === 'FULL') return 'full';
  return status === 'JOINEMPTY' || status === 'JOINUNAVAIL' ? 'empty' : null;
}
