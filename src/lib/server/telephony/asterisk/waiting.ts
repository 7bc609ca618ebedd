import type { Entry } from '../../../domain/telephony/call.ts';
import { entryId } from '../../../domain/telephony/entry-id.ts';
import type {
  CallEvent,
  CallId,
  EntryFacts,
  EntryId,
  LostWhy,
  OverflowWhy,
  Quality
} from '../../../domain/telephony/event.ts';
import { missed } from '../../../domain/telephony/reconcile.ts';
import type { Instant } from '../../../domain/time.ts';
import { placeOf, type Channels } from './channels.ts';
import type { Held } from './held.ts';
import type { Message } from './message.ts';
import type { Moment, Telling } from './telling.ts';

/** A QueueCallerLeave says nothing of why; the AgentConnect or the Join that would has been seen 3 ms later at most. */
const leaveHeldMs = 250;
/** How long events may take to explain why somebody is missing from a reading. */
const missingHeldMs = 1000;
/** HoldTime is in whole seconds: a greater difference from what we measured means that the line was late. */
const holdTimeMs = 1500;

/** An AgentConnect that comes longer after the Leave than this belongs to another stay. */
const answeredLateMs = 60_000;

/** Callers who join a queue, and how each of them leaves it. */
export class Waiting {
  #telling: Telling;
  #channels: Channels;
  #held: Held;
  /** When each of those left of whom a Leave has been heard and nothing that decides it. */
  #leaves = new Map<EntryId, Moment>();

  constructor(telling: Telling, channels: Channels, held: Held) {
    this.#telling = telling;
    this.#channels = channels;
    this.#held = held;
  }

