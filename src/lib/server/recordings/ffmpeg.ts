/**
 * Other forms than WAV, through ffmpeg where it is installed. The file is not trusted: ffmpeg is told which form it is
 * (by what the file begins with, never by trying), reads it from a pipe only, and may reach nothing else, so that no
 * playlist can make it open other files or addresses. It runs within limits of memory, time and output.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { LONGEST_MS, type Bytes } from './wav.ts';

export type Form = 'wav' | 'mp3' | 'ogg' | 'flac';
/** `none`: it is not installed. `failed`: it could not read the file, or not within its limits. */
export class FfmpegFailed extends Error {
  override readonly name = 'FfmpegFailed';
  readonly why: 'none' | 'failed';
  constructor(why: 'none' | 'failed') {
    super(why);
    this.why = why;
  }
}

/** By the first bytes; null for what is none of them. */
export function formOf(beginning: Buffer): Form | null {
  const magic = beginning.toString('latin1', 0, 4);
  if (magic === 'RIFF') return beginning.toString('latin1', 8, 12) === 'WAVE' ? 'wav' : null;
  if (magic === 'OggS') return 'ogg';
  if (magic === 'fLaC') return 'flac';
  if (magic.startsWith('ID3')) return 'mp3';
  const [first = 0, second = 0] = beginning;
  return first === 0xff && (second & 0xe6) === 0xe2 ? 'mp3' : null;
}

const WALL_MS = 60_000;
const MEMORY_KB = 1_000_000;
/** Four hours at the highest rate that is taken, in stereo. */
const MOST_BYTES = (LONGEST_MS / 1_000) * 48_000 * 4;

export const ffmpegArguments = (form: Form): string[] => [
  ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-protocol_whitelist', 'pipe', '-max_alloc', '50000000'],
  ...['-f', form, '-i', 'pipe:0', '-vn', '-sn', '-dn', '-map', '0:a:0', '-t', String(LONGEST_MS / 1_000)],
  ...['-c:a', 'pcm_s16le', '-bitexact', '-f', 'wav', 'pipe:1']
];

/** A decoded file: read from its beginning towards its end, and never back. `size` is known when it was read to the end. */
export interface Decoded extends Bytes {
  close(): void;
}

/** How many bytes the decoded file has: it is decoded once to know, and a second time to be kept. */
export async function decodedSize(ffmpeg: string, form: Form, bytes: Bytes): Promise<{ size: number; head: Buffer }> {
  const decoded = decode(ffmpeg, form, bytes, 0);
  let size = 0;
  let head: Buffer = Buffer.alloc(0);
  try {
    for (;;) {
      const piece = await decoded.read(size, 65_536);
      if (piece.length === 0) return { size, head };
      if (size === 0) head = piece;
      size += piece.length;
    }
  } finally {
    decoded.close();
  }
}

/** @throws {FfmpegFailed} from `read`. */
export function decode(ffmpeg: string, form: Form, bytes: Bytes, size: number): Decoded {
  // The shell sets the limits and becomes ffmpeg; nothing of the file or its name is in what it reads.
  const limited = `ulimit -v ${MEMORY_KB}; ulimit -t ${WALL_MS / 1_000}; ulimit -f 0; exec "$@"`;
  const child = spawn('/bin/sh', ['-c', limited, 'sh', ffmpeg, ...ffmpegArguments(form)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin' }
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), WALL_MS);
  const ended = once(child, 'close').then(
    ([code]) => code as number | null,
    () => null
  );
  void feed(child, bytes);
  const pieces = child.stdout![Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held: Buffer = Buffer.alloc(0);
  let at = 0;
  return {
    size,
    async read(position, length) {
      for (;;) {
        // What comes before the place that is asked for is not asked for again.
        const passed = Math.min(held.length, Math.max(0, position - at));
        [held, at] = [held.subarray(passed), at + passed];
        if (at === position && held.length >= length) break;
        const next = await pieces.next();
        if (next.done) {
          const code = await ended;
          if (code === 126 || code === 127) throw new FfmpegFailed('none');
          if (code !== 0) throw new FfmpegFailed('failed');
          break;
        }
        if (at + held.length + next.value.length > MOST_BYTES + 4_096) throw new FfmpegFailed('failed');
        held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
      }
      const given = held.subarray(0, length);
      [held, at] = [held.subarray(given.length), at + given.length];
      return given;
    },
    close() {
      clearTimeout(timer);
      child.kill('SIGKILL');
    }
  };
}

async function feed(child: ChildProcess, bytes: Bytes): Promise<void> {
  const input = child.stdin!;
  // It may end before it has read all: then nobody needs the rest.
  input.on('error', () => undefined);
  child.on('error', () => undefined);
  for (let at = 0; at < bytes.size && input.writable; at += 65_536) {
    const piece = await bytes.read(at, 65_536).catch(() => Buffer.alloc(0));
    if (piece.length === 0) break;
    if (!input.write(piece)) await Promise.race([once(input, 'drain'), once(child, 'close')]).catch(() => undefined);
  }
  input.end();
}
