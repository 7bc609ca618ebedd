import type { SourceStatus } from '../../domain/wallboard.ts';
import type { Instant } from '../../domain/time.ts';
import { builder } from './builder.ts';
import { sourceStatus } from './wallboard.ts';

/** A telephone exchange, and how we stand with it. */
export interface Exchange {
  name: string;
  status: SourceStatus;
  trouble: string | null;
  drift: number;
  gapRepairs: number;
  reconnects: number;
  bytes: number;
  anomalies: { code: string; count: number }[];
  /** How many queues it has now. */
  queues: number;
}
export interface LogHealth {
  epoch: string;
  offset: number;
  saved: boolean;
  unsaved: number;
  oldestUnsavedAt: Instant | null;
}
/** Those who look after the machine ask this. The app fulfils it from the engine. */
export interface Exchanges {
  all(): Exchange[];
  log(): LogHealth;
}

const insider = { insider: true } as const;

const anomaly = builder.objectRef<Exchange['anomalies'][number]>('ExchangeAnomaly').implement({
  description: 'What the exchange told that could not be placed, or cannot have been.',
  authScopes: insider,
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Which, such as `left-before-joined`.' }),
    count: t.exposeInt('count', { description: 'How many times since the server started.' })
  })
});

const exchange = builder.objectRef<Exchange>('Exchange').implement({
  description: 'A telephone exchange and how we stand with it. Counts are since the server started.',
  authScopes: insider,
  fields: (t) => ({
    name: t.exposeID('name', { description: 'The source of its events.' }),
    status: t.expose('status', { type: sourceStatus, description: 'Contact, since when, and the last sign of life.' }),
    trouble: t.exposeString('trouble', { nullable: true, description: 'Why not, as a code; null when all is well.' }),
    drift: t.exposeInt('drift', {
      description: 'Differences from the exchange while connected that were still there 2 s later: must be 0.'
    }),
    gapRepairs: t.exposeInt('gapRepairs', { description: 'Differences mended after lost contact.' }),
    reconnects: t.exposeInt('reconnects', { description: 'How many times contact came back.' }),
    bytes: t.exposeFloat('bytes', { description: 'Read from the exchange; whole bytes, may pass what fits in Int.' }),
    anomalies: t.expose('anomalies', { type: [anomaly], description: 'The most frequent first.' }),
    queues: t.exposeInt('queues', { description: 'Queues that it has now.' })
  })
});

const logHealth = builder.objectRef<LogHealth>('LogHealth').implement({
  description: 'Whether what happens is on the disk.',
  authScopes: insider,
  fields: (t) => ({
    epoch: t.exposeID('epoch', { description: 'The life of the log: new when it was created or restored.' }),
    offset: t.exposeInt('offset', { description: 'The last event on the disk.' }),
    saved: t.exposeBoolean('saved', { description: 'False while the disk refuses and events wait in memory.' }),
    unsaved: t.exposeInt('unsaved', { description: 'Events that wait in memory.' }),
    oldestUnsavedAt: t.expose('oldestUnsavedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the first of them happened; null when none waits.'
    })
  })
});

builder.queryField('exchanges', (t) =>
  t.field({
    type: [exchange],
    description: 'Every telephone exchange and how we stand with it.',
    authScopes: { act: 'read-exchanges' },
    resolve: (_, __, { exchanges }) => exchanges.all()
  })
);

builder.queryField('logHealth', (t) =>
  t.field({
    type: logHealth,
    description: 'Whether what happens is on the disk.',
    authScopes: { act: 'read-exchanges' },
    resolve: (_, __, { exchanges }) => exchanges.log()
  })
);
