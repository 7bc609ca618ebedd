import { DEFAULT_LAYOUT } from '../../src/lib/domain/board.ts';
import { frame } from '../../src/lib/domain/frame.ts';
import {
  blindContribution,
  refusal,
  restated,
  sumOf,
  type Contribution
} from '../../src/lib/domain/statistics/contribution.ts';
import { DEFAULT_SERVICE_LEVEL } from '../../src/lib/domain/statistics/service-level.ts';
import { addTally, emptyTally, type Tally } from '../../src/lib/domain/statistics/tally.ts';
import { emptyToday, evolveToday, type EntryChange, type Refusal } from '../../src/lib/domain/statistics/today.ts';
import { entryOf, evolveEntry, type Entry } from '../../src/lib/domain/telephony/call.ts';
import type { Envelope, Told } from '../../src/lib/domain/telephony/event.ts';
import { emptyFloor, evolveFloor, wrapUpCutShort, type Floor } from '../../src/lib/domain/telephony/floor.ts';
import type { Instant } from '../../src/lib/domain/time.ts';
import type { BoardFrame, ServiceLevelDefinition, SourceStatus } from '../../src/lib/domain/wallboard.ts';

export const ZONE = 'Europe/Stockholm';

/** The log of a centre with one PBX, and everything the domain folds from it: what the engine does, without a disk. */
export class SmallCentre {
  readonly log: Envelope[] = [];
  readonly cells = new Map<string, Contribution>();
  entries = new Map<string, Entry>();
  floor: Floor = emptyFloor;
  now: Instant;
  #today;
  #keys = new Set<string>();
  readonly #definitions: readonly ServiceLevelDefinition[];
  readonly #source: string;

  constructor(now: Instant, definitions: readonly ServiceLevelDefinition[] = [DEFAULT_SERVICE_LEVEL], source = 'pbx') {
    this.now = now;
    this.#definitions = definitions;
    this.#source = source;
    this.#today = emptyToday(now, ZONE);
  }

  /** Appends and folds; what the event added to the tallies, or null when its key was delivered before. */
  tell(told: Told): Contribution[] | null {
    if (this.#keys.has(told.key)) return null;
    this.#keys.add(told.key);
    const envelope: Envelope = { ...told, offset: this.log.length + 1, source: this.#source, version: 1 };
    this.log.push(envelope);
    return this.fold(envelope);
  }

  fold(envelope: Envelope): Contribution[] {
    const { event, at, lane } = envelope;
    this.now = Math.max(this.now, envelope.seenAt);
    const changes: EntryChange[] = [];
    for (const id of [entryOf(event), wrapUpCutShort(this.floor, envelope)]) {
      if (id === null) continue;
      const before = this.entries.get(id) ?? null;
      const after = evolveEntry(before, envelope);
      if (after === null || after === before) continue;
      this.entries.set(id, after);
      changes.push({ before, after });
    }
    const added = changes.flatMap(({ before, after }) => restated(before, after, this.#definitions));
    const refusals: Refusal[] = event.kind === 'CallRefused' ? [{ queue: event.queue, at }] : [];
    for (const each of refusals) added.push(refusal(each.queue, each.at));
    const lost = this.floor.sources.get(this.#source);
    if (event.kind === 'SourceConnected' && lane === 'live' && lost?.state === 'lost') {
      for (const queue of this.floor.queues.keys())
        added.push(...blindContribution(lost.since, at).map((part) => ({ queue, ...part })));
    }
    this.floor = evolveFloor(this.floor, envelope);
    this.#today = evolveToday(this.#today, changes, refusals, this.now, () => this.#definitions);
    const deltas = sumOf(added);
    for (const part of deltas) {
      const cell = `${part.quarterStart} ${part.queue}`;
      const sum = this.cells.get(cell);
      this.cells.set(cell, sum === undefined ? part : { ...sum, delta: addTally(sum.delta, part.delta) });
    }
    return deltas;
  }

  tally(queue: string, quarterStart: Instant): Tally {
    return this.cells.get(`${quarterStart} ${queue}`)?.delta ?? emptyTally;
  }

  /** The board of these queues at `now`, the source as sure as the floor says. */
  board(queues: readonly string[] = [...this.floor.queues.keys()]): BoardFrame {
    const known = this.floor.sources.get(this.#source);
    const sources = new Map<string, SourceStatus>();
    if (known !== undefined) {
      const isLost = known.state === 'lost';
      const provenAt = isLost ? known.since : this.now;
      sources.set(this.#source, { state: isLost ? 'LOST' : 'CONNECTED', since: known.since, provenAt });
    }
    return frame({
      board: { id: 'all', name: null, demo: false, timeZone: ZONE },
      queues: queues.map((id) => ({
        id,
        name: id,
        shortName: id,
        source: this.#source,
        unit: null,
        serviceLevel: this.#definitions[0] ?? DEFAULT_SERVICE_LEVEL,
        wrapUpMs: null
      })),
      position: { epoch: 'test', offset: this.log.length },
      saved: true,
      announcements: [],
      layout: DEFAULT_LAYOUT,
      opening: { state: 'open', until: null },
      now: this.now,
      floor: this.floor,
      sources,
      today: this.#today,
      definitionsOf: () => this.#definitions,
      refusedVisible: () => 'always'
    });
  }
}
