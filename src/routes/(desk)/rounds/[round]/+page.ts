import { error } from '@sveltejs/kit';
import { ask, Refusal } from '$lib/client/graphql';
import { insightQuery, roundMaterialQuery, roundProgressQuery, roundQuery } from '$lib/operations/coaching-persisted';
import type { PageLoad } from './$types';

/** `/rounds/new` is a draft that is not saved yet. */
export const load: PageLoad = async ({ fetch, depends, params }) => {
  depends('rounds:one');
  const id = params.round === 'new' ? null : params.round;
  try {
    const [found, { roundMaterial }, { roundProgress }, { insight }] = await Promise.all([
      id === null ? null : ask(fetch, roundQuery, { id }),
      ask(fetch, roundMaterialQuery, {}),
      ask(fetch, roundProgressQuery, {}),
      ask(fetch, insightQuery, {})
    ]);
    const round = found?.round ?? null;
    return {
      round,
      material: roundMaterial,
      progress: roundProgress.find((each) => each.round.id === id) ?? null,
      queues: insight.queues.map(({ name }) => name)
    };
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'not-found') error(404);
    throw refusal;
  }
};
