import type { Entry } from '../../../domain/telephony/call.ts';
import type { CallEvent, CallId, EntryId, PassedOnHow, Quality, TalkEndedBy } from '../../../domain/telephony/event.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Channels } from './channels.ts';
import { afterwards, corrected } from './completed.ts';
import type { Held } from './held.ts';
import type { Message } from './message.ts';
import type { Moment, Telling } from './telling.ts';
import { stay } from './waiting.ts';

/** How long an AgentComplete may come after the agent's telephone has left; without one the caller was redirected. */
const completeHeldMs = 500;
/** TalkTime is in whole seconds: a greater difference from what we measured means that the line was late. */
const talkTimeMs = 1500;

interface Talk {
  /** The channel that the queue dialled; it may be optimised away while the talk goes on. */
  leg: string | null;
  /** The agent's telephone itself; null while unknown. */
  device: string | null;
  /** The telephone has left, and it is not yet known how the talk ended. */
  left: { at: Instant; seenAt: Instant; quality: Quality; by: TalkEndedBy } | null;
}
/** The legs of a talk, as a reading of all channels shows them. */
export interface Legs {
  leg: string;
  device: string;
}

/** Answered calls: whose telephone is in them, and how each of them ends. */
export class Talking {
  #telling: Telling;
  #channels: Channels;
  #held: Held;
  #wrapUpMs: (queue: string) => number | null;
  #talks = new Map<EntryId, Talk>();

  constructor(telling: Telling, channels: Channels, held: Held, wrapUpMs: (queue: string) => number | null) {
    this.#telling = telling;
    this.#channels = channels;
    this.#held = held;
    this.#wrapUpMs = wrapUpMs;
    this.agree(new Map());
  }

  /** The device of a talk that is open, for a reading of channels. */
  legsOf(entry: EntryId): { leg: string | null; device: string | null } | undefined {
    return this.#talks.get(entry);
  }

