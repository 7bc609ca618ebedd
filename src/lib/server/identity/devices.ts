import type { Kysely } from 'kysely';
import { Cookie } from 'lucia';
import { randomSecret, same, sealed } from './secrets.ts';
import type { IdentityTables } from './tables.ts';

const KNOWN_DAYS = 400;

export interface Devices {
  cookieName: string;
  /** The device's random name, if this account has signed in from it; null otherwise. */
  known(cookie: string | null, account: string): Promise<string | null>;
  cookie(account: string, device: string | null): Promise<Cookie>;
}

/**
 * Remembers on the device itself that an account has signed in from it, sealed with a key of this installation. It
 * opens nothing: it only spares the owner the delays that strangers' guesses bring upon the account.
 */
export function createDevices(db: Kysely<IdentityTables>, secure: boolean): Devices {
  let key: Promise<string> | undefined;
  const installationKey = () => (key ??= readKey(db));
  const cookieName = secure ? '__Host-device' : 'device';
  return {
    cookieName,
    async known(cookie, account) {
      const [device, seal] = cookie?.split('.') ?? [];
      if (!device || !seal) return null;
      return same(seal, sealed(await installationKey(), `${device} ${account}`)) ? device : null;
    },
    async cookie(account, device) {
      const name = device ?? randomSecret();
      const value = `${name}.${sealed(await installationKey(), `${name} ${account}`)}`;
      const maxAge = KNOWN_DAYS * 86_400;
      return new Cookie(cookieName, value, { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge });
    }
  };
}

async function readKey(db: Kysely<IdentityTables>): Promise<string> {
  // Two nodes may start at once: the first row stays, and both read it.
  await db
    .insertInto('secret')
    .values({ name: 'known-device', value: randomSecret() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = await db
    .selectFrom('secret')
    .select('value')
    .where('name', '=', 'known-device')
    .executeTakeFirstOrThrow();
  return row.value;
}
