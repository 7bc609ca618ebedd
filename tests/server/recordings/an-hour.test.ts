import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keptCall, type KeptCall } from '../../support/kept-call.ts';

/** An hour of a call in stereo, as an exchange records it: 115 MB. */
const HOUR = new Int16Array(3_600 * 8_000 * 2);
for (let index = 0; index < HOUR.length; index++) HOUR[index] = (index * 7_919) % 20_000;
const LENGTH = 44 + HOUR.length * 2;

let call: KeptCall;
let keptInMs: number;
beforeAll(async () => {
  const began = performance.now();
  call = await keptCall(HOUR);
  keptInMs = performance.now() - began;
}, 120_000);
afterAll(() => call.stop());

/** How long until the first byte of a range is here. */
async function firstByteMs(range: string): Promise<number> {
  const began = performance.now();
  const stop = new AbortController();
  const response = await fetch(`${call.url}/sound`, { headers: { cookie: 'karin', range }, signal: stop.signal });
  const reader = response.body!.getReader();
  const { value } = await reader.read();
  const ms = performance.now() - began;
  expect([response.status, value!.length > 0]).toEqual([206, true]);
  stop.abort();
  return ms;
}
/** The middle of some: a machine that does eight things may stumble once. */
async function usualMs(measure: (n: number) => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < 7; n++) all.push(await measure(n));
  return all.sort((a, b) => a - b)[3]!;
}

describe('an hour of a call', () => {
  test('is locked and its peaks are made within ten seconds', () => {
    expect(call.recording.lengthMs).toBe(3_600_000);
    expect(keptInMs).toBeLessThan(10_000);
  });
  test('begins to be heard within 300 ms', async () => {
    expect(await usualMs(() => firstByteMs('bytes=0-'))).toBeLessThan(300);
  });
  test('is heard from anywhere within 200 ms', async () => {
    const places = [0.99, 0.01, 0.5, 0.25, 0.75, 0.33, 0.9];
    expect(await usualMs((n) => firstByteMs(`bytes=${Math.floor(LENGTH * places[n]!)}-`))).toBeLessThan(200);
  });
  test('shows its peaks within 300 ms', async () => {
    const peaks = async () => {
      const began = performance.now();
      const response = await fetch(`${call.url}/peaks`, { headers: { cookie: 'karin' } });
      expect((await response.arrayBuffer()).byteLength).toBe(16 + 3_600 * 20 * 2);
      return performance.now() - began;
    };
    expect(await usualMs(peaks)).toBeLessThan(300);
  });
  test('stands nowhere on the disk as it is', () => {
    const plain = Buffer.from(HOUR.buffer, 4_000_000, 64);
    for (const id of [call.recording.fileId, call.recording.peaksFileId])
      expect(readFileSync(`${call.folder}/${id}.sgr`).includes(plain)).toBe(false);
  });
});
