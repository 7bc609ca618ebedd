import type { AgentToken, SourceName, Told } from '../../domain/telephony/event.ts';
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

/** What was told at one time, and who waits for it to be durable. */
interface Telling {
  told: Told[];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Where one source tells, in its own words: they are exchanged for ours before anything is written. `exchanged` resolves
 * when everything told so far is on its way to the log.
 */
export function createSink(source: SourceName, options: SinkOptions): SourceSink & { exchanged(): Promise<unknown> } {
  const { log, register, truth, report } = options;
  const waiting: Telling[] = [];
  let exchanging: Promise<void> | null = null;

  /**
   * One source's events are exchanged and queued in the order it told them, however long a new token takes. All that
   * was told meanwhile is exchanged together, so that a burst of new callers waits for one write of the disk.
   */
  async function exchangeAll(): Promise<void> {
    await null; // whoever else tells at this moment comes along
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      try {
        const all = batch.length === 1 ? batch[0]!.told : batch.flatMap(({ told }) => told);
        const incoming = await exchange(source, all, options.ports);
        let next = 0;
        for (const { told, resolve, reject } of batch)
          truth.append(incoming.slice(next, (next += told.length))).then(resolve, reject);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    exchanging = null;
  }

  return {
    now: options.now,
    exchanged: async () => void (await exchanging),
    async floor() {
      await exchanging;
      return floorInOwnNames(truth.shown().floor, source, register);
    },
    async append(told) {
      try {
        await new Promise<void>((resolve, reject) => {
          waiting.push({ told, resolve, reject });
          exchanging ??= exchangeAll();
        });
      } catch (error) {
        report('append-failed', { source, error: error instanceof Error ? error.message : 'unknown' });
        throw error;
      }
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
