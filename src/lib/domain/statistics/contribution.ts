import { serviceLevelParts, definitionAt } from './service-level.ts';
import { addHistogram, histogramOf, negateHistogram, type Histogram } from './histogram.ts';
import { addTally, emptyTally, isEmptyTally, type Tally } from './tally.ts';
import type { Entry } from '../telephony/call.ts';
import { decidedAt, heldMs, talkMs, waitMs, wrapUpEndedAt, wrapUpMs } from '../telephony/durations.ts';
import type { QueueId } from '../telephony/event.ts';
import { QUARTER_MS, quarterStart, type Instant } from '../time.ts';
import type { ServiceLevelDefinition } from '../wallboard.ts';

/** What something adds to the tally of one queue in one quarter. */
export interface Contribution {
  queue: QueueId;
  quarterStart: Instant;
  delta: Tally;
}
type Definitions = readonly ServiceLevelDefinition[];

/**
 * Everything one entry adds to the tallies of its queue, whatever became of it. A pure function of the entry, so a
 * correction is −(the entry as it was) + (the entry as it is), and live counting, imports and rebuilds are one thing.
 *
 * An entry that still waits has only been offered: that it is carried from quarter to quarter needs a clock, and is
 * told by `openContribution`. When it is decided, the quarters it was carried through follow from its two instants.
 *
 * `definitions` are those of its queue; the one that held when the wait was decided says what was in time.
 */
export function contribution(entry: Entry, definitions: Definitions): Contribution[] {
  const sums = new ContributionSums();
  sums.add(entry, definitions);
  return sums.contributions();
}

/**
 * What an entry that waits at `now` adds beside its `contribution`: it is carried out of each quarter that has ended
 * since it was offered and into the next. Empty for a decided entry, so it can be asked of any.
 */
export function openContribution(entry: Entry, now: Instant): Contribution[] {
  const sums = new ContributionSums();
  if (decidedAt(entry) === null) sums.addAll(entry.queue, carried(entry, now));
  return sums.contributions();
}

/** What must be added to the tallies when an entry that was `before` is `after`; null for an entry that was not there. */
export function restated(before: Entry | null, after: Entry | null, definitions: Definitions): Contribution[] {
  const sums = new ContributionSums();
  if (before !== null) sums.add(before, definitions, -1);
  if (after !== null) sums.add(after, definitions);
  return sums.contributions();
}

/**
 * Adds up what many entries contribute per queue and quarter. A batch of events changes many entries and few quarters,
 * so a tally of its own for each would be most of the work.
 */
export class ContributionSums {
  readonly #queues = new Map<QueueId, Map<Instant, Tally>>();

  /** `times` is -1 to take away an entry as it was. */
  add(entry: Entry, definitions: Definitions, times: 1 | -1 = 1): void {
    this.addAll(entry.queue, happenings(entry, definitions), times);
    const decided = decidedAt(entry);
    if (decided !== null) this.addAll(entry.queue, carried(entry, decided), times);
  }

  addAll(queue: QueueId, parts: Iterable<Happening>, times: 1 | -1 = 1): void {
    for (const { at, adds } of parts) {
      const sum = this.#cell(queue, quarterStart(at));
      for (const name in adds) {
        const part = adds[name as keyof Tally]!;
        if (typeof part === 'number') sum[name as CountOfTally] += times * part;
        else sum[name as HistogramOfTally] = addHistogram(sum[name as HistogramOfTally], timesHistogram(part, times));
      }
    }
  }

  /** What comes to nothing is left out. */
  contributions(): Contribution[] {
    const found: Contribution[] = [];
    for (const [queue, quarters] of this.#queues) {
      for (const [start, delta] of quarters) {
        if (!isEmptyTally(delta)) found.push({ queue, quarterStart: start, delta });
      }
    }
    return found;
  }

  #cell(queue: QueueId, start: Instant): Tally {
    let quarters = this.#queues.get(queue);
    if (quarters === undefined) this.#queues.set(queue, (quarters = new Map()));
    let cell = quarters.get(start);
    if (cell === undefined) quarters.set(start, (cell = { ...emptyTally }));
    return cell;
  }
}
type HistogramOfTally = 'answerTimes' | 'leftTimes';
type CountOfTally = Exclude<keyof Tally, HistogramOfTally>;

