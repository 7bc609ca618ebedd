import type { Instant } from '../time.ts';
import type { Entry } from './call.ts';
import { entryId } from './entry-id.ts';
import type { CallEvent, EntryId, Quality, Told } from './event.ts';
import type { Floor } from './floor.ts';
import type { MemberSeen, PbxSnapshot, TalkSeen, WaitingSeen } from './snapshot.ts';

/** What makes the floor agree with a reading. */
export interface Repair {
  told: Told[];
  /**
   * Entries that wait on the floor and are nowhere in the reading. Events of the last moments may still explain them;
   * whoever is missing a second later has gone while we were blind, see `missed`.
   */
  missing: EntryId[];
}

/**
 * The joining seconds of a reading are cut off and two clocks differ a little, so a stay is the same one when it began
 * within this of what we have.
 */
const sameStayMs = 2000;

/**
 * The difference between the floor and a reading of the PBX, as events: what is new is adopted, what has ended is
 * ended, who has come, gone or paused has. Pure; telling it all leaves nothing for a second reading to say.
 */
export function reconcile(floor: Floor, snapshot: PbxSnapshot): Repair {
  const repair = new Repairing(floor, snapshot);
  repair.queues();
  repair.entries();
  repair.members();
  repair.devices();
  repair.rings();
  return { told: repair.told, missing: repair.missing };
}

/** The end of an entry that vanished from the PBX while nobody told us why. */
export function missed(entry: EntryId, at: Instant, seenAt: Instant): Told {
  const event: CallEvent = { kind: 'CallLost', entry, why: 'gap' };
  return { at, seenAt, key: `${entry}/left`, lane: 'live', quality: 'estimated', event };
}

class Repairing {
  readonly told: Told[] = [];
  readonly missing: EntryId[] = [];
  #floor: Floor;
  #snapshot: PbxSnapshot;
  #made = new Set<EntryId>();
  #explained = new Set<EntryId>();

  constructor(floor: Floor, snapshot: PbxSnapshot) {
    this.#floor = floor;
    this.#snapshot = snapshot;
  }

