import { frame } from '../../domain/frame.ts';
import type { QueueId, SourceName } from '../../domain/telephony/event.ts';
import type { Floor } from '../../domain/telephony/floor.ts';
import { periodOf, type Instant, type Zone } from '../../domain/time.ts';
import type { BoardFrame, BoardQueue, Position, SourceStatus } from '../../domain/wallboard.ts';
import { createClock } from './clock.ts';
import { exchange, type ExchangePorts } from './exchange.ts';
import { createFeed, type Feed } from './feed.ts';
import { tokensOnFloor, turnOfMonth } from './new-month.ts';
import { entryInOwnNames, floorInOwnNames } from './own-names.ts';
import type { EventLog, Incoming, Register, Source, SourceHealth, SourceSink } from './ports.ts';
import { project, type Known } from './projection.ts';
import { recall, toCheckpoint } from './recall.ts';
import { createWriter } from './writer.ts';

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
}

export interface Engine {
  feed: Feed;
  /** Starts a source; what it tells goes the one way. */
  attach(source: Source): Promise<void>;
  /** A sink for someone who tells without being there all the time, such as an import. */
  sink(source: SourceName): SourceSink;
  floor(): Floor;
  health(): EngineHealth;
  /** Stops the sources, says since when we are blind, and writes what is waiting. The log itself stays open. */
  close(): Promise<void>;
}
export interface EngineHealth {
  position: Position;
  saved: boolean;
  sources: { name: SourceName; status: SourceStatus; health: SourceHealth }[];
}

