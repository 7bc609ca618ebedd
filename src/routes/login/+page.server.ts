import { fail, redirect } from '@sveltejs/kit';
import { destination } from './destination';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.viewer) redirect(303, destination(url));
  // Names and passwords stand here in the demonstration only; the app has none to give otherwise.
  const { directory } = locals.app.identity;
  const next = url.searchParams.get('next');
  const way = directory && `/login/directory${next ? `?next=${encodeURIComponent(next)}` : ''}`;
  const failed = directory && url.searchParams.get('directory');
  return { demonstration: locals.app.demonstration, directory: directory && { name: directory.name, way, failed } };
};

export const actions: Actions = {
  default: async ({ request, locals, cookies, url, getClientAddress }) => {
    const form = await request.formData();
    const [email, password] = [String(form.get('email') ?? ''), String(form.get('password') ?? '')];
    if (!email || !password) return fail(400, { email, outcome: 'missing' as const, seconds: 0 });
    const result = await locals.app.identity.signIn({
      email,
      password,
      address: getClientAddress(),
      cookie: request.headers.get('cookie'),
      userAgent: request.headers.get('user-agent')
    });
    locals.app.logger.info({ outcome: result.outcome }, 'sign-in');
    if (result.outcome === 'signed-in') {
      for (const { name, value, attributes } of result.cookies) cookies.set(name, value, { ...attributes, path: '/' });
      redirect(303, destination(url));
    }
    const seconds = result.outcome === 'delayed' ? Math.ceil(result.waitMs / 1000) : 0;
    return fail(result.outcome === 'wrong' ? 401 : 429, { email, outcome: result.outcome, seconds });
  }
};
