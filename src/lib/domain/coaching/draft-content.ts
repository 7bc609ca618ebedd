/**
 * What a draft says when it is handed in. The paths are those that the pages write: `strength/<id>/{criterion,momentMs,
 * text}`, `level/<criterion>` with `level/<criterion>/momentMs` beside it, `q/<n>`, `goal/{criterion,when,try,how}`,
 * `note/<id>` (a stray note, handed in to nobody) and `text` for the last word.
 */
import type { Answer } from './commands.ts';
import { itemsOf } from './draft.ts';
import type { LevelMark, TextId } from './level.ts';
import type { GivenLevel, GoalWish, ReadingContent, Strength } from './reading.ts';

/** The texts of a draft by their path (`documentOf`). */
export type DraftDocument = ReadonlyMap<string, string>;
/** Ids come from outside, a new one for each text. */
export type NewTextId = () => TextId;

const MARKS: Readonly<Record<string, LevelMark>> = {
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  'not-applicable': 'not-applicable'
};

/** `within` makes ids that a page has chosen its own reading's: two pages may choose the same. */
export function readingContent(document: DraftDocument, within: string, newText: NewTextId): ReadingContent {
  const strengths = itemsOf(document, 'strength').map((item): Strength => ({
    id: `${within}.${item}`,
    text: newText(),
    criterion: document.get(`strength/${item}/criterion`) || null,
    momentMs: momentOf(document.get(`strength/${item}/momentMs`)),
    words: (document.get(`strength/${item}/text`) ?? '').trim()
  }));
  // What was marked and left without a word is no strength yet; a criterion alone is nothing that anybody wrote.
  const begun = strengths.filter(({ words, momentMs }) => words !== '' || momentMs !== null);
  const levels: Record<string, GivenLevel> = {};
  for (const [path, value] of document) {
    const criterion = /^level\/([^/]+)$/.exec(path)?.[1];
    const mark = MARKS[value];
    if (criterion === undefined || mark === undefined) continue;
    levels[criterion] = { mark, momentMs: momentOf(document.get(`level/${criterion}/momentMs`)) };
  }
  return { strengths: begun.sort((one, other) => (one.momentMs ?? 0) - (other.momentMs ?? 0)), levels };
}

/** The answers that have words, by question. */
export function reflectionAnswers(document: DraftDocument, newText: NewTextId): Answer[] {
  return [...document].flatMap(([path, value]) => {
    const words = value.trim();
    return /^q\/\d+$/.test(path) && words !== '' ? [{ path, text: newText(), words }] : [];
  });
}

/** Null when nothing stands in it. */
export function goalWish(document: DraftDocument, newText: NewTextId): GoalWish | null {
  const words = (part: string): string => (document.get(`goal/${part}`) ?? '').trim();
  if (['when', 'try', 'how'].every((part) => words(part) === '')) return null;
  const how = words('how');
  return {
    criterion: document.get('goal/criterion') || null,
    when: { text: newText(), words: words('when') },
    try: { text: newText(), words: words('try') },
    how: how === '' ? null : { text: newText(), words: how }
  };
}

function momentOf(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
