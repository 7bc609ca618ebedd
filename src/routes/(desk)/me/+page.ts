import { ask } from '$lib/client/graphql';
import { ownDevelopmentQuery, rubricVersionsQuery } from '$lib/operations/coaching-persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('me:development');
  const [{ me }, { rubricVersions }] = await Promise.all([
    ask(fetch, ownDevelopmentQuery, {}),
    ask(fetch, rubricVersionsQuery, {})
  ]);
  return { participations: me.participations, rubrics: rubricVersions, now: Date.now() };
};
