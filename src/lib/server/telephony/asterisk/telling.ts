import { entryOf, evolveEntry, type Entry } from '../../../domain/telephony/call.ts';
import {
  EVENT_VERSION,
  type CallEvent,
  type CallId,
  type EntryId,
  type Quality,
  type SourceName,
  type Told
} from '../../../domain/telephony/event.ts';
import { evolveFloor, type Floor } from '../../../domain/telephony/floor.ts';
import type { Instant } from '../../../domain/time.ts';

/** When something happened and when we learnt it. */
export interface Moment {
  at: Instant;
  seenAt: Instant;
}

/** What the PBX told that cannot be placed, or cannot have been; told beside what was made of it, never instead. */
export type AnomalyCode =
  | 'answered-unseen' // an agent was connected to a caller who was never seen to wait
  | 'completed-unseen' // a talk ended that was never seen to begin
  | 'joined-without-leaving' // a caller joined a queue and had not left another
  | 'left-before-joined' // two clocks disagree: the wait is given no length
  | 'ended-before-answered' // two clocks disagree: the talk is given no length
  | 'talk-agent-unknown' // a reading shows a talk, and nothing tells whose telephone it is
  | 'no-call-class'; // our user may not read the class `call`, so nobody knows how callers left

/** How many ended entries and calls are remembered, for what the PBX tells afterwards. */
const remembered = 4096;

/** What has been told so far: the private floor that it leaves, and what of it nobody has taken yet. */
export class Telling {
  readonly source: SourceName;
  /** The connection to the PBX; keys of events that belong to no entry begin with it. */
  session: string;
  /** What is heard now was held up on the way: when it happened is worked out. */
  late = false;
  #floor: Floor;
  #told: Told[] = [];
  #ended = new Map<string, Entry>(); // by channel and queue: the last stay
  #calls = new Map<string, CallId>(); // by Linkedid
  #numbered = 0;

  constructor(source: SourceName, floor: Floor) {
    this.source = source;
    this.#floor = floor;
    this.session = floor.sources.get(source)?.session ?? 'before';
  }

  get floor(): Floor {
    return this.#floor;
  }

  /** Everything told since the last time. */
  take(): Told[] {
    const told = this.#told;
    this.#told = [];
    return told;
  }

  /** What is heard while contact is lost comes late, over a line that had stalled: nobody knows when it happened. */
  get sureness(): Quality {
    return this.late || this.#floor.sources.get(this.source)?.state === 'lost' ? 'estimated' : 'exact';
  }

  tell(event: CallEvent, key: string, { at, seenAt }: Moment, quality: Quality = 'exact'): void {
    const sure = quality === 'exact' && !event.kind.startsWith('Source') ? this.sureness : quality;
    this.add({ at, seenAt, key, lane: 'live', quality: sure, event });
  }

  /** For what belongs to no entry and no ring: a key that never comes again, even when we were restarted. */
  numbered({ seenAt }: Moment): string {
    return `${this.session}/${seenAt}/${++this.#numbered}`;
  }

  anomaly(code: AnomalyCode, moment: Moment, entry?: EntryId): void {
    const key = entry === undefined ? this.numbered(moment) : `${entry}/anomaly/${code}`;
    this.tell(entry === undefined ? { kind: 'Anomaly', code } : { kind: 'Anomaly', code, entry }, key, moment);
  }

  add(told: Told): void {
    const envelope = { ...told, offset: 0, source: this.source, version: EVENT_VERSION };
    const id = entryOf(told.event);
    const before = id === null ? undefined : (this.#floor.entries.get(id) ?? this.#endedById(id));
    this.#floor = evolveFloor(this.#floor, envelope);
    this.#told.push(told);
    if (id === null || this.#floor.entries.has(id)) return;
    const after = evolveEntry(before ?? null, envelope);
    if (after) remember(this.#ended, `${after.channel}\n${after.queue}`, after);
  }

  /** The open entry of a channel in a queue. */
  open(channel: string, queue: string, outcome: 'waiting' | 'answered'): Entry | undefined {
    for (const entry of this.#floor.entries.values())
      if (entry.channel === channel && entry.queue === queue && entry.outcome === outcome) return entry;
    return undefined;
  }

  /** Every open entry of ours. */
  entries(outcome: 'waiting' | 'answered'): Entry[] {
    return [...this.#floor.entries.values()].filter((entry) => entry.outcome === outcome);
  }

  /** The last stay of a channel in a queue that is over. */
  ended(channel: string, queue: string): Entry | undefined {
    return this.#ended.get(`${channel}\n${queue}`);
  }

  /** The stay of a call that ended last; its next one came from there. */
  lastOf(call: CallId): Entry | undefined {
    let last: Entry | undefined;
    for (const entry of [...this.#floor.entries.values(), ...this.#ended.values()])
      if (entry.call === call && (!last || entry.offeredAt >= last.offeredAt)) last = entry;
    return last;
  }

  /** Whether an entry of this name has been seen. */
  known(id: EntryId): boolean {
    return this.#floor.entries.has(id) || this.#endedById(id) !== undefined;
  }

  /** The call a channel belongs to: by the channel itself, else by its Linkedid, else a new one. */
  callOf(channel: string, linkedid: string | undefined): CallId {
    for (const entry of this.#floor.entries.values()) if (entry.channel === channel) return entry.call;
    for (const entry of this.#ended.values()) if (entry.channel === channel) return entry.call;
    const linked = linkedid || channel;
    const first = `${this.source}/${linked}`;
    const call = this.#calls.get(linked) ?? (this.#floor.calls.has(first) ? first : `${this.source}/${channel}`);
    remember(this.#calls, linked, call);
    return call;
  }

  #endedById(id: EntryId): Entry | undefined {
    for (const entry of this.#ended.values()) if (entry.id === id) return entry;
    return undefined;
  }
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > remembered) for (const oldest of map.keys()) return void map.delete(oldest);
}
