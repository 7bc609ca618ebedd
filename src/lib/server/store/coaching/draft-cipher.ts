import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Locks what a draft holds. `about` is bound to the lock: a text that is moved to another row does not open. */
export interface DraftCipher {
  lock(text: string, about: string): string;
  open(locked: string, about: string): string;
}

const NONCE = 12;
const TAG = 16;

/** A draft is unreadable when either key is destroyed: the participation's, or its own, which browsers hold too. */
export function draftCipher(textKey: Buffer, draftKey: Buffer): DraftCipher {
  const key = createHmac('sha256', textKey).update('draft').update(draftKey).digest();
  return {
    lock(text, about) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64'
      );
    },
    open(locked, about) {
      const bytes = Buffer.from(locked, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(-TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
    }
  };
}
