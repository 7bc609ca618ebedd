import type { Reroute } from '@sveltejs/kit';
import { deLocalizeUrl } from '$lib/i18n/paraglide/runtime';

/** `/en/board/all` and `/board/all` are one page in two languages. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname;
