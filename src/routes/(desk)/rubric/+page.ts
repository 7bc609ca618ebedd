import { ask } from '$lib/client/graphql';
import { rubricDraftQuery, rubricVersionsQuery } from '$lib/operations/coaching-persisted';
import { versionOf } from './rubric-text';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, parent }) => {
  depends('rubric:versions');
  const { me } = await parent();
  const [{ rubricVersions }, drafted] = await Promise.all([
    ask(fetch, rubricVersionsQuery, {}),
    me.roles.includes('method-lead') ? ask(fetch, rubricDraftQuery, {}) : { rubricDraft: null }
  ]);
  return {
    versions: rubricVersions.map(versionOf),
    draft: drafted.rubricDraft && versionOf(drafted.rubricDraft)
  };
};
