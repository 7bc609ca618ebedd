import { ask } from '$lib/client/graphql';
import { announcementsQuery } from '$lib/operations/persisted';
import { posted } from './posted';
import type { PageLoad } from './$types';

/** Read anew after each change, and each minute: what ends by itself moves to what was. */
export const load: PageLoad = async ({ fetch, depends }) => {
  depends('announcements:list');
  const { viewer, boards, queues, announcements } = await ask(fetch, announcementsQuery, {});
  return {
    own: {
      boards: boards.filter(({ id }) => viewer.boards.includes(id)),
      queues: queues.filter(({ unit }) => unit !== null && viewer.boards.includes(unit.id))
    },
    names: new Map([...boards, ...queues].map(({ id, name }) => [id, name])),
    timeZone: boards[0]?.timeZone ?? 'Europe/Stockholm',
    announcements: announcements.map(posted),
    readAt: Date.now()
  };
};
