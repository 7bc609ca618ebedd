import { ask } from '$lib/client/graphql';
import { stepOf } from '$lib/client/coaching-wire';
import { callChoicesQuery, ownDevelopmentQuery } from '$lib/operations/coaching-persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('me:development');
  const { me } = await ask(fetch, ownDevelopmentQuery, {});
  const participation = me.participations.find(({ step }) => stepOf(step) !== 'withdrawn') ?? null;
  const choices = participation
    ? (await ask(fetch, callChoicesQuery, { id: participation.id })).participation.callChoices
    : [];
  return { participation, choices };
};
