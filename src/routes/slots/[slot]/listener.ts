import type { RequestEvent } from '@sveltejs/kit';

/** What the sound of a call needs of a request: the running app says, and nothing of the server is imported. */
type Listener = Parameters<App.Locals['app']['sound']['sound']>[1];

/** What a request for the sound of a slot carries beside itself. */
export function listenerOf({ params, request, locals, platform }: RequestEvent<{ slot: string }>): Listener {
  return {
    slot: params.slot,
    // Asked of the cookie each time and not of `locals`: a session that has ended since must be noticed.
    who: async () => {
      const cookie = request.headers.get('cookie');
      return (await locals.app.identity.authenticate({ cookie }))?.viewer ?? null;
    },
    // Reset and not closed: what waits in the buffers of the connection is sound, too. In development there is no
    // socket to reach, and the stream ends by itself at its next byte.
    cut: () => void platform?.req.socket.resetAndDestroy()
  };
}
