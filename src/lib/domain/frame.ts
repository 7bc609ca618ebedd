/** Makes what a board shows: a pure function of the log, folded, and of what time it is. */
import type { BoardAnnouncement } from './announcement.ts';
import type { BoardLayout } from './board.ts';
import type { Opening } from './opening-hours.ts';
import { pressure } from './pressure.ts';
import { startingSource, worstSource } from './source-status.ts';
import { blindMsWithin } from './statistics/blindness.ts';
import { distinctDefinitions, figures, mergeQueues, type RefusedVisible } from './statistics/figures.ts';
import { countWithin } from './statistics/histogram.ts';
import { recentFrom, recently, type QueueRecently } from './statistics/recent.ts';
import { definitionAt, definitionsWithin } from './statistics/service-level.ts';
import { emptyTally, type Tally } from './statistics/tally.ts';
import { emptyQueueToday, todayAt, type DefinitionsOf, type QueueToday, type Today } from './statistics/today.ts';
import { describesAgents, isOfFew } from './statistics/withholding.ts';
import { agentCounts, unknownAgents } from './telephony/agent-counts.ts';
import type { Entry } from './telephony/call.ts';
import type { AgentToken, QueueId, SourceName } from './telephony/event.ts';
import type { BlindInterval, Floor } from './telephony/floor.ts';
import { QUARTER_MS, type Instant } from './time.ts';
import type {
  BoardFigures,
  BoardFrame,
  BoardNow,
  BoardQueue,
  Figures,
  Position,
  QueueNow,
  ServiceLevelDefinition,
  SourceStatus
} from './wallboard.ts';

export interface FrameInput {
  board: BoardFrame['board'];
  /** The board's queues, in the order they are shown. */
  queues: readonly BoardQueue[];
  position: Position;
  /** False while the disk refuses and the engine goes on from memory. */
  saved: boolean;
  now: Instant;
  floor: Floor;
  /** How sure we are of each PBX; one that is not here has told nothing yet. */
  sources: ReadonlyMap<SourceName, SourceStatus>;
  today: Today;
  /** Every dated definition of a queue, so that an old day keeps its own. */
  definitionsOf: DefinitionsOf;
  refusedVisible: (queue: QueueId) => RefusedVisible;
  /** What is said on this board now. */
  announcements: BoardAnnouncement[];
  layout: BoardLayout;
  opening: Opening;
}

/** One queue's part, before it becomes figures: what a total adds up. */
interface Part {
  queue: BoardQueue;
  source: SourceStatus;
  today: QueueToday;
  recent: QueueRecently;
  waiting: readonly Entry[];
  refusedVisible: RefusedVisible;
}
/** What holds for a queue and for a total alike. */
interface Whole {
  source: SourceStatus;
  parts: readonly Part[];
  names: ReadonlySet<QueueId>;
}

const nothingRecently: QueueRecently = { tally: emptyTally, answerers: new Set() };

export function frame(given: FrameInput): BoardFrame {
  const input = { ...given, today: todayAt(given.today, given.now, given.definitionsOf) };
  const { now, today, queues, sources } = input;
  const recent = recently(today, now, input.definitionsOf);
  const waiting = waitingByQueue(input.floor);
  const parts = queues.map((queue) => ({
    queue,
    source: sources.get(queue.source) ?? startingSource(now),
    today: withCarriedIn(today.queues.get(queue.id) ?? emptyQueueToday, queue.id, today),
    recent: recent.get(queue.id) ?? nothingRecently,
    waiting: waiting.get(queue.id) ?? [],
    refusedVisible: input.refusedVisible(queue.id)
  }));
  const source = worstSource(
    parts.map((part) => part.source),
    now
  );
  return {
    board: input.board,
    position: input.position,
    asOf: now,
    dayStartsAt: today.startsAt,
    source,
    saved: input.saved,
    announcements: input.announcements,
    layout: input.layout,
    opening: input.opening,
    total: total(input, { source, parts, names: new Set(queues.map(({ id }) => id)) }),
    queues: parts.map((part) => queueNow(input, part))
  };
}

function queueNow(input: FrameInput, part: Part): QueueNow {
  const whole = { source: part.source, parts: [part], names: new Set([part.queue.id]) };
  const shown = boardFigures(input, whole);
  const word = pressure({ queue: part.queue, ...shown }, input.now);
  return { queue: part.queue, source: part.source, ...shown, pressure: word };
}

function total(input: FrameInput, whole: Whole): BoardNow {
  const { now, today } = input;
  const quarters = Math.floor((now - today.startsAt) / QUARTER_MS) + 1;
  const answerTimes = mergeQueues(whole.parts.map((part) => part.today.tally)).answerTimes;
  return {
    ...boardFigures(input, whole),
    calls: distinctCalls(whole),
    arrivals: Array.from({ length: quarters }, (_, quarter) =>
      whole.parts.reduce((sum, part) => sum + (part.today.arrivals[quarter] ?? 0), 0)
    ),
    answerTimes: ANSWER_STEPS.map(({ fromMs, toMs }) => ({
      fromMs,
      toMs,
      answered: countWithin(answerTimes, fromMs, toMs ?? Infinity)
    }))
  };
}

const ANSWER_STEPS = [0, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000].map((fromMs, step, all) => ({
  fromMs,
  toMs: all[step + 1] ?? null
}));