  joined(message: Message, moment: Moment): void {
    const { channel, queue } = stay(message);
    const already = this.#telling.open(channel, queue, 'waiting');
    // A reading has told of him already, and this is the Join that it told of.
    if (already?.adopted && !this.#leaves.has(already.id)) return;
    this.#leftWithoutAWord(channel, moment);
    const call = this.#telling.callOf(channel, message.first('Linkedid'));
    const from = this.movedOn(call, moment);
    const entry = entryId(this.#telling.source, channel, queue, moment.at, (id) => this.#telling.known(id));
    const offered: CallEvent = { kind: 'CallOffered', call, entry, queue, channel };
    if (from) offered.from = from.queue;
    const caller = numberOf(message);
    if (caller !== null) offered.caller = caller;
    this.#telling.tell(offered, `${entry}/offered`, moment);
  }

  /**
   * The wait is over and nobody answered. Sent alike when the caller hangs up, when the queue's time is out, when it
   * empties, when somebody redirects the caller and when the PBX ends the call: who asked for the hangup, and where
   * the channel stands now, tells them apart.
   */
  abandoned(message: Message, moment: Moment): void {
    const { channel, queue } = stay(message);
    const entry = this.#telling.open(channel, queue, 'waiting');
    const known = this.#channels.find(channel);
    const moved = known?.queuedAt != null && known.queuedAt !== placeOf(message);
    if (!entry) return this.#corrected(channel, queue, known?.hangup ?? null, moved, moment);
    const [at, quality] = this.#endOfWait(entry, message.number('HoldTime'), moment);
    const end: Moment = { at, seenAt: moment.seenAt };
    if (known?.hangup === 'own') this.#end({ kind: 'CallAbandoned', entry: entry.id }, end, quality);
    else if (known?.hangup === 'pbx') this.#end({ kind: 'CallLost', entry: entry.id, why: 'pbx-ended' }, end, quality);
    else this.#overflowed(entry.id, moved ? 'moved' : 'unstated', end, quality);
  }

  /** After QueueCallerAbandon: nothing new. Else the caller is answered, or leaves by a key, or is moved. */
  left(message: Message, moment: Moment): void {
    const { channel, queue } = stay(message);
    const entry = this.#telling.open(channel, queue, 'waiting');
    if (!entry) return;
    const quality = this.#telling.sureness;
    this.#leaves.set(entry.id, moment);
    this.#held.hold(`leave ${entry.id}`, moment.seenAt + leaveHeldMs, () =>
      this.#overflowed(entry.id, 'unstated', moment, quality)
    );
  }

  /** The entry that an AgentConnect answers, with the answer told; null when it belongs to none that waits. */
  answered(message: Message, agent: string, moment: Moment): EntryId | null {
    const { channel, queue } = stay(message);
    let entry = this.#telling.open(channel, queue, 'waiting');
    if (!entry) {
      if (this.#telling.open(channel, queue, 'answered')) return null;
      const before = this.#telling.ended(channel, queue);
      if (!before || !wasGivenUp(before, moment)) entry = this.#neverSeen(message, moment);
      else if (this.#channels.alive(channel)) entry = this.#reopened(before, moment);
      else return this.#answeredAfterAll(before, agent, moment);
      if (!entry) return null;
    }
    const [at, quality] = this.#endOfWait(entry, message.number('HoldTime'), moment);
    const answer: CallEvent = { kind: 'CallAnswered', entry: entry.id, agent };
    this.#forget(entry.id);
    this.#telling.tell(answer, `${entry.id}/answered`, { at, seenAt: moment.seenAt }, quality);
    return entry.id;
  }

  /** Nobody has seen these in a reading; unless an event explains it soon, they went while we were blind. */
  missing(entries: readonly EntryId[], lostAt: Instant, now: Instant): void {
    for (const entry of entries)
      this.#held.hold(`missing ${entry}`, now + missingHeldMs, () => {
        const open = this.#telling.floor.entries.get(entry);
        if (open?.outcome === 'waiting' && !this.#leaves.has(entry))
          this.#telling.add(missed(entry, Math.max(lostAt, open.offeredAt), now + missingHeldMs));
      });
  }

  /** A caller stands in one queue at a time: whoever joins another has left the first, and nobody said so. */
  #leftWithoutAWord(channel: string, moment: Moment): void {
    for (const entry of this.#telling.entries('waiting')) {
      if (entry.channel !== channel) continue;
      const left = this.#leaves.get(entry.id);
      if (!left) this.#telling.anomaly('joined-without-leaving', moment, entry.id);
      this.#overflowed(entry.id, 'moved', { at: left?.at ?? moment.at, seenAt: moment.seenAt });
    }
  }

  /** The stay that a call comes from. If it had ended for no reason that we knew, the caller was moved. */
  movedOn(call: CallId, moment: Moment): Entry | undefined {
    const from = this.#telling.lastOf(call);
    if (from?.outcome === 'overflowed' && from.why === 'unstated')
      this.#correct(from.id, { why: 'unstated' }, { why: 'moved' }, 'join', moment);
    return from;
  }

  /** When the line is late and the PBX counts otherwise than we, the PBX is right. */
  #endOfWait(entry: Entry, holdTime: number | undefined, moment: Moment): [Instant, Quality] {
    const ours = moment.at - entry.offeredAt;
    const theirs = holdTime === undefined ? ours : holdTime * 1000;
    const late = this.#telling.sureness === 'estimated' && holdTime !== undefined;
    if (!late && Math.abs(ours - theirs) <= holdTimeMs) return [moment.at, 'exact'];
    if (late || theirs < ours) return [Math.min(entry.offeredAt + theirs, moment.seenAt), 'second'];
    // Nothing says that the line is late now, so it was when it told of the join.
    const now = { offeredAt: moment.at - theirs };
    this.#correct(entry.id, { offeredAt: entry.offeredAt }, now, 'late', moment);
    return [moment.at, 'second'];
  }

