import { ask } from '$lib/client/graphql';
import { coachPlansQuery } from '$lib/operations/coaching-persisted';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
  depends('coaching:plans');
  const { coachPlans } = await ask(fetch, coachPlansQuery, {});
  return { plans: coachPlans, now: Date.now() };
};
