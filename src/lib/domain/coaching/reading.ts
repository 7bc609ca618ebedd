/** What may be handed in as a reading, and why not yet. Rules of writing: nothing here ever refuses a draft. */
import type { LevelMark, TextId } from './level.ts';
import type { CriterionId } from './rubric.ts';

/** Something that already works, at a moment in the call, and what it did for the caller. */
export interface Strength {
  /** The row's id, and the words' own. */
  id: string;
  text: TextId;
  criterion: CriterionId | null;
  momentMs: number | null;
  words: string;
}

export interface GivenLevel {
  mark: LevelMark;
  momentMs: number | null;
}

/** A reading as it stands in a draft at the moment it is handed in: a strength may still lack what it needs. */
export interface ReadingContent {
  strengths: readonly Strength[];
  /** By criterion: one that is left out has not been answered, which is something else than not applicable. */
  levels: Readonly<Record<CriterionId, GivenLevel>>;
}

/** "When …, try …", with the criterion it practises; `how` is when, how often and with whom, and may be left out. */
export interface GoalWish {
  criterion: CriterionId | null;
  when: { text: TextId; words: string };
  try: { text: TextId; words: string };
  how: { text: TextId; words: string } | null;
}

export const STRENGTH_LETTERS_LEAST = 10;
export const COACH_LETTERS_MOST = 400;
export const STRENGTHS_LEAST = 2;
