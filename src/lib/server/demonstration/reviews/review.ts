import type { LevelMark, MustBeRightAnswer, MustBeRightPoint } from '../../../domain/coaching/level.ts';
import type { CriterionId } from '../../../domain/coaching/rubric.ts';

/** One review of the demonstration as the two wrote it. Moments are in the call, from its start. */
export interface InventedReview {
  /** What the place in the sample was for. */
  kind: 'random' | 'proud';
  callMs: number;
  /** By question, from 1; one that was left out is not there. */
  reflection: Readonly<Record<number, string>>;
  own: InventedReading;
  coach: InventedReading;
  goal: { criterion: CriterionId; when: string; try: string; how: string };
  mustBeRight: Readonly<Record<MustBeRightPoint, MustBeRightAnswer>>;
  lastWord: string;
  /** One minute a week, from the week after the acknowledgement. */
  log: readonly string[];
}
export interface InventedReading {
  strengths: readonly InventedStrength[];
  levels: Readonly<Record<CriterionId, { mark: LevelMark; momentMs: number | null }>>;
}
export interface InventedStrength {
  momentMs: number;
  criterion: CriterionId;
  words: string;
}

/** A strength as it is written down: `said('0:12', 'presence', 'Du …')`. */
export function said(clock: string, criterion: CriterionId, words: string): InventedStrength {
  return { momentMs: msOf(clock), criterion, words };
}
export function msOf(clock: string): number {
  const [minutes = '', seconds = ''] = clock.split(':');
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
}

const ORDER = ['recognition', 'presence', 'understanding', 'guidance', 'meeting', 'passing-on', 'closing'] as const;
/** The levels in the order of the rubric. The lowest one always has its moment. */
export function levels(
  marks: readonly [LevelMark, LevelMark, LevelMark, LevelMark, LevelMark, LevelMark, LevelMark],
  momentOfLowest = '0:00'
): InventedReading['levels'] {
  return Object.fromEntries(
    ORDER.map((criterion, n) => [
      criterion,
      { mark: marks[n]!, momentMs: marks[n] === 1 ? msOf(momentOfLowest) : null }
    ])
  );
}
