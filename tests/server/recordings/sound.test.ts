import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { byteRange } from '../../../src/lib/server/recordings/byte-range.ts';
import { sealedPath } from '../../../src/lib/server/recordings/sealed-file.ts';
import { ANSWERED_AT, coach, ENTRY, keptCall, SLOT, type KeptCall } from '../../support/kept-call.ts';
import { eventually } from '../../support/eventually.ts';
import { counting, tone, wavFile } from '../../support/made-sound.ts';

let call: KeptCall;
afterEach(async () => {
  await call?.stop();
  call = undefined as never;
});

const ask = (headers: Record<string, string> = {}, what = 'sound', method = 'GET') =>
  fetch(`${call.url}/${what}`, { method, headers: { cookie: 'karin', ...headers } });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());
const rows = () => call.database.kysely.selectFrom('listening').selectAll().execute();
/** Ten seconds in which every sample tells its place. */
const tenSeconds = counting(80_000, 2);
const span = (fromMs: number, toMs: number) =>
  call.mayHear.set('karin', { entry: ENTRY, spanFrom: ANSWERED_AT + fromMs, spanTo: ANSWERED_AT + toMs, logged: true });

describe('the sound of a slot', () => {
  test('is a WAV file of the own span, and nothing else', async () => {
    call = await keptCall(tenSeconds);
    span(2_000, 6_000);
    const response = await ask();
    expect(response.status).toBe(200);
    expect(await bytes(response)).toEqual(wavFile(tenSeconds.subarray(2_000 * 16, 6_000 * 16)));
  });
  test('carries its headers, and none that would let anybody keep it or know it again', async () => {
    call = await keptCall(tenSeconds);
    const response = await ask({ range: 'bytes=0-43' });
    await response.arrayBuffer();
    const told = Object.fromEntries(response.headers);
    expect(told).toMatchObject({
      'content-type': 'audio/wav',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
      'accept-ranges': 'bytes',
      'content-range': 'bytes 0-43/320044',
      'content-length': '44'
    });
    for (const name of ['etag', 'last-modified', 'content-disposition']) expect(told).not.toHaveProperty(name);
  });
  test('gives any range of it as it gives the whole', async () => {
    call = await keptCall(tenSeconds);
    span(1_000, 9_000);
    const whole = await bytes(await ask());
    for (const [range, from, until] of [
      ['bytes=0-', 0, whole.length],
      ['bytes=44-143', 44, 144],
      ['bytes=10-99', 10, 100],
      ['bytes=65530-131200', 65_530, 131_201],
      ['bytes=-500', whole.length - 500, whole.length],
      ['bytes=-999999999', 0, whole.length],
      [`bytes=${whole.length - 1}-`, whole.length - 1, whole.length],
      ['bytes=200000-999999999', 200_000, whole.length]
    ] as const) {
      const response = await ask({ range });
      expect([range, response.status, response.headers.get('content-range')]).toEqual([
        range,
        206,
        `bytes ${from}-${until - 1}/${whole.length}`
      ]);
      expect((await bytes(response)).equals(whole.subarray(from, until)), range).toBe(true);
    }
  });
  test.each(['bytes=0-1,4-5', 'bytes=256044-', 'bytes=-0', 'bytes=-', 'bytes=5-2', 'bytes=a-b', 'bytes=999999999999-'])(
    'refuses %s, and says how long it is',
    async (range) => {
      call = await keptCall(tenSeconds);
      span(1_000, 9_000);
      const response = await ask({ range });
      expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */256044']);
      expect(await rows()).toEqual([]);
    }
  );
  test('no range reaches what is before the span or after it', async () => {
    call = await keptCall(tenSeconds);
    span(4_000, 5_000);
    const own = wavFile(tenSeconds.subarray(4_000 * 16, 5_000 * 16));
    for (let n = 0; n < 60; n++) {
      const [from, length] = [(n * 7_919) % own.length, 1 + ((n * 104_729) % 90_000)];
      const answer = await bytes(await ask({ range: `bytes=${from}-${from + length}` }));
      expect(answer.equals(own.subarray(from, from + length + 1))).toBe(true);
    }
  });
  test('a recording that began late has silence in its place, so that a moment is the same for both', async () => {
    call = await keptCall(tenSeconds, { startsAt: ANSWERED_AT + 1_500 });
    const samples = (await bytes(await ask())).subarray(44);
    expect(samples.subarray(0, 1_500 * 32).every((byte) => byte === 0)).toBe(true);
    expect(samples.subarray(1_500 * 32)).toEqual(wavFile(tenSeconds).subarray(44));
    expect((await bytes(await ask({}, 'peaks'))).readUInt32BE(8)).toBe(1_500);
  });
  test('HEAD tells what GET would, and is not listening', async () => {
    call = await keptCall(tenSeconds);
    const response = await ask({ range: 'bytes=100-199' }, 'sound', 'HEAD');
    expect([response.status, response.headers.get('content-length')]).toEqual([206, '100']);
    expect(await rows()).toEqual([]);
  });
});

