import { ask } from '$lib/client/graphql';
import { screensQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('screens:list');
  return { ...(await ask(fetch, screensQuery, {})), readAt: Date.now() };
};
