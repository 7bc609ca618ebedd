import { building } from '$app/environment';
import { error, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { mayOpen, pageOf } from '$lib/domain/pages';
import { m } from '$lib/i18n/paraglide/messages';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import { paraglideMiddleware } from '$lib/i18n/paraglide/server';
import { getApp } from '$lib/server/app';

/** Asked for every few seconds by machines. */
const PROBES = new Set<string | null>(['/livez', '/readyz', '/metrics']);

export const init: ServerInit = async () => {
  // While pages are prerendered there is no contact centre: the build must not open a database.
  if (!building) await getApp();
};

/** Outermost, so that what it adds stands on every answer, also on redirects and errors. */
const headers: Handle = async ({ event, resolve }) => {
  if (building) return resolve(event);
  const app = (event.locals.app = await getApp());
  const began = performance.now();
  const response = await resolve(event);
  const set = (name: string, value: string) => response.headers.set(name, value);
  set('x-content-type-options', 'nosniff');
  set('x-frame-options', 'DENY');
  set('referrer-policy', 'same-origin');
  set('cross-origin-opener-policy', 'same-origin');
  set('cross-origin-resource-policy', 'same-origin');
  set('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  if (app.config.origin.startsWith('https:')) set('strict-transport-security', 'max-age=31536000');
  // A page was made for one person: after sign-out the back button must not bring it again.
  if (!response.headers.has('cache-control')) set('cache-control', 'private, no-store');
  // The path without its query, and nobody's name: who looked at what is nobody's business but the audit log's.
  app.logger[PROBES.has(event.route.id) ? 'debug' : 'info'](
    {
      method: event.request.method,
      route: event.route.id,
      status: response.status,
      ms: Math.round(performance.now() - began)
    },
    'answered'
  );
  return response;
};

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

/** A television says that it is one, so that it stays one also where somebody has signed in on it. */
const isTelevision = ({ route, url }: { route: { id: string | null }; url: URL }): boolean =>
  route.id === '/graphql' ? url.search === '?screen' : (route.id?.startsWith('/tv') ?? false);

const identity: Handle = async ({ event, resolve }) => {
  event.locals.viewer = null;
  if (building) return resolve(event);
  const { identity } = event.locals.app;
  const { viewer, cookies } = isTelevision(event)
    ? await identity.visitScreen(event.request.headers)
    : await identity.visit(event.request.headers);
  event.locals.viewer = viewer;
  for (const { name, value, attributes } of cookies) event.cookies.set(name, value, { ...attributes, path: '/' });
  const waitMs = PROBES.has(event.route.id) ? 0 : event.locals.app.rates.take(viewer, event.getClientAddress());
  if (waitMs > 0) return tooMany(event.route.id === '/graphql', Math.ceil(waitMs / 1000));
  const who = viewer && { kind: viewer.kind, roles: viewer.kind === 'person' ? viewer.roles : [viewer.kind] };
  // No route: there is nothing here, and whoever asked is told so.
  if (event.route.id === null || mayOpen(pageOf(event.route.id), who)) return resolve(event);
  if (viewer === null) {
    const way = event.url.pathname === '/' ? '' : `?next=${encodeURIComponent(event.url.pathname)}`;
    return new Response(null, { status: 303, headers: { location: `${localizeHref('/login')}${way}` } });
  }
  // As if it were not there.
  error(404);
};

/** Cheap to make, and read by whoever wrote the script that runs away. */
function tooMany(asked: boolean, seconds: number): Response {
  const message = m.error_too_many({ seconds });
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'TOO_MANY_REQUESTS' } }] });
  return new Response(asked ? body : message, {
    status: 429,
    headers: {
      'retry-after': String(seconds),
      'content-type': asked ? 'application/json' : 'text/plain; charset=utf-8'
    }
  });
}

/**
 * `localhost` and `127.0.0.1` are one machine and two origins: forms and sockets are taken from ours only, so whoever
 * came by the other name is sent to ours before anything can be refused.
 */
const ownName: Handle = ({ event, resolve }) => {
  if (building || !event.request.headers.get('accept')?.includes('text/html')) return resolve(event);
  const { config } = event.locals.app;
  const [ours, asked] = [new URL(config.origin), `http://${event.request.headers.get('host')}`];
  if (!config.originIsLoopback || !URL.canParse(asked)) return resolve(event);
  const { hostname, port } = new URL(asked);
  if (hostname === ours.hostname || port !== ours.port || !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    return resolve(event);
  return new Response(null, {
    status: 307,
    headers: { location: ours.origin + event.url.pathname + event.url.search }
  });
};

export const handle = sequence(headers, ownName, language, identity);

/** What the visitor is told is an id; what happened stands in the log under it. */
export const handleError: HandleServerError = ({ error: cause, event, status, message }) => {
  if (status === 404) return { message };
  const id = crypto.randomUUID();
  event.locals.app?.logger.error({ err: cause, id, route: event.route.id }, 'A request failed');
  return { message: `${message} (${id})` };
};
