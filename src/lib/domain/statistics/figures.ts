import { percentile } from './histogram.ts';
import { serviceLevel } from './service-level.ts';
import { addTally, emptyTally, type Tally } from './tally.ts';
import { QUARTER_MS, type Instant } from '../time.ts';
import type { Figures, ServiceLevelDefinition } from '../wallboard.ts';

/** Below this many distinct people, what describes the agents is withheld: it would describe somebody. */
export const FEW = 5;

/** Whether the dial plan tells of refused callers: all the time and in every queue, now and then, or not at all. */
export type RefusedVisible = 'always' | 'sometimes' | 'never';

export interface FiguresContext {
  /** The definitions that held in the period and these queues; see `definitionsWithin` and `distinctDefinitions`. */
  definitions: readonly ServiceLevelDefinition[];
  /** How many distinct people answered in these queues and this period. */
  answerers: number;
  refusedVisible: RefusedVisible;
  /** The period has not ended: what is carried out of it is not known yet, see `waiting`. */
  running: boolean;
  /** Withhold what describes the agents although enough people answered: subtraction would show a part that is withheld. */
  withheld?: boolean;
}

/** Rates, means and percentiles, derived last of all from merged counts. A mean or a ratio of nothing is null. */
export function figures(tally: Tally, context: FiguresContext): Figures {
  const few = context.answerers < FEW || context.withheld === true;
  return {
    carriedIn: tally.carriedIn,
    carriedOut: context.running ? null : tally.carriedOut,
    offered: tally.offered,
    answered: tally.answered,
    answeredInTime: tally.answeredInTime,
    abandoned: tally.abandoned,
    abandonedShort: tally.abandonedShort,
    overflowed: tally.overflowed,
    lost: tally.lost,
    refused: context.refusedVisible === 'never' ? null : tally.refused,
    refusedVisible: context.refusedVisible === 'always',
    passedOn: few ? null : tally.passedOn,
    solvedDirectly: few ? null : tally.solvedDirectly,
    serviceLevel: serviceLevel({ met: tally.serviceLevelMet, counted: tally.serviceLevelCounted }),
    serviceLevelN: tally.serviceLevelCounted,
    serviceLevelBy: [...context.definitions],
    answerTimeMsMean: mean(tally.answerMs, tally.answered),
    answerTimeMsP50: percentile(tally.answerTimes, 0.5),
    answerTimeMsP80: percentile(tally.answerTimes, 0.8),
    answerTimeMsP90: percentile(tally.answerTimes, 0.9),
    talkTimeMsMean: few ? null : mean(tally.talkMs, tally.handled),
    few,
    blindMs: tally.blindMs
  };
}

function mean(sum: number, count: number): number | null {
  return count > 0 ? Math.round(sum / count) : null;
}

/**
 * A longer period of one queue from its quarters: counts and histograms add, but who was carried in is the first
 * quarter's and who was carried out the last one's. Quarters outside [from, to) are left out; a quarter without a row
 * had nothing in it, so the order and the gaps do not matter.
 */
export function mergeQuarters(
  quarters: Iterable<{ quarterStart: Instant; tally: Tally }>,
  from: Instant,
  to: Instant
): Tally {
  let sum = emptyTally;
  for (const { quarterStart, tally } of quarters) {
    if (quarterStart < from || quarterStart >= to) continue;
    const carriedIn = quarterStart === from ? tally.carriedIn : 0;
    const carriedOut = quarterStart === to - QUARTER_MS ? tally.carriedOut : 0;
    sum = addTally(sum, { ...tally, carriedIn, carriedOut });
  }
  return sum;
}

/**
 * Several queues over the same quarter. Everything adds but blindness, which is the same time for all queues of one PBX:
 * the longest counts. With several PBXs in different quarters of an hour that is a lower bound; where the intervals
 * themselves are known, as on the board, `blindMsWithin` is exact.
 */
export function mergeQueues(tallies: Iterable<Tally>): Tally {
  let sum = emptyTally;
  let blindMs = 0;
  for (const tally of tallies) {
    blindMs = Math.max(blindMs, tally.blindMs);
    sum = addTally(sum, tally);
  }
  return { ...sum, blindMs };
}

/** The definitions of several queues, each different one once. */
export function distinctDefinitions(definitions: Iterable<ServiceLevelDefinition>): ServiceLevelDefinition[] {
  const distinct = new Map<string, ServiceLevelDefinition>();
  for (const each of definitions) {
    const key = `${each.variant} ${each.targetMs} ${each.shortAbandonMs} ${each.from}`;
    if (!distinct.has(key)) distinct.set(key, each);
  }
  return [...distinct.values()];
}
