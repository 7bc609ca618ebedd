import type { LevelMark } from '../domain/coaching/level.ts';
import type { Step } from '../domain/coaching/participation.ts';
import type { Instant } from '../domain/time.ts';
import type * as wire from '../operations/coaching-persisted.ts';
import type { Answer } from '../operations/persisted.ts';

export type WireParticipation = wire.WireParticipation;
export type WireSlot = wire.WireSlot;
export type WireReading = wire.WireReading;
export type WireStrength = WireReading['strengths'][number];
export type WireRubric = Answer<typeof wire.rubricVersionsQuery>['rubricVersions'][number];

/** An instant of the API, which writes it as ISO 8601. */
export const instantOf = (at: string): Instant => Date.parse(at);
export const stepOf = (step: WireParticipation['step']): Step => plain(step);

type Plain<S extends string> = S extends `${infer Head}_${infer Rest}`
  ? `${Lowercase<Head>}-${Plain<Rest>}`
  : Lowercase<S>;
/** A word of the API as the domain spells it: `READY_TO_TALK` is `ready-to-talk`. */
export const plain = <S extends string>(wire: S): Plain<S> => wire.toLowerCase().replaceAll('_', '-') as Plain<S>;

const MARKS = {
  PRACTISE: 1,
  ON_THE_WAY: 2,
  STRONG: 3,
  EXEMPLARY: 4,
  NOT_APPLICABLE: 'not-applicable'
} as const satisfies Record<string, LevelMark>;
/** A level as the API says it, in a word, so that nothing can be added up on the way. */
export const markOf = (level: keyof typeof MARKS): LevelMark => MARKS[level];

/** Levels by their criterion. */
export function marksOf(
  levels: readonly { criterion: string; level: keyof typeof MARKS }[]
): Record<string, LevelMark> {
  return Object.fromEntries(levels.map(({ criterion, level }) => [criterion, markOf(level)]));
}
