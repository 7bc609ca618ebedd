import type { BoardAnnouncement, Place } from '../../domain/announcement.ts';
import type { BoardDefinition } from '../../domain/board.ts';
import type { SourceName } from '../../domain/telephony/event.ts';
import type { Floor } from '../../domain/telephony/floor.ts';
import { dayStart, MINUTE_MS, type Instant, type Zone } from '../../domain/time.ts';
import type { BoardFrame, Position, SourceStatus } from '../../domain/wallboard.ts';
import { noBoardSettings, type BoardSettings } from './board-settings.ts';
import { createBoards } from './boards.ts';
import { createClock } from './clock.ts';
import { createFeed, type Feed } from './feed.ts';
import { turnOfMonth } from './new-month.ts';
import type { EventLog, Incoming, PauseAnswer, Register, Source, SourceHealth, SourceSink } from './ports.ts';
import { createSink, exchangePorts } from './sink.ts';
import { openTruth } from './truth.ts';

export interface EngineOptions {
  log: EventLog;
  register: Register;
  zone: Zone;
  demo: boolean;
  /** The server's clock; its own when absent. */
  now?: () => Instant;
  /** Calls back after `ms`; returns how to cancel. The process's own timers when absent. */
  after?: (ms: number, callback: () => void) => () => void;
  /** A fault or a change that an operator should read: a code, and numbers or codes beside it. */
  report?: (code: string, detail?: Record<string, unknown>) => void;
  /** What is said in a place now; nothing when absent. */
  announcements?: (place: Place, now: Instant) => BoardAnnouncement[];
  /** What is decided about boards; nothing when absent. */
  boards?: BoardSettings;
}

export interface Engine {
  feed: Feed;
  /** How a board is made: as somebody has said, or as it is by itself. */
  definition(board: string): BoardDefinition | null;
  /** A frame of a board that nobody has kept yet. */
  preview(definition: BoardDefinition): BoardFrame;
  /** Starts a source; what it tells goes the one way. */
  attach(source: Source): Promise<void>;
  /** A sink for someone who tells without being there all the time, such as an import. */
  sink(source: SourceName): SourceSink;
  floor(): Floor;
  /** Something that boards show has changed, outside of the log. */
  changed(): void;
  /** Calls back when the floor or something else that is shown may be another; returns how to stop. */
  onChanged(listener: () => void): () => void;
  /** Asks a PBX to pause one of its agents, or to end the pause; the answer is its own. */
  pause(source: SourceName, agentKey: string, paused: boolean, reason: string | null): Promise<PauseAnswer>;
  /** The floor that goes with the stored tallies: while the disk refuses, older than what is shown. */
  stored(): { floor: Floor; offset: number };
  health(): EngineHealth;
  /** Stops the sources, says since when we are blind, and writes what is waiting. The log itself stays open. */
  close(): Promise<void>;
}
export interface EngineHealth {
  position: Position;
  saved: boolean;
  /** What waits in memory while the disk refuses. */
  unsaved: { count: number; oldestAt: Instant | null };
  sources: { name: SourceName; status: SourceStatus; health: SourceHealth }[];
}

const healthAtStart: SourceHealth = {
  state: 'connecting',
  trouble: null,
  drift: 0,
  gapRepairs: 0,
  anomalies: {},
  bytes: 0,
  reconnects: 0
};

