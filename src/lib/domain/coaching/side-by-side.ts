/**
 * Two readings of one call beside each other. That they differ is a topic for the talk: nothing is counted, averaged or
 * put above anything else, and nobody has to change.
 */
import type { LevelMark } from './level.ts';
import type { CriterionId } from './rubric.ts';

export interface HeardStrength {
  id: string;
  criterion: CriterionId;
  momentMs: number;
}
/** Nobody marks the same words at the same second. */
const SAME_MOMENT_MS = 10_000;

/** The strengths that the other one heard too: in the same criterion, at the same moment or nearly so. */
export function heardByBoth(own: readonly HeardStrength[], others: readonly HeardStrength[]): ReadonlySet<string> {
  const same = (one: HeardStrength, other: HeardStrength) =>
    one.criterion === other.criterion && Math.abs(one.momentMs - other.momentMs) <= SAME_MOMENT_MS;
  return new Set(own.filter((one) => others.some((other) => same(one, other))).map(({ id }) => id));
}

export type Marks = Readonly<Record<CriterionId, LevelMark>>;
/**
 * `same`: in tune. `differs`: each heard something of their own. `occasion`: one of them heard no occasion for it.
 * `not-applicable`: neither did. `one`: only one of them has said, as agents may leave levels out.
 */
export type Tuning = 'same' | 'differs' | 'occasion' | 'not-applicable' | 'one' | 'none';

export function tuning(agent: LevelMark | undefined, coach: LevelMark | undefined): Tuning {
  if (agent === undefined || coach === undefined) return agent === coach ? 'none' : 'one';
  if (agent === coach) return agent === 'not-applicable' ? 'not-applicable' : 'same';
  return agent === 'not-applicable' || coach === 'not-applicable' ? 'occasion' : 'differs';
}

/** The criteria in which the two read differently, in the order of the rubric. */
export function readDifferently(criteria: readonly CriterionId[], agent: Marks, coach: Marks): CriterionId[] {
  return criteria.filter((each) => ['differs', 'occasion'].includes(tuning(agent[each], coach[each])));
}
