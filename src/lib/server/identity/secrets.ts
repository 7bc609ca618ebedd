import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** 256 bits that nobody can guess, in characters that a cookie carries as they are. */
export const randomSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a secret: hexadecimal, so that the table alone lets nobody in. No salt: 256 bits need none. */
export const hashed = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const sealed = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

export function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/**
 * A token for another system: `sg_`, 256 bits in hexadecimal, and eight digits by which a mistyped one is told from a
 * revoked one without asking the database, and by which scanners find it where it should not be.
 */
export function newApiToken(): string {
  const body = randomBytes(32).toString('hex');
  return `sg_${body}${checksum(body)}`;
}
export function looksLikeApiToken(token: string): boolean {
  const [, body, check] = /^sg_([0-9a-f]{64})([0-9a-f]{8})$/.exec(token) ?? [];
  return body !== undefined && checksum(body) === check;
}
