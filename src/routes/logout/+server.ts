import { redirect } from '@sveltejs/kit';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import type { RequestHandler } from './$types';

/** Ends the session, and with it its sockets. A GET does nothing, so that no image or link can sign anybody out. */
export const POST: RequestHandler = async ({ locals, request, cookies, setHeaders }) => {
  for (const { name, value, attributes } of await locals.app.identity.signOut(request.headers.get('cookie')))
    cookies.set(name, value, { ...attributes, path: '/' });
  setHeaders({ 'clear-site-data': '"cache", "cookies"' });
  redirect(303, localizeHref('/login'));
};
