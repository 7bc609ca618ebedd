import { ask } from '$lib/client/graphql';
import { queueSettingsQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('queues:settings');
  return { ...(await ask(fetch, queueSettingsQuery, {})), readAt: Date.now() };
};
