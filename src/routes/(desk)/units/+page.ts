import { ask } from '$lib/client/graphql';
import { openingHoursQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('units:hours');
  return ask(fetch, openingHoursQuery, {});
};
