import { ask } from '$lib/client/graphql';
import { ownAccountQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('account:own');
  return ask(fetch, ownAccountQuery, {});
};
