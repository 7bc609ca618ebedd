/** Bytes from `from` up to but not including `until`. */
export interface ByteRange {
  from: number;
  until: number;
}

/**
 * What a `Range` header asks of so many bytes: `all` when there is none, or one of another unit, and null when it cannot
 * be given. Several ranges at once are not given either: no player asks for them, and each would be looked at apart.
 */
export function byteRange(header: string | null, length: number): ByteRange | 'all' | null {
  if (header === null || !/^\s*bytes\s*=/i.test(header)) return 'all';
  const asked = /^\s*bytes\s*=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header);
  if (asked === null) return null;
  const [first, last] = [asked[1]!, asked[2]!];
  if (first === '') {
    // The last so many bytes.
    const count = Number(last);
    return last === '' || count === 0 ? null : { from: Math.max(0, length - count), until: length };
  }
  const from = Number(first);
  const until = last === '' ? length : Math.min(length, Number(last) + 1);
  return from >= length || until <= from ? null : { from, until };
}
