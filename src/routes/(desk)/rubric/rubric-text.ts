import type { ResultOf } from 'gql.tada';
import type { LevelMark } from '$lib/domain/coaching/level';
import type { RubricState, RubricText, RubricVersion, SurveyWord, Worded } from '$lib/domain/coaching/rubric';
import type { rubricVersionsDocument } from '$lib/operations/rubric';

type Wire = ResultOf<typeof rubricVersionsDocument>['rubricVersions'][number];
/** A version as the page has it; `revision` is what saving and publishing name. */
export type PageVersion = RubricVersion & { revision: number };

const STATES: Record<Wire['state'], RubricState> = { DRAFT: 'draft', PUBLISHED: 'published', RETIRED: 'retired' };
const isSurveyWord = (word: string): word is SurveyWord => word === 'meeting' || word === 'ease';

/** A version that came over the wire, where levels are lists in their order. */
export function versionOf({ id, number, state, revision, publishedAt, text }: Wire): PageVersion {
  const [one, two, three, four, none] = text.levels;
  if (!one || !two || !three || !four || !none) throw new Error('A rubric has four levels, and not applicable');
  return {
    id,
    number,
    state: STATES[state],
    revision,
    publishedAt: publishedAt === null ? null : Date.parse(publishedAt),
    text: {
      name: text.name,
      lead: text.lead,
      levels: { 1: one, 2: two, 3: three, 4: four, 'not-applicable': none } satisfies Record<LevelMark, Worded>,
      criteria: text.criteria.map(criterionOf)
    }
  };
}

function criterionOf({ levels, survey, ...texts }: Wire['text']['criteria'][number]): RubricText['criteria'][number] {
  const [one, two, three, four] = levels;
  if (!one || !two || !three || !four) throw new Error('A criterion has four levels');
  return { ...texts, survey: survey.filter(isSurveyWord), levels: { 1: one, 2: two, 3: three, 4: four } };
}
