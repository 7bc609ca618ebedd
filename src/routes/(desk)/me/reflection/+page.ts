import { ask } from '$lib/client/graphql';
import { stepOf } from '$lib/client/coaching-wire';
import { ownDevelopmentQuery, rubricVersionQuery } from '$lib/operations/coaching-persisted';
import { versionOf } from '../../rubric/rubric-text';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('me:development');
  const { me } = await ask(fetch, ownDevelopmentQuery, {});
  const participation = me.participations.find(({ step }) => stepOf(step) !== 'withdrawn') ?? null;
  if (!participation) return { participation, criteria: [] };
  const { rubricVersion } = await ask(fetch, rubricVersionQuery, { id: participation.round.rubricVersion });
  return { participation, criteria: rubricVersion ? versionOf(rubricVersion).text.criteria : [] };
};
