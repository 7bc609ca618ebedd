import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** For Prometheus: with METRICS_TOKEN as a bearer token or, where nobody else can reach us, from this machine. */
export const GET: RequestHandler = async ({ locals, request, getClientAddress }) => {
  const { metrics } = locals.app;
  if (!metrics.allowed(request.headers.get('authorization'), getClientAddress())) error(404, 'Not Found');
  return new Response(await metrics.text(), {
    headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' }
  });
};
