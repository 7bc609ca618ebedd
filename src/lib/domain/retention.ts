/**
 * How long what is kept. A public authority keeps and throws away by decision, so each period stands beside the decision
 * that it rests on; the figures here hold until somebody has decided otherwise.
 */
import type { Instant } from './time.ts';

/** What is kept, as codes; the texts are in the messages. */
export type Kept =
  'log' | 'agent-tokens' | 'caller-tokens' | 'announcements' | 'sessions' | 'tallies' | 'people' | 'audit';

export interface RetentionClass {
  kept: Kept;
  unit: 'months' | 'days';
  /** Until somebody decides; null is as long as the installation lives. */
  period: number | null;
  /** The periods one may choose between; null where the program has only the one. */
  choice: { least: number; most: number } | null;
}

/** In the order in which they are shown. Nothing is kept that is not named here. */
export const RETENTION_CLASSES: readonly RetentionClass[] = [
  { kept: 'caller-tokens', unit: 'days', period: 8, choice: { least: 1, most: 8 } },
  { kept: 'agent-tokens', unit: 'days', period: 45, choice: { least: 7, most: 90 } },
  { kept: 'sessions', unit: 'days', period: 7, choice: null },
  // Thirteen: a year's comparison with the year before needs the same month once more.
  { kept: 'log', unit: 'months', period: 25, choice: { least: 13, most: 120 } },
  { kept: 'announcements', unit: 'months', period: 25, choice: { least: 1, most: 120 } },
  { kept: 'tallies', unit: 'months', period: null, choice: null },
  { kept: 'people', unit: 'months', period: null, choice: null },
  { kept: 'audit', unit: 'months', period: null, choice: null }
];

export interface RetentionRule extends RetentionClass {
  /** The decision that the period rests on, such as a paragraph of the records plan; empty while nobody has decided. */
  decision: string;
  /** A calendar day, `2026-11-21`. */
  decidedOn: string | null;
  changedAt: Instant | null;
}

/** What somebody wants a rule to be. */
export interface RetentionWish {
  kept: Kept;
  period: number | null;
  decision: string;
  decidedOn: string | null;
}
export type RetentionRefusal = 'unknown' | 'not-adjustable' | 'period' | 'decision' | 'date';

export const DECISION_LENGTH_MOST = 300;

/** Why a wish cannot be followed; null when it can. A period other than ours needs a decision that says so. */
export function retentionRefusal({ kept, period, decision, decidedOn }: RetentionWish): RetentionRefusal | null {
  const known = RETENTION_CLASSES.find((each) => each.kept === kept);
  if (!known) return 'unknown';
  if (known.choice === null && period !== known.period) return 'not-adjustable';
  if (known.choice !== null) {
    const { least, most } = known.choice;
    if (period === null || !Number.isInteger(period) || period < least || period > most) return 'period';
  }
  const text = decision.trim();
  if (text.length > DECISION_LENGTH_MOST || (text === '' && (period !== known.period || decidedOn !== null)))
    return 'decision';
  if (decidedOn !== null && !isDay(decidedOn)) return 'date';
  return null;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