  /** What was believed to have vanished in a gap is told after all, late. */
  #corrected(channel: string, queue: string, hangup: 'own' | 'pbx' | null, moved: boolean, moment: Moment): void {
    const entry = this.#telling.ended(channel, queue);
    if (entry?.outcome !== 'lost' || entry.why !== 'gap') return;
    const was: EntryFacts = { outcome: entry.outcome, why: entry.why, leftAt: entry.leftAt };
    const why: OverflowWhy | LostWhy | null =
      hangup === 'own' ? null : hangup === 'pbx' ? 'pbx-ended' : moved ? 'moved' : 'unstated';
    const outcome = hangup === 'own' ? 'abandoned' : hangup === 'pbx' ? 'lost' : 'overflowed';
    this.#correct(entry.id, was, { outcome, why, leftAt: moment.at }, 'late', moment);
  }

  /** He has gone since: only the count of what became of him is put right, and his AgentComplete tells the rest. */
  #answeredAfterAll(
    { id, outcome, why, leftAt, answeredAt, agent: nobody }: Entry,
    agent: string,
    moment: Moment
  ): null {
    const was: EntryFacts = { outcome, why, leftAt, answeredAt, agent: nobody };
    const now: EntryFacts = { outcome: 'answered', why: null, leftAt: null, answeredAt: moment.at, agent };
    this.#correct(id, was, now, 'late', moment);
    return null;
  }

  /**
   * He is there, so he talks on the floor again. The floor has forgotten him: it is told once more that he was offered,
   * of an entry that the store knows and leaves as it is.
   */
  #reopened(before: Entry, moment: Moment): Entry | undefined {
    const { id, call, queue, channel, outcome, why, leftAt, offeredAt, offeredQuality } = before;
    this.#correct(id, { leftAt, outcome, why }, { leftAt: null, outcome: 'waiting', why: null }, 'late', moment);
    const offered: CallEvent = { kind: 'CallOffered', call, entry: id, queue, channel };
    if (before.from !== null) offered.from = before.from;
    if (before.adopted) offered.adopted = true;
    const again: Moment = { at: offeredAt, seenAt: moment.seenAt };
    this.#telling.tell(offered, `${id}/offered-again`, again, offeredQuality);
    return this.#telling.floor.entries.get(id);
  }

  /** Connected, and we never saw him wait: he joined before we could hear, and no reading showed him. */
  #neverSeen(message: Message, moment: Moment): Entry | undefined {
    const { channel, queue } = stay(message);
    const waitedMs = (message.number('HoldTime') ?? 0) * 1000;
    const at = moment.at - waitedMs;
    const entry = entryId(this.#telling.source, channel, queue, at, (id) => this.#telling.known(id));
    const call = this.#telling.callOf(channel, message.first('Linkedid'));
    const offered: CallEvent = { kind: 'CallOffered', call, entry, queue, channel, adopted: true };
    const caller = numberOf(message);
    if (caller !== null) offered.caller = caller;
    this.#telling.anomaly('answered-unseen', moment, entry);
    this.#telling.tell(offered, `${entry}/offered`, { at, seenAt: moment.seenAt }, 'second');
    return this.#telling.floor.entries.get(entry);
  }

  #overflowed(entry: EntryId, why: OverflowWhy, moment: Moment, quality: Quality = 'exact'): void {
    this.#end({ kind: 'CallOverflowed', entry, why }, moment, quality);
  }

  #end(event: CallEvent & { entry: EntryId }, moment: Moment, quality: Quality): void {
    this.#forget(event.entry);
    const entry = this.#telling.floor.entries.get(event.entry);
    if (entry?.outcome !== 'waiting') return; // a reading has decided it meanwhile
    if (moment.at < entry.offeredAt) this.#telling.anomaly('left-before-joined', moment, entry.id);
    const at = Math.max(moment.at, entry.offeredAt);
    this.#telling.tell(event, `${entry.id}/left`, { at, seenAt: moment.seenAt }, quality);
  }

  #forget(entry: EntryId): void {
    this.#leaves.delete(entry);
    this.#held.release(`leave ${entry}`);
    this.#held.release(`missing ${entry}`);
  }

  #correct(entry: EntryId, was: EntryFacts, now: EntryFacts, evidence: 'join' | 'late', moment: Moment): void {
    const event: CallEvent = { kind: 'EntryCorrected', entry, was, now, evidence };
    const quality: Quality = now.offeredAt === undefined ? 'exact' : 'second';
    this.#telling.tell(event, `${entry}/corrected/${evidence}/${Object.keys(now).join('+')}`, moment, quality);
  }
}

/** Closed for want of better knowledge, so that an answer told afterwards may still be his. */
function wasGivenUp({ outcome, why, leftAt }: Entry, { at }: Moment): boolean {
  if (outcome === 'lost') return why === 'gap';
  return outcome === 'overflowed' && why === 'unstated' && at - (leftAt ?? 0) <= answeredLateMs;
}

/** The Uniqueid of the caller's channel and the name of the queue. */
export function stay(message: Message): { channel: string; queue: string } {
  return { channel: message.first('Uniqueid') ?? '', queue: message.first('Queue') ?? '' };
}

/** The caller's number, or null when it is withheld. */
export function numberOf(message: Message): string | null {
  const number = message.first('CallerIDNum')?.trim() ?? '';
  return /^\+?[0-9]+$/.test(number) ? number : null;
}
