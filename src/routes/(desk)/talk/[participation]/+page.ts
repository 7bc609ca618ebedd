import { error } from '@sveltejs/kit';
import { ask, Refusal } from '$lib/client/graphql';
import { participationQuery, rubricVersionQuery } from '$lib/operations/coaching-persisted';
import { versionOf } from '../../rubric/rubric-text';
import type { PageLoad } from './$types';

/** One participation, for the two who talk about it: each sees it in their own session. */
export const load: PageLoad = async ({ fetch, depends, params }) => {
  depends('coaching:participation');
  try {
    const { participation } = await ask(fetch, participationQuery, { id: params.participation });
    const { rubricVersion } = await ask(fetch, rubricVersionQuery, { id: participation.round.rubricVersion });
    if (!rubricVersion) error(404);
    return { participation, criteria: versionOf(rubricVersion).text.criteria };
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'not-found') error(404);
    throw refusal;
  }
};
