import type { Instant } from '../time.ts';
import type { ServiceLevelDefinition, ServiceLevelVariant } from '../wallboard.ts';

/** What the six variants are made of. `in time` is within the target, `short` within `shortAbandonMs`. */
export interface ServiceLevelCounts {
  answered: number;
  answeredInTime: number;
  abandoned: number;
  abandonedInTime: number;
  abandonedShort: number;
}
/** How many were served as promised, of how many who counted at all. Both add over quarters, days and queues. */
export interface ServiceLevelParts {
  met: number;
  counted: number;
}

/** What holds for a queue until somebody says otherwise. */
export const DEFAULT_SERVICE_LEVEL: ServiceLevelDefinition = {
  variant: 'without-short',
  targetMs: 60_000,
  shortAbandonMs: 5_000,
  from: 0
};

/**
 * Numerator and denominator of a variant. Each is a sum of counts, so a caller's own share can be added one at a time
 * and a change of variant from one day to the next still sums to an honest week.
 *
 * `without-short`, ours, leaves out callers who hang up within `shortAbandonMs`: they changed their mind before we could
 * have failed them. Everyone else counts, so giving up after a long wait lowers the level exactly as a late answer does.
 */
export function serviceLevelParts(variant: ServiceLevelVariant, counts: ServiceLevelCounts): ServiceLevelParts {
  const { answered, answeredInTime, abandoned, abandonedInTime, abandonedShort } = counts;
  switch (variant) {
    case 'without-short':
      return { met: answeredInTime, counted: answered + abandoned - abandonedShort };
    case 'abandoned-in-time-met':
      return { met: answeredInTime + abandonedInTime, counted: answered + abandoned };
    case 'answered-only':
      return { met: answeredInTime, counted: answered };
    case 'all':
      return { met: answeredInTime, counted: answered + abandoned };
    case 'without-abandoned-in-time':
      return { met: answeredInTime, counted: answered + abandoned - abandonedInTime };
    case 'short-met':
      return { met: answeredInTime + abandonedShort, counted: answered + abandoned };
  }
}

/** The share served as promised, from 0 to 1, or `null` when nobody counted. */
export function serviceLevel(parts: ServiceLevelParts): number | null {
  return parts.counted > 0 ? parts.met / parts.counted : null;
}

/**
 * The definition that holds at an instant: the latest that had begun. Before the first of them the first holds, because
 * nothing else was ever promised. A definition begins at a midnight, so a day never has two.
 */
export function definitionAt(definitions: readonly ServiceLevelDefinition[], at: Instant): ServiceLevelDefinition {
  let held: ServiceLevelDefinition | null = null;
  let first: ServiceLevelDefinition | null = null;
  for (const definition of definitions) {
    if (first === null || definition.from < first.from) first = definition;
    if (definition.from <= at && (held === null || definition.from >= held.from)) held = definition;
  }
  return held ?? first ?? DEFAULT_SERVICE_LEVEL;
}

/** Every definition that held at some time in [from, to), the oldest first. */
export function definitionsWithin(
  definitions: readonly ServiceLevelDefinition[],
  from: Instant,
  to: Instant
): ServiceLevelDefinition[] {
  const begun = definitions.filter((definition) => definition.from > from && definition.from < to);
  return [definitionAt(definitions, from), ...begun.sort((a, b) => a.from - b.from)];
}
