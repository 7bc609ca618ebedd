/**
 * Whether the one in the farthest seat can read the board. EN 301 549, 5.1.4 asks for capitals of 0.7° for key figures;
 * we ask for 20′ for their labels and 16′ for the rest. From the screen's size and that distance follows how large type
 * must be, and from that how much has room: a layout that breaks it is refused, with what would mend it.
 */
import { WALL_LINE_LETTERS, WALL_LINES } from './announcement.ts';
import type { BoardLayout, KeyFigure, Screen } from './board.ts';

/** Height of a 16:9 screen, mm per inch of its diagonal. */
const HEIGHT_MM_PER_INCH = 12.452;
const minutesOfArc = (minutes: number): number => 2 * 1000 * Math.tan((minutes / 60 / 2) * (Math.PI / 180));
/** Height of a capital, mm per metre of distance. */
export const CAPITAL_MM_PER_METRE = { key: minutesOfArc(42), label: minutesOfArc(20), rest: minutesOfArc(16) } as const;

/** How high capitals must be, as hundredths of the screen's height: the wall's own unit. */
export function requiredCapitals({ inches, metres }: Screen): { key: number; label: number; rest: number } {
  const share = (mmPerMetre: number): number => (100 * metres * mmPerMetre) / (inches * HEIGHT_MM_PER_INCH);
  return {
    key: share(CAPITAL_MM_PER_METRE.key),
    label: share(CAPITAL_MM_PER_METRE.label),
    rest: share(CAPITAL_MM_PER_METRE.rest)
  };
}

/** Type on a wall is drawn for 55″ at five metres; this is how many times larger it must at least be here. */
export function leastScale({ inches, metres }: Screen): number {
  return metres / inches / (5 / 55);
}

/**
 * What each key figure takes at that size, in hundredths of the screen's height: the widest of its label, its value and
 * its second line, in both languages.
 */
export const FIGURE_WIDTH: Readonly<Record<KeyFigure, number>> = {
  waiting: 22.1,
  longest: 28,
  available: 30.6,
  talking: 24.6,
  'service-level': 29.5,
  'answer-time': 31.2,
  offered: 32,
  answered: 34.4,
  abandoned: 34.4,
  clock: 30.5
};
/** More than this nobody takes in at a glance, at the distance the wall is drawn for. */
const FIGURES_AT_A_GLANCE = 6;

const WIDTH = 172;
const HEIGHT = 95;
const HERO_HEIGHT = 26;
const LIST_HEAD = 5.1;
const ROW_HEIGHT = 5.2;
/** Around the list, and the thin rules between units: these do not grow with the type. */
const GAPS = 6.4;
const SITUATION_HEIGHT = 12.6;
const LINE_HEIGHT = 5.6;
/** The edge of a slot and the air beside it. */
const SLOT_EDGE = 3.3;
/** Lines are broken between words: so much of each is filled, seen over a whole text. */
const FILLED = 0.85;
const LIST_WIDTH = 82;
const SIDE_WIDTH = 64;
const SIDE_GAP = 4.2;

/** Why a layout cannot be read from where people sit, with the numbers that the sentence needs. */
export type LegibilityRefusal =
  | { code: 'no-figures' }
  /** So many key figures have room; all of them would at `metres`, or null when no distance helps. */
  | { code: 'too-many-figures'; fit: number; over: number; metres: number | null }
  | { code: 'too-many-rows'; fit: number; over: number; metres: number | null }
  /** The list and what stands beside it have no room at this size. */
  | { code: 'too-narrow'; metres: number | null };

