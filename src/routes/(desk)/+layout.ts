import { error, redirect } from '@sveltejs/kit';
import { Refusal } from '$lib/client/graphql';
import { readMe } from '$lib/client/me';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import type { LayoutLoad } from './$types';

/** Who one is, for every desk page: its bar, and what it lets one try. */
export const load: LayoutLoad = async ({ fetch }) => {
  try {
    return await readMe(fetch);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (refusal.code === 'sign-in') redirect(303, localizeHref('/login'));
    error(refusal.code === 'network' ? 503 : 500);
  }
};
