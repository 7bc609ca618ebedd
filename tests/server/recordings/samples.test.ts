import { describe, expect, test } from 'vitest';
import { createPeakMeter } from '../../../src/lib/server/recordings/peaks.ts';
import { framesOf, keptFrames, keptSamples } from '../../../src/lib/server/recordings/samples.ts';
import { wavHead, type WavHead } from '../../../src/lib/server/recordings/wav.ts';
import { counting, inMemory, tone, wavFile } from '../../support/made-sound.ts';

async function kept(file: Buffer, stretch = { fromMs: 0, untilMs: Infinity }): Promise<Int16Array> {
  const bytes = inMemory(file);
  const head = (await wavHead(bytes)) as WavHead;
  const frames = framesOf(head, stretch);
  const pieces: Int16Array[] = [];
  for await (const piece of keptSamples(bytes, head, frames)) pieces.push(piece);
  const all = Int16Array.from(pieces.flatMap((piece) => [...piece]));
  expect(all.length).toBe(keptFrames(head, frames) * head.channels);
  return all;
}
const loudest = (samples: Int16Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('what is kept of a file', () => {
  test('is what stands in it, where the rate is a telephone’s', async () => {
    const samples = counting(20_000, 2);
    expect(await kept(wavFile(samples))).toEqual(samples);
  });
  test('is a stretch of it to the sample', async () => {
    const samples = counting(20_000, 2);
    expect(await kept(wavFile(samples), { fromMs: 500, untilMs: 1_500 })).toEqual(samples.subarray(8_000, 24_000));
  });
  test('A-law and µ-law become the samples that they stand for', async () => {
    const known = {
      6: [0x55, -8, 0xd5, 8, 0x2a, -32_256, 0xaa, 32_256],
      7: [0xff, 0, 0x00, -32_124, 0x80, 32_124, 0xf0, 120]
    };
    for (const [tag, pairs] of Object.entries(known)) {
      const file = wavFile(Int16Array.of(0, 0), { channels: 1 });
      file.writeUInt16LE(Number(tag), 20);
      file.writeUInt16LE(1, 32);
      file.writeUInt16LE(8, 34);
      for (let n = 0; n < 4; n++) file[44 + n] = pairs[n * 2]!;
      expect([...(await kept(file))]).toEqual([1, 3, 5, 7].map((index) => pairs[index]));
    }
  });
  test.each([48_000, 44_100, 32_000, 22_050])(
    'at %i samples a second it is brought to 16 000, as loud as it was',
    async (rate) => {
      const samples = await kept(wavFile(tone({ seconds: 0.5, rate, channels: 1 }), { rate, channels: 1 }));
      const middle = samples.subarray(2_000, 6_000);
      expect(loudest(middle)).toBeGreaterThan(0.49 * 32_767);
      expect(loudest(middle)).toBeLessThan(0.51 * 32_767);
      const crossings = middle.filter((sample, index) => index > 0 && sample >= 0 !== middle[index - 1]! >= 0).length;
      expect(crossings).toBeGreaterThanOrEqual(218);
      expect(crossings).toBeLessThanOrEqual(222);
    }
  );
  test('what is above the telephone’s band is taken away, and not folded into it', async () => {
    const high = await kept(
      wavFile(tone({ seconds: 0.5, rate: 48_000, channels: 1, hertz: 13_000 }), { rate: 48_000, channels: 1 })
    );
    expect(loudest(high.subarray(1_000, 7_000))).toBeLessThan(200);
  });
});

describe('the peaks', () => {
  const peaksOf = (samples: Int16Array, pieces: number, channels: 1 | 2 = 2) => {
    const meter = createPeakMeter({ rate: 8_000, channels });
    const step = Math.ceil(samples.length / channels / pieces) * channels;
    for (let at = 0; at < samples.length; at += step) meter.push(samples.subarray(at, at + step));
    return meter.peaks();
  };
  test('show each voice by itself, twenty times a second', () => {
    // The caller speaks in the first second, the agent in the second one.
    const samples = tone({ seconds: 2, loudness: (second, channel) => (Math.floor(second) === channel ? 1 : 0) });
    const peaks = peaksOf(samples, 1);
    expect(peaks.length).toBe(80);
    const lane = (channel: number) => [...peaks].filter((_, index) => index % 2 === channel);
    expect(lane(0)).toEqual([...Array<number>(20).fill(255), ...Array<number>(20).fill(0)]);
    expect(lane(1)).toEqual([...Array<number>(20).fill(0), ...Array<number>(20).fill(255)]);
  });
  test('do not depend on how the samples come', () => {
    const samples = tone({ seconds: 3.13, loudness: (second, channel) => Math.abs(Math.sin(second * (channel + 1))) });
    for (const pieces of [2, 7, 1_000]) expect(peaksOf(samples, pieces)).toEqual(peaksOf(samples, 1));
    expect(peaksOf(samples, 1).length).toBe(63 * 2);
  });
});
