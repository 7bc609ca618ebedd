/**
 * Who somebody is. Everything else asks this one module: routes and sockets by their headers, the sign-in page with a
 * password, the command line to make people and tokens.
 */
import type { Kysely } from 'kysely';
import type { Cookie } from 'lucia';
import type { Viewer } from '../../domain/access.ts';
import type { PairingStep } from '../../domain/pairing.ts';
import { createAccount, type Account, type PersonViewer } from './account.ts';
import { createApiTokens, type ApiTokens } from './api-tokens.ts';
import { createAudit, type Audit } from './audit.ts';
import { cookieValue } from './cookies.ts';
import { createDirectory, type Directory, type DirectorySettings } from './directory.ts';
import { createDevices } from './devices.ts';
import { createFirstStart, type FirstStart } from './first-start.ts';
import { Guessing } from './guessing.ts';
import { createPasswords } from './passwords.ts';
import { createPairings, type Pairings } from './pairings.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createPeople, type People } from './people.ts';
import { importPeople, previewPeople, type FilePreview } from './people-file.ts';
import { roster, type Listed } from './roster.ts';
import { Revocations, type OnRevoked } from './revocations.ts';
import { createScreens, type Screens } from './screens.ts';
import { hashed, randomSecret } from './secrets.ts';
import { createLucia, SessionAdapter } from './sessions.ts';
import type { IdentityTables } from './tables.ts';
import { createWaysIn, type WaysIn } from './ways-in.ts';
import { createTelevisions } from './televisions.ts';

/** Who somebody is, and until when at the latest. */
export interface Authenticated {
  viewer: Viewer;
  expiresAt: number | null;
}

export interface Identity extends WaysIn {
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
  /** The organisation's own sign-in; null where none is set. */
  directory: Pick<Directory, 'name' | 'begin'> | null;
  /** Calls back when somebody who was let in loses the right to be here, or has other roles; returns how to stop. */
  onRevoked(listener: OnRevoked): () => void;
  /** What people may see was changed past this module: those it concerns feel it at once, not within two seconds. */
  rightsChanged(): Promise<void>;
  account: Account;
  people: People;
  invitations: Invitations;
  firstStart: FirstStart;
  /** Everybody, for those who look after accounts. */
  roster(): Promise<Listed[]>;
  previewPeople(text: string): Promise<FilePreview>;
  importPeople(text: string, actor: PersonViewer): Promise<number | null>;
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
  directory?: { settings: DirectorySettings; origin: string } | null;
  wait?: (ms: number) => Promise<void>;
  /** The clock that screens and their pairing go by. */
  now?: () => number;
}

export function createIdentity({
  db,
  secure,
  directory: named = null,
  wait = pause,
  now = Date.now
}: IdentityParts): Identity {
  const adapter = new SessionAdapter(db);
  const lucia = createLucia(adapter, secure);
  const passwords = createPasswords();
  const guessing = new Guessing(() => Date.now(), wait);
  const devices = createDevices(db, secure);
  const tokens = createApiTokens(db);
  const audit = createAudit(db);
  const account = createAccount(db, { audit, guessing, passwords });
  const invitations = createInvitations(db, audit);
  const directory = named && createDirectory(named.settings, { origin: named.origin, secure });
  const people = createPeople(db, passwords, audit);
  const revocations = new Revocations(db);
  const screens = createScreens(db, audit, now);
  const pairings = createPairings({ db, screens, audit, now });
  const televisions = createTelevisions({ screens, pairings, revocations, secure });

  const sessionToken = (cookie: string | null | undefined) => cookieValue(cookie, lucia.sessionCookieName);
  const waysIn = createWaysIn({
    db,
    adapter,
    lucia,
    guessing,
    passwords,
    devices,
    audit,
    invitations,
    directory,
    revocations
  });
  const person = async (sessionId: string, personId: string, name: string): Promise<Viewer> => {
    const [roles, ties] = await Promise.all([people.rolesOf(personId), people.tiesOf(personId)]);
    return { kind: 'person', personId, sessionId, name, roles, ties };
  };
  async function integrator(authorization: string): Promise<Authenticated | null> {
    const found = await tokens.viewer(lucia.readBearerToken(authorization) ?? '');
    if (found) revocations.letIn({ tokenId: found.viewer.tokenId }, 0);
    return found;
  }
  async function visit(headers: Headers): Promise<{ viewer: Viewer | null; cookies: Cookie[] }> {
    const authorization = headers.get('authorization');
    if (authorization) return { viewer: (await integrator(authorization))?.viewer ?? null, cookies: [] };
    const token = sessionToken(headers.get('cookie'));
    if (!token) return { viewer: null, cookies: [] };
    const { session, user } = await lucia.validateSession(token);
    if (!session) return { viewer: null, cookies: [lucia.createBlankSessionCookie()] };
    if (session.succeededBy) return { viewer: await person(session.succeededBy, user.id, user.name), cookies: [] };
    // With other rights comes another token: one that was taken before is worth nothing after.
    const next = session.rightsVersion === user.accessVersion ? token : randomSecret();
    if (next !== token && !(await adapter.succeed(token, next, Date.now()))) return visit(headers);
    const viewer = await person(hashed(next), user.id, user.name);
    return { viewer, cookies: session.fresh || next !== token ? [lucia.createSessionCookie(next)] : [] };
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
      if (!session || !user || expiresAt <= Date.now() || session.attributes.succeededBy) return null;
      const sessionId = hashed(token);
      revocations.letIn({ sessionId }, user.attributes.accessVersion);
      return { viewer: await person(sessionId, user.id, user.attributes.name), expiresAt };
    },

    visit,

    visitScreen: (headers) => televisions.visit(headers.get('cookie')),
    askPairing: (asking) => televisions.ask(asking),

    ...waysIn,
    directory,
    onRevoked: (listener) => revocations.on(listener),
    rightsChanged: felt(() => Promise.resolve()),
    account: {
      ...account,
      endSession: felt(account.endSession),
      endOtherSessions: felt(account.endOtherSessions)
    },
    audit,
    screens: { ...screens, move: felt(screens.move), revoke: felt(screens.revoke) },
    pairings,
    people: {
      ...people,
      setRoles: felt(people.setRoles),
      setUnits: felt(people.setUnits),
      disable: felt(people.disable)
    },
    invitations,
    firstStart: createFirstStart(db, people, audit),
    roster: () => roster(db),
    previewPeople: (text) => previewPeople(db, text),
    importPeople: (text, actor) => importPeople(db, people, text, actor),
    tokens: { ...tokens, revoke: felt(tokens.revoke) },
    close() {
      revocations.close();
      screens.close();
    }
  };
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
