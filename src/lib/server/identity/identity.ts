/**
 * Who somebody is. Everything else asks this one module: routes and sockets by their headers, the sign-in page with a
 * password, the command line to make people and tokens.
 */
import type { Kysely } from 'kysely';
import type { Cookie } from 'lucia';
import type { Viewer } from '../../domain/access.ts';
import type { PairingStep } from '../../domain/pairing.ts';
import { createAccount, type Account } from './account.ts';
import { createApiTokens, type ApiTokens } from './api-tokens.ts';
import { createAudit, type Audit } from './audit.ts';
import { browserOf } from './browser.ts';
import { cookieValue } from './cookies.ts';
import { createDevices } from './devices.ts';
import { Guessing, TooManyAttempts } from './guessing.ts';
import { createPasswords, TooBusy } from './passwords.ts';
import { createPairings, type Pairings } from './pairings.ts';
import { createPeople, plainEmail, type People } from './people.ts';
import { Revocations, type OnRevoked } from './revocations.ts';
import { createScreens, type Screens } from './screens.ts';
import { hashed, randomSecret } from './secrets.ts';
import { ABSOLUTE_MS, createLucia, SessionAdapter } from './sessions.ts';
import type { IdentityTables } from './tables.ts';
import { createTelevisions } from './televisions.ts';

export type SignIn =
  | { outcome: 'signed-in'; personId: string; cookies: Cookie[] }
  | { outcome: 'wrong' }
  | { outcome: 'delayed'; waitMs: number }
  | { outcome: 'busy' };

/** Who somebody is, and until when at the latest. */
export interface Authenticated {
  viewer: Viewer;
  expiresAt: number | null;
}

export interface Identity {
  /**
   * The viewer behind these headers: an `Authorization: Bearer` token if there is one (a wrong one is nobody, whatever
   * the cookie says), else the session cookie. Null for a stranger. For sockets too, at the upgrade and, by
   * `authorization`, when they bring their token later. Never renews a session: only `visit` does.
   */
  authenticate(headers: {
    cookie?: string | null;
    authorization?: string | null;
    /** A television asks: its own cookie counts and nothing else, also where a person has signed in on it. */
    screen?: boolean;
  }): Promise<Authenticated | null>;
  /** As `authenticate`, for a page or a question over HTTP: a session that is used lives on, and may set its cookie again. */
  visit(headers: Headers): Promise<{ viewer: Viewer | null; cookies: Cookie[] }>;
  /** As `visit`, for a television: only its own cookie counts, and is prolonged by being used. */
  visitScreen(headers: Headers): Promise<{ viewer: Viewer | null; cookies: Cookie[] }>;
  /** A television that waits to be paired asks how it stands. */
  askPairing(asking: { cookie: string | null; address: string; userAgent: string | null }): Promise<{
    step: PairingStep;
    cookies: Cookie[];
  }>;
  signIn(wish: {
    email: string;
    password: string;
    address: string;
    cookie: string | null;
    userAgent?: string | null;
  }): Promise<SignIn>;
  signOut(cookie: string | null): Promise<Cookie[]>;
  /** Calls back when somebody who was let in loses the right to be here, or has other roles; returns how to stop. */
  onRevoked(listener: OnRevoked): () => void;
  account: Account;
  people: People;
  tokens: ApiTokens;
  audit: Audit;
  screens: Screens;
  pairings: Pairings;
  close(): void;
}

export interface IdentityParts {
  db: Kysely<IdentityTables>;
  /** Whether people reach us by https: then cookies are `Secure` and `__Host-`. */
  secure: boolean;
  wait?: (ms: number) => Promise<void>;
  /** The clock that screens and their pairing go by. */
  now?: () => number;
}

