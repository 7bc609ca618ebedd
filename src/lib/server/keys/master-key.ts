import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KeysAddress } from '../config-keys.ts';
import { KeysUnusable } from './keys-unusable.ts';

const BYTES = 32;

/**
 * The key that locks all others: what is configured, or what stands in the file beside them. The file is made only when
 * there is nothing yet that another one has locked.
 */
export function masterKey({ masterKey, masterKeyFile, file }: KeysAddress, { first }: { first: boolean }): Buffer {
  if (masterKey !== null) return masterKey;
  try {
    return read(masterKeyFile);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code !== 'ENOENT')
      throw new KeysUnusable(
        `The master key ${masterKeyFile} cannot be read (${code}).`,
        'What is locked with it could not be read either, so nothing is started.',
        'Make the file readable for this user.'
      );
    if (!first)
      throw new KeysUnusable(
        `The master key ${masterKeyFile} is gone, and ${file} holds keys that it locks.`,
        'Nothing that was written in coaching could be read, so nothing is started.',
        'Put the file back from where you keep it, or set RECORDINGS_KEY to what it held.'
      );
  }
  return made(masterKeyFile);
}

function read(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== BYTES)
    throw new KeysUnusable(
      `${file} does not hold 64 hexadecimal digits.`,
      'What is locked with the master key could not be read, so nothing is started.',
      'Put the file back from where you keep it.'
    );
  // A copy from a backup often has the rights of whoever copied it.
  if ((statSync(file).mode & 0o077) !== 0)
    throw new KeysUnusable(
      `${file} can be read by others on this machine.`,
      'They could read what people write in coaching, so nothing is started.',
      `Take the right from them: chmod 600 ${file}.`
    );
  return key;
}

/** On the disk before anything is locked with it: otherwise a power cut would leave locks without a key. */
function made(file: string): Buffer {
  const key = randomBytes(BYTES);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let target: number;
  try {
    target = openSync(file, 'wx', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return read(file);
    throw new KeysUnusable(
      `The master key ${file} cannot be made (${code}).`,
      'Nothing could be locked, so nothing is started.',
      'Let DATA_DIR be a folder that this user may write to, or set RECORDINGS_KEY.'
    );
  }
  writeSync(target, `${key.toString('hex')}\n`);
  fsyncSync(target);
  closeSync(target);
  syncFolder(dirname(file));
  return key;
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
