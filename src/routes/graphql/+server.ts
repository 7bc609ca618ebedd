import type { RequestHandler } from './$types';

/** POST alone carries operations; the others are answered with 405. Sockets come past SvelteKit, by `handleUpgrade`. */
export const POST: RequestHandler = ({ request, locals, getClientAddress }) =>
  locals.app.graphql(request, { viewer: locals.viewer, address: getClientAddress() });
