import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Config } from './config.ts';
import { isLoopback } from './config-refused.ts';
import { hashed, same } from './identity/secrets.ts';
import type { SourceHealth } from './live/ports.ts';

/** What the running parts tell when Prometheus asks. Codes and numbers: no person, no agent, no queue's agents. */
export interface Figures {
  sources: ReadonlyMap<string, SourceHealth>;
  offset: number;
  saved: boolean;
  sockets: number;
  audiences: number;
}
export interface Metrics {
  allowed(authorization: string | null, address: string): boolean;
  contentType: string;
  text(): Promise<string>;
}

export function createMetrics(config: Config, figures: () => Figures): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'stamgaffel_' });
  const gauge = (name: string, help: string, read: (now: Figures) => number) =>
    new Gauge({
      name: `stamgaffel_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read(figures()));
      }
    });
  const perSource = (name: string, help: string, read: (health: SourceHealth) => number) =>
    new Gauge({
      name: `stamgaffel_source_${name}`,
      help,
      labelNames: ['source'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [source, health] of figures().sources) this.set({ source }, read(health));
      }
    });

  gauge('log_offset', 'The last offset of the event log that is on disk.', ({ offset }) => offset);
  gauge('log_saved', '1 while everything told is on disk; 0 while the disk refuses.', ({ saved }) => Number(saved));
  gauge('sockets', 'Open sockets.', ({ sockets }) => sockets);
  gauge(
    'audiences',
    'Different frames made at the same time, each once for all who look.',
    ({ audiences }) => audiences
  );
  perSource('connected', '1 while the exchange is connected and read.', ({ state }) => Number(state === 'connected'));
  perSource('drift', 'Differences from the exchange found while connected. Must stay 0.', ({ drift }) => drift);
  perSource('gap_repairs', 'Differences mended after gaps.', ({ gapRepairs }) => gapRepairs);
  perSource('reconnects', 'How many times the exchange was dialled again.', ({ reconnects }) => reconnects);
  perSource('bytes', 'Bytes read from the exchange.', ({ bytes }) => bytes);
  new Gauge({
    name: 'stamgaffel_source_trouble',
    help: '1 for the code of what is wrong with the exchange now; no line while all is well.',
    labelNames: ['source', 'code'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [source, { trouble }] of figures().sources)
        if (trouble !== null) this.set({ source, code: trouble }, 1);
    }
  });
  new Gauge({
    name: 'stamgaffel_source_anomalies',
    help: 'What the exchange told that could not be placed, by code.',
    labelNames: ['source', 'code'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [source, { anomalies }] of figures().sources)
        for (const [code, count] of Object.entries(anomalies)) this.set({ source, code }, count);
    }
  });

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    /**
     * With METRICS_TOKEN: whoever brings it. Without: this machine, but only where nobody else can reach us, because
     * behind a proxy on this machine the whole world comes from 127.0.0.1.
     */
    allowed(authorization, address) {
      if (config.metricsToken === null) return config.originIsLoopback && isLoopback(address.replace(/^::ffff:/, ''));
      // Hashes have one length, so the comparison tells nothing by the time it takes.
      return authorization !== null && same(hashed(authorization), hashed(`Bearer ${config.metricsToken}`));
    }
  };
}
