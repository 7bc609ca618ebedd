import { frame } from '../../domain/frame.ts';
import type { SourceName } from '../../domain/telephony/event.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import type { BoardFrame, BoardQueue, SourceStatus } from '../../domain/wallboard.ts';
import type { EventLog, Register, SourceHealth } from './ports.ts';
import type { Truth } from './truth.ts';

export interface BoardsOptions {
  log: EventLog;
  register: Register;
  truth: Truth;
  zone: Zone;
  demo: boolean;
  now: () => Instant;
  startedAt: Instant;
  health(source: SourceName): SourceHealth | undefined;
}

/** The boards there are, and a frame of each: a pure function of what is known and the time. */
export interface Boards {
  names(): string[];
  frame(board: string): BoardFrame | null;
  status(source: SourceName): SourceStatus;
}

export function createBoards(options: BoardsOptions): Boards {
  const { log, register, truth, now } = options;

  function status(source: SourceName): SourceStatus {
    const onFloor = truth.shown().floor.sources.get(source);
    const proven = truth.provenAt.get(source) ?? null;
    if (onFloor?.state === 'connected')
      return { state: 'CONNECTED', since: onFloor.since, provenAt: proven ?? onFloor.since };
    const health = options.health(source);
    // Before the first contact there is nothing that could be lost, unless the attempt has failed.
    const isFirst = onFloor?.watchedSince == null;
    const isReading = health === undefined || health.state === 'starting' || (isFirst && health.state === 'connecting');
    const since = isFirst ? options.startedAt : onFloor.since;
    return { state: isReading ? 'STARTING' : 'LOST', since, provenAt: proven ?? (isFirst ? null : since) };
  }

  function queuesOf(board: string, all: BoardQueue[]): { name: string | null; queues: BoardQueue[] } | null {
    if (board === 'all') return { name: null, queues: all };
    const ofUnit = all.filter((queue) => queue.unit?.id === board);
    return ofUnit.length > 0 ? { name: ofUnit[0]!.unit!.name, queues: ofUnit } : null;
  }

  return {
    status,
    names: () => ['all', ...new Set(register.boardQueues(now()).flatMap(({ unit }) => (unit ? [unit.id] : [])))],
    frame(board) {
      const all = register.boardQueues(now());
      const found = queuesOf(board, all);
      if (!found) return null;
      const { floor, today } = truth.shown();
      const sourceOf = new Map(all.map((queue) => [queue.id, queue.source]));
      const sourcesRefusing = new Set([...truth.refusing].map((queue) => sourceOf.get(queue)));
      const sources = new Set(found.queues.map((queue) => queue.source));
      return frame({
        board: { id: board, name: found.name, demo: options.demo, timeZone: options.zone },
        queues: found.queues,
        position: log.position(),
        saved: truth.saved(),
        now: now(),
        floor,
        sources: new Map([...sources].map((source) => [source, status(source)])),
        today,
        definitionsOf: (queue) => register.definitions(queue),
        refusedVisible: (queue) => (sourcesRefusing.has(sourceOf.get(queue)) ? 'always' : 'never')
      });
    }
  };
}
