import { ask } from '$lib/client/graphql';
import { exchangesQuery, firstStepsQuery, openingHoursQuery, queueSettingsQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  // What the forms of the other pages say when they have changed something.
  depends('first:steps', 'queues:settings', 'units:hours');
  const [steps, { exchanges }, queues, { openingHours }] = await Promise.all([
    ask(fetch, firstStepsQuery, {}),
    ask(fetch, exchangesQuery, {}),
    ask(fetch, queueSettingsQuery, {}),
    ask(fetch, openingHoursQuery, {})
  ]);
  return { ...steps, ...queues, exchanges, openingHours, readAt: Date.now() };
};
