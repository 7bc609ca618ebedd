import { emptyToday, type DefinitionsOf } from '../../domain/statistics/today.ts';
import type { Entry } from '../../domain/telephony/call.ts';
import type { SourceName, Told } from '../../domain/telephony/event.ts';
import { emptyFloor } from '../../domain/telephony/floor.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import { exchange } from './exchange.ts';
import { entryInOwnNames } from './own-names.ts';
import type { EventLog, Register } from './ports.ts';
import { project } from './projection.ts';
import { recallFloor, toCheckpoint } from './recall.ts';
import { exchangePorts } from './sink.ts';

/** Where someone tells of the past, beside a server that may be running: an import, a simulation of weeks. */
export interface HistoryLane {
  now(): Instant;
  /** Resolves when every event is durable. Returns how many the log did not have. Refuses events of the live lane. */
  append(told: Told[]): Promise<number>;
  /** What the store knows, in the source's own names where they are still known. */
  entries(from: Instant, to: Instant): Promise<Entry[]>;
  /** Since when a server has watched this source live; null when none has. */
  watchedSince: Instant | null;
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
  // To know whether this source has been watched: what is told late about it restates, what is new does not.
  let known = await recallFloor(log);

  return {
    now,
    watchedSince: known.floor.sources.get(source)?.watchedSince ?? null,
    async append(told) {
      const live = told.find(({ lane }) => lane !== 'history');
      if (live) throw new Error(`An event of the live lane (${live.event.kind}) was told as history`);
      const incoming = await exchange(source, told, ports);
      const { floor, provenAt, offset } = known;
      const today = emptyToday(now(), zone);
      const fresh = await log.append(incoming, async (envelopes, stored) => {
        const { projected } = await project(envelopes, { floor, today }, now(), stored, definitionsOf);
        if (envelopes[0]!.offset !== offset + 1) return projected;
        // The past leaves the floor as it was, so its checkpoint may come along: or the next start would read all of it.
        return { ...projected, checkpoint: toCheckpoint(floor, envelopes.at(-1)!.offset, provenAt) };
      });
      if (fresh.length > 0) {
        // A server beside us may have told of the present between two of our batches.
        const isNext = fresh[0]!.offset === offset + 1;
        known = isNext ? { ...known, offset: fresh.at(-1)!.offset } : await recallFloor(log);
      }
      return fresh.length;
    },
    entries: async (from, to) =>
      (await log.entriesOffered(source, from, to)).map((entry) => entryInOwnNames(entry, register))
  };
}
