/**
 * What somebody has decided about a board: which queues, which figures, when it is tight, and the screen it hangs on.
 * The board of everything and one for each unit are always there, with a definition of their own making.
 */
import type { QueueId } from './telephony/event.ts';
import { nameLines, rowLines } from './name-width.ts';
import type { BoardQueue } from './wallboard.ts';

export const KEY_FIGURES = [
  'waiting',
  'longest',
  'available',
  'talking',
  'service-level',
  'answer-time',
  'offered',
  'answered',
  'abandoned',
  'clock'
] as const;
export type KeyFigure = (typeof KEY_FIGURES)[number];

/** A row of the list, or as many as the unit has queues: also those it will have one day. */
export type BoardPart = { kind: 'queue'; id: QueueId } | { kind: 'unit'; id: string };

/** When a queue is busy or strained, and for how long before a wall says so. */
export interface Thresholds {
  /** So many waiting callers are nothing out of the ordinary, however few are free. */
  ordinaryWaiting: number;
  /** From this many times the target a single wait strains the queue on its own. */
  farTooLong: number;
  /** How much must have gone back before it counts as less: so many callers fewer, and this share of the wait. */
  easedBy: { callers: number; share: number };
  /** How long it must be so before a worse word is shown, and how long before a better one is. */
  worseAfterMs: number;
  betterAfterMs: number;
}

/** What of a definition a screen needs to draw the board. */
export interface BoardLayout {
  /** In order, from the left. */
  figures: readonly KeyFigure[];
  /** One row per queue, one per unit, or queues as long as they fit. */
  rows: 'queues' | 'units' | 'fitting';
  /** Beside the list: answer times, arrivals and what rotates. Without it the list has the whole width. */
  side: boolean;
  /** Whether announcements have a place. */
  announcements: boolean;
  /** How long each thing that rotates stands; null when nothing rotates. */
  rotateEveryMs: number | null;
  /** A calm sentence instead of how many wait and how long. */
  calm: boolean;
  screen: Screen;
}
/** A 16:9 screen by its diagonal, and how far away the farthest seat is. */
export interface Screen {
  inches: number;
  metres: number;
}

export interface BoardDefinition {
  /** In the address: `/board/<id>`. */
  id: string;
  /** Null for the board of everything, which screens name in their own language. */
  name: string | null;
  /** The unit whose leaders look after it; null for the whole centre's. */
  unit: string | null;
  /** In order; none means all queues there are, in the exchange's order. */
  parts: readonly BoardPart[];
  layout: BoardLayout;
  thresholds: Thresholds;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  ordinaryWaiting: 2,
  farTooLong: 3,
  easedBy: { callers: 0, share: 0 },
  worseAfterMs: 0,
  betterAfterMs: 0
};

/** How readily a queue is called pressed, beside the board's own thresholds: one with few callers more readily. */
export type Sensitivity = 'low' | 'ordinary' | 'high';

export function thresholdsFor(sensitivity: Sensitivity, board: Thresholds): Thresholds {
  if (sensitivity === 'ordinary') return board;
  const { ordinaryWaiting } = board;
  return { ...board, ordinaryWaiting: sensitivity === 'low' ? ordinaryWaiting * 2 : Math.floor(ordinaryWaiting / 2) };
}

export const DEFAULT_LAYOUT: BoardLayout = {
  figures: ['waiting', 'longest', 'available', 'service-level', 'answer-time', 'clock'],
  rows: 'fitting',
  side: true,
  announcements: true,
  rotateEveryMs: 20_000,
  calm: false,
  screen: { inches: 55, metres: 5 }
};

/** The board of everything. */
export const ALL = 'all';

/** A board that nobody has defined: of everything, or of one unit. */
export function defaultBoard(unit: { id: string; name: string } | null): BoardDefinition {
  return {
    id: unit?.id ?? ALL,
    name: unit?.name ?? null,
    unit: unit?.id ?? null,
    parts: unit ? [{ kind: 'unit', id: unit.id }] : [],
    layout: DEFAULT_LAYOUT,
    thresholds: DEFAULT_THRESHOLDS
  };
}

/** The queues of a board, in its order, each once. One that is gone is left out; the definition keeps it. */
export function queuesOf(parts: readonly BoardPart[], all: readonly BoardQueue[]): BoardQueue[] {
  if (parts.length === 0) return [...all];
  const found = parts.flatMap(({ kind, id }) =>
    all.filter((queue) => (kind === 'queue' ? queue.id === id : queue.unit?.id === id))
  );
  return [...new Set(found)];
}

/**
 * How many rows a list of these queues has, as queues and as units (those without one are together). A name too long for
 * a line counts as the rows that its lines take.
 */
export function rowCounts(queues: readonly Pick<BoardQueue, 'name' | 'shortName' | 'unit'>[]): {
  queues: number;
  units: number;
} {
  const units = new Map(queues.map(({ unit }) => [unit?.id ?? null, unit ? nameLines(unit.name) : 1]));
  const sum = (lines: Iterable<number>) => [...lines].reduce((all, each) => all + each, 0);
  return { queues: sum(queues.map(rowLines)), units: sum(units.values()) };
}

/** An id from a name, as it stands in an address: `Förskola, plan 2` becomes `forskola-plan-2`. */
export function boardIdOf(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}

/** Why a board cannot be as somebody wants it, beside what cannot be read. */
export type BoardProblem =
  | 'no-name'
  | 'name-taken'
  | 'unknown-part'
  | 'no-queues'
  | 'thresholds'
  | 'screen'
  | 'rotation'
  | 'figures-twice'
  | 'no-clock';

/** What is wrong with a definition in itself, or null. */
export function boardProblem({ id, name, layout, thresholds }: BoardDefinition): BoardProblem | null {
  if (id !== ALL && (name === null || name.trim() === '' || [...name].length > 60 || boardIdOf(id) === ''))
    return 'no-name';
  const { inches, metres } = layout.screen;
  if (!(inches >= 10 && inches <= 150 && metres >= 0.5 && metres <= 30)) return 'screen';
  if (new Set(layout.figures).size < layout.figures.length) return 'figures-twice';
  // The age of everything stands by the clock: a board without it could be an hour old.
  if (layout.figures.length > 0 && !layout.figures.includes('clock')) return 'no-clock';
  const { rotateEveryMs } = layout;
  if (rotateEveryMs !== null && !(rotateEveryMs >= 5_000 && rotateEveryMs <= 600_000)) return 'rotation';
  const { ordinaryWaiting, farTooLong, easedBy, worseAfterMs, betterAfterMs } = thresholds;
  const within = (value: number, least: number, most: number) => value >= least && value <= most;
  const sound =
    within(ordinaryWaiting, 0, 100) &&
    within(farTooLong, 1, 20) &&
    within(easedBy.callers, 0, 100) &&
    within(easedBy.share, 0, 0.9) &&
    within(worseAfterMs, 0, 600_000) &&
    within(betterAfterMs, 0, 600_000);
  return sound ? null : 'thresholds';
}
