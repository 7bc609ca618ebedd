import { join } from 'node:path';
import type { Refuse } from './config-refused.ts';

/** Where the keys are that texts, recordings and drafts are encrypted with, and what locks those keys themselves. */
export interface KeysAddress {
  /** Apart from the database, so that a copy of the database is unreadable by itself. */
  file: string;
  /** 32 bytes; null when none is configured, and then it stands in `masterKeyFile`, made at the first start. */
  masterKey: Buffer | null;
  masterKeyFile: string;
}

const REMEDY = 'Make one with openssl rand -hex 32, once, and keep a copy where the backups are not.';

/** The demonstration has keys of its own, as it has a database of its own: throwing it away harms nobody. */
export function readKeys(
  dataDir: string,
  kind: 'demo' | 'real',
  secret: (name: string) => string | null,
  refuse: Refuse
): KeysAddress {
  const value = secret('RECORDINGS_KEY');
  const masterKey = value === null ? null : bytesOf(value);
  if (value !== null && masterKey === null)
    refuse(
      'RECORDINGS_KEY',
      'it is not 32 bytes, written as 64 hexadecimal digits or in base64.',
      REMEDY,
      'What people write in coaching and what was recorded could not be locked, so Stämgaffeln does not start.'
    );
  const demo = kind === 'demo' ? 'demo-' : '';
  return { file: join(dataDir, `${demo}keys.sqlite`), masterKey, masterKeyFile: join(dataDir, `${demo}master.key`) };
}

function bytesOf(value: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(value) ? Buffer.from(value, 'base64') : null;
}