export function createIdentity({ db, secure, wait = pause, now = Date.now }: IdentityParts): Identity {
  const adapter = new SessionAdapter(db);
  const lucia = createLucia(adapter, secure);
  const passwords = createPasswords();
  const guessing = new Guessing(() => Date.now(), wait);
  const devices = createDevices(db, secure);
  const tokens = createApiTokens(db);
  const audit = createAudit(db);
  const account = createAccount(db, audit);
  const people = createPeople(db, passwords);
  const revocations = new Revocations(db);
  const screens = createScreens(db, audit, now);
  const pairings = createPairings({ db, screens, audit, now });
  const televisions = createTelevisions({ screens, pairings, revocations, secure });

  const sessionToken = (cookie: string | null | undefined) => cookieValue(cookie, lucia.sessionCookieName);
  const person = async (token: string, personId: string, name: string): Promise<Viewer> => {
    const [roles, ties] = await Promise.all([people.rolesOf(personId), people.tiesOf(personId)]);
    return { kind: 'person', personId, sessionId: hashed(token), name, roles, ties };
  };
  async function integrator(authorization: string): Promise<Authenticated | null> {
    const found = await tokens.viewer(lucia.readBearerToken(authorization) ?? '');
    if (found) revocations.letIn({ tokenId: found.viewer.tokenId }, 0);
    return found;
  }
  /** Whatever changes rights here is felt here at once; a failed look is made up for by the next, two seconds later. */
  const felt =
    <Args extends unknown[], R>(act: (...args: Args) => Promise<R>) =>
    async (...args: Args): Promise<R> => {
      const result = await act(...args);
      await revocations.look().catch(() => {});
      return result;
    };

  return {
    async authenticate({ cookie, authorization, screen }) {
      if (screen) return televisions.authenticate(cookie);
      if (authorization) return integrator(authorization);
      const token = sessionToken(cookie);
      if (!token) return null;
      const [session, user] = await adapter.getSessionAndUser(token);
      const expiresAt = Math.min(session?.expiresAt.getTime() ?? 0, session?.attributes.endsAt ?? 0);
      if (!session || !user || expiresAt <= Date.now()) return null;
      revocations.letIn({ sessionId: hashed(token) }, user.attributes.accessVersion);
      return { viewer: await person(token, user.id, user.attributes.name), expiresAt };
    },

    async visit(headers) {
      const authorization = headers.get('authorization');
      if (authorization) return { viewer: (await integrator(authorization))?.viewer ?? null, cookies: [] };
      const token = sessionToken(headers.get('cookie'));
      if (!token) return { viewer: null, cookies: [] };
      const { session, user } = await lucia.validateSession(token);
      if (!session) return { viewer: null, cookies: [lucia.createBlankSessionCookie()] };
      const viewer = await person(token, user.id, user.name);
      return { viewer, cookies: session.fresh ? [lucia.createSessionCookie(session.id)] : [] };
    },

    visitScreen: (headers) => televisions.visit(headers.get('cookie')),
    askPairing: (asking) => televisions.ask(asking),

    async signIn({ email, password, address, cookie, userAgent = null }) {
      const account = plainEmail(email);
      const row = await db
        .selectFrom('person')
        .select(['id', 'password_hash'])
        .where('email', '=', account)
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      const device = await devices.known(cookieValue(cookie, devices.cookieName), account);
      let personId: string | null;
      try {
        personId = await guessing.attempt({ account, address, device }, async () =>
          (await passwords.right(row?.password_hash ?? null, password)) && row ? row.id : null
        );
      } catch (error) {
        if (error instanceof TooManyAttempts) return { outcome: 'delayed', waitMs: error.waitMs };
        if (error instanceof TooBusy) return { outcome: 'busy' };
        throw error;
      }
      if (personId === null) return { outcome: 'wrong' };
      // A new token at every sign-in: one that somebody planted before is worth nothing after.
      const before = sessionToken(cookie);
      if (before) await lucia.invalidateSession(before);
      await lucia.deleteExpiredSessions();
      await revocations.look().catch(() => {});
      const now = Date.now();
      const session = await lucia.createSession(
        personId,
        { createdAt: now, endsAt: now + ABSOLUTE_MS, provenAt: now, browser: browserOf(userAgent) },
        { sessionId: randomSecret() }
      );
      return {
        outcome: 'signed-in',
        personId,
        cookies: [lucia.createSessionCookie(session.id), await devices.cookie(account, device)]
      };
    },

    signOut: felt(async (cookie) => {
      const token = sessionToken(cookie);
      if (token) await lucia.invalidateSession(token);
      return [lucia.createBlankSessionCookie()];
    }),

    onRevoked: (listener) => revocations.on(listener),
    account: {
      ...account,
      endSession: felt(account.endSession),
      endOtherSessions: felt(account.endOtherSessions)
    },
    audit,
    screens: { ...screens, move: felt(screens.move), revoke: felt(screens.revoke) },
    pairings,
    people: { ...people, setRoles: felt(people.setRoles), disable: felt(people.disable) },
    tokens: { ...tokens, revoke: felt(tokens.revoke) },
    close() {
      revocations.close();
      screens.close();
    }
  };
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
