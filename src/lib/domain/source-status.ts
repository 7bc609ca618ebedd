import type { Instant } from './time.ts';
import type { SourceStatus } from './wallboard.ts';

const BADNESS = { CONNECTED: 0, STARTING: 1, LOST: 2 } as const;

/** What is said of a source that has told nothing yet. */
export function startingSource(since: Instant): SourceStatus {
  return { state: 'STARTING', since, provenAt: null };
}

/**
 * The worst of several, since the first of them became so. `provenAt` is the oldest of all, because every age on a board
 * is counted from it; null when one of them was never proven.
 */
export function worstSource(statuses: readonly SourceStatus[], now: Instant): SourceStatus {
  const [first, ...others] = statuses;
  return first === undefined ? startingSource(now) : others.reduce(worse, first);
}

function worse(a: SourceStatus, b: SourceStatus): SourceStatus {
  const difference = BADNESS[a.state] - BADNESS[b.state];
  const provenAt = a.provenAt === null || b.provenAt === null ? null : Math.min(a.provenAt, b.provenAt);
  if (difference === 0) return { state: a.state, since: Math.min(a.since, b.since), provenAt };
  return { ...(difference > 0 ? a : b), provenAt };
}
