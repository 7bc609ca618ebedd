import type { DefinitionsOf } from '../../domain/statistics/today.ts';
import type { QueueId, SourceName } from '../../domain/telephony/event.ts';
import { EVENT_VERSION } from '../../domain/telephony/event.ts';
import type { Floor } from '../../domain/telephony/floor.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import type { EventLog, Incoming, Register } from './ports.ts';
import { project, type Known } from './projection.ts';
import { recall, toCheckpoint } from './recall.ts';
import { createWriter } from './writer.ts';

export interface TruthOptions {
  log: EventLog;
  register: Register;
  zone: Zone;
  now: () => Instant;
  after: (ms: number, callback: () => void) => () => void;
  report: (code: string, detail?: Record<string, unknown>) => void;
  /** What is shown has changed. */
  changed: () => void;
  /** The memory for unsaved events is full: what came after is not known. */
  overflowed: () => void;
}

/** What is known, and the only way to add to it: append (durable), then fold, then tell those who show it. */
export interface Truth {
  append(incoming: Incoming[]): Promise<void>;
  /** What is shown: what is durable, or while the disk refuses, with what waits in memory folded on top. */
  shown(): Known;
  saved(): boolean;
  unsaved(): { count: number; oldestAt: Instant | null };
  /** The floor that goes with the stored entries and tallies: without what waits in memory. */
  stored(): { floor: Floor; offset: number };
  /** The last byte heard of each source. */
  provenAt: Map<SourceName, Instant>;
  /** Queues that have told of refused calls lately: a PBX that does so has the dial-plan lines for it. */
  refusing: ReadonlySet<QueueId>;
  /** Reads what another process (an import on the command line) has added to the log. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** The floor's checkpoint is renewed after this many events, so that a restart has little to replay. */
const CHECKPOINT_EVERY = 2_000;
const REFUSALS_REMEMBERED_MS = 35 * 24 * 3_600_000;

export async function openTruth(options: TruthOptions): Promise<Truth> {
  const { log, register, zone, now, report, changed } = options;
  const definitionsOf: DefinitionsOf = (queue) => register.definitions(queue);
  const recalled = await recall(log, now(), zone, definitionsOf);
  const provenAt = recalled.provenAt;
  const refusing = new Set((await log.refusalsSince(now() - REFUSALS_REMEMBERED_MS)).map(({ queue }) => queue));
  let durable: Known = recalled.known;
  let provisional: Known | null = null;
  let unsavedFolds = Promise.resolve();
  let sinceCheckpoint = recalled.replayed;
  /** The last offset that is folded into what we know. */
  let folded = recalled.offset;

  /** One at a time: a transaction of ours, or a look at what another process has written. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  }

  const writer = createWriter({
    commit: (batch) => inTurn(() => commit(batch)),
    showUnsaved(events) {
      // In order, one batch after another; a recovery in between makes what is durable the truth again.
      unsavedFolds = unsavedFolds.then(async () => {
        if (writer.saved()) return;
        const offset = log.position().offset;
        const envelopes = events.map((event, i) => ({ ...event, offset: offset + i + 1, version: EVENT_VERSION }));
        const before = provisional ?? durable;
        const { known } = await project(envelopes, before, now(), { entries: async () => new Map() }, definitionsOf);
        if (writer.saved()) return;
        provisional = known;
        changed();
      });
    },
    overflowed() {
      report('unsaved-events-dropped');
      options.overflowed();
    },
    savedChanged(saved) {
      if (saved) provisional = null;
      report(saved ? 'disk-accepts-again' : 'disk-refuses', { offset: log.position().offset });
      changed();
    },
    wait: (ms) => new Promise((resolve) => void options.after(ms, resolve))
  });

  async function commit(batch: Incoming[]) {
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
    changed();
    return fresh;
  }

  /** As a restart would read it. */
  async function readAnew(): Promise<void> {
    const again = await recall(log, now(), zone, definitionsOf);
    durable = again.known;
    folded = again.offset;
    changed();
  }

  return {
    append: (incoming) => writer.append(incoming),
    shown: () => provisional ?? durable,
    saved: () => writer.saved(),
    unsaved: () => writer.unsaved(),
    stored: () => ({ floor: durable.floor, offset: folded }),
    provenAt,
    refusing,
    catchUp: () =>
      inTurn(async () => {
        if ((await log.read(folded, 1)).length > 0) await readAnew();
      }),
    close: () => writer.close()
  };
}
