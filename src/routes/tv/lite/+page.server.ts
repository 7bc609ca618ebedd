import { contact } from '$lib/domain/contact';
import type { PairingStep } from '$lib/domain/pairing';
import { redirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** For engines that cannot run the board: the server draws it anew every ten seconds, and no script is needed. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { app, viewer } = event.locals;
  const { origin, timeZone } = app.config;
  const now = Date.now();
  const sheet = { origin, timeZone, now, revoked: false, step: null as PairingStep | null, board: null };
  if (viewer?.kind !== 'screen') {
    // It was a screen until somebody took it down: it says so once, and shows a new code when it asks again.
    if (forget(event.cookies)) return { ...sheet, revoked: true };
    return { ...sheet, step: await pairing(event) };
  }
  const { screens } = app.identity;
  const [own, frame] = [await screens.own(viewer.screenId), app.engine.feed.current(viewer.board)];
  await screens.report(viewer.screenId, { frameAt: frame?.asOf ?? null, version: 'lite', lagMs: 0 });
  const identify = own !== null && (own.identifyUntil ?? 0) > now ? own.room : null;
  return { ...sheet, board: frame && { frame, contact: contact(frame.source, null, now), identify } };
};

/** The cookie of a screen that is none any more; true when there was one. */
function forget(cookies: Cookies): boolean {
  const stale = cookies.getAll().filter(({ name }) => /^(__Host-)?screen$/.test(name));
  for (const { name } of stale) cookies.delete(name, { path: '/', secure: name.startsWith('__Host-') });
  return stale.length > 0;
}

async function pairing({ locals, request, cookies, getClientAddress }: RequestEvent): Promise<PairingStep> {
  const asked = await locals.app.identity.askPairing({
    cookie: request.headers.get('cookie'),
    address: getClientAddress(),
    userAgent: request.headers.get('user-agent')
  });
  for (const { name, value, attributes } of asked.cookies) cookies.set(name, value, { ...attributes, path: '/' });
  if (asked.step.step === 'paired') redirect(303, '/tv/lite');
  return asked.step;
}