  queues(): void {
    const { queues, source } = this.#snapshot;
    const seen = new Set<string>();
    for (const { queue, limit } of queues) {
      seen.add(queue);
      const known = this.#floor.queues.get(queue);
      if (!known || known.limit !== limit) this.#tell({ kind: 'QueueSeen', queue, limit });
    }
    for (const [queue, known] of this.#floor.queues)
      if (known.source === source && !seen.has(queue)) this.#tell({ kind: 'QueueGone', queue });
  }

  entries(): void {
    const { rebooted, waiting, talking, at, blindSince } = this.#snapshot;
    const open = rebooted ? [] : this.#open();
    const fresh: (WaitingSeen | TalkSeen)[] = [];
    for (const talk of talking) {
      const entry = open.find((one) => this.#free(one) && one.channel === talk.channel && one.queue === talk.queue);
      if (!entry) {
        fresh.push(talk);
        continue;
      }
      this.#explained.add(entry.id);
      if (entry.outcome === 'waiting') this.#answered(entry.id, talk, entry.offeredAt);
    }
    for (const seen of waiting) {
      const entry = open.find((one) => this.#free(one) && sameStay(one, seen));
      if (!entry) {
        fresh.push(seen);
        continue;
      }
      this.#explained.add(entry.id);
      this.#joinedEarlier(entry, seen.since);
    }
    const endedAt = blindSince ?? at;
    for (const entry of this.#open()) {
      if (this.#explained.has(entry.id)) continue;
      if (entry.outcome === 'answered') this.#talkEnded(entry, endedAt);
      else if (rebooted) this.told.push(missed(entry.id, Math.max(endedAt, entry.offeredAt), at));
      else this.missing.push(entry.id);
    }
    for (const seen of fresh.sort((a, b) => a.since - b.since)) this.#adopt(seen);
  }

  members(): void {
    const { members, source } = this.#snapshot;
    const seen = new Set<string>();
    for (const member of members) {
      seen.add(`${member.agent}\n${member.queue}`);
      this.#member(member);
    }
    for (const [agent, known] of this.#floor.agents) {
      if (known.source !== source) continue;
      for (const queue of known.queues.keys())
        if (!seen.has(`${agent}\n${queue}`)) this.#tell({ kind: 'AgentLeftQueue', agent, queue });
    }
  }

  devices(): void {
    for (const [agent, device] of this.#snapshot.devices)
      if ((this.#floor.agents.get(agent)?.device ?? 'unknown') !== device)
        this.#tell({ kind: 'DeviceChanged', agent, device });
  }

  /** A ring whose channel has gone has ended; after a new start of the PBX all have. */
  rings(): void {
    const { channelsRead, rebooted, rings, source, at } = this.#snapshot;
    if (!channelsRead && !rebooted) return;
    for (const [ring, known] of this.#floor.rings) {
      if (this.#floor.agents.get(known.agent)?.source !== source || (rings.has(ring) && !rebooted)) continue;
      const rangMs = Math.max(0, at - known.since);
      this.#tell({ kind: 'RingEnded', ring, how: 'cancelled', rangMs }, `${ring}/ended`);
    }
  }

  #open(): Entry[] {
    return [...this.#floor.entries.values()].filter((entry) => entry.source === this.#snapshot.source);
  }

  #free(entry: Entry): boolean {
    return !this.#explained.has(entry.id);
  }

  /** The PBX counts the wait from earlier than we do: the line was late when we heard of it. */
  #joinedEarlier(entry: Entry, since: Instant): void {
    if (entry.offeredAt - since <= sameStayMs) return;
    const key = `${entry.id}/joined-earlier/${Math.floor(since / 1000)}`;
    const was = { offeredAt: entry.offeredAt };
    this.#tell({ kind: 'EntryCorrected', entry: entry.id, was, now: { offeredAt: since }, evidence: 'late' }, key);
  }

  #answered(entry: EntryId, talk: TalkSeen, notBefore: Instant): void {
    const { at, blindSince } = this.#snapshot;
    const answeredAt = Math.min(at, Math.max(talk.answeredAt, notBefore, blindSince ?? 0));
    this.#tell({ kind: 'CallAnswered', entry, agent: talk.agent }, `${entry}/answered`, answeredAt);
  }

  /** Without the list of channels a talk is believed until the agent's telephone is seen free. */
  #talkEnded(entry: Entry, endedAt: Instant): void {
    const { channelsRead, rebooted, devices, waiting } = this.#snapshot;
    const agent = entry.agent;
    if (agent === null) return;
    const device = devices.get(agent);
    if (!channelsRead && !rebooted && device !== 'free' && device !== 'unreachable') return;
    const at = Math.max(endedAt, entry.answeredAt ?? entry.offeredAt);
    const movedOn = !rebooted && waiting.some((seen) => seen.channel === entry.channel);
    if (movedOn)
      this.#tell({ kind: 'CallPassedOn', entry: entry.id, agent, how: 'redirect' }, `${entry.id}/passed-on`, at);
    const by = rebooted ? 'pbx' : movedOn ? 'passed-on' : 'unstated';
    this.#tell({ kind: 'TalkEnded', entry: entry.id, agent, by }, `${entry.id}/talk-ended`, at);
  }

  #adopt(seen: WaitingSeen | TalkSeen): void {
    const { source } = this.#snapshot;
    const taken = (id: EntryId) => this.#floor.entries.has(id) || this.#made.has(id);
    const entry = entryId(source, seen.channel, seen.queue, seen.since, taken);
    this.#made.add(entry);
    const offered: CallEvent = {
      kind: 'CallOffered',
      call: seen.call,
      entry,
      queue: seen.queue,
      channel: seen.channel,
      adopted: true
    };
    if (seen.from !== null) offered.from = seen.from;
    if (seen.caller !== null) offered.caller = seen.caller;
    this.#tell(offered, `${entry}/offered`, seen.since);
    if ('agent' in seen) this.#answered(entry, seen, seen.since);
  }

  #member({ agent, queue, paused, wrapUp }: MemberSeen): void {
    const known = this.#floor.agents.get(agent)?.queues.get(queue);
    if (!known) this.#tell({ kind: 'AgentJoinedQueue', agent, queue });
    if (paused && !(known?.paused && known.wrapUp === wrapUp))
      this.#tell({ kind: 'AgentPaused', agent, queue, wrapUp });
    if (!paused && known?.paused) this.#tell({ kind: 'AgentUnpaused', agent, queue });
  }

  #tell(event: CallEvent, key = `${this.#snapshot.reading}/${this.told.length + 1}`, at = this.#snapshot.at): void {
    const quality: Quality = 'estimated';
    this.told.push({ at, seenAt: this.#snapshot.at, key, lane: 'live', quality, event });
  }
}

/** He who joined later than the one we know has left and come back; he who joined earlier was only told of late. */
function sameStay(entry: Entry, seen: WaitingSeen): boolean {
  return (
    entry.outcome === 'waiting' &&
    entry.channel === seen.channel &&
    entry.queue === seen.queue &&
    seen.since - entry.offeredAt <= sameStayMs
  );
}

/** What a reading says otherwise than the floor; a code with the PBX's own keys, for counting and for a log line. */
export interface Difference {
  what: 'waiting' | 'not-waiting' | 'member' | 'not-member' | 'paused' | 'not-paused';
  queue: string;
  key: string;
}

/**
 * Where the floor and a reading differ in who waits, who is a member and who is paused. Only these: devices and talks
 * move between the two halves of a reading.
 */
export function differences(floor: Floor, snapshot: PbxSnapshot): Difference[] {
  const found: Difference[] = [];
  const waits = new Set(snapshot.waiting.map(({ channel, queue }) => `${queue}\n${channel}`));
  for (const { source, outcome, queue, channel } of floor.entries.values()) {
    if (source !== snapshot.source || outcome !== 'waiting') continue;
    if (!waits.delete(`${queue}\n${channel}`)) found.push({ what: 'not-waiting', queue, key: channel });
  }
  for (const wait of waits) {
    const [queue = '', key = ''] = wait.split('\n');
    found.push({ what: 'waiting', queue, key });
  }
  const members = new Map(snapshot.members.map((member) => [`${member.agent}\n${member.queue}`, member]));
  for (const [key, { source, queues }] of floor.agents) {
    if (source !== snapshot.source) continue;
    for (const [queue, { paused, wrapUp }] of queues) {
      const member = members.get(`${key}\n${queue}`);
      members.delete(`${key}\n${queue}`);
      if (!member) found.push({ what: 'not-member', queue, key });
      else if (member.paused !== paused || (paused && member.wrapUp !== wrapUp))
        found.push({ what: member.paused ? 'paused' : 'not-paused', queue, key });
    }
  }
  for (const { agent, queue } of members.values()) found.push({ what: 'member', queue, key: agent });
  return found;
}
