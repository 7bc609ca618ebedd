/**
 * From the samples of a WAV file to the ones that are kept: signed 16 bits at 8 000 or 16 000 a second, as they come,
 * some thousands at a time. An hour passes through a few hundred kilobytes of memory and never over the disk.
 */
import type { Stretch } from '../../domain/coaching/recording.ts';
import type { SampleFormat } from '../../domain/coaching/kept-recording.ts';
import { createResampler } from './resampling.ts';
import { frameCount, type Bytes, type Coding, type WavHead } from './wav.ts';

const BLOCK_FRAMES = 16_384;

/** What a rate is kept at: telephones speak at 8 000, and what has more is kept at 16 000, which is enough for speech. */
export const keptRate = (rate: number): SampleFormat['rate'] => (rate < 16_000 ? 8_000 : 16_000);

/** Frames of the file from one moment to another, by its own rate. */
export function framesOf(head: WavHead, stretch: Stretch): { from: number; until: number } {
  const at = (ms: number) => Math.min(frameCount(head), Math.max(0, Math.round((ms * head.rate) / 1_000)));
  return { from: at(stretch.fromMs), until: at(stretch.untilMs) };
}
export const keptFrames = (head: WavHead, { from, until }: { from: number; until: number }): number =>
  Math.floor(((until - from) * keptRate(head.rate)) / head.rate);

/** The samples of a stretch, interleaved, as they are kept: exactly `keptFrames` of them. */
export async function* keptSamples(
  bytes: Bytes,
  head: WavHead,
  { from, until }: { from: number; until: number }
): AsyncGenerator<Int16Array> {
  const resample = createResampler(head.rate, keptRate(head.rate), head.channels, keptFrames(head, { from, until }));
  for (let frame = from; frame < until;) {
    const count = Math.min(BLOCK_FRAMES, until - frame);
    const block = await bytes.read(head.dataFrom + frame * head.frameBytes, count * head.frameBytes);
    if (block.length < count * head.frameBytes) throw new Error('The file became shorter while it was read.');
    const samples = resample.push(decoded(block, head.coding));
    if (samples.length > 0) yield samples;
    frame += count;
  }
  const rest = resample.end();
  if (rest.length > 0) yield rest;
}

/** The same bytes as they stand in a file. */
export function bytesOf(samples: Int16Array): Buffer {
  if (littleEndian) return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => bytes.writeInt16LE(sample, index * 2));
  return bytes;
}
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function decoded(block: Buffer, coding: Coding): Int16Array {
  switch (coding) {
    case 'pcm16':
      if (littleEndian) return new Int16Array(Uint8Array.from(block).buffer);
      return readEach(block, 2, (at) => block.readInt16LE(at));
    case 'pcm8':
      return readEach(block, 1, (at) => (block[at]! - 128) << 8);
    case 'pcm24':
      return readEach(block, 3, (at) => block.readInt16LE(at + 1));
    case 'pcm32':
      return readEach(block, 4, (at) => block.readInt16LE(at + 2));
    case 'alaw':
      return readEach(block, 1, (at) => ALAW[block[at]!]!);
    case 'ulaw':
      return readEach(block, 1, (at) => ULAW[block[at]!]!);
  }
}

function readEach(block: Buffer, bytes: number, sample: (at: number) => number): Int16Array {
  const samples = new Int16Array(block.length / bytes);
  for (let index = 0; index < samples.length; index++) samples[index] = sample(index * bytes);
  return samples;
}

/** ITU-T G.711: eight bits as the telephone network speaks them, and the sixteen that they stand for. */
const ALAW = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const [exponent, mantissa] = [(bits >> 4) & 7, bits & 15];
  const size = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
  return bits & 0x80 ? size : -size;
});
const ULAW = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const size = ((((bits & 15) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return bits & 0x80 ? -size : size;
});