  began(entry: EntryId, message: Message): void {
    const leg = message.first('DestUniqueid') || null;
    const local = message.first('DestChannel')?.startsWith('Local/') ?? false;
    const device = leg === null ? null : (this.#channels.device(leg)?.uniqueid ?? (local ? null : leg));
    this.#talks.set(entry, { leg, device, left: null });
  }

  /** The Local pair of a talk has reached a telephone only now. */
  reached(): void {
    for (const talk of this.#talks.values())
      if (talk.device === null && talk.leg !== null) talk.device = this.#channels.device(talk.leg)?.uniqueid ?? null;
  }

  /**
   * The caller joins a queue: the talk he was in is over. A channel of his own says so; one that is only linked to the
   * call (an agent who asks in another queue while the caller waits on hold) does so when the telephone has left.
   */
  movedOn(channel: string, call: CallId, moment: Moment): void {
    for (const [id, talk] of this.#talks) {
      const entry = this.#telling.floor.entries.get(id);
      if (entry?.call !== call || (entry.channel !== channel && talk.left === null)) continue;
      this.#end(entry, 'passed-on', { at: talk.left?.at ?? moment.at, seenAt: moment.seenAt }, 'redirect');
    }
  }

  transferred(message: Message, how: 'blind' | 'attended', moment: Moment): void {
    if (message.first('Result') !== 'Success') return;
    const by = ['TransfererUniqueid', 'OrigTransfererUniqueid', 'SecondTransfererUniqueid'];
    const [id, talk] = this.#talkOf(by.map((name) => message.first(name))) ?? [];
    const entry = id === undefined ? undefined : this.#telling.floor.entries.get(id);
    if (entry) this.#end(entry, 'passed-on', { at: talk?.left?.at ?? moment.at, seenAt: moment.seenAt }, how);
  }

  /** A channel has gone; call it before the channel is forgotten. */
  hungUp(uniqueid: string, moment: Moment): void {
    for (const [id, talk] of this.#talks) {
      if (talk.device !== uniqueid || talk.left) continue;
      const entry = this.#telling.floor.entries.get(id);
      if (!entry) continue;
      talk.left = { ...moment, quality: this.#telling.sureness, by: this.#whoHungUp(entry, talk) };
      this.#held.hold(`talk ${id}`, moment.seenAt + completeHeldMs, () => this.#leftForGood(id, talk));
    }
  }

  completed(message: Message, agent: string, moment: Moment): void {
    const entry = this.#completing(message, agent);
    if (!entry) {
      if (message.first('Uniqueid')) afterwards(this.#telling, message, agent, moment);
      return;
    }
    const talk = this.#talks.get(entry.id);
    const reason = message.first('Reason');
    const { at, quality } = this.#endOfTalk(entry, talk, message, agent, moment);
    const end: Moment = { at, seenAt: moment.seenAt };
    const who = talk?.left?.by ?? this.#whoHungUp(entry, talk);
    const whose = this.#telling.floor.entries.get(entry.id) ?? entry;
    if (reason === 'transfer') return this.#end(whose, 'passed-on', end, 'blind', quality);
    const by = who === 'pbx' ? 'pbx' : reason === 'caller' || reason === 'agent' ? reason : 'unstated';
    this.#end(whose, by, end, undefined, quality);
  }

  holding(message: Message, on: boolean, moment: Moment): void {
    const [id] = this.#talkOf([message.first('Uniqueid')]) ?? [];
    const entry = id === undefined ? undefined : this.#telling.floor.entries.get(id);
    // An Unhold also comes when nobody was on hold: at a transfer by the telephone.
    if (!entry || (entry.heldSince !== null) === on) return;
    const event: CallEvent = { kind: on ? 'CallHeld' : 'CallResumed', entry: entry.id };
    this.#telling.tell(event, `${entry.id}/${on ? 'held' : 'resumed'}/${moment.at}`, moment);
  }

  /** After a reading: a talk for each answered entry that is open, with its legs where the reading showed them. */
  agree(legs: ReadonlyMap<string, Legs>): void {
    for (const id of this.#talks.keys()) if (!this.#telling.floor.entries.has(id)) this.#drop(id);
    for (const entry of this.#telling.entries('answered')) {
      const seen = legs.get(`${entry.channel}\n${entry.queue}`);
      const talk = this.#talks.get(entry.id);
      if (!talk) this.#talks.set(entry.id, { leg: seen?.leg ?? null, device: seen?.device ?? null, left: null });
      else if (seen) talk.device ??= seen.device;
    }
  }

  #talkOf(uniqueids: (string | undefined)[]): [EntryId, Talk] | undefined {
    for (const [id, talk] of this.#talks)
      for (const uniqueid of uniqueids)
        if (uniqueid && (talk.device === uniqueid || talk.leg === uniqueid)) return [id, talk];
    return undefined;
  }

  #whoHungUp(entry: Entry, talk: Talk | undefined): TalkEndedBy {
    const caller = this.#channels.find(entry.channel)?.hangup;
    const device = talk?.device ? this.#channels.find(talk.device)?.hangup : undefined;
    if (caller === 'own') return 'caller';
    if (device === 'own') return 'agent';
    return caller === 'pbx' || device === 'pbx' ? 'pbx' : 'unstated';
  }

  /** No AgentComplete has come: the caller talks on with somebody else, or has gone too. */
  #leftForGood(id: EntryId, talk: Talk): void {
    const entry = this.#telling.floor.entries.get(id);
    if (!entry || !talk.left) return;
    const { at, seenAt, quality, by } = talk.left;
    const moment: Moment = { at, seenAt: seenAt + completeHeldMs };
    if (this.#channels.alive(entry.channel)) this.#end(entry, 'passed-on', moment, 'redirect', quality);
    else this.#end(entry, by, moment, undefined, quality);
  }

  /**
   * The open talk that an AgentComplete ends. It sometimes lacks the caller's channel, when that had gone before the
   * event was made; then it is the agent's talk in that queue whose caller or telephone has gone, and never one that
   * still goes on.
   */
  #completing(message: Message, agent: string): Entry | undefined {
    const { channel, queue } = stay(message);
    if (channel !== '') return this.#telling.open(channel, queue, 'answered');
    const theirs = this.#telling.entries('answered').filter((entry) => entry.agent === agent && entry.queue === queue);
    return theirs.find((entry) => {
      const talk = this.#talks.get(entry.id);
      const known = talk?.device ? this.#channels.alive(talk.device) : false;
      return talk?.left != null || !known || !this.#channels.alive(entry.channel);
    });
  }

  #endOfTalk(
    entry: Entry,
    talk: Talk | undefined,
    message: Message,
    agent: string,
    moment: Moment
  ): { at: Instant; quality: Quality } {
    const at = talk?.left?.at ?? moment.at;
    const talkTime = message.number('TalkTime');
    if (entry.answeredAt === null) return { at, quality: 'exact' };
    if (entry.answeredQuality === 'estimated') {
      corrected(this.#telling, entry, message, { endedAt: at, agent }, moment);
      return { at, quality: 'exact' };
    }
    if (talkTime === undefined) return { at, quality: 'exact' };
    const until = Math.min(entry.answeredAt + talkTime * 1000, moment.seenAt);
    if (this.#telling.sureness === 'estimated') return { at: until, quality: 'second' };
    if (Math.abs(at - until) <= talkTimeMs) return { at, quality: 'exact' };
    return { at: Math.min(at, until), quality: 'second' };
  }

  #end(entry: Entry, by: TalkEndedBy, moment: Moment, how?: PassedOnHow, quality: Quality = 'exact'): void {
    const { id, queue, agent } = entry;
    this.#drop(id);
    if (agent === null) return;
    if (moment.at < (entry.answeredAt ?? 0)) this.#telling.anomaly('ended-before-answered', moment, id);
    const at = Math.max(moment.at, entry.answeredAt ?? moment.at);
    const when: Moment = { at, seenAt: moment.seenAt };
    if (how) this.#telling.tell({ kind: 'CallPassedOn', entry: id, agent, how }, `${id}/passed-on`, when, quality);
    const ended: CallEvent = { kind: 'TalkEnded', entry: id, agent, by };
    const wrapUpMs = by === 'pbx' ? null : this.#wrapUpMs(queue);
    if (wrapUpMs) ended.wrapUpUntil = at + wrapUpMs;
    this.#telling.tell(ended, `${id}/talk-ended`, when, quality);
  }

  #drop(id: EntryId): void {
    this.#held.release(`talk ${id}`);
    this.#talks.delete(id);
  }
}
