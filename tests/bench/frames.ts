/**
 * Frames to viewers: what one delivered frame costs the server, how long it takes, and what a viewer weighs; ours beside
 * an unmodified graphql-yoga + graphql-ws server with the same schema and beside a raw `ws` broadcast of the same bytes.
 * The server's process is measured alone; the viewers live here.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { hashes } from '../../src/lib/operations/hashes.ts';
import { wallboardLiveDocument } from '../../src/lib/operations/wallboard.ts';
import { operationText } from '../../src/lib/server/graphql/generated.ts';
import { figure } from './figure.ts';
import type { Usage, Variant } from './frames-server.ts';

/** Taken in turns, so that whatever else the machine does meets all alike. */
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SECONDS = Number(process.env.SECONDS ?? 8);
const firstPort = 15_200;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

class Audience {
  readonly delaysMs: number[] = [];
  delivered = 0;
  bytes = 0;
  #server: ChildProcess;
  #variant: Variant;
  #port: number;
  #sockets: WebSocket[] = [];

  constructor(variant: Variant, server: ChildProcess, port: number) {
    this.#variant = variant;
    this.#server = server;
    this.#port = port;
  }

  static async of(variant: Variant, place: number): Promise<Audience> {
    const server = fork(new URL('./frames-server.ts', import.meta.url), [variant, String(firstPort + place)], {
      execArgv: ['--expose-gc']
    });
    const [port] = (await once(server, 'message')) as [number];
    return new Audience(variant, server, port);
  }

