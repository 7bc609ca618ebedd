import { ask } from '$lib/client/graphql';
import { roundProgressQuery, roundsQuery } from '$lib/operations/coaching-persisted';
import type { PageLoad } from './$types';

/** A method lead sees every round; a leader only how far their own units have come. */
export const load: PageLoad = async ({ fetch, parent }) => {
  const { me } = await parent();
  const [{ rounds }, { roundProgress }] = await Promise.all([
    me.roles.includes('method-lead') ? ask(fetch, roundsQuery, {}) : { rounds: [] },
    ask(fetch, roundProgressQuery, {})
  ]);
  return { rounds, roundProgress };
};
