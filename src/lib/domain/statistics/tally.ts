import { addHistogram, emptyHistogram, type Histogram } from './histogram.ts';

/**
 * Raw counts of one queue over one quarter hour, or of several added together. Rates, means and percentiles are derived
 * last of all, in `figures.ts`, so that nothing is ever averaged twice. Plain numbers and arrays: JSON keeps it whole.
 *
 * Every event counts in the quarter in which it happened: a caller who enters at 10:14 and is answered at 10:16 is
 * offered in the 10:00 quarter, carried out of it and into the next, and answered in the 10:15 quarter.
 */
export interface Tally {
  /** Entries waiting when the quarter began, and when it ended. Over time they do not add: see `mergeQuarters`. */
  carriedIn: number;
  carriedOut: number;
  /** Calls that had not been in any queue before: distinct calls, counted by their first entry. */
  calls: number;
  offered: number;
  answered: number;
  /** Within the target that held that day. */
  answeredInTime: number;
  abandoned: number;
  /** Parts of `abandoned`: within `shortAbandonMs`, and within the target. */
  abandonedShort: number;
  abandonedInTime: number;
  overflowed: number;
  lost: number;
  refused: number;
  /** Numerator and denominator of the service level, by the definition that held that day. */
  serviceLevelMet: number;
  serviceLevelCounted: number;
  /** Answered entries whose talk ended here: passed on to somebody else, or not. */
  passedOn: number;
  solvedDirectly: number;
  /** Entries whose wrap-up ended here, and their times in ms. Talk is without hold. */
  handled: number;
  talkMs: number;
  heldMs: number;
  wrapUpMs: number;
  /** Sum of the answer times of `answered`, in ms. */
  answerMs: number;
  /** Ms of the quarter without a proven source. */
  blindMs: number;
  answerTimes: Histogram;
  /** How long those waited who left unanswered, in whatever way. */
  leftTimes: Histogram;
}

export const emptyTally: Tally = {
  carriedIn: 0,
  carriedOut: 0,
  calls: 0,
  offered: 0,
  answered: 0,
  answeredInTime: 0,
  abandoned: 0,
  abandonedShort: 0,
  abandonedInTime: 0,
  overflowed: 0,
  lost: 0,
  refused: 0,
  serviceLevelMet: 0,
  serviceLevelCounted: 0,
  passedOn: 0,
  solvedDirectly: 0,
  handled: 0,
  talkMs: 0,
  heldMs: 0,
  wrapUpMs: 0,
  answerMs: 0,
  blindMs: 0,
  answerTimes: emptyHistogram,
  leftTimes: emptyHistogram
};

/** Adds two tallies of the same quarter, or of different queues over the same quarter, or a difference to a whole. */
export function addTally(a: Tally, b: Tally): Tally {
  return {
    carriedIn: a.carriedIn + b.carriedIn,
    carriedOut: a.carriedOut + b.carriedOut,
    calls: a.calls + b.calls,
    offered: a.offered + b.offered,
    answered: a.answered + b.answered,
    answeredInTime: a.answeredInTime + b.answeredInTime,
    abandoned: a.abandoned + b.abandoned,
    abandonedShort: a.abandonedShort + b.abandonedShort,
    abandonedInTime: a.abandonedInTime + b.abandonedInTime,
    overflowed: a.overflowed + b.overflowed,
    lost: a.lost + b.lost,
    refused: a.refused + b.refused,
    serviceLevelMet: a.serviceLevelMet + b.serviceLevelMet,
    serviceLevelCounted: a.serviceLevelCounted + b.serviceLevelCounted,
    passedOn: a.passedOn + b.passedOn,
    solvedDirectly: a.solvedDirectly + b.solvedDirectly,
    handled: a.handled + b.handled,
    talkMs: a.talkMs + b.talkMs,
    heldMs: a.heldMs + b.heldMs,
    wrapUpMs: a.wrapUpMs + b.wrapUpMs,
    answerMs: a.answerMs + b.answerMs,
    blindMs: a.blindMs + b.blindMs,
    answerTimes: addHistogram(a.answerTimes, b.answerTimes),
    leftTimes: addHistogram(a.leftTimes, b.leftTimes)
  };
}

/** True when adding it changes nothing, so that it need not be written. */
export function isEmptyTally(tally: Tally): boolean {
  for (const value of Object.values(tally) as (number | Histogram)[]) {
    if (typeof value === 'number' ? value !== 0 : value.length > 0) return false;
  }
  return true;
}