  async grow(to: number): Promise<void> {
    while (this.#sockets.length < to) {
      const some = Array.from({ length: Math.min(100, to - this.#sockets.length) }, (_, n) =>
        this.#viewer(this.#sockets.length + n)
      );
      this.#sockets.push(...(await Promise.all(some)));
    }
  }

  /** Subscribed, with a first frame where the server sends one at once. Each has an id of its own, as clients do. */
  async #viewer(n: number): Promise<WebSocket> {
    const ws = new WebSocket(`ws://127.0.0.1:${this.#port}/graphql`, 'graphql-transport-ws', {
      headers: { cookie: `viewer-${n}` },
      perMessageDeflate: false
    });
    await once(ws, 'open');
    ws.send('{"type":"connection_init"}');
    await once(ws, 'message');
    const payload =
      this.#variant === 'stock'
        ? { query: operationText(wallboardLiveDocument), variables: { board: 'all' } }
        : {
            query: '',
            variables: { board: 'all' },
            extensions: { persistedQuery: { version: 1, sha256Hash: hashes.WallboardLive } }
          };
    if (this.#variant !== 'raw') {
      ws.send(JSON.stringify({ id: `viewer-${n}`, type: 'subscribe', payload }));
      await once(ws, 'message');
    }
    ws.on('message', (data: Buffer) => {
      const arrived = process.hrtime.bigint();
      this.delivered++;
      this.bytes += data.length;
      const at = data.indexOf('"epoch":"') + 9;
      this.delaysMs.push(Number(arrived - BigInt(data.toString('latin1', at, data.indexOf(0x22, at)))) / 1e6);
    });
    return ws;
  }

  /** Lets the server's code be compiled, for three viewers. */
  async warm(): Promise<void> {
    await this.grow(3);
    this.#server.send('warm');
    await once(this.#server, 'message');
  }

  /** Frames at an even pace; resolves when the last has had time to arrive. */
  async tell(seconds: number, perSecond: number): Promise<void> {
    const began = performance.now();
    for (let n = 0; n < seconds * perSecond; n++) {
      this.#server.send('tick');
      await pause(Math.max(0, began + ((n + 1) * 1_000) / perSecond - performance.now()));
    }
    await pause(1_000);
  }

  async usage(asked: 'usage' | 'weigh' = 'usage'): Promise<Usage> {
    this.#server.send(asked);
    const [usage] = (await once(this.#server, 'message')) as [Usage];
    return usage;
  }

  async close(): Promise<void> {
    for (const ws of this.#sockets) ws.terminate();
    this.#server.kill('SIGKILL');
    await once(this.#server, 'exit');
  }
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const percentile = (values: number[], p: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * p) - 1] ?? NaN;

interface Measured {
  cpuMicros: number;
  p99Ms: number;
}
let place = 0;
let frameBytes = 0;

/** Two servers under the same audience at a pace that both hold; the median of the rounds. */
async function match(variants: readonly Variant[], viewers: number, perSecond: number): Promise<Measured[]> {
  const entered: { variant: Variant; audience: Audience; cost: number[]; delay: number[] }[] = [];
  for (const variant of variants) {
    const audience = await Audience.of(variant, place++);
    await audience.warm();
    await audience.grow(viewers);
    await audience.tell(4, perSecond);
    entered.push({ variant, audience, cost: [], delay: [] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { variant, audience, cost, delay } of entered) {
      audience.delaysMs.length = 0;
      const before = audience.delivered;
      const start = await audience.usage();
      await audience.tell(SECONDS, perSecond);
      const end = await audience.usage();
      const delivered = audience.delivered - before;
      const told = viewers * SECONDS * perSecond;
      if (delivered < told) console.error(`${variant} did not hold the pace: ${delivered} of ${told} frames`);
      cost.push((end.cpuMicros - start.cpuMicros) / delivered);
      delay.push(percentile(audience.delaysMs, 0.99));
      if (variant === 'ours') frameBytes = Math.round(audience.bytes / audience.delivered);
    }
  }
  for (const { audience } of entered) await audience.close();
  return entered.map(({ cost, delay }) => ({ cpuMicros: median(cost), p99Ms: median(delay) }));
}

const cpu = 'server CPU per delivered frame, µs';
const [ours, raw] = (await match(['ours', 'raw'], 500, 2)) as [Measured, Measured];
const beside = { against: 'raw ws broadcast', viewers: 500, perSecond: 2, frameBytes };
figure('frames', cpu, ours.cpuMicros, {
  ...beside,
  theirs: raw.cpuMicros,
  ratio: ours.cpuMicros / raw.cpuMicros,
  wanted: 'ratio <= 1.5'
});
figure('frames', 'p99 event to client, ms', ours.p99Ms, {
  ...beside,
  theirs: raw.p99Ms,
  ratio: ours.p99Ms / raw.p99Ms
});
// The unmodified server does not hold that pace: fewer viewers, and half as many frames, for both.
const [few, stock] = (await match(['ours', 'stock'], 200, 1)) as [Measured, Measured];
figure('frames', cpu, few.cpuMicros, {
  against: 'graphql-yoga + graphql-ws',
  theirs: stock.cpuMicros,
  ratio: few.cpuMicros / stock.cpuMicros,
  wanted: 'ratio <= 0.1',
  viewers: 200,
  perSecond: 1,
  frameBytes
});

/** Bytes per viewer, as the slope of a straight line through the readings. */
function slope(points: { viewers: number; bytes: number }[]): number {
  const n = points.length;
  const meanX = points.reduce((sum, { viewers }) => sum + viewers, 0) / n;
  const meanY = points.reduce((sum, { bytes }) => sum + bytes, 0) / n;
  const over = points.reduce((sum, { viewers, bytes }) => sum + (viewers - meanX) * (bytes - meanY), 0);
  return over / points.reduce((sum, { viewers }) => sum + (viewers - meanX) ** 2, 0);
}
async function weigh(variant: Variant, sizes: number[]): Promise<{ held: number; rss: number }> {
  const audience = await Audience.of(variant, place++);
  const held: { viewers: number; bytes: number }[] = [];
  const rss: { viewers: number; bytes: number }[] = [];
  for (const viewers of sizes) {
    await audience.grow(viewers);
    await audience.tell(3, 1);
    await audience.usage('weigh');
    const usage = await audience.usage('weigh');
    held.push({ viewers, bytes: usage.held });
    rss.push({ viewers, bytes: usage.rss });
  }
  await audience.close();
  return { held: slope(held), rss: slope(rss) };
}
const KB = 1024;
const mine = await weigh('ours', [500, 2_500, 5_000]);
const theirs = await weigh('raw', [500, 2_500, 5_000]);
const unmodified = await weigh('stock', [250, 500, 1_000]);
figure('frames', 'memory per viewer (resident), KB', mine.rss / KB, {
  against: 'graphql-yoga + graphql-ws',
  theirs: unmodified.rss / KB,
  ratio: mine.rss / unmodified.rss,
  wanted: 'value <= 60',
  raw: theirs.rss / KB
});
figure('frames', 'memory per viewer (heap and buffers), KB', mine.held / KB, {
  against: 'graphql-yoga + graphql-ws',
  theirs: unmodified.held / KB,
  ratio: mine.held / unmodified.held,
  wanted: 'value <= 60',
  raw: theirs.held / KB
});
