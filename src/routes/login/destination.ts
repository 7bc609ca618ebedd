import { localizeHref } from '$lib/i18n/paraglide/runtime';

/** Where the person was going: a path of ours and nothing else, or a link could lead anybody anywhere after sign-in. */
export function destination(url: URL): string {
  const next = url.searchParams.get('next') ?? '/';
  const target = URL.canParse(next, url.origin) ? new URL(next, url.origin) : url;
  const ours = next.startsWith('/') && target.origin === url.origin && !target.pathname.startsWith('//');
  return ours && target.pathname !== url.pathname ? target.pathname : localizeHref('/');
}
