import { redirect } from '@sveltejs/kit';
import { localizeHref } from '$lib/i18n/paraglide/runtime';

/** Everybody's own page is, for now, the board of the whole centre. Strangers were sent to sign in before this. */
export const load = () => redirect(307, localizeHref('/board/all'));
