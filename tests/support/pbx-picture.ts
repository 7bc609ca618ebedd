import type { Message } from '../../src/lib/server/telephony/asterisk/message.ts';

/**
 * What the recorded PBX itself knows at a moment, folded from what it said: its queues, members, waiting callers and
 * channels. Whatever it once answered to the recorder's own QueueStatus replaces this, and where the two differed is
 * kept in `differences`, so that a test can show that this picture is the PBX's own.
 */
export class PbxPicture {
  queues = new Map<string, Fields>();
  members = new Map<string, Map<string, Fields>>();
  entries = new Map<string, WaitingCaller[]>();
  channels = new Map<string, Fields & { createdAt: number }>();
  /** How our picture differed from the PBX's own listing, when the recorder asked for one. */
  differences: string[] = [];

  /** `at` in ms of the PBX's own clock. */
  hear(message: Message, at: number): void {
    if (message.kind !== 'event') return;
    this.#hearChannel(message, at);
    const queue = message.first('Queue');
    if (message.actionId === undefined && queue !== undefined) this.#hearQueue(message, queue, at);
  }

  #hearQueue(message: Message, queue: string, at: number): void {
    const waiting = this.entries.get(queue) ?? [];
    const uniqueid = message.first('Uniqueid') ?? '';
    switch (message.name) {
      case 'QueueCallerJoin':
        if (!waiting.some((caller) => caller.uniqueid === uniqueid)) {
          waiting.splice((message.number('Position') ?? waiting.length + 1) - 1, 0, caller(message, uniqueid, at));
          this.entries.set(queue, waiting);
        }
        break;
      case 'QueueCallerLeave':
        this.entries.set(
          queue,
          waiting.filter((caller) => caller.uniqueid !== uniqueid)
        );
        break;
      case 'QueueMemberRemoved':
        this.members.get(queue)?.delete(message.first('Interface') ?? '');
        break;
      case 'QueueMemberAdded':
      case 'QueueMemberStatus':
      case 'QueueMemberPause':
      case 'QueueMemberPenalty':
      case 'QueueMemberRinginuse':
        this.#setMember(queue, message.first('Interface') ?? '', Object.fromEntries(message.fields));
    }
  }

  #setMember(queue: string, key: string, fields: Fields): void {
    if (!this.members.has(queue)) this.members.set(queue, new Map());
    const known = this.members.get(queue)!;
    known.set(key, { ...known.get(key), ...fields });
  }

  #hearChannel(message: Message, at: number): void {
    const uniqueid = message.first('Uniqueid');
    if (message.name === 'BridgeMerge') {
      for (const channel of this.channels.values())
        if (channel.BridgeId === message.first('FromBridgeUniqueid'))
          channel.BridgeId = message.first('ToBridgeUniqueid') ?? '';
    }
    if (message.name === 'DialBegin') {
      const dialled = this.channels.get(message.first('DestUniqueid') ?? '');
      const app = this.channels.get(uniqueid ?? '')?.Application === 'Dial' ? 'AppDial' : 'AppQueue';
      if (dialled) Object.assign(dialled, { Application: app, ApplicationData: '(Outgoing Line)' });
    }
    if (uniqueid === undefined || message.actionId !== undefined) return;
    if (message.name === 'Newchannel') this.channels.set(uniqueid, { createdAt: at, BridgeId: '' } as never);
    const channel = this.channels.get(uniqueid);
    if (!channel) return;
    for (const name of channelFields) {
      const value = message.first(name);
      if (value !== undefined) (channel as Fields)[name] = value;
    }
    if (message.name === 'Hangup') this.channels.delete(uniqueid);
    if (message.name === 'BridgeEnter') channel.BridgeId = message.first('BridgeUniqueid') ?? '';
    if (message.name === 'BridgeLeave') channel.BridgeId = '';
    if (message.name === 'Newexten') {
      channel.Application = message.first('Application') ?? '';
      channel.ApplicationData = message.first('AppData') ?? '';
    }
  }

  /** The PBX was started anew: no calls, and nothing known of its queues until it says so. */
  clear(): void {
    this.queues.clear();
    this.members.clear();
    this.entries.clear();
    this.channels.clear();
  }

  /** Takes a whole recorded answer to QueueStatus for the truth. `compare`: and says where we knew otherwise. */
  take(listing: Message[], at: number, compare: boolean): void {
    const before = compare ? this.#essence() : null;
    const known = new Map([...this.entries.values()].flat().map((caller) => [caller.uniqueid, caller]));
    // The recorder sometimes asked for one queue only: the others stay as they are.
    for (const queue of new Set(listing.map((message) => message.first('Queue') ?? '')))
      for (const map of [this.queues, this.members, this.entries]) map.delete(queue);
    for (const message of listing) {
      const queue = message.first('Queue');
      if (queue === undefined) continue;
      const fields = Object.fromEntries(message.fields.filter(([name]) => name !== 'Event' && name !== 'ActionID'));
      if (message.name === 'QueueParams') {
        this.queues.set(queue, fields);
        this.entries.set(queue, []);
      } else if (message.name === 'QueueMember') {
        this.#setMember(queue, fields.Location ?? '', {
          ...fields,
          MemberName: fields.Name ?? '',
          Interface: fields.Location ?? ''
        });
      } else if (message.name === 'QueueEntry') {
        const uniqueid = fields.Uniqueid ?? '';
        const joinedAt = known.get(uniqueid)?.joinedAt ?? at - Number(fields.Wait) * 1000;
        this.entries.get(queue)?.push({ ...caller(message, uniqueid, joinedAt) });
      }
    }
    const after = this.#essence();
    if (before === null) return;
    for (const line of before) if (!after.has(line)) this.differences.push(`only we: ${line}`);
    for (const line of after) if (!before.has(line)) this.differences.push(`only the PBX: ${line}`);
  }

  /** Takes a whole recorded answer to CoreShowChannels for the truth. */
  takeChannels(listing: Message[], at: number): void {
    this.channels.clear();
    for (const message of listing) {
      const fields = Object.fromEntries(message.fields);
      const [hours = 0, minutes = 0, seconds = 0] = (fields.Duration ?? '').split(':').map(Number);
      const createdAt = at - ((hours * 60 + minutes) * 60 + seconds) * 1000;
      this.channels.set(fields.Uniqueid ?? '', { ...fields, createdAt } as never);
    }
  }

  #essence(): Set<string> {
    const lines = new Set<string>();
    for (const [queue, waiting] of this.entries)
      waiting.forEach((caller, n) => lines.add(`${queue} waits ${n + 1} ${caller.uniqueid}`));
    for (const [queue, members] of this.members)
      for (const [key, member] of members)
        lines.add(`${queue} has ${key} status ${member.Status} paused ${member.Paused} ${reason(member)}`);
    return lines;
  }

  queueStatus(at: number, only?: string): string[] {
    const blocks: string[] = [];
    for (const [queue, params] of this.queues) {
      if (only && only !== queue) continue;
      const waiting = this.entries.get(queue) ?? [];
      blocks.push(block('QueueParams', { ...params, Queue: queue, Calls: String(waiting.length) }));
      for (const member of this.members.get(queue)?.values() ?? [])
        blocks.push(block('QueueMember', { Queue: queue, ...asListed(member) }));
      waiting.forEach((caller, n) => {
        const wait = Math.floor(at / 1000) - Math.floor(caller.joinedAt / 1000);
        blocks.push(
          block('QueueEntry', { Queue: queue, Position: String(n + 1), ...caller.fields, Wait: String(wait) })
        );
      });
    }
    return blocks;
  }

  coreShowChannels(at: number): string[] {
    return [...this.channels].map(([uniqueid, { createdAt, ...fields }]) => {
      const seconds = Math.max(0, Math.floor((at - createdAt) / 1000));
      const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
      const duration = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
      const listed = Object.fromEntries(channelFields.map((name) => [name, (fields as Fields)[name] ?? '']));
      return block('CoreShowChannel', {
        ...listed,
        Uniqueid: uniqueid,
        Duration: duration,
        BridgeId: fields.BridgeId!
      });
    });
  }
}

