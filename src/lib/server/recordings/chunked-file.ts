/**
 * The shape of a file in which sound is kept: a header, then chunks that are each locked by themselves, so that any
 * second of an hour can be read without the seconds before it.
 *
 *     SGR1 | recording id 16 | file id 16 | chunk size 4 | plain length 8      48 bytes, whole numbers big-endian
 *     chunk 0: up to 65 536 bytes, AES-256-GCM, and its tag of 16 bytes
 *     chunk 1: …
 *
 * Every chunk is bound to the whole header, to its place and to whether it is the last. So a bit that is turned, chunks
 * that change places, a file cut short and a chunk from another file are all noticed. The key is the file's own: one for
 * each attempt to write, never for two, because the nonce is the place of the chunk.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

export const HEADER_BYTES = 48;
export const CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;
const MAGIC = 'SGR1';
const CIPHER = 'aes-256-gcm';

export interface FileHead {
  /** UUIDs. */
  recordingId: string;
  fileId: string;
  /** Bytes of what is locked. */
  plainLength: number;
}

/** The file is not what was written: what can be told of it is that, and nothing of what is in it. */
export class FileDamaged extends Error {
  override readonly name = 'FileDamaged';
}

export function headerOf({ recordingId, fileId, plainLength }: FileHead): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 0, 'latin1');
  idBytes(recordingId).copy(header, 4);
  idBytes(fileId).copy(header, 20);
  header.writeUInt32BE(CHUNK_BYTES, 36);
  header.writeBigUInt64BE(BigInt(plainLength), 40);
  return header;
}

/** @throws {FileDamaged} when it is not the header of this file. */
export function plainLengthOf(header: Buffer, { recordingId, fileId }: Omit<FileHead, 'plainLength'>): number {
  if (header.length < HEADER_BYTES) throw new FileDamaged('The file is shorter than its header.');
  const plainLength = Number(header.readBigUInt64BE(40));
  const expected = headerOf({ recordingId, fileId, plainLength: 0 });
  if (!header.subarray(0, 40).equals(expected.subarray(0, 40)) || !Number.isSafeInteger(plainLength))
    throw new FileDamaged('The header is of another file.');
  return plainLength;
}

/** How many chunks a length needs. Nothing at all still has one, so that its end can be proved. */
export const chunkCount = (plainLength: number): number => Math.max(1, Math.ceil(plainLength / CHUNK_BYTES));
export const fileLength = (plainLength: number): number =>
  HEADER_BYTES + plainLength + chunkCount(plainLength) * TAG_BYTES;
/** Where a chunk begins in the file, and how long it is there. */
export function chunkPlace(plainLength: number, index: number): { position: number; length: number } {
  const plain = Math.min(CHUNK_BYTES, plainLength - index * CHUNK_BYTES);
  return { position: HEADER_BYTES + index * SEALED_BYTES, length: plain + TAG_BYTES };
}

interface Place {
  header: Buffer;
  index: number;
  last: boolean;
}

export function sealedChunk(key: Buffer, place: Place, plain: Buffer): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonceOf(place.index)).setAAD(boundTo(place));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws {FileDamaged} when it is not exactly the chunk that was written there. */
export function openedChunk(key: Buffer, place: Place, sealed: Buffer): Buffer {
  if (sealed.length < TAG_BYTES) throw new FileDamaged('The file ends within a chunk.');
  const decipher = createDecipheriv(CIPHER, key, nonceOf(place.index), { authTagLength: TAG_BYTES })
    .setAAD(boundTo(place))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    throw new FileDamaged(`Chunk ${place.index} is not what was written.`);
  }
  return plain;
}

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(index), 4);
  return nonce;
}

function boundTo({ header, index, last }: Place): Buffer {
  const bound = Buffer.alloc(HEADER_BYTES + 9);
  header.copy(bound);
  bound.writeBigUInt64BE(BigInt(index), HEADER_BYTES);
  bound.writeUInt8(last ? 1 : 0, HEADER_BYTES + 8);
  return bound;
}

function idBytes(id: string): Buffer {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new Error('An id of a recording is a UUID.');
  return bytes;
}