describe('to everybody else it is not there', () => {
  test.each<[string, () => unknown, Record<string, string>?]>([
    ['a stranger', () => call.people.clear()],
    ['somebody whose call it is not', () => call.mayHear.clear()],
    ['an integrator', () => call.people.set('karin', { kind: 'integrator', tokenId: 't', scopes: ['boards:read'] })],
    ['whoever comes from another site', () => undefined, { 'sec-fetch-site': 'cross-site' }],
    ['a page that would show it as a picture', () => undefined, { 'sec-fetch-dest': 'image' }],
    ['whoever opens it as a page', () => undefined, { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }],
    ['those who come when its key is gone', () => call.keys.destroy('recording', call.recording.fileId)],
    ['those who come when the file is gone', () => unlinkSync(sealedPath(call.folder, call.recording.fileId))],
    ['those who come when the file is not what it was', () => turnABit(call.recording.fileId)],
    ['a span that the recording has nothing of', () => span(20_000, 30_000)]
  ])('%s', async (_who, happened, headers = {}) => {
    call = await keptCall(tenSeconds);
    happened();
    const response = await ask(headers);
    expect([response.status, await response.text()]).toEqual([404, '']);
    expect(await rows()).toEqual([]);
  });
  test('the player of our own page is let in', async () => {
    call = await keptCall(tenSeconds);
    expect((await ask({ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'audio' })).status).toBe(200);
  });

  function turnABit(fileId: string): void {
    const path = sealedPath(call.folder, fileId);
    const file = readFileSync(path);
    file[60]! ^= 1;
    writeFileSync(path, file);
  }
});

describe('the log of who has listened', () => {
  test('has its row before the first byte: where it cannot be written nothing is heard', async () => {
    call = await keptCall(tenSeconds);
    call.beforeHeard.act = () => Promise.reject(new Error('the disk is full'));
    const response = await ask();
    expect([response.status, await response.text()]).toEqual([503, '']);
    expect(await rows()).toEqual([]);
    expect(call.warned).toMatchObject([{ code: 'listening-not-told' }]);
  });
  test('is waited for, however long it takes', async () => {
    call = await keptCall(tenSeconds);
    let write = () => {};
    call.beforeHeard.act = () => new Promise((written) => (write = written));
    let answered = false;
    const response = ask().then((came) => ((answered = true), came));
    await eventually(() => expect(write.length).toBe(1));
    expect(answered).toBe(false);
    write();
    expect((await (await response).arrayBuffer()).byteLength).toBe(320_044);
    expect(await rows()).toHaveLength(1);
  });
  test('takes a listening with pauses for one, and one after half an hour for another', async () => {
    call = await keptCall(tenSeconds);
    const began = call.now.at;
    for (const minutes of [0, 1, 25, 50, 79, 110]) {
      call.now.at = began + minutes * 60_000;
      await (await ask({ range: 'bytes=0-99' })).arrayBuffer();
    }
    expect((await rows()).map(({ person_id, slot, at }) => [person_id, slot, (at - began) / 60_000])).toEqual([
      ['karin', SLOT, 0],
      ['karin', SLOT, 110]
    ]);
  });
  test('has nothing of the agent’s own listening', async () => {
    call = await keptCall(tenSeconds);
    call.mayHear.set('karin', { ...call.mayHear.get('karin')!, logged: false });
    expect((await ask()).status).toBe(200);
    expect(await rows()).toEqual([]);
  });
  test('keeps no length and no end of it: two ranges at once are one row', async () => {
    call = await keptCall(tenSeconds);
    await Promise.all(['bytes=0-99', 'bytes=100-'].map(async (range) => (await ask({ range })).arrayBuffer()));
    expect(await rows()).toEqual([{ person_id: 'karin', slot: SLOT, at: call.now.at }]);
  });
});

