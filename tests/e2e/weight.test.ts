import { gzipSync } from 'node:zlib';
import { expect, type Page, type WebSocketRoute } from '@playwright/test';
import { liveFrame, test } from './city.ts';

test('the board page carries at most 150 KB of JavaScript, packed, Chart.js included', async ({
  browser,
  session,
  city
}) => {
  // A first visit: no worker and no cache have anything yet.
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.addCookies(session);
  const page = await context.newPage();
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(`${city.url}/board/all`);
  await liveFrame(page);
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  console.log(`JavaScript of the board page: ${(total / 1024).toFixed(1)} KB in ${sizes.length} files`);
  expect(sizes.length).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(150 * 1024);
  await context.close();
});

test('two frames a second cost at most a tenth of the main thread', async ({ page, city }) => {
  const feed = await fed(page, city.url);
  const session = await page.context().newCDPSession(page);
  // In the thread's own time: what a busy neighbour takes of the machine is not the board's doing.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return { task: metrics.find(({ name }) => name === 'TaskDuration')!.value, at: performance.now() / 1000 };
  };
  await feed.send(4, 500);
  const before = await spent();
  await feed.send(20, 500);
  const after = await spent();
  const share = (after.task - before.task) / (after.at - before.at);
  console.log(`Main thread at two frames a second: ${(share * 100).toFixed(1)} %`);
  expect(share).toBeLessThanOrEqual(0.1);
});

test('half an hour of frames leaves the heap where it was', async ({ page, city }) => {
  test.setTimeout(180_000);
  const feed = await fed(page, city.url);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  // Two frames a second: the 600th is minute 5 and the 3 600th is minute 30.
  await feed.send(600, 12);
  const minute5 = await heap();
  await feed.send(3000, 12);
  const minute30 = await heap();
  console.log(`Heap: ${(minute5 / 1e6).toFixed(2)} MB at minute 5, ${(minute30 / 1e6).toFixed(2)} MB at minute 30`);
  expect(minute30 - minute5).toBeLessThanOrEqual(1_000_000);
});

/** The page's own socket, into which frames are put that differ in every number that moves. */
async function fed(page: Page, url: string): Promise<{ send(count: number, everyMs: number): Promise<void> }> {
  let socket: WebSocketRoute | undefined;
  let last: Frame | undefined;
  await page.routeWebSocket(/\/graphql/, (route) => {
    const server = route.connectToServer();
    socket = route;
    server.onMessage((message) => {
      const told = JSON.parse(message.toString()) as Frame;
      // The city's own frames stop here once we have one to imitate; the protocol's other messages pass.
      if (told.type === 'next') {
        if (!last) route.send(message);
        last = told;
      } else route.send(message);
    });
  });
  await page.goto(`${url}/board/all`);
  await expect.poll(() => last !== undefined, { timeout: 30_000 }).toBe(true);
  let number = 0;
  return {
    async send(count, everyMs) {
      for (let index = 0; index < count; index += 1) {
        number += 1;
        const frame = structuredClone(last!);
        const board = frame.payload.data.wallboard;
        board.position.offset += number;
        board.asOf = new Date().toISOString();
        board.source.provenAt = board.asOf;
        board.total.waiting = number % 30;
        board.total.today.offered += number;
        board.total.arrivals = board.total.arrivals.map((arrivals, quarter) => arrivals + ((number + quarter) % 5));
        board.queues.forEach((queue, place) => {
          queue.source.provenAt = board.asOf;
          queue.waiting = (number + place) % 20;
          queue.longestWaitSince = queue.waiting === 0 ? null : new Date(Date.now() - place * 20_000).toISOString();
        });
        socket!.send(JSON.stringify(frame));
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    }
  };
}

interface Frame {
  type: string;
  payload: {
    data: {
      wallboard: {
        position: { offset: number };
        asOf: string;
        source: { provenAt: string };
        total: { waiting: number; today: { offered: number }; arrivals: number[] };
        queues: { source: { provenAt: string }; waiting: number; longestWaitSince: string | null }[];
      };
    };
  };
}
