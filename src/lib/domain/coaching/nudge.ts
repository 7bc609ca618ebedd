import type { RubricLanguage } from './rubric.ts';

/**
 * What a sentence about a call may have slipped into. A nudge is one line under the field: it asks, it never blocks, and
 * it is gone as soon as the sentence is another.
 *
 * - `person`: praise or blame of somebody, which nobody can do again on purpose.
 * - `backwards`: points at something that is not there.
 * - `guess`: a feeling inside another, which nobody can hear for certain.
 * - `comparison`: people against each other, or a figure on a call.
 * - `many`: something forbidden, always or never: too much to try on Monday.
 */
export type Nudge = 'person' | 'backwards' | 'guess' | 'comparison' | 'many';

/**
 * The words that wake it, the gravest first: the first kind that is found is said, since one line is enough. A comparison
 * tempts to ranking, so it is said before the praise that it is often wrapped in.
 */
const WORDS: Readonly<Record<RubricLanguage, readonly (readonly [Nudge, readonly string[]])[]>> = {
  sv: [
    ['comparison', ['bättre än', 'sämre än']],
    ['many', ['sluta', 'alltid', 'aldrig']],
    ['backwards', ['glömde', 'missade', 'borde', 'slarv', 'fel', 'brist', 'dålig']],
    ['guess', ['stressad', 'sur']],
    ['person', ['du är', 'svag', 'duktig']]
  ],
  en: [
    ['comparison', ['better than', 'worse than']],
    ['many', ['stop', 'always', 'never']],
    ['backwards', ['forgot', 'missed', 'should', 'careless', 'wrong', 'poor']],
    ['guess', ['stressed', 'grumpy']],
    ['person', ['you are', "you're", 'weak']]
  ]
};

/** A figure before % or `av tio`, in digits or in a word: `90 %`, `nine out of ten`. */
const FIGURE: Readonly<Record<RubricLanguage, RegExp>> = {
  sv: /\d\s*%|(?<!\p{L})(?:\d+|noll|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|hälften) av (?:tio|10)(?![\p{L}\d])/iu,
  en: /\d\s*%|(?<!\p{L})(?:\d+|none|one|two|three|four|five|six|seven|eight|nine|ten|half) (?:in|out of|of) (?:ten|10)(?![\p{L}\d])/iu
};

/** Whole words only: `felanmälan`, `surdeg` and `svagström` are no verdicts. */
const standing = (words: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])(?:${words.map((word) => word.replaceAll(' ', '\\s+')).join('|')})(?![\\p{L}\\d])`, 'iu');

const PATTERNS = {
  sv: WORDS.sv.map(([nudge, words]) => [nudge, standing(words)] as const),
  en: WORDS.en.map(([nudge, words]) => [nudge, standing(words)] as const)
};

/** What to ask about a text, or `null` when nothing in it wakes a question. */
export function nudge(text: string, language: RubricLanguage): Nudge | null {
  // A decomposed å or a typographer's apostrophe is still the same word.
  const plain = text.normalize('NFC').replaceAll('’', "'");
  if (FIGURE[language].test(plain)) return 'comparison';
  return PATTERNS[language].find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}