/** By their first entry; and where a board shows some of the queues, a call that was moved in is distinct there too. */
function distinctCalls({ parts, names }: Whole): number {
  let calls = 0;
  for (const { today } of parts) {
    calls += today.tally.calls;
    for (const [from, moved] of today.movedFrom) if (!names.has(from)) calls += moved;
  }
  return calls;
}

function boardFigures(input: FrameInput, whole: Whole): BoardFigures {
  const { now, floor, today } = input;
  const { source, parts, names } = whole;
  const waiting = parts.flatMap((part) => part.waiting);
  const longestSince = oldest(waiting);
  const isKnown = source.state === 'CONNECTED';
  const from = recentFrom(now);
  const todaysFigures = periodFigures(input, whole, {
    from: today.startsAt,
    tallies: parts.map((part) => part.today.tally),
    answerers: parts.map((part) => part.today.answerers),
    definitions: parts.map((part) => [definitionAt(input.definitionsOf(part.queue.id), now)])
  });
  return {
    waiting: isKnown ? waiting.length : null,
    longestWaitSince: isKnown ? longestSince : null,
    agents: isKnown ? agentCounts(floor, names, now) : unknownAgents,
    today: todaysFigures,
    recent: periodFigures(input, whole, {
      from,
      tallies: parts.map((part) => part.recent.tally),
      answerers: parts.map((part) => part.recent.answerers),
      definitions: parts.map((part) => definitionsWithin(input.definitionsOf(part.queue.id), from, now))
    }),
    imbalance: isKnown ? imbalance(todaysFigures, waiting.length) : null,
    lastKnown: isKnown ? null : lastKnown(floor, whole, waiting.length, longestSince)
  };
}

interface PartsOfPeriod {
  from: Instant;
  tallies: Tally[];
  answerers: { size: number; keys(): Iterable<AgentToken> }[];
  definitions: ServiceLevelDefinition[][];
}
function periodFigures(input: FrameInput, { parts }: Whole, period: PartsOfPeriod): Figures {
  const people = new Set<AgentToken>();
  for (const each of period.answerers) for (const agent of each.keys()) people.add(agent);
  const few = period.tallies.filter((tally, part) =>
    isOfFew({ answerers: period.answerers[part]?.size ?? 0, describes: describesAgents(tally) })
  ).length;
  return figures(
    { ...mergeQueues(period.tallies), blindMs: blindMsWithin(blindness(input.floor, parts), period.from, input.now) },
    {
      definitions: distinctDefinitions(period.definitions.flat()),
      answerers: people.size,
      refusedVisible: together(parts.map((part) => part.refusedVisible)),
      running: true,
      // One queue alone withheld could be had by subtraction from the total.
      withheld: parts.length > 1 && few === 1
    }
  );
}

/** carriedIn + offered − answered − abandoned − overflowed − lost − waiting: 0, or something was counted wrong. */
function imbalance(day: Figures, waiting: number): number {
  return day.carriedIn + day.offered - day.answered - day.abandoned - day.overflowed - day.lost - waiting;
}

/** Those who still wait since yesterday were carried in, though no event has said so. */
function withCarriedIn(queue: QueueToday, id: QueueId, today: Today): QueueToday {
  let carriedIn = queue.tally.carriedIn;
  for (const entry of today.recent.values()) {
    if (entry.queue === id && entry.outcome === 'waiting' && entry.offeredAt < today.startsAt) carriedIn += 1;
  }
  return carriedIn === queue.tally.carriedIn ? queue : { ...queue, tally: { ...queue.tally, carriedIn } };
}

function waitingByQueue(floor: Floor): Map<QueueId, Entry[]> {
  const waiting = new Map<QueueId, Entry[]>();
  for (const entry of floor.entries.values()) {
    if (entry.outcome !== 'waiting') continue;
    const inQueue = waiting.get(entry.queue);
    if (inQueue === undefined) waiting.set(entry.queue, [entry]);
    else inQueue.push(entry);
  }
  return waiting;
}

function oldest(waiting: readonly Entry[]): Instant | null {
  let since: Instant | null = null;
  for (const { offeredAt } of waiting) if (since === null || offeredAt < since) since = offeredAt;
  return since;
}

function blindness(floor: Floor, parts: readonly Part[]): BlindInterval[] {
  const names = new Set(parts.map((part) => part.queue.source));
  return [...names].flatMap((name) => floor.sources.get(name)?.blind ?? []);
}

/** As of the last proof of the source that has been away longest; null when no source concerned ever was in contact. */
function lastKnown(
  floor: Floor,
  { parts }: Whole,
  waiting: number,
  longestSince: Instant | null
): BoardFigures['lastKnown'] {
  let at: Instant | null = null;
  for (const { queue, source } of parts) {
    if (source.state === 'CONNECTED') continue;
    const onFloor = floor.sources.get(queue.source);
    const since = source.provenAt ?? (onFloor?.state === 'lost' ? onFloor.since : null);
    if (since !== null && (at === null || since < at)) at = since;
  }
  if (at === null) return null;
  return { at, waiting, longestWaitMs: longestSince === null ? null : Math.max(0, at - longestSince) };
}

function together(each: readonly RefusedVisible[]): RefusedVisible {
  if (each.length > 0 && each.every((visible) => visible === 'always')) return 'always';
  return each.every((visible) => visible === 'never') ? 'never' : 'sometimes';
}
