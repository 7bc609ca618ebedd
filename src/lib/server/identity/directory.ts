import { Cookie } from 'lucia';
import * as oidc from 'openid-client';
import { cookieValue } from './cookies.ts';
import { plainEmail } from '../../domain/person.ts';

/** The organisation's own sign-in, by OpenID Connect. */
export interface DirectorySettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What people call it, on the button. */
  name: string;
}
/** Somebody whom the directory vouches for. Tenant and object are the key: an e-mail can be given to somebody else. */
export interface DirectoryPerson {
  tenant: string;
  object: string;
  name: string;
  email: string | null;
  /** The app roles, as they are called there; null when the directory told none, or too many to tell. */
  roles: readonly string[] | null;
  /** When it was last proven there who it is; null when the directory does not tell. */
  provenAt: number | null;
}
export interface Directory {
  name: string;
  /** Where to send the browser, with what to remember for ten minutes. `again`: prove it anew, also when signed in. */
  begin(wish: { returnTo: string; again: boolean }): Promise<{ url: string; cookie: Cookie } | 'unreachable'>;
  /** Who came back. Null when it is not the answer to a question that this browser asked, or the directory refused. */
  finish(answer: {
    url: URL;
    cookie: string | null;
  }): Promise<{ person: DirectoryPerson; returnTo: string; forget: Cookie } | null>;
}

const TEN_MINUTES = 600;
interface Asked {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
}

export function createDirectory(settings: DirectorySettings, where: { origin: string; secure: boolean }): Directory {
  const { secure } = where;
  const redirect_uri = `${where.origin}/login/directory/callback`;
  const cookieName = secure ? '__Host-directory' : 'directory';
  const cookie = (value: string, maxAge: number) =>
    new Cookie(cookieName, value, { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge });

  let found: Promise<oidc.Configuration> | undefined;
  /** Asked for at the first need and kept; a failure is forgotten, so that a directory that was down can come back. */
  function configuration(): Promise<oidc.Configuration> {
    found ??= discovered(settings);
    found.catch(() => (found = undefined));
    return found;
  }

  return {
    name: settings.name,

    async begin({ returnTo, again }) {
      const asked: Asked = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        returnTo
      };
      const known = await configuration().catch(() => null);
      if (!known) return 'unreachable';
      const url = oidc.buildAuthorizationUrl(known, {
        redirect_uri,
        scope: 'openid profile email',
        // `form_post` would come as a cross-site POST, without the Lax cookie.
        response_mode: 'query',
        state: asked.state,
        nonce: asked.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(asked.verifier),
        code_challenge_method: 'S256',
        ...(again ? { prompt: 'login', max_age: '0' } : {})
      });
      const value = Buffer.from(JSON.stringify(asked)).toString('base64url');
      return { url: url.href, cookie: cookie(value, TEN_MINUTES) };
    },

    async finish({ url, cookie: header }) {
      const asked = readAsked(cookieValue(header, cookieName));
      if (!asked) return null;
      const known = await configuration().catch(() => null);
      if (!known) return null;
      const tokens = await oidc
        .authorizationCodeGrant(known, new URL(url.search, redirect_uri), {
          expectedState: asked.state,
          expectedNonce: asked.nonce,
          pkceCodeVerifier: asked.verifier,
          idTokenExpected: true
        })
        .catch(() => null);
      const claims = tokens?.claims();
      if (!claims) return null;
      return { person: personOf(claims), returnTo: asked.returnTo, forget: cookie('', 0) };
    }
  };
}

async function discovered({ issuer, clientId, clientSecret }: DirectorySettings): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  // Only config.ts lets http through, and only to this machine.
  const execute = url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  return oidc.discovery(url, clientId, undefined, oidc.ClientSecretPost(clientSecret), { execute, timeout: 5 });
}

function readAsked(value: string | null): Asked | null {
  try {
    const asked = JSON.parse(Buffer.from(value ?? '', 'base64url').toString()) as Partial<Asked>;
    const { state, nonce, verifier, returnTo } = asked;
    return state && nonce && verifier && returnTo?.startsWith('/') ? { state, nonce, verifier, returnTo } : null;
  } catch {
    return null;
  }
}

function personOf(claims: oidc.IDToken): DirectoryPerson {
  const text = (name: string) => (typeof claims[name] === 'string' && claims[name] ? claims[name] : null);
  const email = text('email') ?? text('preferred_username');
  // Over its limit, Entra leaves the claim out and says so; half a list of roles is no list.
  const roles = claims['roles'];
  return {
    tenant: text('tid') ?? claims.iss,
    object: text('oid') ?? claims.sub,
    name: text('name') ?? email ?? claims.sub,
    email: email && plainEmail(email),
    provenAt: claims.auth_time === undefined ? null : Number(claims.auth_time) * 1000,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : null
  };
}
