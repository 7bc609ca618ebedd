import type { Device } from '../../../domain/telephony/event.ts';
import type { MemberSeen, PbxSnapshot, TalkSeen, WaitingSeen } from '../../../domain/telephony/snapshot.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Channel, Channels } from './channels.ts';
import { deviceOf, type Members } from './members.ts';
import type { Message } from './message.ts';
import type { Ringing } from './ringing.ts';
import type { Legs, Talking } from './talking.ts';
import type { Telling } from './telling.ts';
import { numberOf, stay } from './waiting.ts';

/** What one reading is read against. */
export interface Reader {
  telling: Telling;
  channels: Channels;
  members: Members;
  talking: Talking;
  ringing: Ringing;
}
export interface Reading {
  waiting: WaitingSeen[];
  talking: TalkSeen[];
  members: MemberSeen[];
  devices: ReadonlyMap<string, Device>;
  queues: PbxSnapshot['queues'];
  rings: ReadonlySet<string>;
  /** By caller's channel and queue. */
  legs: ReadonlyMap<string, Legs>;
  /** Talks whose agent nothing tells. */
  nameless: number;
}

/** Reads the blocks that answer QueueStatus and, where we may ask for them, CoreShowChannels. */
export function read(
  reader: Reader,
  status: readonly Message[],
  shown: readonly Message[] | null,
  at: Instant
): Reading {
  const { telling, members, channels, ringing } = reader;
  const linkedids = new Map(shown?.map((message) => [message.first('Uniqueid'), message.first('Linkedid')]));
  const queues: Reading['queues'] = [];
  const waiting: WaitingSeen[] = [];
  const seen: MemberSeen[] = [];
  const devices = new Map<string, Device>();
  for (const message of status) {
    if (message.name === 'QueueParams') {
      queues.push({ queue: message.first('Queue') ?? '', limit: message.number('Max') || null });
    } else if (message.name === 'QueueMember') {
      const member = members.seen(message);
      seen.push(member);
      devices.set(member.agent, deviceOf(message.number('Status')));
    } else if (message.name === 'QueueEntry') {
      const { channel, queue } = stay(message);
      const call = telling.callOf(channel, linkedids.get(channel));
      // Wait is the difference of two whole-second clocks: right within a second, either way.
      const since = at - (message.number('Wait') ?? 0) * 1000;
      const from = telling.lastOf(call)?.queue ?? null;
      waiting.push({ channel, call, queue, since, caller: numberOf(message), from });
    }
  }
  const talks =
    shown === null ? { talking: [], legs: new Map<string, Legs>(), nameless: 0 } : talksOf(reader, shown, at);
  const still = new Set(waiting.map(({ channel }) => channel));
  const rings = new Set([...channels.uniqueids()].map((uniqueid) => ringing.ringOf(uniqueid)));
  // The two lists are made one after the other: who waits in the first is believed, the answer will be told.
  const talking = talks.talking.filter(({ channel }) => !still.has(channel));
  return { queues, waiting, members: seen, devices, rings, ...talks, talking };
}

/**
 * Talks are not in QueueStatus. A caller's channel in the application Queue, in a bridge, and the telephone behind what
 * the queue dialled for it, are one; a caller whom an agent behind a Local member has passed on still looks the same
 * but for the telephone.
 */
function talksOf(reader: Reader, shown: readonly Message[], at: Instant) {
  const { telling, members, channels, talking } = reader;
  const found: TalkSeen[] = [];
  const legs = new Map<string, Legs>();
  let nameless = 0;
  const byId = new Map(shown.map((message) => [message.first('Uniqueid') ?? '', message]));
  for (const message of shown) {
    const caller = channels.find(message.first('Uniqueid') ?? '');
    const queue = message.first('ApplicationData')?.split(',')[0] ?? '';
    if (!caller || message.first('Application') !== 'Queue' || queue === '') continue;
    const open = telling.open(caller.uniqueid, queue, 'answered');
    const known = open && talking.legsOf(open.id);
    const kept = known?.device && channels.alive(known.device) ? known : null;
    const seen = kept ? { leg: kept.leg ?? '', device: kept.device ?? '' } : legsOf(channels, caller, byId);
    if (!seen) continue;
    const ended = telling.ended(caller.uniqueid, queue);
    const since = at - durationMs(message);
    if (!open && ended?.outcome === 'answered' && ended.offeredAt >= since) continue;
    const names = [seen.leg, seen.device].map((uniqueid) => channels.find(uniqueid)?.name ?? '');
    const named = open?.agent ?? members.agentOfChannel(names[0] ?? '') ?? members.agentOfChannel(names[1] ?? '');
    if (named === null) nameless++;
    const agent = named ?? (names[1] ?? '').replace(/-[0-9a-f]{8}$/i, '');
    const device = byId.get(seen.device);
    const answeredAt = open?.answeredAt ?? (device ? at - durationMs(device) : since);
    const call = telling.callOf(caller.uniqueid, caller.linkedid);
    legs.set(`${caller.uniqueid}\n${queue}`, seen);
    const from = telling.lastOf(call)?.queue ?? null;
    const whose = { channel: caller.uniqueid, call, queue, caller: numberOf(message), from };
    found.push({ ...whose, since, agent, answeredAt });
  }
  return { talking: found, legs, nameless };
}

/** What the queue dialled for a caller, and the telephone behind it; null when there is no such telephone. */
function legsOf(channels: Channels, caller: Channel, shown: ReadonlyMap<string, Message>): Legs | null {
  const application = (channel: Channel) => shown.get(channel.uniqueid)?.first('Application');
  const beside = channels.bridgedWith(caller);
  const leg = beside.find((channel) => application(channel) === 'AppQueue') ?? beside[0];
  if (!leg) return null;
  if (!leg.name.endsWith(';1')) return { leg: leg.uniqueid, device: leg.uniqueid };
  const half = leg.otherHalf === null ? undefined : channels.find(leg.otherHalf);
  // The other half dials the telephone. Once it has been passed on it does something else.
  if (!half || application(half) !== 'Dial') return null;
  const device = channels.device(leg.uniqueid);
  return device && { leg: leg.uniqueid, device: device.uniqueid };
}

/** `00:00:13` since the channel was made. */
function durationMs(message: Message): number {
  const [hours = 0, minutes = 0, seconds = 0] = (message.first('Duration') ?? '').split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 || 0;
}