describe('while somebody listens', () => {
  /** Asks, and reads nothing until it is told to: what has come fills the buffers, and the rest waits at our end. */
  const open = (): Promise<IncomingMessage> =>
    new Promise((opened, failed) =>
      httpGet(`${call.url}/sound`, { headers: { cookie: 'karin' }, agent: false }, opened).once('error', failed)
    );
  const half = new Int16Array(1_800 * 16_000);
  const TOTAL = 44 + half.length * 2;
  /** Reads on, and says how much came before the end, and whether it was the end. */
  async function rest(response: IncomingMessage): Promise<{ received: number; whole: boolean }> {
    let received = 0;
    response.on('data', (piece: Buffer) => (received += piece.length));
    response.on('error', () => undefined);
    await new Promise((ended) => response.once('close', ended));
    return { received, whole: response.complete };
  }

  test.each([
    ['the agent has got another coach', () => call.mayHear.clear()],
    ['they signed out', () => call.people.clear()],
    ['another has signed in', () => call.people.set('karin', coach('sven'))],
    ['whether they still may cannot be answered', () => call.mayHear.set('karin', null as never)]
  ])('the open response ends within two seconds when %s', async (_what, happened) => {
    call = await keptCall(half);
    const response = await open();
    await eventually(() => expect(call.sound.listening()).toBe(1));
    happened();
    const began = performance.now();
    await eventually(async () => expect([call.sound.listening(), await call.connections()]).toEqual([0, 0]));
    expect(performance.now() - began).toBeLessThan(2_000);
    const { received, whole } = await rest(response);
    expect(whole).toBe(false);
    expect(received).toBeLessThan(TOTAL / 2);
  });
  test('it goes on for whoever still may', async () => {
    call = await keptCall(half);
    expect(await rest(await open())).toEqual({ received: TOTAL, whole: true });
  });
  test('whoever goes away leaves nothing open, and whoever opens many keeps the last', async () => {
    call = await keptCall(half);
    const responses = await Promise.all(Array.from({ length: 12 }, open));
    for (const response of responses) response.on('error', () => undefined);
    await eventually(() => expect(call.sound.listening()).toBe(8));
    for (const response of responses) response.destroy();
    await eventually(() => expect(call.sound.listening()).toBe(0));
  });
});

describe('the peaks', () => {
  test('are of the own span only', async () => {
    // The first second is loud, and somebody else's.
    call = await keptCall(tone({ seconds: 10, loudness: (second) => (second < 1 ? 1 : 0) }));
    span(1_000, 6_000);
    const peaks = await bytes(await ask({}, 'peaks'));
    expect([
      peaks.toString('latin1', 0, 4),
      peaks.readUInt16BE(4),
      peaks.readUInt16BE(6),
      peaks.readUInt32BE(12)
    ]).toEqual(['SGP1', 2, 20, 100]);
    expect(peaks.subarray(16)).toEqual(Buffer.alloc(200));
    expect(await rows()).toEqual([]);
  });
  test('are not there for those who may not hear the call', async () => {
    call = await keptCall(tenSeconds);
    call.mayHear.clear();
    expect((await ask({}, 'peaks')).status).toBe(404);
  });
});

describe('what a Range header asks for', () => {
  test('nothing, or another unit, is all of it', () => {
    expect([byteRange(null, 100), byteRange('seconds=1-2', 100)]).toEqual(['all', 'all']);
  });
});
