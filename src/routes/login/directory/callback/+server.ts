import { error, redirect } from '@sveltejs/kit';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import type { RequestHandler } from './$types';

/** Back from the organisation's own sign-in. Only what this browser asked, in the last ten minutes, is answered. */
export const GET: RequestHandler = async ({ locals, url, request, cookies }) => {
  const { identity, logger } = locals.app;
  if (!identity.directory) error(404);
  const result = await identity.finishDirectory({
    url,
    cookie: request.headers.get('cookie'),
    userAgent: request.headers.get('user-agent')
  });
  const without = result.outcome === 'signed-in' ? result.without : null;
  logger.info({ outcome: result.outcome, without }, 'sign-in by the directory');
  if (result.outcome !== 'signed-in') redirect(303, `${localizeHref('/login')}?directory=${result.outcome}`);
  for (const { name, value, attributes } of result.cookies) cookies.set(name, value, { ...attributes, path: '/' });
  redirect(303, result.returnTo);
};
