import { error, redirect } from '@sveltejs/kit';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import { destination } from '../destination';
import type { RequestHandler } from './$types';

/** To the organisation's own sign-in. `again=1` asks it to make sure who it is once more. */
export const GET: RequestHandler = async ({ locals, url, cookies }) => {
  const { directory } = locals.app.identity;
  if (!directory) error(404);
  const begun = await directory.begin({ returnTo: destination(url), again: url.searchParams.get('again') === '1' });
  if (begun === 'unreachable') redirect(303, `${localizeHref('/login')}?directory=unreachable`);
  const { name, value, attributes } = begun.cookie;
  cookies.set(name, value, { ...attributes, path: '/' });
  redirect(303, begun.url);
};
