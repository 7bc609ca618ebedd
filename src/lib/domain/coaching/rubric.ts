/** What a rubric is made of. The default texts are elsewhere; a published version never changes. */
import type { Instant } from '../time.ts';
import type { Level, LevelMark } from './level.ts';

/** Stable over versions: new wording keeps the id, a new meaning takes a new one, and the stave breaks there. */
export type CriterionId = string;
export type RubricVersionId = string;

/** The seven criteria of the default rubric, in the order in which a call goes. */
export const DEFAULT_CRITERIA = [
  'recognition',
  'presence',
  'understanding',
  'guidance',
  'meeting',
  'passing-on',
  'closing'
] as const satisfies readonly CriterionId[];

/** The two words of the national telephone survey: how one is met (bemötande), and how easy help was to get (enkelhet). */
export type SurveyWord = 'meeting' | 'ease';

export type RubricLanguage = 'sv' | 'en';
/** The same in every language; a draft may still lack one, a published version may not. */
export type Worded = Readonly<Record<RubricLanguage, string>>;

/** One step of one criterion: how it is heard, and what somebody might say. */
export interface LevelText {
  behaviour: Worded;
  example: Worded;
}

export interface Criterion {
  id: CriterionId;
  name: Worded;
  /** The main word first. */
  survey: readonly SurveyWord[];
  /** What the caller can say when it is there: "I hear at once that I came to the right place." */
  promise: Worded;
  /** The situation that all four examples belong to, so that the steps can be heard. */
  situation: Worded;
  /** What the coach asks in the talk. */
  talkQuestion: Worded;
  levels: Readonly<Record<Level, LevelText>>;
  /** One sentence: "not applicable when …". */
  notApplicableWhen: Worded;
}

export interface RubricText {
  name: Worded;
  /** Above the form. */
  lead: Worded;
  /** What a level is in every criterion; the levels' names are words of the product, and the same in all rubrics. */
  levels: Readonly<Record<LevelMark, Worded>>;
  criteria: readonly Criterion[];
}

/** `retired`: not for new rounds; what was read by it stays readable by it. */
export type RubricState = 'draft' | 'published' | 'retired';

export interface RubricVersion {
  id: RubricVersionId;
  /** Versions count from 1; a draft has the number it will have. */
  number: number;
  state: RubricState;
  text: RubricText;
  publishedAt: Instant | null;
}

export function criterionIds({ criteria }: Pick<RubricText, 'criteria'>): CriterionId[] {
  return criteria.map(({ id }) => id);
}
