import type { Kysely } from 'kysely';
import { randomBytes } from 'node:crypto';
import type { Tables } from './tables.ts';

/** A key of this installation by its name, 256 bits; made the first time somebody asks, and the same ever after. */
export async function installSecret(db: Kysely<Tables>, name: string): Promise<Buffer> {
  await db
    .insertInto('secret')
    .values({ name, value: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const { value } = await db.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirstOrThrow();
  return Buffer.from(value, 'hex');
}
