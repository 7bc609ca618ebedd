import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export const CLIENT = { clientId: 'stamgaffel', clientSecret: 'a-secret-between-two-machines' };

/** A real OpenID Connect provider on this machine; what it tells of its people is set by the test. */
export class LocalDirectory {
  readonly people = new Map<string, Record<string, unknown>>();
  issuer = '';
  #server: Server | undefined;

  async start(redirectUri: string): Promise<void> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [redirectUri]
        }
      ],
      // As Entra does, everything stands in the ID token.
      conformIdTokenClaims: false,
      claims: {
        openid: ['sub', 'tid', 'oid', 'roles', 'auth_time'],
        profile: ['name', 'preferred_username'],
        email: ['email']
      },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...this.people.get(sub) }) }),
      cookies: { keys: ['for a test'] }
    });
    server.on('request', provider.callback());
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((closed) => this.#server?.close(closed) ?? closed(undefined));
  }

  /** What a person does in the browser from the first redirect on: signs in there, agrees, and is sent back to us. */
  async signIn(from: string, who: string): Promise<URL> {
    const jar = new Map<string, string>();
    let [url, form]: [URL, URLSearchParams | null] = [new URL(from), null];
    for (let step = 0; step < 12; step++) {
      if (url.origin !== this.issuer) return url;
      const response: Response = await fetch(url, {
        method: form ? 'POST' : 'GET',
        body: form,
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
      });
      for (const set of response.headers.getSetCookie()) {
        const [pair = ''] = set.split(';', 1);
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const location = response.headers.get('location');
      const page = await response.text();
      if (location) [url, form] = [new URL(location, url), null];
      else {
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
        const action = /action="([^"]+)"/.exec(page)?.[1];
        if (!prompt || !action) throw new Error(`The directory shows neither a form nor a way:\n${page}`);
        [url, form] = [new URL(action, url), new URLSearchParams({ prompt, login: who, password: 'whatever' })];
      }
    }
    throw new Error('The directory sends in circles');
  }
}
