import { ask } from '$lib/client/graphql';
import { auditQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ fetch, url }) => {
  const before = Number(url.searchParams.get('before'));
  return ask(fetch, auditQuery, { before: Number.isSafeInteger(before) && before > 0 ? before : null });
};
