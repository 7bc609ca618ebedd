/** Changing the words of a rubric: where its texts are, what may be published, and what differs from the version before. */
import type { Criterion, CriterionId, LevelText, RubricLanguage, RubricText, Worded } from './rubric.ts';

/** Where a text is in a rubric, such as `lead`, `levels/1` or `criteria/0/levels/3/example`: criteria by their place. */
export type RubricPlace = string;

/** The city's name stands here in the default. A site fills it in when it makes its first draft. */
export const CITY = '{city}';
/** A sentence or two. What is longer is not read while listening. */
export const RUBRIC_LETTERS_MOST = 400;

/** The rubric with each of its texts, and where it is, put through `change`. Everything that walks its texts goes here. */
export function reworded(text: RubricText, change: (words: Worded, place: RubricPlace) => Worded): RubricText {
  const level = ({ behaviour, example }: LevelText, at: RubricPlace): LevelText => ({
    behaviour: change(behaviour, `${at}/behaviour`),
    example: change(example, `${at}/example`)
  });
  const criterion = (each: Criterion, n: number): Criterion => {
    const at = `criteria/${n}`;
    return {
      ...each,
      name: change(each.name, `${at}/name`),
      promise: change(each.promise, `${at}/promise`),
      situation: change(each.situation, `${at}/situation`),
      levels: {
        1: level(each.levels[1], `${at}/levels/1`),
        2: level(each.levels[2], `${at}/levels/2`),
        3: level(each.levels[3], `${at}/levels/3`),
        4: level(each.levels[4], `${at}/levels/4`)
      },
      notApplicableWhen: change(each.notApplicableWhen, `${at}/notApplicableWhen`),
      talkQuestion: change(each.talkQuestion, `${at}/talkQuestion`)
    };
  };
  return {
    name: change(text.name, 'name'),
    lead: change(text.lead, 'lead'),
    levels: {
      1: change(text.levels[1], 'levels/1'),
      2: change(text.levels[2], 'levels/2'),
      3: change(text.levels[3], 'levels/3'),
      4: change(text.levels[4], 'levels/4'),
      'not-applicable': change(text.levels['not-applicable'], 'levels/not-applicable')
    },
    criteria: text.criteria.map(criterion)
  };
}

/** Every text of a rubric with its place, in the order in which it is read. */
export function rubricTexts(text: RubricText): ReadonlyMap<RubricPlace, Worded> {
  const texts = new Map<RubricPlace, Worded>();
  reworded(text, (words, place) => (texts.set(place, words), words));
  return texts;
}

/** The default with the name of the city in every place that is kept for it. */
export const filledIn = (text: RubricText, city: string): RubricText =>
  reworded(text, ({ sv, en }) => ({ sv: sv.replaceAll(CITY, city), en: en.replaceAll(CITY, city) }));

/**
 * A draft after somebody has written in it. The wording of a criterion may change under the same id; a criterion that
 * `meansAnew` gets an id that no version has had, so that what was read before is never taken for the same thing.
 *
 * `null` when a place does not exist in the rubric.
 */
export function rewritten(
  base: RubricText,
  {
    number,
    words,
    meansAnew
  }: { number: number; words: ReadonlyMap<RubricPlace, Worded>; meansAnew: readonly CriterionId[] }
): RubricText | null {
  const known = rubricTexts(base);
  if ([...words.keys()].some((place) => !known.has(place))) return null;
  if (meansAnew.some((id) => !base.criteria.some((criterion) => criterion.id === id))) return null;
  const changed = reworded(base, (before, place) => tidied(words.get(place) ?? before));
  const anew = (id: CriterionId) => (meansAnew.includes(id) ? `${id.replace(/-v\d+$/, '')}-v${number}` : id);
  return { ...changed, criteria: changed.criteria.map((criterion) => ({ ...criterion, id: anew(criterion.id) })) };
}

/** One line, without space around it: a text stands in a table, and a break that nobody sees is no difference. */
const tidied = ({ sv, en }: Worded): Worded => ({ sv: oneLine(sv), en: oneLine(en) });
const oneLine = (words: string): string => words.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

export type WordingRefusal = 'empty' | 'too-long' | 'city' | 'unchanged';
/** Why a draft is not published yet, and where; `null` when it may be. `before` is the version that it follows. */
export function unpublishable(
  draft: RubricText,
  before: RubricText | null
): { code: WordingRefusal; place: RubricPlace | null } | null {
  for (const [place, { sv, en }] of rubricTexts(draft)) {
    if (sv === '' || en === '') return { code: 'empty', place };
    if (sv.length > RUBRIC_LETTERS_MOST || en.length > RUBRIC_LETTERS_MOST) return { code: 'too-long', place };
    if (sv.includes(CITY) || en.includes(CITY)) return { code: 'city', place };
  }
  if (before === null) return null;
  const { texts, meansAnew } = rubricDifference(before, draft);
  return texts.length + meansAnew.length === 0 ? { code: 'unchanged', place: null } : null;
}

/** One text that is another than it was. */
export interface RubricChange {
  place: RubricPlace;
  language: RubricLanguage;
  before: string;
  after: string;
}
export interface RubricDifference {
  texts: RubricChange[];
  /** The places of the criteria that mean something else than before: notes on a stave do not reach over it. */
  meansAnew: number[];
}

/** What differs between two versions, in the order in which it is read. Both have the same number of criteria. */
export function rubricDifference(before: RubricText, after: RubricText): RubricDifference {
  const were = rubricTexts(before);
  const texts: RubricChange[] = [];
  for (const [place, words] of rubricTexts(after)) {
    const was = were.get(place) ?? { sv: '', en: '' };
    for (const language of ['sv', 'en'] as const)
      if (was[language] !== words[language])
        texts.push({ place, language, before: was[language], after: words[language] });
  }
  const meansAnew = after.criteria.flatMap(({ id }, n) => (before.criteria[n]?.id === id ? [] : [n]));
  return { texts, meansAnew };
}

export interface Piece {
  kind: 'same' | 'removed' | 'added';
  words: string;
}
/**
 * Two texts word by word, so that a reader sees what was taken away and what came instead. The longest run of words that
 * both have, in order, stays; within a change, what was removed stands before what was added.
 */
export function wordDifference(before: string, after: string): Piece[] {
  const [a, b] = [before.split(/(?<=\s)/u), after.split(/(?<=\s)/u)].map((words) =>
    words.filter((word) => word !== '')
  );
  const [old, next] = [a ?? [], b ?? []];
  const bare = (words: readonly string[], n: number): string | undefined => words[n]?.trimEnd();
  // longest[i][j]: how many words the rest of both, from i and from j, have in common.
  const longest = Array.from({ length: old.length + 1 }, () => new Array<number>(next.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = next.length - 1; j >= 0; j -= 1)
      longest[i]![j] =
        bare(old, i) === bare(next, j)
          ? longest[i + 1]![j + 1]! + 1
          : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  const pieces: Piece[] = [];
  const put = (kind: Piece['kind'], words: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.words += words;
    else pieces.push({ kind, words });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && bare(old, i) === bare(next, j)) {
      put('same', next[j]!);
      i += 1;
      j += 1;
    } else if (i < old.length && (j >= next.length || longest[i + 1]![j]! >= longest[i]![j + 1]!)) {
      put('removed', old[i]!);
      i += 1;
    } else {
      put('added', next[j]!);
      j += 1;
    }
  }
  return pieces;
}
