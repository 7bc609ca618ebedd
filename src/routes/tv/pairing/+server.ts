import { error, json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** A television asks how its pairing stands. What it is known by are cookies that no script reads. */
export const POST: RequestHandler = async ({ locals, request, cookies, getClientAddress }) => {
  // A foreign page cannot set the header, so it cannot use up a browser's code.
  if (request.headers.get('x-stamgaffel') !== '1') error(403);
  const asked = await locals.app.identity.askPairing({
    cookie: request.headers.get('cookie'),
    address: getClientAddress(),
    userAgent: request.headers.get('user-agent')
  });
  for (const { name, value, attributes } of asked.cookies) cookies.set(name, value, { ...attributes, path: '/' });
  return json(asked.step, { headers: { 'cache-control': 'no-store' } });
};
