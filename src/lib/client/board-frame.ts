import type {
  BoardFigures,
  BoardFrame,
  Figures,
  ServiceLevelDefinition,
  ServiceLevelVariant,
  SourceStatus
} from '../domain/wallboard.ts';
import type { BoardLayout } from '../domain/board.ts';
import type { Instant } from '../domain/time.ts';
import type { WireFrame } from '../operations/persisted.ts';

/** A frame as it came over the wire, in domain values: instants are milliseconds again. */
export function boardFrame(wire: WireFrame): BoardFrame {
  return {
    board: wire.board,
    position: wire.position,
    asOf: instant(wire.asOf),
    dayStartsAt: instant(wire.dayStartsAt),
    source: source(wire.source),
    saved: wire.saved,
    announcements: wire.announcements.map(({ id, text, from, until }) => ({
      id,
      text,
      from: instant(from),
      until: instant(until)
    })),
    layout: boardLayout(wire.layout),
    opening: {
      state: wire.opening.open ? 'open' : 'closed',
      until: wire.opening.until === null ? null : instant(wire.opening.until)
    },
    total: {
      ...figures(wire.total),
      calls: wire.total.calls,
      arrivals: wire.total.arrivals,
      answerTimes: wire.total.answerTimes
    },
    queues: wire.queues.map((each) => ({
      ...figures(each),
      queue: { ...each.queue, serviceLevel: serviceLevel(each.queue.serviceLevel) },
      source: source(each.source),
      pressure: lower(each.pressure)
    }))
  };
}

export function boardLayout(wire: WireFrame['layout']): BoardLayout {
  return { ...wire, figures: wire.figures.map(lower), rows: lower(wire.rows) };
}

/** The domain's word for a value of an enumeration: `SERVICE_LEVEL` is `service-level`. */
function lower<Wire extends string>(name: Wire): Lower<Wire> {
  return name.toLowerCase().replaceAll('_', '-') as Lower<Wire>;
}
type Lower<Wire extends string> = Wire extends `${infer A}_${infer B}`
  ? `${Lowercase<A>}-${Lower<B>}`
  : Lowercase<Wire>;

type WireQueue = WireFrame['queues'][number];
type WireFigures = Pick<WireQueue, Extract<keyof WireQueue, keyof BoardFigures>>;

function figures(wire: WireFigures): BoardFigures {
  return {
    waiting: wire.waiting,
    longestWaitSince: wire.longestWaitSince === null ? null : instant(wire.longestWaitSince),
    agents: wire.agents,
    today: tally(wire.today),
    recent: tally(wire.recent),
    imbalance: wire.imbalance,
    lastKnown: wire.lastKnown && { ...wire.lastKnown, at: instant(wire.lastKnown.at) }
  };
}

function tally(wire: WireQueue['today']): Figures {
  return { ...wire, serviceLevelBy: wire.serviceLevelBy.map(serviceLevel) };
}

function serviceLevel(wire: WireQueue['queue']['serviceLevel']): ServiceLevelDefinition {
  return { ...wire, variant: wire.variant as ServiceLevelVariant, from: instant(wire.from) };
}

function source(wire: WireFrame['source']): SourceStatus {
  return {
    state: wire.state,
    since: instant(wire.since),
    provenAt: wire.provenAt === null ? null : instant(wire.provenAt)
  };
}

function instant(dateTime: string): Instant {
  return Date.parse(dateTime);
}