type Fields = Record<string, string>;
interface WaitingCaller {
  uniqueid: string;
  joinedAt: number;
  fields: Fields;
}

const channelFields = [
  ...['Channel', 'ChannelState', 'ChannelStateDesc', 'CallerIDNum', 'CallerIDName', 'ConnectedLineNum'],
  ...['ConnectedLineName', 'Language', 'AccountCode', 'Context', 'Exten', 'Priority', 'Uniqueid', 'Linkedid'],
  ...['Application', 'ApplicationData']
];
const memberFields = [
  ...['Membership', 'Penalty', 'CallsTaken', 'LastCall', 'LastPause', 'LoginTime', 'InCall', 'Status', 'Paused'],
  ...['PausedReason', 'Wrapuptime']
];

function asListed(member: Fields): Fields {
  const { MemberName = '', Interface = '', StateInterface = '' } = member;
  const rest = Object.fromEntries(memberFields.map((name) => [name, member[name] ?? '']));
  return { Name: MemberName, Location: Interface, StateInterface, ...rest, PausedReason: reason(member) };
}

/** An unpause may bring a reason of its own in its event; the listing forgets it. */
function reason(member: Fields): string {
  return member.Paused === '1' ? (member.PausedReason ?? '') : '';
}

function caller(message: Message, uniqueid: string, joinedAt: number): WaitingCaller {
  const unknown = (value: string | undefined) => (value === '<unknown>' ? 'unknown' : (value ?? ''));
  const names = ['Channel', 'Uniqueid', 'CallerIDNum', 'CallerIDName', 'ConnectedLineNum', 'ConnectedLineName'];
  return { uniqueid, joinedAt, fields: Object.fromEntries(names.map((name) => [name, unknown(message.first(name))])) };
}

export function block(event: string, fields: Fields): string {
  const lines = Object.entries(fields).filter(([name]) => name !== 'Event' && name !== 'ActionID');
  return `Event: ${event}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}`;
}
