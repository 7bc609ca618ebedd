import { ask } from '$lib/client/graphql';
import { recordingsQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('recordings:all');
  return ask(fetch, recordingsQuery, {});
};
