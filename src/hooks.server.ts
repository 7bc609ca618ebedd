import type { Handle } from '@sveltejs/kit';
import { paraglideMiddleware } from '$lib/i18n/paraglide/server';

const language: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ request, locale }) => {
    event.request = request;
    // The theme is a cookie, so that it stands in the first byte of the page: no flash, and no inline script for the CSP.
    const theme = event.cookies.get('theme');
    const chosen = theme === 'dark' || theme === 'light' ? `data-theme="${theme}"` : '';
    return resolve(event, {
      transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('%theme%', chosen)
    });
  });

export const handle = language;
