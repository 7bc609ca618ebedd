import type { Kysely } from 'kysely';
import type { Cookie } from 'lucia';
import { passwordFits, plainEmail } from '../../domain/person.ts';
import type { PersonViewer } from './account.ts';
import type { Audit } from './audit.ts';
import { browserOf } from './browser.ts';
import { cookieValue } from './cookies.ts';
import type { Devices } from './devices.ts';
import type { Directory } from './directory.ts';
import { admitFromDirectory, type Admitted } from './directory-people.ts';
import { TooManyAttempts, type Guessing } from './guessing.ts';
import type { Invitations } from './invitations.ts';
import { TooBusy, type Passwords } from './passwords.ts';
import type { Revocations } from './revocations.ts';
import { randomSecret } from './secrets.ts';
import { ABSOLUTE_MS, type createLucia, DIRECTORY_ABSOLUTE_MS, type SessionAdapter } from './sessions.ts';
import type { IdentityTables } from './tables.ts';

export type SignIn =
  | { outcome: 'signed-in'; personId: string; cookies: Cookie[] }
  | { outcome: 'wrong' }
  | { outcome: 'delayed'; waitMs: number }
  | { outcome: 'busy' };

export type PasswordChange =
  | { outcome: 'changed'; cookies: Cookie[] }
  | { outcome: 'unfit' | 'wrong' | 'busy' }
  | { outcome: 'delayed'; waitMs: number };

export type DirectorySignIn =
  | { outcome: 'signed-in'; cookies: Cookie[]; returnTo: string; without: Admitted['without'] }
  | { outcome: 'not-ours' | 'disabled' };

/** The ways in and out: by password, by link, by directory. */
export interface WaysIn {
  signIn(wish: {
    email: string;
    password: string;
    address: string;
    cookie: string | null;
    userAgent?: string | null;
  }): Promise<SignIn>;
  signOut(cookie: string | null): Promise<Cookie[]>;
  /** Ends every session of the person and begins a new one here, so that a token that was copied is worth nothing. */
  changePassword(
    me: PersonViewer,
    wish: { present: string; next: string; address: string; userAgent: string | null }
  ): Promise<PasswordChange>;
  /** Sets a password by a one-time link and signs in. `gone`: used, replaced, over or unknown. */
  acceptInvitation(wish: {
    secret: string;
    password: string;
    userAgent: string | null;
  }): Promise<{ outcome: 'signed-in'; cookies: Cookie[] } | { outcome: 'gone' | 'unfit' | 'busy' }>;
  /** Lets in whom the directory sent back. `not-ours`: no answer to what this browser asked. */
  finishDirectory(answer: { url: URL; cookie: string | null; userAgent: string | null }): Promise<DirectorySignIn>;
}

interface Parts {
  db: Kysely<IdentityTables>;
  adapter: SessionAdapter;
  lucia: ReturnType<typeof createLucia>;
  guessing: Guessing;
  passwords: Passwords;
  devices: Devices;
  audit: Audit;
  invitations: Invitations;
  directory: Directory | null;
  revocations: Revocations;
}

export function createWaysIn(parts: Parts): WaysIn {
  const { db, adapter, lucia, guessing, passwords, devices, audit, invitations, directory, revocations } = parts;
  const sessionToken = (cookie: string | null) => cookieValue(cookie, lucia.sessionCookieName);

  /** A new token each time somebody comes in: one that was planted before is worth nothing after. */
  async function openSession(
    personId: string,
    userAgent: string | null,
    { lasts = ABSOLUTE_MS, provenAt = Date.now() } = {}
  ): Promise<Cookie> {
    const now = Date.now();
    const session = await lucia.createSession(
      personId,
      { createdAt: now, endsAt: now + lasts, provenAt: Math.min(now, provenAt), browser: browserOf(userAgent) },
      { sessionId: randomSecret() }
    );
    await audit.write('signed-in', { actor: `person ${personId}`, subject: personId });
    return lucia.createSessionCookie(session.id);
  }

  return {
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
      const before = sessionToken(cookie);
      if (before) await adapter.end(before);
      await lucia.deleteExpiredSessions();
      await revocations.look().catch(() => {});
      return {
        outcome: 'signed-in',
        personId,
        cookies: [await openSession(personId, userAgent), await devices.cookie(account, device)]
      };
    },

    async changePassword(me, { present, next, address, userAgent }) {
      if (!passwordFits(next)) return { outcome: 'unfit' };
      const { email, password_hash } = await db
        .selectFrom('person')
        .select(['email', 'password_hash'])
        .where('id', '=', me.personId)
        .executeTakeFirstOrThrow();
      try {
        const device = `session ${me.sessionId}`;
        const right = await guessing.attempt({ account: email, address, device }, async () =>
          (await passwords.right(password_hash, present)) ? true : null
        );
        if (right === null) return { outcome: 'wrong' };
        const hash = await passwords.hash(next);
        await db.transaction().execute(async (inside) => {
          await inside.updateTable('person').set({ password_hash: hash }).where('id', '=', me.personId).execute();
          await inside.deleteFrom('session').where('person_id', '=', me.personId).execute();
          await audit.write('password-changed', { actor: me, subject: me.personId }, inside);
        });
      } catch (error) {
        if (error instanceof TooManyAttempts) return { outcome: 'delayed', waitMs: error.waitMs };
        if (error instanceof TooBusy) return { outcome: 'busy' };
        throw error;
      }
      await revocations.look().catch(() => {});
      return { outcome: 'changed', cookies: [await openSession(me.personId, userAgent)] };
    },

    async acceptInvitation({ secret, password, userAgent }) {
      if (!passwordFits(password)) return { outcome: 'unfit' };
      // Whoever guesses at secrets must not make us hash.
      if (!(await invitations.look(secret))) return { outcome: 'gone' };
      try {
        const personId = await invitations.use(secret, await passwords.hash(password));
        if (personId === null) return { outcome: 'gone' };
        await revocations.look().catch(() => {});
        return { outcome: 'signed-in', cookies: [await openSession(personId, userAgent)] };
      } catch (error) {
        if (error instanceof TooBusy) return { outcome: 'busy' };
        throw error;
      }
    },

    async finishDirectory({ url, cookie, userAgent }) {
      const back = (await directory?.finish({ url, cookie })) ?? null;
      if (!back) return { outcome: 'not-ours' };
      const admitted = await admitFromDirectory(db, audit, back.person);
      if (!admitted) return { outcome: 'disabled' };
      const before = sessionToken(cookie);
      if (before) await adapter.end(before);
      // The roles may be others than they were when the person's other sockets were let in.
      await revocations.look().catch(() => {});
      const session = await openSession(admitted.personId, userAgent, {
        lasts: DIRECTORY_ABSOLUTE_MS,
        provenAt: back.person.provenAt ?? undefined
      });
      const { returnTo, forget } = back;
      return { outcome: 'signed-in', cookies: [session, forget], returnTo, without: admitted.without };
    },

    async signOut(cookie) {
      const token = sessionToken(cookie);
      if (token) {
        const [session] = await adapter.getSessionAndUser(token);
        await adapter.end(token);
        if (session) await audit.write('signed-out', { actor: `person ${session.userId}`, subject: session.userId });
      }
      await revocations.look().catch(() => {});
      return [lucia.createBlankSessionCookie()];
    }
  };
}
