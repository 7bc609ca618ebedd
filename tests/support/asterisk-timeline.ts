import type { Entry } from '../../src/lib/domain/telephony/call.ts';
import { entryOf, evolveEntry } from '../../src/lib/domain/telephony/call.ts';
import type { CallEvent, EntryId, EventKind, EventOf, Told } from '../../src/lib/domain/telephony/event.ts';
import { emptyFloor, type Floor } from '../../src/lib/domain/telephony/floor.ts';
import type { PbxSnapshot } from '../../src/lib/domain/telephony/snapshot.ts';
import { Message } from '../../src/lib/server/telephony/asterisk/message.ts';
import { Translator } from '../../src/lib/server/telephony/asterisk/translate.ts';

type Fields = Record<string, string | number>;

/** 10 o'clock, when all stories begin. */
export const ten = Date.UTC(2026, 10, 23, 9, 0, 0);

/**
 * A story as an Asterisk tells it, in seconds after ten o'clock. Held decisions are made on the way, as they would be.
 *
 *     const story = new AsteriskTimeline().connected();
 *     story.at(1).joins('1.0', 'vaxel').at(9).hangsUp('1.0').abandons('1.0', 'vaxel');
 *     expect(story.entry('1.0')).toMatchObject({ outcome: 'abandoned' });
 */
export class AsteriskTimeline {
  readonly told: Told[] = [];
  readonly translator: Translator;
  #now = ten;
  #entries = new Map<EntryId, Entry>();
  #sessions = 0;

  constructor(options: { floor?: Floor; wrapUpMs?: number; wrapUpReason?: string } = {}) {
    this.translator = new Translator({
      source: 'pbx',
      floor: options.floor ?? emptyFloor,
      wrapUpMs: () => options.wrapUpMs ?? null,
      wrapUpReason: (reason) => reason === options.wrapUpReason
    });
  }

  at(seconds: number): this {
    const until = ten + Math.round(seconds * 1000);
    for (let due = this.translator.nextDue(); due !== null && due <= until; due = this.translator.nextDue())
      this.#keep(this.translator.due(due));
    this.#now = until;
    return this;
  }

  says(event: string, fields: Fields = {}): this {
    return this.#hear(message(event, fields));
  }

  connected(about: { bootedAt?: number } = {}): this {
    const { bootedAt } = about;
    const pbxBootedAt = bootedAt === undefined ? undefined : ten + bootedAt * 1000;
    const session = `session-${++this.#sessions}-${this.#now}`;
    return this.#keep(this.translator.connected(session, this.#now, { pbxBootedAt, skewMs: 0 }));
  }

  lost(): this {
    return this.#keep(this.translator.lost('network', this.#now, this.#now));
  }

  reads(status: Message[], channels: Message[] | null = []): PbxSnapshot {
    return this.translator.snapshot(status, channels, this.#now);
  }

  repairs(status: Message[], channels: Message[] | null = []): this {
    return this.#keep(this.translator.repair(this.reads(status, channels)));
  }

  /** A caller comes in on a trunk. */
  calls(caller: string, linkedid = caller): this {
    return this.says('Newchannel', channel(caller, linkedid));
  }

  joins(caller: string, queue: string, more: Fields = {}): this {
    if (!('Linkedid' in more)) this.calls(caller);
    return this.says('QueueCallerJoin', { ...channel(caller), Queue: queue, Position: 1, Count: 1, ...more });
  }

  hangsUp(uniqueid: string, linkedid = uniqueid): this {
    return this.says('HangupRequest', channel(uniqueid, linkedid));
  }

  abandons(caller: string, queue: string, more: Fields = {}): this {
    return this.says('QueueCallerAbandon', { ...channel(caller), Queue: queue, ...more });
  }

  leaves(caller: string, queue: string): this {
    return this.says('QueueCallerLeave', { ...channel(caller), Queue: queue });
  }

  /** The queue rings a telephone, which is a channel of its own. */
  rings(caller: string, queue: string, agent: string, device: string): this {
    this.says('Newchannel', { ...channel(device, caller), Channel: `${agent}-0000000a` });
    return this.says('AgentCalled', { ...channel(caller), ...dest(agent, device), Queue: queue, Interface: agent });
  }

  dialEnds(caller: string, agent: string, device: string, status: string): this {
    return this.says('DialEnd', { ...channel(caller), ...dest(agent, device), DialStatus: status });
  }

  /** A telephone that was rung answers: what an Asterisk says then, in its order. */
  answers(caller: string, queue: string, agent: string, device: string, more: Fields = {}): this {
    this.dialEnds(caller, agent, device, 'ANSWER').leaves(caller, queue);
    const fields = { ...channel(caller), ...dest(agent, device), Queue: queue, Interface: agent, ...more };
    return this.says('AgentConnect', fields);
  }

  completes(caller: string, queue: string, agent: string, reason: string, more: Fields = {}): this {
    const whose = caller === '' ? {} : channel(caller);
    return this.says('AgentComplete', { ...whose, Queue: queue, Interface: agent, Reason: reason, ...more });
  }

  gone(uniqueid: string): this {
    return this.says('Hangup', channel(uniqueid));
  }

  /** Everything told so far, without when. */
  get events(): CallEvent[] {
    return this.told.map(({ event }) => event);
  }

  of<K extends EventKind>(kind: K): EventOf<K>[] {
    return this.events.filter((event): event is EventOf<K> => event.kind === kind);
  }

  /** The stay of a channel, the n-th of them. */
  entry(channel: string, n = 0): Entry {
    const entry = [...this.#entries.values()].filter((one) => one.channel === channel)[n];
    if (!entry) throw new Error(`${channel} never joined a queue ${n + 1} times`);
    return entry;
  }

  get entries(): Entry[] {
    return [...this.#entries.values()];
  }

  #hear(one: Message): this {
    return this.#keep(this.translator.heard(one, this.#now));
  }

  #keep(told: Told[]): this {
    this.told.push(...told);
    for (const one of told) {
      const id = entryOf(one.event);
      const after = id && evolveEntry(this.#entries.get(id) ?? null, { ...one, offset: 0, source: 'pbx', version: 1 });
      if (after) this.#entries.set(after.id, after);
    }
    return this;
  }
}

/** An event of the manager interface. */
export function message(event: string, fields: Fields): Message {
  return new Message([
    ['Event', event],
    ...Object.entries(fields).map(([name, value]) => [name, String(value)] as const)
  ]);
}

/** A member in an answer to QueueStatus. */
export function member(name: string, more: Fields = {}): Message {
  return message('QueueMember', {
    Queue: 'vaxel',
    Location: name,
    StateInterface: name,
    Status: 1,
    Paused: 0,
    ...more
  });
}

/** A waiting caller in an answer to QueueStatus. */
export function waits(caller: string, seconds: number, queue = 'vaxel'): Message {
  return message('QueueEntry', { ...channel(caller), Queue: queue, Wait: seconds });
}

/** The fields that every event of a channel has. */
export function channel(uniqueid: string, linkedid = uniqueid): Fields {
  return {
    Channel: `PJSIP/trunk-${uniqueid}`,
    CallerIDNum: '0701740605',
    Context: 'q',
    Exten: 's',
    Uniqueid: uniqueid,
    Linkedid: linkedid
  };
}

function dest(agent: string, device: string): Fields {
  const local = agent.startsWith('Local/');
  return { DestChannel: local ? `${agent.replace(/\/n$/, '')}-0000000a;1` : `${agent}-0000000a`, DestUniqueid: device };
}

/** A seconds-after-ten instant. */
export function second(seconds: number): number {
  return ten + Math.round(seconds * 1000);
}
