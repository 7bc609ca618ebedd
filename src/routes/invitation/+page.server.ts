import { fail, redirect } from '@sveltejs/kit';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import type { Actions } from './$types';

/**
 * The link's secret stands in its fragment, which browsers do not send: opening the link, as mail programs do before
 * people, uses nothing up. Only these two do anything, by POST, and only the second sets a password.
 */
export const actions: Actions = {
  look: async ({ request, locals }) => {
    const secret = String((await request.formData()).get('secret') ?? '');
    const invitation = await locals.app.identity.invitations.look(secret);
    return invitation ? { step: 'open' as const, invitation, wrong: null } : fail(404, gone);
  },
  accept: async ({ request, locals, cookies }) => {
    const form = await request.formData();
    const [secret, password, again] = ['secret', 'password', 'again'].map((name) => String(form.get(name) ?? ''));
    const invitation = await locals.app.identity.invitations.look(secret ?? '');
    if (!invitation) return fail(404, gone);
    const refused = (wrong: 'differ' | 'unfit' | 'busy') => fail(400, { step: 'open' as const, invitation, wrong });
    if (password !== again) return refused('differ');
    const userAgent = request.headers.get('user-agent');
    const result = await locals.app.identity.acceptInvitation({
      secret: secret ?? '',
      password: password ?? '',
      userAgent
    });
    if (result.outcome === 'gone') return fail(404, gone);
    if (result.outcome !== 'signed-in') return refused(result.outcome);
    for (const { name, value, attributes } of result.cookies) cookies.set(name, value, { ...attributes, path: '/' });
    redirect(303, localizeHref('/'));
  }
};

const gone = { step: 'gone' as const, invitation: null, wrong: null };
