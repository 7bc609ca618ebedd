import type { RubricText } from '$lib/domain/coaching/rubric';
import { CITY, RUBRIC_LETTERS_MOST } from '$lib/domain/coaching/rubric-wording';
import { m } from '$lib/i18n/paraglide/messages';
import { placeWords } from './places';

type Refused = 'EMPTY' | 'TOO_LONG' | 'CITY' | 'UNCHANGED' | 'NO_DRAFT' | 'STALE' | 'NO_SUCH_PLACE';

const WHY: Record<Refused, () => string> = {
  EMPTY: m.rubric_refused_empty,
  TOO_LONG: () => m.rubric_refused_too_long({ most: RUBRIC_LETTERS_MOST }),
  CITY: () => m.rubric_refused_city({ placeholder: CITY }),
  UNCHANGED: m.rubric_refused_unchanged,
  NO_DRAFT: m.rubric_refused_no_draft,
  STALE: m.rubric_refused_stale,
  NO_SUCH_PLACE: m.rubric_refused_criteria
};

/** Why the draft was not saved or published, and which text it is about. */
export function refusalText(refusal: Refused, place: string | null, text: RubricText): string {
  const why = WHY[refusal]();
  return place === null ? why : m.rubric_refused_at({ why, place: `${placeWords(place, text, 'sv')}.` });
}
