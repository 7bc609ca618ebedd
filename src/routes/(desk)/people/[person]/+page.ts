import { error } from '@sveltejs/kit';
import { ask } from '$lib/client/graphql';
import { peopleQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, params }) => {
  depends('people:all');
  const { people, units } = await ask(fetch, peopleQuery, {});
  const person = people.find(({ id }) => id === params.person);
  if (!person) error(404);
  return { person, units };
};
