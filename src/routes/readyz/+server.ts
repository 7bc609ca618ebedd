import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** 200 when boards can be served and everything told is saved; else 503 with codes for why not. */
export const GET: RequestHandler = async ({ locals }) => {
  const why = await locals.app.unready();
  return json(
    { ready: why.length === 0, why },
    { status: why.length === 0 ? 200 : 503, headers: { 'cache-control': 'no-store' } }
  );
};
