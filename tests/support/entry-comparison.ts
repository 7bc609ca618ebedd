import type { Entry } from '../../src/lib/domain/telephony/call.ts';
import { agentOf, type ExpectedEntry } from './expected-entries.ts';

export type Field =
  'there' | 'outcome' | 'why' | 'agent' | 'passedOn' | 'joinedAt' | 'answeredAt' | 'talkEndedAt' | 'by';
/** One field of one entry that is not what it really was. */
export interface Mismatch {
  channel: string;
  queue: string;
  field: Field;
  found: unknown;
  really: unknown;
}

/** Our clock saw it happen: the network and two processes lie between. */
const exactMs = 150;
/** A clock of whole seconds, or an estimate. */
const secondMs = 1000;

/** Each stay in a queue as we tell it beside what it really was. */
export function mismatches(entries: Iterable<Entry>, expected: ExpectedEntry[], withLog: boolean): Mismatch[] {
  const left = [...entries].sort((a, b) => a.offeredAt - b.offeredAt);
  const found: Mismatch[] = [];
  for (const real of expected) {
    const at = left.findIndex((entry) => entry.channel === real.channel && entry.queue === real.queue);
    const [entry] = at < 0 ? [] : left.splice(at, 1);
    const { channel, queue } = real;
    const differ = (field: Field, ours: unknown, really: unknown) =>
      found.push({ channel, queue, field, found: ours, really });
    if (!entry) {
      differ('there', false, true);
      continue;
    }
    const why = withLog ? real.why : real.whyWithoutLog;
    const agent = entry.agent === null ? null : agentOf(entry.agent);
    if (entry.outcome !== real.outcome) differ('outcome', entry.outcome, real.outcome);
    if (entry.why !== why) differ('why', entry.why, why);
    if (agent !== real.agent) differ('agent', agent, real.agent);
    if (entry.passedOn !== real.passedOn) differ('passedOn', entry.passedOn, real.passedOn);
    if (!near(entry.offeredAt, entry.offeredQuality === 'exact', real.joinedAt, real.joinExact))
      differ('joinedAt', entry.offeredAt - real.joinedAt, 0);
    if (entry.answeredAt !== null && real.answeredAt !== null) {
      if (!near(entry.answeredAt, entry.answeredQuality === 'exact', real.answeredAt, real.answerExact))
        differ('answeredAt', entry.answeredAt - real.answeredAt, 0);
    }
    if (entry.talkEndedAt !== null && real.talkEnd) {
      const { from, to, by, exact } = real.talkEnd;
      // How sure the end is is not kept; what was corrected afterwards is right within a second.
      const sure = exact && entry.answeredQuality === 'exact' && entry.revisedAt === null;
      const within = sure ? exactMs : secondMs;
      if (entry.by !== by) differ('by', entry.by, by);
      if (entry.talkEndedAt < from - within || entry.talkEndedAt > to + within)
        differ('talkEndedAt', entry.talkEndedAt - from, to - from);
    }
  }
  for (const { channel, queue } of left) found.push({ channel, queue, field: 'there', found: true, really: false });
  return found;
}

/** A whole second of queue_log is cut off: the moment itself is within the second that follows. */
function near(ours: number, exact: boolean, real: number, realExact: boolean): boolean {
  const within = exact ? exactMs : secondMs;
  return ours >= real - within && ours <= real + within + (realExact ? 0 : 999);
}
