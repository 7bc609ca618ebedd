/**
 * What is said about many when a round closes: of ten calls, how many stood at each level. It is worked out once and kept,
 * so that no figure of today minus one of yesterday is somebody; and it is said of so many that nobody can be found in it.
 */
import type { Level, LevelMark, PersonId } from './level.ts';
import type { CriterionId } from './rubric.ts';

export interface CountedReading {
  person: PersonId;
  coach: PersonId;
  /** Where the person counted when the round opened; null counts in the centre only. */
  unit: string | null;
  criterion: CriterionId;
  mark: LevelMark;
}
/** `part` is `all` or a unit. */
export interface FrozenFigure {
  part: string;
  criterion: CriterionId;
  /** Of ten calls, in halves, at each level from the first; null when it is withheld. */
  ofTen: readonly number[] | null;
  withheld: 'few' | 'alike' | 'complement' | null;
}

export const FIGURE_PEOPLE_LEAST = 5;
export const FIGURE_READINGS_LEAST = 20;
export const FIGURE_COACHES_LEAST = 2;
export const WHOLE_CENTRE = 'all';

export function frozenFigures(
  readings: readonly CountedReading[],
  units: readonly string[],
  criteria: readonly CriterionId[]
): FrozenFigure[] {
  return criteria.flatMap((criterion) => {
    const said = readings.filter((each) => each.criterion === criterion && each.mark !== 'not-applicable');
    const whole = figure(WHOLE_CENTRE, criterion, said);
    const parts = units.map((unit) =>
      figure(
        unit,
        criterion,
        said.filter((each) => each.unit === unit)
      )
    );
    return [whole, ...withoutComplement(whole, parts, said)];
  });
}

function figure(part: string, criterion: CriterionId, said: readonly CountedReading[]): FrozenFigure {
  const withheld = ((): FrozenFigure['withheld'] => {
    const few =
      different(said.map(({ person }) => person)) < FIGURE_PEOPLE_LEAST ||
      different(said.map(({ coach }) => coach)) < FIGURE_COACHES_LEAST ||
      said.length < FIGURE_READINGS_LEAST;
    if (few) return 'few';
    // When all stand at one level, everybody's level is told.
    return different(said.map(({ mark }) => String(mark))) === 1 ? 'alike' : null;
  })();
  return { part, criterion, withheld, ofTen: withheld === null ? ofTen(said) : null };
}

/**
 * What is left when the published units are taken from the published centre must be as many as any figure is about: as
 * long as it is fewer, the smallest unit that is still published is withheld too.
 */
function withoutComplement(
  whole: FrozenFigure,
  parts: readonly FrozenFigure[],
  said: readonly CountedReading[]
): FrozenFigure[] {
  const after = [...parts];
  if (whole.withheld !== null) return after;
  const peopleOf = (units: ReadonlySet<string | null>) =>
    different(said.filter(({ unit }) => units.has(unit)).map(({ person }) => person));
  for (;;) {
    const published = new Set<string | null>(after.filter(({ ofTen: told }) => told !== null).map(({ part }) => part));
    const rest = said.filter(({ unit }) => !published.has(unit));
    const hidden = different(rest.map(({ person }) => person));
    if (published.size === 0 || hidden === 0 || hidden >= FIGURE_PEOPLE_LEAST) return after;
    const sizes = [...published].map((unit) => ({ unit, people: peopleOf(new Set([unit])) }));
    const smallest = sizes.sort(
      (one, other) => one.people - other.people || (String(one.unit) < String(other.unit) ? -1 : 1)
    )[0];
    const at = after.findIndex(({ part }) => part === smallest?.unit);
    const found = after[at];
    if (!found) return after;
    after[at] = { ...found, ofTen: null, withheld: 'complement' };
  }
}

function ofTen(said: readonly CountedReading[]): number[] {
  const levels: readonly Level[] = [1, 2, 3, 4];
  return levels.map((level) => Math.round((20 * said.filter(({ mark }) => mark === level).length) / said.length) / 2);
}

const different = (values: readonly string[]): number => new Set(values).size;
