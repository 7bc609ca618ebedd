import type { Bytes } from '../../src/lib/server/recordings/wav.ts';
import { wavHeaderOf } from '../../src/lib/server/recordings/wav.ts';

/** A file that is in memory. */
export const inMemory = (bytes: Buffer): Bytes => ({
  size: bytes.length,
  read: (position, length) => Promise.resolve(Buffer.from(bytes.subarray(position, position + length)))
});

export interface Tone {
  seconds: number;
  rate?: number;
  channels?: 1 | 2;
  /** How loud each channel is at a second, from 0 to 1. */
  loudness?: (second: number, channel: number) => number;
  hertz?: number;
}
/** Samples made by arithmetic: a tone, as loud as is said. */
export function tone({ seconds, rate = 8_000, channels = 2, loudness = () => 0.5, hertz = 440 }: Tone): Int16Array {
  const frames = Math.round(seconds * rate);
  const samples = new Int16Array(frames * channels);
  for (let frame = 0; frame < frames; frame++) {
    const wave = Math.sin((2 * Math.PI * hertz * frame) / rate);
    for (let channel = 0; channel < channels; channel++)
      samples[frame * channels + channel] = Math.round(32_767 * loudness(frame / rate, channel) * wave);
  }
  return samples;
}
/** Samples that tell their own place, so that a byte too many or too few is seen. */
export function counting(frames: number, channels: 1 | 2): Int16Array {
  const samples = new Int16Array(frames * channels);
  // An Int16Array turns over by itself.
  for (let index = 0; index < samples.length; index++) samples[index] = index - 32_768;
  return samples;
}
export function wavFile(
  samples: Int16Array,
  { rate = 8_000, channels = 2 }: Pick<Tone, 'rate' | 'channels'> = {}
): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeaderOf({ rate, channels }, data.length), data]);
}
