import { fail, redirect } from '@sveltejs/kit';
import { PASSWORD_LENGTH } from '$lib/domain/person';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ passwordLength: PASSWORD_LENGTH });

export const actions: Actions = {
  default: async ({ request, locals, cookies, getClientAddress }) => {
    const form = await request.formData();
    const text = (name: string) => String(form.get(name) ?? '');
    const [secret, name, email, password] = [text('secret'), text('name'), text('email'), text('password')];
    const { identity, logger } = locals.app;
    const made = await identity.firstStart.begin({ secret, name, email, password });
    logger.info({ outcome: made.outcome }, 'first start');
    if (made.outcome === 'gone') return fail(403, { name, email, why: 'gone' as const });
    if (made.outcome === 'refused') return fail(400, { name, email, why: made.why });
    const signedIn = await identity.signIn({
      email,
      password,
      address: getClientAddress(),
      cookie: request.headers.get('cookie'),
      userAgent: request.headers.get('user-agent')
    });
    if (signedIn.outcome !== 'signed-in') redirect(303, localizeHref('/login'));
    for (const { name, value, attributes } of signedIn.cookies) cookies.set(name, value, { ...attributes, path: '/' });
    redirect(303, localizeHref('/first-steps'));
  }
};
