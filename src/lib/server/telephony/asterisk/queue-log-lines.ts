import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const LF = 10;
/** A line without an end is not collected for ever: what is over the bound becomes a (broken) line of its own. */
const heldMost = 64 * 1024;

/** Puts the lines of a log together from pieces of bytes. Bytes that are not UTF-8 are read as latin-1, by line. */
export class LineCutter {
  #held: Buffer = Buffer.alloc(0);

  /** The lines that have ended, without their ends. */
  push(bytes: Buffer): string[] {
    const end = bytes.lastIndexOf(LF);
    if (end < 0 && this.#held.length + bytes.length < heldMost) {
      this.#held = Buffer.concat([this.#held, bytes]);
      return [];
    }
    const whole = Buffer.concat([this.#held, end < 0 ? bytes : bytes.subarray(0, end)]);
    this.#held = end < 0 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(end + 1));
    if (isUtf8(whole)) return cut(whole.toString('utf8'));
    return cut(whole.toString('latin1')).map((line) => {
      const raw = Buffer.from(line, 'latin1');
      return isUtf8(raw) ? raw.toString('utf8') : line;
    });
  }

  /** A last line without an end; null when there is none. */
  rest(): string | null {
    const [line] = this.#held.length === 0 ? [] : this.push(Buffer.from([LF]));
    return line ?? null;
  }
}

function cut(text: string): string[] {
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) if (lines[i]!.endsWith('\r')) lines[i] = lines[i]!.slice(0, -1);
  return lines;
}

/**
 * The lines of a file or of any stream of bytes, some thousand at a time, packed (gz) or not: the first two bytes tell.
 * `onBytes` is told how much of the file has been read, packed as it is.
 */
export async function* linesOf(source: string | Readable, onBytes: (bytes: number) => void): AsyncGenerator<string[]> {
  const bytes = typeof source === 'string' ? createReadStream(source, { highWaterMark: 1 << 20 }) : source;
  const cutter = new LineCutter();
  for await (const chunk of unpacked(bytes, onBytes)) {
    const lines = cutter.push(chunk);
    if (lines.length > 0) yield lines;
  }
  const last = cutter.rest();
  if (last !== null) yield [last];
}

async function* unpacked(bytes: Readable, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const counted = count(bytes, onBytes);
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const { value, done } = await counted.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  if (!isPacked) {
    if (head.length > 0) yield head;
    yield* counted;
    return;
  }
  const gunzip = createGunzip();
  const fed = feed(gunzip, head, counted);
  for await (const chunk of gunzip) yield chunk as Buffer;
  await fed;
}

async function* count(bytes: Readable, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    const piece = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    onBytes(piece.length);
    yield piece;
  }
}

async function feed(
  into: NodeJS.WritableStream & { destroy(error: Error): void },
  head: Buffer,
  rest: AsyncIterable<Buffer>
) {
  try {
    if (!into.write(head)) await new Promise((resolve) => into.once('drain', resolve));
    for await (const chunk of rest) if (!into.write(chunk)) await new Promise((resolve) => into.once('drain', resolve));
    into.end();
  } catch (error) {
    into.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
