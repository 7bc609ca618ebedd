import { ask } from '$lib/client/graphql';
import { agentsQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('agents:list');
  return ask(fetch, agentsQuery, {});
};
