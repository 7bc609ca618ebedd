import type { Instant } from '../time.ts';
import { isOpen, type Entry } from './call.ts';
import { entryId } from './entry-id.ts';
import type { CallEvent, EntryFacts, EntryId, Lane, SourceName, Told } from './event.ts';
import type { LoggedMoment, LoggedStay } from './queue-log-stays.ts';

/** What stays of the log are compared with. */
export interface QueueLogContext {
  source: SourceName;
  /** When we read it, our clock. */
  seenAt: Instant;
  /** How far the PBX's clock is ahead of ours. */
  skewMs: number;
  /** The agent's key behind a member's name; the log knows members by the name they had. */
  agentKey(member: string): string;
  /** When the PBX was started anew, seconds of its own clock. */
  restarts: readonly number[];
}

/** The log cuts its seconds off, and a clock drifts a little: the same stay began within this of what we have. */
export const sameStayMs = 2_000;
const lane: Lane = 'history';

/**
 * What queue_log knows and we do not, as events. Pure. A stay that nobody knows is told whole; one that is known is
 * only refined: why it left where that was unstated, what became of it while we were blind, and instants that were
 * estimated. Nothing else is changed, because the log is wrong where it seems to know: it says ABANDON for whom the
 * PBX ended or somebody redirected, and COMPLETE for transfers behind Local members. Telling it all leaves nothing to
 * say for a second time.
 *
 * `known`: the entries that overlap the stays, by any order. A stay that we know and that is still open is left alone.
 */
export function reconcileQueueLog(
  known: Iterable<Entry>,
  stays: readonly LoggedStay[],
  context: QueueLogContext
): Told[] {
  const told: Told[] = [];
  const byStay = new Map<string, Entry[]>();
  const made = new Set<EntryId>();
  for (const entry of known) {
    made.add(entry.id);
    const name = `${entry.channel}\n${entry.queue}`;
    const same = byStay.get(name);
    if (same) same.push(entry);
    else byStay.set(name, [entry]);
  }
  for (const stay of stays) {
    const entry = matching(byStay.get(`${stay.uniqueid}\n${stay.queue}`), momentAt(stay.joined, context));
    if (entry) refine(entry, stay, context, told);
    else made.add(wholeEntry(stay, context, (id) => made.has(id), told));
  }
  return told;
}

/** Takes the nearest, so that two stays within a second find two entries. */
function matching(candidates: Entry[] | undefined, joinedAt: Instant): Entry | undefined {
  if (!candidates) return undefined;
  let nearest: Entry | undefined;
  for (const entry of candidates) {
    const off = Math.abs(entry.offeredAt - joinedAt);
    // The log's second is cut off: what we saw exactly may be almost a second later.
    if (off > sameStayMs + 1_000 || (off > sameStayMs && entry.offeredAt < joinedAt)) continue;
    if (!nearest || off < Math.abs(nearest.offeredAt - joinedAt)) nearest = entry;
  }
  if (nearest) candidates.splice(candidates.indexOf(nearest), 1);
  return nearest;
}

function momentAt({ second }: LoggedMoment, { skewMs }: QueueLogContext): Instant {
  return second * 1000 - skewMs;
}

function wholeEntry(
  stay: LoggedStay,
  context: QueueLogContext,
  taken: (id: EntryId) => boolean,
  told: Told[]
): EntryId {
  const { source, seenAt } = context;
  const tell = (event: CallEvent, moment: LoggedMoment, key = moment.key) =>
    told.push({ at: momentAt(moment, context), seenAt, key, lane, quality: 'second', event });
  const entry = entryId(source, stay.uniqueid, stay.queue, momentAt(stay.joined, context), taken);
  const call = `${source}/${stay.uniqueid}`;
  const offered: CallEvent = { kind: 'CallOffered', call, entry, queue: stay.queue, channel: stay.uniqueid };
  if (stay.from !== null) offered.from = stay.from;
  if (stay.caller !== null) offered.caller = stay.caller;
  tell(offered, stay.joined);
  if (stay.left) tell(leaving(entry, stay.left), stay.left);
  if (!stay.answered) return entry;
  const agent = context.agentKey(stay.answered.member);
  tell({ kind: 'CallAnswered', entry, agent }, stay.answered);
  if (!stay.ended) return entry;
  const { passedOn, by } = stay.ended;
  if (passedOn) tell({ kind: 'CallPassedOn', entry, agent, how: passedOn }, stay.ended, `${stay.ended.key}|passed-on`);
  tell({ kind: 'TalkEnded', entry, agent, by }, stay.ended);
  return entry;
}

