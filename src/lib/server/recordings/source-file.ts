import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Bytes } from './wav.ts';

/** A file of the watched folder, as it looks from outside. */
export interface Found {
  path: string;
  name: string;
  size: number;
  modifiedAt: number;
  /** A plain file. A link, a pipe or a device is found, and never opened. */
  plain: boolean;
  /** The same for the same file as it is: of its place on the disk, size and time, and of no name. */
  fingerprint: string;
}

/** Endings of sound files. What ends otherwise is not ours to count, and never to delete. */
const SOUND = /\.(wav|wave|wav49|gsm|mp3|ogg|oga|opus|flac|rf64|w64|g722|ulaw|alaw|ul|al|sln\d*|m4a|aac|wma)$/i;
const DEPTH = 5;

/** Every sound file in a folder and the folders in it. Folders behind links are not entered: they are elsewhere. */
export async function* foundIn(folder: string, depth = 0): AsyncGenerator<Found> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth < DEPTH) yield* foundIn(path, depth + 1);
    } else if (SOUND.test(entry.name)) {
      const stats = await lstat(path).catch(() => null);
      if (stats) yield foundOf(path, entry.name, stats);
    }
  }
}

function foundOf(path: string, name: string, stats: Stats): Found {
  const { dev, ino, size, mtimeMs } = stats;
  const fingerprint = createHash('sha256').update(`${dev} ${ino} ${size} ${mtimeMs}`).digest('hex');
  return { path, name, size, modifiedAt: mtimeMs, plain: stats.isFile(), fingerprint };
}

/** A file of the folder, open; its bytes stay its own even when another takes its name. */
export interface SourceFile extends Bytes {
  hash(): Promise<string>;
  close(): Promise<void>;
}

/** Null when it is not the plain file within the folder that was found: a link may have taken its place meanwhile. */
export async function openSource(folder: string, found: Found): Promise<SourceFile | null> {
  const root = await realpath(folder);
  const whole = await realpath(found.path).catch(() => null);
  if (whole === null || !whole.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
  // Not blocking: a pipe that took its place would otherwise hold us until somebody writes.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(found.path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP' || error.code === 'ENOENT' || error.code === 'ENXIO') return null;
    throw error;
  });
  if (file === null) return null;
  const stats = await file.stat();
  if (!stats.isFile() || foundOf(found.path, found.name, stats).fingerprint !== found.fingerprint) {
    await file.close();
    return null;
  }
  const read = async (position: number, length: number): Promise<Buffer> => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, stats.size - position)));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  };
  return {
    size: stats.size,
    read,
    async hash() {
      const hash = createHash('sha256');
      for (let at = 0; at < stats.size; at += 1_048_576) hash.update(await read(at, 1_048_576));
      return hash.digest('hex');
    },
    close: () => file.close()
  };
}
