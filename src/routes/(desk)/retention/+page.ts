import { ask } from '$lib/client/graphql';
import { retentionRulesQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('retention:rules');
  return ask(fetch, retentionRulesQuery, {});
};
