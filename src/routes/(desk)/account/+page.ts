import { ask } from '$lib/client/graphql';
import { ownSessionsQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('account:sessions');
  return ask(fetch, ownSessionsQuery, {});
};
