import { ask } from '$lib/client/graphql';
import { boardDefinitionsQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ fetch }) => ask(fetch, boardDefinitionsQuery, {});
