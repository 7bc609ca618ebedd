import { error } from '@sveltejs/kit';
import { ask } from '$lib/client/graphql';
import { namesByStateQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

/** Each unit that is the leader's own; and no such page where the site has not chosen it. */
export const load: PageLoad = async ({ fetch, depends, parent }) => {
  depends('team:names');
  const { me, boards } = await parent();
  if (!me.namesByState) error(404);
  const own = boards.filter(({ id }) => me.boards.includes(id));
  return {
    units: await Promise.all(
      own.map(async ({ id, name }) => ({
        id,
        name: name ?? '',
        names: (await ask(fetch, namesByStateQuery, { unit: id })).namesByState
      }))
    )
  };
};
