/** What may be handed in as a reading, and why not yet. Rules of writing: nothing here ever refuses a draft. */
import type { Instant } from '../time.ts';
import type { Refusal } from './commands.ts';
import { identityNumbers } from './identity-number.ts';
import { LEVEL_WITHOUT_MOMENT, type LevelMark, type SlotId, type TextId } from './level.ts';
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

/** What a reading is held against: the rubric's criteria, and the length of the call. */
export interface ReadingRules {
  slot: SlotId;
  criteria: readonly CriterionId[];
  spanMs: number;
  now: Instant;
}

/** Letters as a reader counts them, without the spaces around. */
export function letters(words: string): number {
  return [...words.trim()].length;
}

/** Whether the words hold what can only be an identity number. What may as well be a telephone's is let through. */
export function holdsIdentityNumber(words: string, now: Instant): boolean {
  return identityNumbers(words, now).some(({ kind }) => kind === 'number');
}

/** Why a coach's reading cannot be handed in yet: strengths first, then a level for every criterion. `null`: it can. */
export function coachReadingRefusal(content: ReadingContent, rules: ReadingRules): Refusal | null {
  if (content.strengths.length < STRENGTHS_LEAST) return { code: 'two-strengths' };
  const missing = rules.criteria.find((criterion) => content.levels[criterion] === undefined);
  return (
    strengthsRefusal(content, rules) ??
    (missing === undefined ? null : { code: 'level-missing', slot: rules.slot, criterion: missing }) ??
    levelsRefusal(content, rules)
  );
}

/**
 * Why an agent's own reading of one call cannot be handed in yet. Levels are theirs to leave out, and the two strengths
 * are counted over all their calls: see `ownStrengthsRefusal`.
 */
export function agentReadingRefusal(content: ReadingContent, rules: ReadingRules): Refusal | null {
  return strengthsRefusal(content, rules) ?? levelsRefusal(content, rules);
}

/** Two strengths in all, when there is a call to find them in. */
export function ownStrengthsRefusal(readings: readonly ReadingContent[], chosenCalls: number): Refusal | null {
  if (chosenCalls === 0) return null;
  const found = readings.reduce((sum, { strengths }) => sum + strengths.length, 0);
  return found < STRENGTHS_LEAST ? { code: 'two-strengths' } : null;
}

/** Each strength has its criterion, a moment of its own, and words. Two at one moment under one criterion are one. */
function strengthsRefusal(
  { strengths }: ReadingContent,
  { slot, criteria, spanMs, now }: ReadingRules
): Refusal | null {
  const seen = new Set<string>();
  for (const [at, { id, criterion, momentMs, words }] of strengths.entries()) {
    const key = `${criterion} ${momentMs}`;
    const lacks = criterion === null || momentMs === null || letters(words) < STRENGTH_LETTERS_LEAST;
    if (lacks || !criteria.includes(criterion) || seen.has(key)) return { code: 'strength-moment', slot, at };
    seen.add(key);
    if (!isInside(momentMs, spanMs)) return { code: 'moment-outside', slot };
    if (letters(words) > COACH_LETTERS_MOST) return { code: 'too-long', most: COACH_LETTERS_MOST };
    if (holdsIdentityNumber(words, now)) return { code: 'identity-number', path: `strength/${id}/text` };
  }
  return null;
}

/** The lowest level is never said without the moment that both can listen to. */
function levelsRefusal({ levels }: ReadingContent, { slot, criteria, spanMs }: ReadingRules): Refusal | null {
  for (const [criterion, { mark, momentMs }] of Object.entries(levels)) {
    // The draft was made for another version of the rubric: whoever hands in has not seen what would be handed in.
    if (!criteria.includes(criterion)) return { code: 'stale-draft' };
    const needsMoment = mark !== 'not-applicable' && mark < LEVEL_WITHOUT_MOMENT;
    if (needsMoment && momentMs === null) return { code: 'moment-missing', slot, criterion };
    if (momentMs !== null && !isInside(momentMs, spanMs)) return { code: 'moment-outside', slot };
  }
  return null;
}

function isInside(momentMs: number, spanMs: number): boolean {
  return Number.isInteger(momentMs) && momentMs >= 0 && momentMs <= spanMs;
}

/** Why a practice goal cannot be proposed as it is written. */
export function goalRefusal(goal: GoalWish, criteria: readonly CriterionId[], now: Instant): Refusal | null {
  const { criterion, how } = goal;
  if (criterion === null || !criteria.includes(criterion)) return { code: 'goal-shape' };
  if (letters(goal.when.words) === 0 || letters(goal.try.words) === 0) return { code: 'goal-shape' };
  for (const [part, text] of [['when', goal.when] as const, ['try', goal.try] as const, ['how', how] as const]) {
    if (text === null) continue;
    if (letters(text.words) > COACH_LETTERS_MOST) return { code: 'too-long', most: COACH_LETTERS_MOST };
    if (holdsIdentityNumber(text.words, now)) return { code: 'identity-number', path: `goal/${part}` };
  }
  return null;
}