function leaving(entry: EntryId, { how, why, pressed }: NonNullable<LoggedStay['left']>): CallEvent {
  if (how === 'abandoned') return { kind: 'CallAbandoned', entry };
  if (how === 'lost') return { kind: 'CallLost', entry, why: 'gap' };
  const event: CallEvent = { kind: 'CallOverflowed', entry, why: why ?? 'unstated' };
  if (pressed !== null) event.pressed = pressed;
  return event;
}

function refine(entry: Entry, stay: LoggedStay, context: QueueLogContext, told: Told[]): void {
  if (isOpen(entry)) return;
  const now = { ...joining(entry, stay, context), ...outcome(entry, stay, context), ...talk(entry, stay, context) };
  const was: EntryFacts = {};
  const fields = Object.keys(now) as (keyof EntryFacts)[];
  if (fields.length === 0) return;
  for (const field of fields) Object.assign(was, { [field]: entry[field] });
  const event: CallEvent = { kind: 'EntryCorrected', entry: entry.id, was, now, evidence: 'queue-log' };
  const last = stay.ended ?? stay.left ?? stay.answered ?? stay.joined;
  const key = `${last.key}|${fields.join('+')}`;
  told.push({ at: momentAt(last, context), seenAt: context.seenAt, key, lane, quality: 'second', event });
}

/** Nobody saw him join: the log's whole second is nearer than what was worked out from a reading. */
function joining(entry: Entry, stay: LoggedStay, context: QueueLogContext): EntryFacts {
  const joinedAt = momentAt(stay.joined, context);
  if (entry.offeredQuality !== 'estimated' || joinedAt === entry.offeredAt) return {};
  return { offeredAt: joinedAt };
}

function outcome(entry: Entry, stay: LoggedStay, context: QueueLogContext): EntryFacts {
  if (entry.outcome === 'overflowed' && (entry.why === 'unstated' || entry.why === 'moved')) {
    if (stay.left?.how !== 'overflowed' || stay.left.why === null || stay.left.why === entry.why) return {};
    return { why: stay.left.why, ...(stay.left.pressed === null ? {} : { pressed: stay.left.pressed }) };
  }
  if (entry.outcome !== 'lost' || entry.why !== 'gap' || wasRestarted(entry, stay, context)) return {};
  if (stay.answered) {
    const answeredAt = momentAt(stay.answered, context);
    return {
      outcome: 'answered',
      agent: context.agentKey(stay.answered.member),
      answeredAt,
      ...talkEnd(stay, context)
    };
  }
  if (!stay.left || stay.left.how === 'lost') return {};
  const leftAt = momentAt(stay.left, context);
  const { how, why, pressed } = stay.left;
  return { outcome: how, leftAt, why, ...(pressed === null ? {} : { pressed }) };
}

/** A PBX that goes down gracefully writes ABANDON and COMPLETE for everybody: that is not what the callers did. */
function wasRestarted(entry: Entry, stay: LoggedStay, context: QueueLogContext): boolean {
  if (stay.cutByRestart) return true;
  const last = endOf(stay);
  const from = Math.floor((entry.offeredAt + context.skewMs) / 1000);
  return context.restarts.some((second) => second >= from && second <= last + restartSeconds);
}
/** So long may a PBX need from the last line it writes until it is up again. */
export const restartSeconds = 120;

/** The last second that the log has of a stay. */
export function endOf(stay: LoggedStay): number {
  return (stay.ended ?? stay.left ?? stay.answered ?? stay.joined).second;
}

/** A talk whose beginning or end was only worked out. Who was passed on stays so, whatever the log says. */
function talk(entry: Entry, stay: LoggedStay, context: QueueLogContext): EntryFacts {
  if (entry.outcome !== 'answered') return {};
  const facts: EntryFacts = {};
  if (stay.answered && entry.answeredQuality === 'estimated') {
    const answeredAt = momentAt(stay.answered, context);
    if (answeredAt !== entry.answeredAt) facts.answeredAt = answeredAt;
  }
  if (entry.by !== 'unstated' || entry.passedOn !== null || stay.cutByRestart) return facts;
  return { ...facts, ...talkEnd(stay, context) };
}

function talkEnd({ ended }: LoggedStay, context: QueueLogContext): EntryFacts {
  if (!ended) return {};
  const facts: EntryFacts = { talkEndedAt: momentAt(ended, context), by: ended.by };
  return ended.passedOn === null ? facts : { ...facts, passedOn: ended.passedOn };
}
