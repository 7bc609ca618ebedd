import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { ParticipationId, TextId } from '../../../domain/coaching/level.ts';
import type { KeyStore } from '../../keys/key-store.ts';
import type { Tables } from '../tables.ts';
import type { TextBodyTable } from './tables.ts';

/**
 * Locks words, and opens them. Two keys are needed for each text: its own, so that it can be destroyed alone and then is
 * gone from every backup too, and the participation's, so that all of it can be erased in one stroke.
 */
export interface Texts {
  /** The key of a participation is made once, before anything is written in it. */
  begin(participation: ParticipationId): void;
  lock(participation: ParticipationId, texts: readonly NewWords[]): Map<TextId, string>;
  /** Null when the words were taken away, or a key is gone. */
  open(row: TextBodyTable): string | null;
}
export interface NewWords {
  id: TextId;
  words: string;
}

const NONCE = 12;
const TAG = 16;

export const textKeyId = (participation: ParticipationId, text: TextId): string => `${participation}/${text}`;

export function lockedTexts(keys: KeyStore): Texts {
  const together = (participationKey: Buffer, own: Buffer) =>
    createHmac('sha256', participationKey).update('text').update(own).digest();
  return {
    begin: (participation) => void keys.makeAll('text', [participation]),

    lock(participation, texts) {
      if (texts.length === 0) return new Map();
      const whole = keys.key('text', participation);
      if (!whole) throw new Error(`The key of participation ${participation} is gone: nothing can be written in it.`);
      const made = keys.makeAll(
        'text',
        texts.map(({ id }) => textKeyId(participation, id))
      );
      return new Map(
        texts.map(({ id, words }) => {
          const nonce = randomBytes(NONCE);
          const own = made.get(textKeyId(participation, id))!;
          // Bound to its row: a text that is moved to another does not open.
          const cipher = createCipheriv('aes-256-gcm', together(whole, own), nonce).setAAD(Buffer.from(id));
          const locked = Buffer.concat([nonce, cipher.update(words, 'utf8'), cipher.final(), cipher.getAuthTag()]);
          return [id, locked.toString('base64')];
        })
      );
    },

    open({ id, participation, ciphertext }) {
      const whole = ciphertext && keys.key('text', participation);
      const own = whole && keys.key('text', textKeyId(participation, id));
      if (!ciphertext || !whole || !own) return null;
      const bytes = Buffer.from(ciphertext, 'base64');
      const nonce = bytes.subarray(0, NONCE);
      const decipher = createDecipheriv('aes-256-gcm', together(whole, own), nonce, { authTagLength: TAG })
        .setAAD(Buffer.from(id))
        .setAuthTag(bytes.subarray(-TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
    }
  };
}

/**
 * Takes words away for ever. The keys go when the transaction is on the disk (`destroyDueKeys`); until then they stand
 * in `key_to_destroy`, so that a crash between the two forgets nothing.
 */
export async function destroyTexts(
  inside: Kysely<Tables>,
  participation: ParticipationId,
  ids: readonly TextId[]
): Promise<void> {
  if (ids.length === 0) return;
  await inside.updateTable('text_body').set({ ciphertext: null }).where('id', 'in', ids).execute();
  await inside
    .insertInto('key_to_destroy')
    .values(ids.map((id) => ({ kind: 'text' as const, id: textKeyId(participation, id) })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Destroys the keys that are to be destroyed; also at the start, for what a crash left. */
export async function destroyDueKeys(db: Kysely<Tables>, keys: KeyStore): Promise<number> {
  const due = await db.selectFrom('key_to_destroy').selectAll().execute();
  if (due.length === 0) return 0;
  keys.destroyAll(due);
  for (const { kind, id } of due)
    await db.deleteFrom('key_to_destroy').where('kind', '=', kind).where('id', '=', id).execute();
  return due.length;
}
