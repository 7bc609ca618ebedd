/**
 * What may be said of one criterion: a figure only when there are calls enough to carry it, and words where a figure would
 * mislead. Calls are pooled over all calibrations with the same version of the rubric.
 */
import { adjacentAgreement, alphaOf, boundarySplits, exactAgreement, notApplicableSplit } from './agreement.ts';
import { coincidences, type Coincidences, type ReadCall } from './coincidences.ts';
import { DRAWS, intervalOf, randomnessOf, redrawn, type Interval } from './resampling.ts';

/** Simulated at a true alpha of .55: at 6 calls the middle 95 % are .84 wide, at 10 .71, at 20 .43. */
export const CALLS_FOR_INTERVAL = 10;
export const CALLS_FOR_FIGURE = 20;
/** More than this in one level, and a high agreement is what habit alone would give. */
const MOSTLY_ONE_LEVEL = 0.9;
/** A boundary is named when it is the largest in so many of the draws. */
const SURE_OF_BOUNDARY = 0.8;

/** The two level texts to look at together, or that none stands out. */
export type Boundary = { below: number; above: number } | null;

export interface Counts {
  /** How many calls at least two read with a level. */
  calls: number;
  /** Of all pairs of readings, how many were alike, and at most one step apart: 0 to 1; `null` without a pair. */
  exact: number | null;
  adjacent: number | null;
  /** Of all pairs of readers, how many differ on whether it applies at all: 0 to 1; `null` without a pair. */
  notApplicable: number | null;
}

/**
 * - `too-few`: under ten calls; nothing is counted.
 * - `too-alike`: nearly all is one level: agreement cannot be told from habit; counts only.
 * - `uncertain`: too many draws gave no figure; counts only.
 * - `interval`: ten to nineteen calls; where it lies, without a point that would be remembered.
 * - `figure`: twenty calls or more.
 */
export type Finding =
  | { kind: 'too-few'; calls: number }
  | ({ kind: 'too-alike'; level: number } & Counts)
  | ({ kind: 'uncertain' } & Counts)
  | ({ kind: 'interval'; interval: Interval } & Counts)
  | ({ kind: 'figure'; alpha: number; interval: Interval; boundary: Boundary } & Counts);

/** What may be said of one criterion over these calls. `seed`: the calibration's id, so that it says the same again. */
export function finding(calls: readonly ReadCall[], seed: string): Finding {
  const pairs = coincidences(calls);
  if (pairs.calls < CALLS_FOR_INTERVAL) return { kind: 'too-few', calls: pairs.calls };
  const counts: Counts = {
    calls: pairs.calls,
    exact: exactAgreement(pairs),
    adjacent: adjacentAgreement(pairs),
    notApplicable: notApplicableSplit(calls)
  };
  const level = mostlyOne(pairs);
  if (level !== null) return { kind: 'too-alike', level, ...counts };
  const draws = drawsOf(calls, seed);
  const interval = intervalOf(draws.map(({ alpha }) => alpha));
  const point = alphaOf(pairs);
  if (interval === null || point === null) return { kind: 'uncertain', ...counts };
  if (pairs.calls < CALLS_FOR_FIGURE) return { kind: 'interval', interval, ...counts };
  return { kind: 'figure', alpha: point, interval, boundary: standsOut(pairs, draws), ...counts };
}

/** The level that nearly all readings are; `null` when at least two are in real use. */
function mostlyOne({ levels, of, n }: Coincidences): number | null {
  return levels.find((level) => of(level) > n * MOSTLY_ONE_LEVEL) ?? null;
}

interface Draw {
  alpha: number | null;
  /** The boundary that splits most readers in this draw. */
  widest: number | null;
}

function drawsOf(calls: readonly ReadCall[], seed: string): Draw[] {
  const random = randomnessOf(seed);
  // A call that nobody could be compared on has no part in the figure, and none in the draws.
  const counted = calls.filter((call) => coincidences([call]).calls === 1);
  return Array.from({ length: DRAWS }, () => {
    const pairs = coincidences(redrawn(counted, random));
    return { alpha: alphaOf(pairs), widest: widestBoundary(pairs) };
  });
}

function widestBoundary(pairs: Coincidences): number | null {
  const splits = boundarySplits(pairs);
  const most = Math.max(...splits.map(({ share }) => share));
  const widest = splits.filter(({ share }) => share === most);
  return most > 0 && widest.length === 1 ? widest[0]!.above : null;
}

function standsOut(pairs: Coincidences, draws: readonly Draw[]): Boundary {
  const above = widestBoundary(pairs);
  if (above === null) return null;
  const agreeing = draws.filter(({ widest }) => widest === above).length;
  return agreeing >= draws.length * SURE_OF_BOUNDARY ? { below: above - 1, above } : null;
}