/** The floor's checkpoint is renewed after this many events, so that a restart has little to replay. */
const CHECKPOINT_EVERY = 2_000;
const MINUTE_MS = 60_000;
/** A PBX that has told of a refused call this recently has the dial-plan lines for it. */
const REFUSALS_REMEMBERED_MS = 35 * 24 * 3_600_000;

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
  const definitionsOf = (queue: QueueId) => register.definitions(queue);

  const recalled = await recall(log, now(), zone, definitionsOf);
  const startedAt = now();
  let durable: Known = recalled.known;
  /** While the disk refuses: what is durable with what waits in memory folded on top. */
  let provisional: Known | null = null;
  let unsavedFolds = Promise.resolve();
  const provenAt = new Map<SourceName, Instant>(recalled.provenAt);
  const healths = new Map<SourceName, SourceHealth>();
  const attached = new Map<SourceName, Source>();
  const refusing = new Set((await log.refusalsSince(startedAt - REFUSALS_REMEMBERED_MS)).map(({ queue }) => queue));
  let sinceCheckpoint = recalled.replayed;
  /** The last offset that is folded into what we know. */
  let folded = recalled.offset;
  let tokens: { floor: Floor; byKey: Map<string, string> } | null = null;

  const shown = () => provisional ?? durable;

  /** One at a time: a transaction of ours, or a look at what another process has written. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  }

  const writer = createWriter({
    commit: (batch) =>
      inTurn(async () => {
        let next: Known | null = null;
        const fresh = await log.append(batch, async (envelopes, stored) => {
          const outcome = await project(envelopes, durable, now(), stored, definitionsOf);
          next = outcome.known;
          if (sinceCheckpoint + envelopes.length < CHECKPOINT_EVERY) return outcome.projected;
          const checkpoint = toCheckpoint(outcome.known.floor, envelopes.at(-1)!.offset, provenAt);
          return { ...outcome.projected, checkpoint };
        });
        if (next !== null) durable = next;
        sinceCheckpoint = sinceCheckpoint + fresh.length >= CHECKPOINT_EVERY ? 0 : sinceCheckpoint + fresh.length;
        folded += fresh.length;
        // An import beside us, or a transaction of ours that was saved though its answer was lost on the way.
        if (log.position().offset !== folded) await readAnew();
        for (const { event, at } of fresh) {
          if (event.kind === 'CallRefused') refusing.add(event.queue);
          if (event.kind === 'QueueSeen') await register.queueSeen(event.queue, event.limit, at);
          if (event.kind === 'QueueGone') await register.queueGone(event.queue, at);
        }
        feed.changed();
        return fresh;
      }),
    showUnsaved(events) {
      // In order, one batch after another; a recovery in between makes what is durable the truth again.
      unsavedFolds = unsavedFolds.then(async () => {
        if (writer.saved()) return;
        const offset = log.position().offset;
        const envelopes = events.map((event, i) => ({ ...event, offset: offset + i + 1, version: 1 }));
        const known = await project(envelopes, shown(), now(), { entries: async () => new Map() }, definitionsOf);
        if (writer.saved()) return;
        provisional = known.known;
        feed.changed();
      });
    },
    overflowed() {
      report('unsaved-events-dropped');
      for (const source of attached.values()) startAgain(source);
    },
    savedChanged(saved) {
      if (saved) provisional = null;
      report(saved ? 'disk-accepts-again' : 'disk-refuses', { offset: log.position().offset });
      feed.changed();
    },
    wait: (ms) => new Promise((resolve) => void after(ms, resolve))
  });

  // Asked for every event, and nearly always of the same month.
  let month = periodOf(startedAt, 'MONTH', zone);
  const exchangePorts: ExchangePorts = {
    register,
    tokenOnFloor(source, key) {
      const { floor } = shown();
      if (tokens?.floor.agents !== floor.agents) tokens = { floor, byKey: tokensOnFloor(floor, register) };
      return tokens!.byKey.get(`${source}|${key}`);
    },
    monthOf(at) {
      if (at < month.startsAt || at >= month.endsAt) month = periodOf(at, 'MONTH', zone);
      return String(month.startsAt);
    }
  };

  function status(source: SourceName): SourceStatus {
    const onFloor = shown().floor.sources.get(source);
    const proven = provenAt.get(source) ?? null;
    if (onFloor?.state === 'connected')
      return { state: 'CONNECTED', since: onFloor.since, provenAt: proven ?? onFloor.since };
    const health = healths.get(source);
    const isReading =
      health === undefined || health.state === 'starting' || (!onFloor && health.state === 'connecting');
    const since = onFloor?.since ?? startedAt;
    return { state: isReading ? 'STARTING' : 'LOST', since, provenAt: proven ?? onFloor?.since ?? null };
  }

  function queuesOf(board: string): { name: string | null; queues: BoardQueue[] } | null {
    const queues = register.boardQueues(now());
    if (board === 'all') return { name: null, queues };
    const ofUnit = queues.filter((queue) => queue.unit?.id === board);
    return ofUnit.length > 0 ? { name: ofUnit[0]!.unit!.name, queues: ofUnit } : null;
  }

  function makeFrame(board: string): BoardFrame | null {
    const found = queuesOf(board);
    if (!found) return null;
    const { floor, today } = shown();
    const sourcesRefusing = new Set(
      register
        .boardQueues(now())
        .filter((queue) => refusing.has(queue.id))
        .map((queue) => queue.source)
    );
    const sourceOf = new Map(found.queues.map((queue) => [queue.id, queue.source]));
    return frame({
      board: { id: board, name: found.name, demo: options.demo, timeZone: zone },
      queues: found.queues,
      position: log.position(),
      saved: writer.saved(),
      now: now(),
      floor,
      sources: new Map([...new Set(sourceOf.values())].map((source) => [source, status(source)])),
      today,
      definitionsOf,
      refusedVisible: (queue) => (sourcesRefusing.has(sourceOf.get(queue)!) ? 'always' : 'never')
    });
  }

  const feed = createFeed({
    boards: () => [
      'all',
      ...new Set(register.boardQueues(now()).flatMap((queue) => (queue.unit ? [queue.unit.id] : [])))
    ],
    frame: makeFrame,
    now,
    after
  });

  function sink(source: SourceName): SourceSink {
    // One source's events are exchanged and queued in the order it told them, however long a new token takes.
    let order: Promise<unknown> = Promise.resolve();
    return {
      now,
      async floor() {
        await order;
        return floorInOwnNames(shown().floor, source, register);
      },
      append(told) {
        const exchanged = order.then(() => exchange(source, told, exchangePorts));
        const queued = exchanged.then((incoming) => ({ written: writer.append(incoming) }));
        order = queued.catch(() => {});
        return queued
          .then(({ written }) => written)
          .catch((error: unknown) => {
            report('append-failed', { source, error: error instanceof Error ? error.message : 'unknown' });
            throw error;
          });
      },
      proven(at) {
        if (at > (provenAt.get(source) ?? 0)) provenAt.set(source, at);
      },
      entries: async (from, to) =>
        (await log.entriesOffered(source, from, to)).map((entry) => entryInOwnNames(entry, register)),
      wrapUpMs: (pbxQueue) => register.wrapUpMs(source, pbxQueue),
      isWrapUpReason: (reason) => register.isWrapUpReason(source, reason),
      health(part) {
        const before = healths.get(source) ?? healthAtStart;
        healths.set(source, { ...before, ...part });
        if (part.trouble && part.trouble !== before.trouble)
          report('source-trouble', { source, trouble: part.trouble });
        if (part.state && part.state !== before.state) feed.changed();
      }
    };
  }

  /** What another process (an import on the command line) has added to the log is read as a restart would read it. */
  async function readAnew(): Promise<void> {
    const again = await recall(log, now(), zone, definitionsOf);
    durable = again.known;
    folded = again.offset;
    feed.changed();
  }

  /** Says that we know nothing of these sources since the last moment we were sure of them. */
  async function goBlind(sources: Iterable<SourceName>): Promise<void> {
    const events: Incoming[] = [];
    for (const source of sources) {
      const onFloor = shown().floor.sources.get(source);
      if (onFloor?.state !== 'connected') continue;
      const at = Math.max(onFloor.since, provenAt.get(source) ?? onFloor.since);
      const key = `stopped|${log.position().epoch}|${onFloor.since}`;
      const event = { kind: 'SourceLost', why: 'stopped' } as const;
      events.push({ at, seenAt: now(), key, lane: 'live', quality: 'exact', source, event });
    }
    await writer.append(events);
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
    await inTurn(async () => {
      if ((await log.read(folded, 1)).length > 0) await readAnew();
    });
    const present = exchangePorts.monthOf(now());
    if (present === changedMonth) return;
    const { events, complete } = await turnOfMonth(shown().floor, now(), register);
    await writer.append(events);
    if (complete) changedMonth = present;
  }
  let cancelMinute = () => {};
  const scheduleMinute = () => {
    cancelMinute = after(MINUTE_MS, () => {
      eachMinute().catch((error: unknown) => report('upkeep-failed', { error: String(error) }));
      scheduleMinute();
    });
  };

  // Whatever was connected when the process before us ended, we have not heard since.
  await goBlind(durable.floor.sources.keys());
  scheduleMinute();

  return {
    feed,
    async attach(source) {
      attached.set(source.name, source);
      healths.set(source.name, healthAtStart);
      await source.start(sink(source.name));
    },
    sink,
    floor: () => shown().floor,
    health: () => ({
      position: log.position(),
      saved: writer.saved(),
      sources: [...attached.keys()].map((name) => ({ name, status: status(name), health: healths.get(name)! }))
    }),
    async close() {
      cancelMinute();
      const names = [...attached.keys()];
      for (const source of attached.values()) await source.stop();
      attached.clear();
      await goBlind(names).catch((error: unknown) => report('stop-not-written', { error: String(error) }));
      await writer.close();
      feed.close();
    }
  };
}

function systemTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
