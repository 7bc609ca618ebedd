import { redirect } from '@sveltejs/kit';
import { Refusal } from '$lib/client/graphql';
import { readMe } from '$lib/client/me';
import { ownPage } from '$lib/domain/pages';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import type { PageLoad } from './$types';

/** Everybody's own page. Strangers were sent to sign in before this; without a network it is the board that is kept. */
export const load: PageLoad = async ({ fetch }) => {
  const path = await readMe(fetch).then(
    ({ me }) => (me.firstSteps ? '/first-steps' : ownPage(me.roles)),
    (refusal: unknown) => {
      if (!(refusal instanceof Refusal)) throw refusal;
      return ownPage([]);
    }
  );
  redirect(307, localizeHref(path));
};
