import { ask } from '$lib/client/graphql';
import { peopleQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('people:all');
  return ask(fetch, peopleQuery, {});
};
