import { ask } from '$lib/client/graphql';
import { exchangesQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => ({ health: await ask(fetch, exchangesQuery, {}) });
