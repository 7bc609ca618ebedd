import { fail, redirect } from '@sveltejs/kit';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import type { Actions } from './$types';

export const actions: Actions = {
  /** A form and no mutation, because the session gets a new token: only this answer can set its cookie. */
  password: async ({ request, locals, cookies, getClientAddress }) => {
    if (locals.viewer?.kind !== 'person') redirect(303, localizeHref('/login'));
    const form = await request.formData();
    const [present, next, again] = ['present', 'next', 'again'].map((name) => String(form.get(name) ?? ''));
    if (!present || !next) return fail(400, { outcome: 'missing' as const, seconds: 0 });
    if (next !== again) return fail(400, { outcome: 'differ' as const, seconds: 0 });
    const result = await locals.app.identity.changePassword(locals.viewer, {
      present,
      next,
      address: getClientAddress(),
      userAgent: request.headers.get('user-agent')
    });
    if (result.outcome === 'delayed')
      return fail(429, { outcome: result.outcome, seconds: Math.ceil(result.waitMs / 1000) });
    if (result.outcome !== 'changed') return fail(400, { outcome: result.outcome, seconds: 0 });
    for (const { name, value, attributes } of result.cookies) cookies.set(name, value, { ...attributes, path: '/' });
    return { outcome: result.outcome, seconds: 0 };
  }
};
