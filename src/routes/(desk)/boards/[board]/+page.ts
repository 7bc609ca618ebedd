import { error } from '@sveltejs/kit';
import { boardDefinition, readPreview } from '$lib/client/board-definition';
import { ask } from '$lib/client/graphql';
import { defaultBoard, type BoardDefinition } from '$lib/domain/board';
import { boardDefinitionsQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

/** `new` is a board that is not there yet: somebody's first unit looks after it, or the centre. */
export const load: PageLoad = async ({ fetch, parent, params: { board } }) => {
  const { me } = await parent();
  const { boardDefinitions, units, queues } = await ask(fetch, boardDefinitionsQuery, {});
  const isNew = board === 'new';
  const found = boardDefinitions.find(({ id, mayEdit }) => id === board && mayEdit);
  if (!isNew && !found) error(404);
  const isAdministrator = me.roles.includes('administrator');
  const own = units.filter(({ id }) => isAdministrator || me.boards.includes(id));
  const first: BoardDefinition = found
    ? boardDefinition(found)
    : { ...defaultBoard(null), id: '', name: '', unit: isAdministrator ? null : (own[0]?.id ?? null) };
  return {
    board,
    isNew,
    isAdministrator,
    first,
    units,
    /** The units in whose name this person may make boards. */
    own,
    queues,
    preview: await readPreview(fetch, first, isNew)
  };
};