/** Refuses what cannot be read; null when everything can. `rows` are the rows there would be, as queues and as units. */
export function legibility(layout: BoardLayout, rows: { queues: number; units: number }): LegibilityRefusal | null {
  const scale = leastScale(layout.screen);
  if (layout.figures.length === 0) return { code: 'no-figures' };
  const nearest = (fits: (scale: number) => boolean) => farthestMetres(layout.screen, fits);

  const fitting = figuresThatFit(layout.figures, scale);
  if (fitting < layout.figures.length) {
    const metres = nearest((at) => figuresThatFit(layout.figures, at) === layout.figures.length);
    return { code: 'too-many-figures', fit: fitting, over: layout.figures.length - fitting, metres };
  }
  if (!isWideEnough(layout, scale)) {
    return { code: 'too-narrow', metres: nearest((at) => isWideEnough(layout, at)) };
  }
  const least =
    layout.rows === 'queues' ? rows.queues : layout.rows === 'units' ? rows.units : Math.min(rows.queues, rows.units);
  const room = rowsThatFit(layout, scale);
  if (least > room) {
    const metres = nearest((at) => rowsThatFit(layout, at) >= least);
    return { code: 'too-many-rows', fit: room, over: least - room, metres };
  }
  return null;
}

/**
 * How large type is drawn: as large as there is room for up to what the wall is drawn for, and never smaller than the
 * farthest seat needs.
 */
export function typeScale(layout: BoardLayout, rows: { queues: number; units: number }): number {
  const least = leastScale(layout.screen);
  for (let scale = Math.max(1, least); scale > least; scale -= 0.01) {
    if (legibility({ ...layout, screen: screenAt(scale) }, rows) === null) return scale;
  }
  return least;
}

/** Whether the list is one row per unit: asked for, or because the queues have no room. */
export function isJoined(layout: BoardLayout, rows: { queues: number; units: number }): boolean {
  if (layout.rows !== 'fitting') return layout.rows === 'units';
  return rows.queues > rowsThatFit(layout, leastScale(layout.screen));
}

/** How wide the list is, in hundredths of the screen's height that grow with the type. */
export function listWidth({ side }: Pick<BoardLayout, 'side'>, scale: number): number {
  return (WIDTH - (side ? SIDE_GAP : 0)) / scale - (side ? SIDE_WIDTH : 0);
}

type Above = Pick<BoardLayout, 'side' | 'announcements'>;

/**
 * What stands over the list of a board without a side, in hundredths that grow with the type: the one thing to know, and
 * in its turn what is said, which has the whole width there, under a line that tells since when.
 */
export function stripHeight({ side, announcements }: Above, scale: number): number {
  if (side) return 0;
  const letters = (WALL_LINE_LETTERS * (WIDTH / scale - SLOT_EDGE)) / (SIDE_WIDTH - SLOT_EDGE);
  const lines = 1 + Math.ceil((WALL_LINE_LETTERS * WALL_LINES) / (letters * FILLED));
  return announcements ? Math.max(SITUATION_HEIGHT, lines * LINE_HEIGHT) : SITUATION_HEIGHT;
}

export function rowsThatFit(layout: Above, scale: number): number {
  const above = HERO_HEIGHT + LIST_HEAD + stripHeight(layout, scale);
  return Math.max(0, Math.floor((HEIGHT - GAPS - above * scale) / (ROW_HEIGHT * scale) + 1e-9));
}

function figuresThatFit(figures: readonly KeyFigure[], scale: number): number {
  const glance = Math.floor(FIGURES_AT_A_GLANCE / scale + 1e-9);
  let width = 0;
  let count = 0;
  for (const figure of figures) {
    width += FIGURE_WIDTH[figure] * scale;
    if (width > WIDTH + 1e-9 || count >= glance) break;
    count += 1;
  }
  return count;
}

function isWideEnough({ side }: Pick<BoardLayout, 'side'>, scale: number): boolean {
  return LIST_WIDTH * scale + (side ? SIDE_WIDTH * scale + SIDE_GAP : 0) <= WIDTH;
}

const screenAt = (scale: number): Screen => ({ inches: 55, metres: 5 * scale });

/** The farthest distance, in half metres, at which it fits on this screen; null when one would sit on top of it. */
function farthestMetres({ inches, metres }: Screen, fits: (scale: number) => boolean): number | null {
  for (let at = Math.ceil(metres * 2) / 2 - 0.5; at >= 1; at -= 0.5) {
    if (fits(leastScale({ inches, metres: at }))) return at;
  }
  return null;
}
