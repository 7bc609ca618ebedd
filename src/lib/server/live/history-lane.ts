import { emptyToday, type DefinitionsOf } from '../../domain/statistics/today.ts';
import type { Entry } from '../../domain/telephony/call.ts';
import type { SourceName, Told } from '../../domain/telephony/event.ts';
import { emptyFloor } from '../../domain/telephony/floor.ts';
import { floorFromJson, type FloorJson } from '../../domain/telephony/floor-json.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import { exchange } from './exchange.ts';
import { entryInOwnNames } from './own-names.ts';
import type { EventLog, Register } from './ports.ts';
import { project } from './projection.ts';
import { exchangePorts } from './sink.ts';

/** Where someone tells of the past, beside a server that may be running: an import, a simulation of weeks. */
export interface HistoryLane {
  now(): Instant;
  /** Resolves when every event is durable. Returns how many the log did not have. Refuses events of the live lane. */
  append(told: Told[]): Promise<number>;
  /** What the store knows, in the source's own names where they are still known. */
  entries(from: Instant, to: Instant): Promise<Entry[]>;
}

/**
 * The way of the past into the log: the same exchange, the same append, the same folds as the engine's, without a floor
 * of its own. The live floor belongs to whoever is connected to the exchange, and history never touches it.
 *
 * `log` is opened as a guest, so that a server beside us keeps its term.
 */
export async function createHistoryLane(
  source: SourceName,
  parts: { log: EventLog; register: Register; zone: Zone; now: () => Instant }
): Promise<HistoryLane> {
  const { log, register, zone, now } = parts;
  const definitionsOf: DefinitionsOf = (queue) => register.definitions(queue);
  // Nobody of the past stands on the floor: each month's token is the register's.
  const ports = exchangePorts(() => emptyFloor, register, zone, now());
  // Only to know whether this source has been watched: what is told late about it restates, what is new does not.
  const checkpoint = await log.checkpoint('floor');
  const floor = checkpoint ? floorFromJson((checkpoint.state as { floor: FloorJson }).floor) : emptyFloor;

  return {
    now,
    async append(told) {
      const live = told.find(({ lane }) => lane !== 'history');
      if (live) throw new Error(`An event of the live lane (${live.event.kind}) was told as history`);
      const incoming = await exchange(source, told, ports);
      const known = { floor, today: emptyToday(now(), zone) };
      const fresh = await log.append(
        incoming,
        async (envelopes, stored) => (await project(envelopes, known, now(), stored, definitionsOf)).projected
      );
      return fresh.length;
    },
    entries: async (from, to) =>
      (await log.entriesOffered(source, from, to)).map((entry) => entryInOwnNames(entry, register))
  };
}
