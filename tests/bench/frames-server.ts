/**
 * One of the three servers that `frames.ts` measures, in a process of its own: `ours`, `stock` (graphql-yoga and
 * graphql-ws, unmodified, as their documents say) or `raw` (`ws`, the same bytes to everybody). It answers its parent:
 * `tick` sends a frame to all, `usage` tells the CPU and memory of this process alone, `weigh` the same after a
 * collection.
 */
import { useServer } from 'graphql-ws/use/ws';
import { createYoga } from 'graphql-yoga';
import { type ExecutionArgs, executeSync, parse } from 'graphql';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Viewer } from '../../src/lib/domain/access.ts';
import { createApi } from '../../src/lib/server/graphql/api.ts';
import type { Context, Services } from '../../src/lib/server/graphql/context.ts';
import { operationText } from '../../src/lib/server/graphql/generated.ts';
import { schema } from '../../src/lib/server/graphql/schema.ts';
import { wallboardDocument } from '../../src/lib/operations/wallboard.ts';
import { emptyOffice } from '../support/empty-office.ts';
import { FakeFeed } from '../support/fake-feed.ts';
import { busy } from '../support/frames.ts';

export type Variant = 'ours' | 'stock' | 'raw';
export interface Usage {
  cpuMicros: number;
  rss: number;
  /** Heap and buffers outside it. */
  held: number;
}

const variant = process.argv[2] as Variant;
const frame = busy();
const feed = new FakeFeed(frame);
const services: Services = {
  ...emptyOffice,
  feed,
  tallies: {
    tallies: () => Promise.resolve([]),
    answerers: () => Promise.resolve([]),
    unfinished: () => ({ offset: 0, parts: [] })
  },
  queues: { boardQueues: () => [], serviceLevels: () => [], refusedVisible: () => 'never', watchedSince: () => null },
  timeZone: 'Europe/Stockholm',
  now: Date.now,
  log: console
};
// One leader per cookie, so that no limit per person is in the way.
const viewerOf = (cookie = ''): Viewer => ({
  kind: 'person',
  personId: cookie,
  sessionId: cookie,
  name: '',
  roles: ['leader']
});

const server = createServer();
let broadcast: ((message: Buffer) => void) | null = null;

if (variant === 'ours') {
  const { sockets } = createApi({
    services,
    identity: {
      authenticate: ({ cookie }) => Promise.resolve({ viewer: viewerOf(cookie), expiresAt: null }),
      onRevoked: () => () => {}
    },
    origin: null,
    development: false,
    shutdownFast: true
  });
  server.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head));
} else if (variant === 'stock') {
  const yoga = createYoga<object, Context>({ schema, context: { ...services, viewer: viewerOf() } });
  const wss = new WebSocketServer({ server, path: '/graphql' });
  type Enveloped = ReturnType<typeof yoga.getEnveloped>;
  useServer(
    {
      execute: (args) => (args as ExecutionArgs & { rootValue: Enveloped }).rootValue.execute(args),
      subscribe: (args) => (args as ExecutionArgs & { rootValue: Enveloped }).rootValue.subscribe(args),
      onSubscribe: async (ctx, _id, params) => {
        const enveloped = yoga.getEnveloped({ ...ctx, req: ctx.extra.request, socket: ctx.extra.socket, params });
        const args = {
          schema: enveloped.schema,
          operationName: params.operationName,
          document: enveloped.parse(params.query),
          variableValues: params.variables ?? undefined,
          contextValue: await enveloped.contextFactory(),
          rootValue: enveloped
        };
        const errors = enveloped.validate(args.schema, args.document);
        return errors.length ? errors : args;
      }
    },
    wss
  );
} else {
  const wss = new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false });
  broadcast = (message) => {
    for (const client of wss.clients) client.send(message, { binary: false });
  };
  wss.on('connection', (ws) => ws.on('message', () => ws.send('{"type":"connection_ack"}')));
}

/** What `raw` sends: the bytes of a frame as ours sends them, made once in advance and only stamped. */
const document = parse(operationText(wallboardDocument));
const answer = executeSync({
  schema,
  document,
  variableValues: { board: 'all' },
  contextValue: { ...services, viewer: viewerOf() }
});
const template = JSON.stringify({ id: '1', type: 'next', payload: answer });

let { offset } = frame.position;
process.on('message', (asked: 'tick' | 'warm' | 'usage' | 'weigh') => {
  if (asked === 'usage' || asked === 'weigh') {
    if (asked === 'weigh') globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({ cpuMicros: user + system, rss, held: heapUsed + external } satisfies Usage);
    return;
  }
  if (asked === 'warm') return void warm(500);
  tick();
});

/** A server runs for weeks: what is measured is code that has been compiled, as it is after its first minutes. */
async function warm(times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    tick();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  process.send?.('warm');
}

function tick(): void {
  // The clock that all processes of a machine share, as text where a client finds it quickly.
  const epoch = String(process.hrtime.bigint());
  offset++;
  if (broadcast) broadcast(Buffer.from(template.replace('"epoch":"test"', `"epoch":"${epoch}"`)));
  else feed.tell({ ...frame, position: { epoch, offset }, asOf: Date.now() });
}
server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', 16_384, () =>
  process.send?.((server.address() as AddressInfo).port)
);
