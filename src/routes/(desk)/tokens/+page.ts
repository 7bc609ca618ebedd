import { ask } from '$lib/client/graphql';
import { apiTokensQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('tokens:list');
  return ask(fetch, apiTokensQuery, {});
};
