import { LEVELS, type Level } from '$lib/domain/coaching/level';
import type { RubricLanguage, RubricText } from '$lib/domain/coaching/rubric';
import type { RubricPlace } from '$lib/domain/coaching/rubric-wording';
import { levelWord } from '$lib/i18n/coaching-words';
import { m } from '$lib/i18n/paraglide/messages';

export interface PlaceField {
  place: RubricPlace;
  label: string;
  /** Whether it is a name, and so one short line. */
  short: boolean;
}

/** The texts of a part: of one criterion by its place, or (null) what stands around them all. */
export function fieldsOf(part: number | null): PlaceField[] {
  const field = (place: RubricPlace, label: string, short = false): PlaceField => ({ place, label, short });
  if (part === null)
    return [
      field('name', m.rubric_field_name(), true),
      field('lead', m.rubric_field_lead()),
      ...LEVELS.map((level) => field(`levels/${level}`, m.rubric_field_level({ level: levelWord(level) }))),
      field('levels/not-applicable', m.rubric_field_level({ level: levelWord('not-applicable') }))
    ];
  const at = `criteria/${part}`;
  return [
    field(`${at}/name`, m.rubric_field_name(), true),
    field(`${at}/promise`, m.rubric_field_promise()),
    field(`${at}/situation`, m.rubric_situation()),
    ...LEVELS.flatMap((level: Level) => [
      field(`${at}/levels/${level}/behaviour`, m.rubric_field_behaviour({ level: levelWord(level) })),
      field(`${at}/levels/${level}/example`, m.rubric_field_example({ level: levelWord(level) }))
    ]),
    field(`${at}/notApplicableWhen`, m.rubric_field_na()),
    field(`${at}/talkQuestion`, m.rubric_talk_question())
  ];
}

/** Where a text is, in words: `Närvaro: Stark, till exempel`. */
export function placeWords(place: RubricPlace, text: RubricText, language: RubricLanguage): string {
  const n = place.match(/^criteria\/(\d+)\//)?.[1];
  const part = n === undefined ? null : Number(n);
  const field = fieldsOf(part).find((each) => each.place === place)?.label ?? place;
  const name = part === null ? m.rubric_title() : (text.criteria[part]?.name[language] ?? place);
  return m.rubric_place({ part: name, field });
}
