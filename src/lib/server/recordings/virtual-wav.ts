import type { HeardPart } from '../../domain/coaching/recording.ts';
import type { SampleFormat } from '../../domain/coaching/kept-recording.ts';
import { WAV_HEADER_BYTES, wavHeaderOf } from './wav.ts';

/**
 * A WAV file that is nowhere: a head of its own, silence for as long as the recording came late, and the samples of one
 * person's part. It has no other bytes, so no range can reach any.
 */
export interface VirtualWav {
  length: number;
  header: Buffer;
  silenceBytes: number;
  /** The samples, as bytes of what is kept. */
  sampleFrom: number;
  sampleBytes: number;
}

export function virtualWav(format: SampleFormat, part: HeardPart, keptBytes: number): VirtualWav {
  const frameBytes = format.channels * 2;
  // Down and not up at both ends: a span never gains a sample that is not in it.
  const bytesAt = (ms: number) => Math.floor((ms * format.rate) / 1_000) * frameBytes;
  const sampleFrom = Math.min(keptBytes, bytesAt(part.fromMs));
  const sampleBytes = Math.max(0, Math.min(keptBytes, bytesAt(part.untilMs)) - sampleFrom);
  const silenceBytes = bytesAt(part.lateMs);
  const dataBytes = silenceBytes + sampleBytes;
  return {
    length: WAV_HEADER_BYTES + dataBytes,
    header: wavHeaderOf(format, dataBytes),
    silenceBytes,
    sampleFrom,
    sampleBytes
  };
}

const SILENCE = Buffer.alloc(65_536);

/** The bytes of the virtual file from one up to another, in pieces. `samples` reads what is kept. */
export async function* virtualBytes(
  wav: VirtualWav,
  samples: (from: number, until: number) => AsyncIterable<Buffer>,
  from: number,
  until: number
): AsyncGenerator<Buffer, void, undefined> {
  if (from < WAV_HEADER_BYTES) yield wav.header.subarray(from, until);
  const soundFrom = WAV_HEADER_BYTES + wav.silenceBytes;
  for (let at = Math.max(from, WAV_HEADER_BYTES); at < Math.min(until, soundFrom);) {
    const piece = SILENCE.subarray(0, Math.min(until, soundFrom) - at);
    yield piece;
    at += piece.length;
  }
  const [first, last] = [Math.max(from, soundFrom) - soundFrom, until - soundFrom];
  if (last > first) yield* samples(wav.sampleFrom + first, wav.sampleFrom + Math.min(last, wav.sampleBytes));
}
