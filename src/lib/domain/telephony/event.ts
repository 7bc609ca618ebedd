/**
 * What happens in a call centre, in the order a newcomer needs it: the exchange is there or it is not; a caller enters
 * a queue; somebody answers, or the caller leaves; they talk; agents come, go, pause and are rung.
 *
 * Every event is a past fact. Nothing else in the product writes live state: boards, tallies, restarts, reports and
 * tests are folds of these. `schema/events.md` tells each one to a reader with an example.
 *
 * Names. A **call** is one caller's telephone call, through however many queues. A **queue entry** is one stay of a
 * call in one queue, and the unit of every count. An **agent** is, in the log, a random token that is new each month:
 * no event carries a person's name, a telephone number or the words of a pause's reason (see `Told` for how a source
 * speaks before that exchange).
 */
import type { Instant } from '../time.ts';

/** The log's name for a queue entry: `source/uniqueid/queue/joined second`, then `/2` if it joins twice in a second. */
export type EntryId = string;
/** The log's name for a call: `source/uniqueid` of the first channel that was seen of it. */
export type CallId = string;
/** A queue, by its internal id: the PBX's name when first seen, `name@source` if another PBX had that name already. */
export type QueueId = string;
/** An agent, by this month's random token. */
export type AgentToken = string;
/** Which PBX (or the demonstration city) tells. */
export type SourceName = string;
/** One time one telephone rang for one entry. */
export type RingId = string;

export type SourceLostWhy = 'network' | 'silent' | 'shutdown' | 'refused' | 'stopped';
export type OverflowWhy = 'time-out' | 'empty' | 'key' | 'withdrawn' | 'moved' | 'unstated';
export type LostWhy = 'pbx-ended' | 'gap';
export type RefusedWhy = 'full' | 'empty' | 'unstated';
export type PassedOnHow = 'blind' | 'attended' | 'redirect';
export type TalkEndedBy = 'caller' | 'agent' | 'passed-on' | 'pbx' | 'unstated';
export type RingEndedHow = 'answered' | 'no-answer' | 'busy' | 'cancelled';
export type Device = 'free' | 'ringing' | 'busy' | 'held' | 'unreachable' | 'unknown';
/** `late`: the PBX itself told it, but of late, over a line that had stalled. */
export type Evidence = 'queue-log' | 'agent-complete' | 'join' | 'late';

export type CallEvent =
  // The exchange itself. Between SourceLost and SourceConnected we are blind, and every number says so.
  | { kind: 'SourceConnected'; session: string; pbxBootedAt?: Instant; skewMs: number }
  | { kind: 'SourceLost'; why: SourceLostWhy } // `at` is the last moment we were sure of, so blindness counts from there
  | { kind: 'QueueSeen'; queue: QueueId; limit: number | null } // `limit`: how many may wait; null when there is none
  | { kind: 'QueueGone'; queue: QueueId } // closed, never deleted

  // A caller and a queue. An entry that was given up in a gap and answers after all is offered a second time, under the
  // same name: the floor, which has forgotten it, takes it up again, and what is stored of it stays as it is.
  | {
      kind: 'CallOffered';
      call: CallId;
      entry: EntryId;
      queue: QueueId;
      channel: string; // the PBX's Uniqueid of the caller's channel
      from?: QueueId; // the queue the call came from, when it was moved
      adopted?: boolean; // found already waiting or talking after a gap: `at` is then estimated
      caller?: string; // random token, the same for the same caller within 8 days; absent for withheld numbers
    }
  | { kind: 'CallAnswered'; entry: EntryId; agent: AgentToken }
  | { kind: 'CallAbandoned'; entry: EntryId } // the caller hung up while waiting
  | { kind: 'CallOverflowed'; entry: EntryId; why: OverflowWhy; pressed?: string }
  | { kind: 'CallLost'; entry: EntryId; why: LostWhy } // neither the caller's choice nor the queue's
  | { kind: 'CallRefused'; call: CallId; queue: QueueId; why: RefusedWhy } // never got in

  // An answered call.
  | { kind: 'CallHeld'; entry: EntryId }
  | { kind: 'CallResumed'; entry: EntryId }
  | { kind: 'CallPassedOn'; entry: EntryId; agent: AgentToken; how: PassedOnHow; to?: string }
  | { kind: 'TalkEnded'; entry: EntryId; agent: AgentToken; by: TalkEndedBy; wrapUpUntil?: Instant }

  // An agent's day, as far as the board needs it.
  | { kind: 'AgentRung'; entry: EntryId; agent: AgentToken; ring: RingId }
  | { kind: 'RingEnded'; ring: RingId; how: RingEndedHow; rangMs: number }
  | { kind: 'AgentJoinedQueue'; agent: AgentToken; queue: QueueId }
  | { kind: 'AgentLeftQueue'; agent: AgentToken; queue: QueueId }
  | { kind: 'AgentPaused'; agent: AgentToken; queue: QueueId; wrapUp: boolean } // `wrapUp`: this pause counts as wrap-up
  | { kind: 'AgentUnpaused'; agent: AgentToken; queue: QueueId }
  | { kind: 'DeviceChanged'; agent: AgentToken; device: Device } // once per agent, and only when it changes

  // What we learnt afterwards, and what we could not place.
  | { kind: 'EntryCorrected'; entry: EntryId; was: EntryFacts; now: EntryFacts; evidence: Evidence }
  | { kind: 'Anomaly'; code: string; entry?: EntryId; detail?: string }; // codes only: never a name, number or free text

export type EventKind = CallEvent['kind'];
export type EventOf<K extends EventKind> = Extract<CallEvent, { kind: K }>;

/** What a correction may restate. Only the fields that change are given, the same ones in `was` and `now`. */
export interface EntryFacts {
  offeredAt?: Instant;
  answeredAt?: Instant | null;
  agent?: AgentToken | null;
  leftAt?: Instant | null; // when the wait ended without an answer
  outcome?: EntryOutcome;
  why?: OverflowWhy | LostWhy | null;
  pressed?: string | null;
  talkEndedAt?: Instant | null;
  by?: TalkEndedBy | null;
  passedOn?: PassedOnHow | null;
}
export type EntryOutcome = 'waiting' | 'answered' | 'abandoned' | 'overflowed' | 'lost';

/**
 * How sure `at` is. `exact`: our own clock saw it arrive. `second`: from a clock of whole seconds (queue_log, HoldTime).
 * `estimated`: worked out afterwards, from a snapshot. Durations are only taken between two instants of one quality.
 */
export type Quality = 'exact' | 'second' | 'estimated';

/** `live` folds into the floor and the tallies; `history` (imports, corrections of the past) never into the floor. */
export type Lane = 'live' | 'history';

/**
 * What a source tells, before anything is written. Here `agent` is still the PBX's own key for the person
 * (StateInterface, else Interface without `/n`), `queue` is the PBX's name and `caller` is the telephone number.
 * The engine's register exchanges all three for tokens and internal ids, and only then is the event appended, so no
 * number, name or extension ever reaches the log.
 */
export interface Told {
  at: Instant; // when it happened, our clock; may be older than the event before it
  seenAt: Instant; // when we learnt it
  key: string; // unique within the source; a second delivery with the same key changes nothing
  lane: Lane;
  quality: Quality;
  event: CallEvent;
}

/** An event as it stands in the log. */
export interface Envelope extends Told {
  offset: number; // dense from 1, in commit order
  source: SourceName;
  version: number; // of the event's shape; `upcast.ts` lifts older ones
}

/** The version that new events are written with. */
export const EVENT_VERSION = 1;
