import { error } from '@sveltejs/kit';
import { ask, Refusal } from '$lib/client/graphql';
import { participationQuery, rubricVersionQuery } from '$lib/operations/coaching-persisted';
import { versionOf } from '../../../rubric/rubric-text';
import type { PageLoad } from './$types';

/** The participation with all its calls, and the version of the rubric that its round reads by. */
export const load: PageLoad = async ({ fetch, depends, params }) => {
  depends('coaching:participation');
  try {
    const { participation } = await ask(fetch, participationQuery, { id: params.participation });
    const at = participation.slots.findIndex(({ id }) => id === params.slot);
    const slot = participation.slots[at];
    if (!slot || participation.side !== 'COACH') error(404);
    const { rubricVersion } = await ask(fetch, rubricVersionQuery, { id: participation.round.rubricVersion });
    if (!rubricVersion) error(404);
    return { participation, slot, at, criteria: versionOf(rubricVersion).text.criteria };
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'not-found') error(404);
    throw refusal;
  }
};
