import { mayOpen } from '$lib/domain/pages';
import { ask } from '$lib/client/graphql';
import { insightQuery, rubricVersionsQuery } from '$lib/operations/coaching-persisted';
import type { PageLoad } from './$types';

/** What the criteria are called is asked only by those who may read the rubric; to others a figure has its code. */
export const load: PageLoad = async ({ fetch, parent }) => {
  const { me } = await parent();
  const [{ insight }, { rubricVersions }] = await Promise.all([
    ask(fetch, insightQuery, {}),
    mayOpen('/rubric', { kind: 'person', roles: me.roles })
      ? ask(fetch, rubricVersionsQuery, {})
      : { rubricVersions: [] }
  ]);
  return { insight, rubricVersions };
};
