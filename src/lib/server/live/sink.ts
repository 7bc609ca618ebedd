import type { AgentToken, SourceName } from '../../domain/telephony/event.ts';
import type { Floor } from '../../domain/telephony/floor.ts';
import { periodOf, type Instant, type Zone } from '../../domain/time.ts';
import { exchange, type ExchangePorts } from './exchange.ts';
import { tokensOnFloor } from './new-month.ts';
import { entryInOwnNames, floorInOwnNames } from './own-names.ts';
import type { EventLog, Register, SourceHealth, SourceSink } from './ports.ts';
import type { Truth } from './truth.ts';

export interface SinkOptions {
  log: EventLog;
  register: Register;
  truth: Truth;
  now: () => Instant;
  ports: ExchangePorts;
  report: (code: string, detail?: Record<string, unknown>) => void;
  health(part: Partial<SourceHealth>): void;
}

/**
 * Where one source tells, in its own words: they are exchanged for ours before anything is written. `exchanged` resolves
 * when everything told so far is on its way to the log.
 */
export function createSink(source: SourceName, options: SinkOptions): SourceSink & { exchanged(): Promise<unknown> } {
  const { log, register, truth, report } = options;
  // One source's events are queued in the order it told them, however long a new token takes. Exchanged they are at
  // once, so that all who wait for a token of their own wait for one write of the disk.
  let order: Promise<unknown> = Promise.resolve();
  return {
    now: options.now,
    exchanged: () => order,
    async floor() {
      await order;
      return floorInOwnNames(truth.shown().floor, source, register);
    },
    append(told) {
      const exchanged = Promise.all([exchange(source, told, options.ports), order]);
      const queued = exchanged.then(([incoming]) => ({ written: truth.append(incoming) }));
      order = queued.catch(() => {});
      return queued
        .then(({ written }) => written)
        .catch((error: unknown) => {
          report('append-failed', { source, error: error instanceof Error ? error.message : 'unknown' });
          throw error;
        });
    },
    proven(at) {
      if (at > (truth.provenAt.get(source) ?? 0)) truth.provenAt.set(source, at);
    },
    entries: async (from, to) =>
      (await log.entriesOffered(source, from, to)).map((entry) => entryInOwnNames(entry, register)),
    wrapUpMs: (pbxQueue) => register.wrapUpMs(source, pbxQueue),
    isWrapUpReason: (reason) => register.isWrapUpReason(source, reason),
    health: options.health
  };
}

/** The tokens that agents have now, and the names of months, each asked for every event and so remembered. */
export function exchangePorts(floor: () => Floor, register: Register, zone: Zone, now: Instant): ExchangePorts {
  let month = periodOf(now, 'MONTH', zone);
  let agents: Floor['agents'] | null = null;
  let tokens = new Map<string, AgentToken>();
  return {
    register,
    tokenOnFloor(source, key) {
      const present = floor();
      if (agents !== present.agents) {
        agents = present.agents;
        tokens = tokensOnFloor(present, register);
      }
      return tokens.get(`${source}|${key}`);
    },
    monthOf(at) {
      if (at < month.startsAt || at >= month.endsAt) month = periodOf(at, 'MONTH', zone);
      return String(month.startsAt);
    }
  };
}