/**
 * The one place where something that happened becomes part of the truth: append (durable), fold, publish. Boards,
 * tallies and restarts are folds of what went this way, and nothing else writes live state.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { log, register, zone } = options;
  const now = options.now ?? createClock();
  const after = options.after ?? systemTimer;
  const report = options.report ?? (() => {});
  const startedAt = now();
  const healths = new Map<SourceName, SourceHealth>();
  const attached = new Map<SourceName, Source>();
  const listeners = new Set<() => void>();

  const truth = await openTruth({
    log,
    register,
    zone,
    now,
    after,
    report,
    changed,
    overflowed: () => attached.values().forEach(startAgain)
  });
  const health = (source: SourceName) => healths.get(source);
  const { announcements, demo, boards: settings = noBoardSettings } = options;
  const boards = createBoards({ log, register, truth, zone, demo, now, startedAt, health, announcements, settings });
  const feed = createFeed({ boards: boards.names, frame: boards.frame, now, after });
  const ports = exchangePorts(() => truth.shown().floor, register, zone, startedAt);

  function changed(): void {
    feed.changed();
    for (const listener of listeners) listener();
  }

  const sinks: ReturnType<typeof createSink>[] = [];
  function sink(source: SourceName): SourceSink {
    const made = createSink(source, {
      log,
      register,
      truth,
      now,
      ports,
      report,
      health(part) {
        const before = healths.get(source) ?? healthAtStart;
        healths.set(source, { ...before, ...part });
        if (part.trouble && part.trouble !== before.trouble)
          report('source-trouble', { source, trouble: part.trouble });
        if (part.state && part.state !== before.state) changed();
      }
    });
    sinks.push(made);
    return made;
  }

  /** Says that we know nothing of these sources since the last moment we were sure of them. */
  function goBlind(sources: Iterable<SourceName>): Promise<void> {
    const events: Incoming[] = [];
    for (const source of sources) {
      const onFloor = truth.shown().floor.sources.get(source);
      if (onFloor?.state !== 'connected') continue;
      const at = Math.max(onFloor.since, truth.provenAt.get(source) ?? onFloor.since);
      const key = `stopped|${log.position().epoch}|${onFloor.since}`;
      const event = { kind: 'SourceLost', why: 'stopped' } as const;
      events.push({ at, seenAt: now(), key, lane: 'live', quality: 'exact', source, event });
    }
    return truth.append(events);
  }

  /** Of the morning before an exchange was connected for the first time we know nothing, and the day must say so. */
  async function blindUntilNow(source: SourceName): Promise<void> {
    if (options.demo || truth.shown().floor.sources.has(source)) return;
    const event = { kind: 'SourceLost', why: 'stopped' } as const;
    const about = { at: dayStart(now(), zone), seenAt: now(), lane: 'live', quality: 'estimated' } as const;
    await truth.append([{ ...about, key: 'before the first contact', source, event }]);
  }

  /** After a gap of our own making: the source reads the PBX anew, and the difference is a repair. */
  function startAgain(source: Source): void {
    void (async () => {
      await source.stop();
      await goBlind([source.name]);
      if (attached.get(source.name) === source) await source.start(sink(source.name));
    })().catch((error: unknown) => report('source-restart-failed', { source: source.name, error: String(error) }));
  }

  let changedMonth: string | null = null;
  async function eachMinute(): Promise<void> {
    await truth.catchUp();
    const month = ports.monthOf(now());
    if (month === changedMonth) return;
    const { events, complete } = await turnOfMonth(truth.shown().floor, now(), register);
    await truth.append(events);
    if (complete) changedMonth = month;
  }
  let cancelMinute = () => {};
  const scheduleMinute = () => {
    cancelMinute = after(MINUTE_MS, () => {
      eachMinute().catch((error: unknown) => report('upkeep-failed', { error: String(error) }));
      scheduleMinute();
    });
  };

  // Whatever was connected when the process before us ended, we have not heard since.
  await goBlind(truth.shown().floor.sources.keys());
  scheduleMinute();

  return {
    feed,
    definition: boards.definition,
    preview: boards.preview,
    async attach(source) {
      attached.set(source.name, source);
      healths.set(source.name, healthAtStart);
      await blindUntilNow(source.name);
      await source.start(sink(source.name));
    },
    sink,
    floor: () => truth.shown().floor,
    changed,
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause: async (source, agentKey, paused, reason) =>
      (await attached.get(source)?.pause?.(agentKey, paused, reason)) ?? 'no-contact',
    stored: () => truth.stored(),
    health: () => ({
      position: log.position(),
      saved: truth.saved(),
      unsaved: truth.unsaved(),
      sources: [...attached.keys()].map((name) => ({ name, status: boards.status(name), health: healths.get(name)! }))
    }),
    async close() {
      cancelMinute();
      const names = [...attached.keys()];
      for (const source of attached.values()) await source.stop();
      attached.clear();
      // A source's last words, told while it stopped, may still be on their way.
      await Promise.all(sinks.map((each) => each.exchanged()));
      // Not waited for before the writer closes: a disk that refuses would keep us here for ever.
      const said = goBlind(names).catch((error: unknown) => report('stop-not-written', { error: String(error) }));
      await truth.close();
      await said;
      feed.close();
    }
  };
}

function systemTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
