/** Locked files on the disk: written whole or not at all, and read from any byte on. */
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';
import {
  CHUNK_BYTES,
  HEADER_BYTES,
  FileDamaged,
  chunkCount,
  chunkPlace,
  fileLength,
  headerOf,
  openedChunk,
  plainLengthOf,
  sealedChunk,
  type FileHead
} from './chunked-file.ts';

/** Names are ours: nothing of a recording's own name reaches the disk. */
export const sealedPath = (folder: string, fileId: string): string => join(folder, `${fileId}.sgr`);
const partPath = (folder: string, fileId: string): string => join(folder, `${fileId}.part`);

/**
 * Writes what comes, locked, under the file's own name: it appears when it is whole and on the disk. What was begun is
 * removed when it fails, also when there came more or less than was promised. Returns the bytes it takes.
 */
export async function writeSealed(
  folder: string,
  head: FileHead,
  key: Buffer,
  plain: AsyncIterable<Buffer> | Iterable<Buffer>
): Promise<number> {
  const part = partPath(folder, head.fileId);
  const file = await open(part, 'wx', 0o600);
  try {
    await sealInto(file, head, key, plain);
    await file.sync();
    await file.close();
    await rename(part, sealedPath(folder, head.fileId));
    await syncFolder(folder);
  } catch (error) {
    await file.close().catch(() => undefined);
    await unlink(part).catch(() => undefined);
    throw error;
  }
  return fileLength(head.plainLength);
}

async function sealInto(
  file: FileHandle,
  head: FileHead,
  key: Buffer,
  plain: AsyncIterable<Buffer> | Iterable<Buffer>
): Promise<void> {
  const header = headerOf(head);
  const chunks = chunkCount(head.plainLength);
  const pending = Buffer.alloc(CHUNK_BYTES);
  let [filled, index, taken] = [0, 0, 0];
  const seal = async (): Promise<void> => {
    const place = { header, index, last: index === chunks - 1 };
    await writeAll(file, sealedChunk(key, place, pending.subarray(0, filled)));
    [filled, index] = [0, index + 1];
  };
  await writeAll(file, header);
  for await (const piece of plain) {
    taken += piece.length;
    if (taken > head.plainLength) throw new FileDamaged('There came more than was promised.');
    for (let at = 0; at < piece.length;) {
      // Only when more is coming: the last chunk is sealed at the end, and knows that it is the last.
      if (filled === CHUNK_BYTES) await seal();
      const copied = piece.copy(pending, filled, at);
      [filled, at] = [filled + copied, at + copied];
    }
  }
  if (taken !== head.plainLength) throw new FileDamaged('There came less than was promised.');
  await seal();
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

/** A locked file that is open for reading. */
export interface SealedFile {
  plainLength: number;
  /** What is locked from one byte up to another, in pieces of at most a chunk. @throws {FileDamaged} */
  read(from: number, until: number): AsyncGenerator<Buffer, void, undefined>;
  close(): Promise<void>;
}

/** @throws {FileDamaged} when it is not the file that was written under this name, or was cut short since. */
export async function openSealed(
  folder: string,
  head: Omit<FileHead, 'plainLength'>,
  key: Buffer
): Promise<SealedFile> {
  const file = await open(sealedPath(folder, head.fileId), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const header = await readAt(file, 0, HEADER_BYTES);
    const plainLength = plainLengthOf(header, head);
    const { size } = await file.stat();
    if (size !== fileLength(plainLength)) throw new FileDamaged('The file is longer or shorter than its header says.');
    return {
      plainLength,
      async *read(from, until) {
        const chunks = chunkCount(plainLength);
        for (let at = from; at < until;) {
          const index = Math.floor(at / CHUNK_BYTES);
          const { position, length } = chunkPlace(plainLength, index);
          const sealed = await readAt(file, position, length);
          const plain = openedChunk(key, { header, index, last: index === chunks - 1 }, sealed);
          const begins = index * CHUNK_BYTES;
          const piece = plain.subarray(at - begins, Math.min(plain.length, until - begins));
          if (piece.length === 0) throw new FileDamaged('There is no such byte.');
          yield piece;
          at += piece.length;
        }
      },
      close: () => file.close()
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new FileDamaged('The file ends before its end.');
    filled += bytesRead;
  }
  return bytes;
}
