import type { Entry } from '../../../domain/telephony/call.ts';
import { entryId } from '../../../domain/telephony/entry-id.ts';
import type { CallEvent, EntryFacts, TalkEndedBy } from '../../../domain/telephony/event.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Message } from './message.ts';
import type { Moment, Telling } from './telling.ts';
import { numberOf, stay } from './waiting.ts';

/**
 * An AgentComplete that ends no open talk. Mostly the talk has ended already, by a transfer, and nothing is new. If we
 * believed the call lost in a gap, or never saw it at all, this is the first that we hear of the answer.
 */
export function afterwards(telling: Telling, message: Message, agent: string, moment: Moment): void {
  const { channel, queue } = stay(message);
  const talkMs = (message.number('TalkTime') ?? 0) * 1000;
  const answeredAt = moment.at - talkMs;
  const by = endedBy(message.first('Reason'));
  const waiting = telling.open(channel, queue, 'waiting');
  if (waiting) {
    const at = Math.max(answeredAt, waiting.offeredAt);
    const answered: CallEvent = { kind: 'CallAnswered', entry: waiting.id, agent };
    telling.tell(answered, `${waiting.id}/answered`, { at, seenAt: moment.seenAt }, 'second');
    telling.tell({ kind: 'TalkEnded', entry: waiting.id, agent, by }, `${waiting.id}/talk-ended`, moment);
    return;
  }
  const ended = telling.ended(channel, queue);
  if (!ended) return neverSeen(telling, message, agent, by, answeredAt, moment);
  const end: EntryFacts = { talkEndedAt: moment.at, by };
  let was: EntryFacts = { talkEndedAt: ended.talkEndedAt, by: ended.by };
  let now = end;
  if (ended.outcome === 'lost' && ended.why === 'gap') {
    was = { ...was, outcome: 'lost', why: 'gap', leftAt: ended.leftAt, answeredAt: null, agent: null };
    now = { ...end, outcome: 'answered', why: null, leftAt: null, answeredAt, agent };
  } else if (ended.outcome !== 'answered' || ended.talkEndedAt !== null) {
    return;
  }
  const event: CallEvent = { kind: 'EntryCorrected', entry: ended.id, was, now, evidence: 'agent-complete' };
  telling.tell(event, `${ended.id}/corrected/agent-complete`, moment, 'second');
}

/**
 * A talk that a reading had found. Now that it ends the PBX tells how long wait and talk were, in whole seconds, and
 * whose it was: behind a Local member that has been optimised away a reading sees only a telephone.
 */
export function corrected(
  telling: Telling,
  entry: Entry,
  message: Message,
  { endedAt, agent }: { endedAt: Instant; agent: string },
  moment: Moment
): void {
  const [talkTime, holdTime] = [message.number('TalkTime'), message.number('HoldTime')];
  const was: EntryFacts = {};
  const now: EntryFacts = {};
  if (agent !== '' && agent !== entry.agent) [was.agent, now.agent] = [entry.agent, agent];
  if (talkTime !== undefined) {
    const holdMs = (holdTime ?? 0) * 1000;
    const guessed = entry.offeredQuality === 'estimated' && entry.adopted;
    const fromTalk = endedAt - talkTime * 1000;
    // Two ways to the same instant, each right within a second: the middle is nearer.
    const answeredAt =
      guessed || holdTime === undefined ? fromTalk : Math.round((fromTalk + entry.offeredAt + holdMs) / 2);
    [was.answeredAt, now.answeredAt] = [entry.answeredAt, answeredAt];
    if (guessed) [was.offeredAt, now.offeredAt] = [entry.offeredAt, answeredAt - holdMs];
  }
  if (Object.keys(now).length === 0) return;
  const event: CallEvent = { kind: 'EntryCorrected', entry: entry.id, was, now, evidence: 'agent-complete' };
  telling.tell(event, `${entry.id}/corrected/agent-complete`, moment, 'second');
}

/** Joined, answered and ended without our seeing it, and no reading showed it: known now from its two lengths. */
function neverSeen(
  telling: Telling,
  message: Message,
  agent: string,
  by: TalkEndedBy,
  answeredAt: number,
  moment: Moment
): void {
  const { channel, queue } = stay(message);
  const { seenAt } = moment;
  const offeredAt = answeredAt - (message.number('HoldTime') ?? 0) * 1000;
  const entry = entryId(telling.source, channel, queue, offeredAt, (id) => telling.known(id));
  const call = telling.callOf(channel, message.first('Linkedid'));
  const offered: CallEvent = { kind: 'CallOffered', call, entry, queue, channel, adopted: true };
  const caller = numberOf(message);
  if (caller !== null) offered.caller = caller;
  telling.anomaly('completed-unseen', moment, entry);
  telling.tell(offered, `${entry}/offered`, { at: offeredAt, seenAt }, 'second');
  telling.tell({ kind: 'CallAnswered', entry, agent }, `${entry}/answered`, { at: answeredAt, seenAt }, 'second');
  telling.tell({ kind: 'TalkEnded', entry, agent, by }, `${entry}/talk-ended`, moment);
}

function endedBy(reason: string | undefined): TalkEndedBy {
  return reason === 'caller' || reason === 'agent' ? reason : reason === 'transfer' ? 'passed-on' : 'unstated';
}
