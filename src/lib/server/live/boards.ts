import type { BoardAnnouncement, Place } from '../../domain/announcement.ts';
import { ALL, defaultBoard, queuesOf, thresholdsFor, type BoardDefinition } from '../../domain/board.ts';
import { frame } from '../../domain/frame.ts';
import { evolvePressure, type SteadyPressure } from '../../domain/steady-pressure.ts';
import type { QueueId, SourceName } from '../../domain/telephony/event.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import type { BoardFrame, SourceStatus } from '../../domain/wallboard.ts';
import type { BoardSettings } from './board-settings.ts';
import { createOpenings } from './openings.ts';
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
  /** What is said in a place now; nothing when nobody can say anything. */
  announcements?: (place: Place, now: Instant) => BoardAnnouncement[];
  settings: BoardSettings;
}

/** The boards there are, and a frame of each: a pure function of what is known and the time. */
export interface Boards {
  names(): string[];
  frame(board: string): BoardFrame | null;
  /** How a board is made: as somebody has said, or as it is by itself. */
  definition(board: string): BoardDefinition | null;
  /** A frame of a board that is not there yet: for whoever is about to make it. */
  preview(definition: BoardDefinition): BoardFrame;
  status(source: SourceName): SourceStatus;
}

export function createBoards(options: BoardsOptions): Boards {
  const { log, register, truth, now, settings } = options;
  const openingOf = createOpenings(settings, options.zone);

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

  /** How long each queue's word has lasted, per board: its thresholds are its own. */
  const steady = new Map<string, ReadonlyMap<QueueId, SteadyPressure>>();

  function definitionOf(board: string): BoardDefinition | null {
    const defined = settings.definitions().find(({ id }) => id === board);
    if (defined) return defined;
    if (board === ALL) return defaultBoard(null);
    const unit = register.boardQueues(now()).find((queue) => queue.unit?.id === board)?.unit;
    return unit ? defaultBoard(unit) : null;
  }

  function frameOf(definition: BoardDefinition): BoardFrame {
    const { id, parts, unit } = definition;
    const at = now();
    const all = register.boardQueues(at);
    const queues = queuesOf(parts, all);
    const { floor, today } = truth.shown();
    const sourceOf = new Map(all.map((queue) => [queue.id, queue.source]));
    const sourcesRefusing = new Set([...truth.refusing].map((queue) => sourceOf.get(queue)));
    const sources = new Set(queues.map((queue) => queue.source));
    // What is said to a unit is said on every board that is its own or shows all of it.
    const units = parts.flatMap((part) => (part.kind === 'unit' ? [part.id] : []));
    const place: Place = {
      boards: [...new Set([id, ...(unit === null ? [] : [unit]), ...units])],
      queues: queues.map((queue) => queue.id)
    };
    return frame({
      board: { id, name: definition.name, demo: options.demo, timeZone: options.zone },
      queues,
      position: log.position(),
      saved: truth.saved(),
      now: at,
      floor,
      sources: new Map([...sources].map((source) => [source, status(source)])),
      today,
      definitionsOf: (queue) => register.definitions(queue),
      announcements: definition.layout.announcements ? (options.announcements?.(place, at) ?? []) : [],
      layout: definition.layout,
      opening: openingOf(queues, at),
      refusedVisible: (queue) => (sourcesRefusing.has(sourceOf.get(queue)) ? 'always' : 'never')
    });
  }

  /** The frame with the words that have lasted; and what is needed to know it the next time. */
  function steadied(made: BoardFrame, { thresholds }: BoardDefinition, before: ReadonlyMap<QueueId, SteadyPressure>) {
    const after = new Map<QueueId, SteadyPressure>();
    const queues = made.queues.map((each) => {
      const { id } = each.queue;
      const own = thresholdsFor(settings.sensitivity(id), thresholds);
      const word = evolvePressure(before.get(id) ?? null, each, made.asOf, own);
      after.set(id, word);
      return { ...each, pressure: word.shown };
    });
    return { frame: { ...made, queues }, after };
  }

  return {
    status,
    names() {
      const units = register.boardQueues(now()).flatMap(({ unit }) => (unit ? [unit.id] : []));
      const order = settings.units().map(({ id }) => id);
      const inOrder = [...new Set(units)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
      return [...new Set([ALL, ...inOrder, ...settings.definitions().map(({ id }) => id)])];
    },
    frame(board) {
      const definition = definitionOf(board);
      if (definition === null) {
        steady.delete(board);
        return null;
      }
      const { frame: shown, after } = steadied(frameOf(definition), definition, steady.get(board) ?? new Map());
      steady.set(board, after);
      return shown;
    },
    definition: definitionOf,
    preview: (definition) => steadied(frameOf(definition), definition, new Map()).frame
  };
}