function timesHistogram(histogram: Histogram, times: 1 | -1): Histogram {
  return times === 1 ? histogram : negateHistogram(histogram);
}

/** A caller who never got into the queue. There is no entry, so the event itself is what counts. */
export function refusal(queue: QueueId, at: Instant): Contribution {
  return { queue, quarterStart: quarterStart(at), delta: { ...emptyTally, refused: 1 } };
}

/** What [from, to) without a proven source adds to each queue of that source. */
export function blindContribution(from: Instant, to: Instant): { quarterStart: Instant; delta: Tally }[] {
  const parts: { quarterStart: Instant; delta: Tally }[] = [];
  for (let start = quarterStart(from); start < to; start += QUARTER_MS) {
    const blindMs = Math.min(to, start + QUARTER_MS) - Math.max(from, start);
    if (blindMs > 0) parts.push({ quarterStart: start, delta: { ...emptyTally, blindMs } });
  }
  return parts;
}

/** One thing that happened to an entry, and what it adds where it happened. */
export interface Happening {
  at: Instant;
  adds: Partial<Tally>;
}

/** The instants of an entry that count, each with what it adds. What is carried between quarters is not among them. */
export function happenings(entry: Entry, definitions: Definitions): Happening[] {
  const found: Happening[] = [{ at: entry.offeredAt, adds: { offered: 1, calls: entry.from === null ? 1 : 0 } }];
  const decided = decidedAt(entry);
  if (decided !== null) found.push({ at: decided, adds: decision(entry, definitionAt(definitions, decided)) });
  if (entry.outcome === 'answered' && entry.talkEndedAt !== null) {
    const passedOn = entry.passedOn === null ? 0 : 1;
    found.push({ at: entry.talkEndedAt, adds: { passedOn, solvedDirectly: 1 - passedOn } });
    found.push({
      at: wrapUpEndedAt(entry) ?? entry.talkEndedAt,
      adds: { handled: 1, talkMs: talkMs(entry), heldMs: heldMs(entry), wrapUpMs: wrapUpMs(entry) }
    });
  }
  return found;
}

function decision(entry: Entry, definition: ServiceLevelDefinition): Partial<Tally> {
  const wait = waitMs(entry) ?? 0;
  const waits = histogramOf([wait]);
  if (entry.outcome === 'overflowed' || entry.outcome === 'lost') return { [entry.outcome]: 1, leftTimes: waits };
  const isAnswered = entry.outcome === 'answered' ? 1 : 0;
  const isInTime = wait <= definition.targetMs ? 1 : 0;
  const counts = {
    answered: isAnswered,
    answeredInTime: isAnswered * isInTime,
    abandoned: 1 - isAnswered,
    abandonedInTime: (1 - isAnswered) * isInTime,
    abandonedShort: isAnswered === 0 && wait <= definition.shortAbandonMs ? 1 : 0
  };
  const { met, counted } = serviceLevelParts(definition.variant, counts);
  const times = isAnswered ? { answerMs: wait, answerTimes: waits } : { leftTimes: waits };
  return { ...counts, ...times, serviceLevelMet: met, serviceLevelCounted: counted };
}

/** Carried out of the quarter it was offered in, in and out of those between, and into the one that `until` is in. */
function carried(entry: Entry, until: Instant): Happening[] {
  const passed: Happening[] = [];
  const last = quarterStart(until);
  for (let quarter = quarterStart(entry.offeredAt); quarter < last; quarter += QUARTER_MS) {
    passed.push({ at: quarter, adds: { carriedOut: 1 } }, { at: quarter + QUARTER_MS, adds: { carriedIn: 1 } });
  }
  return passed;
}

/** Adds what falls in the same queue and quarter, and leaves out what comes to nothing. */
export function sumOf(contributions: readonly Contribution[]): Contribution[] {
  const sums = new Map<string, Contribution>();
  for (const part of contributions) {
    const cell = `${part.quarterStart} ${part.queue}`;
    const sum = sums.get(cell);
    sums.set(cell, sum === undefined ? part : { ...sum, delta: addTally(sum.delta, part.delta) });
  }
  return [...sums.values()].filter((sum) => !isEmptyTally(sum.delta));
}
