import type { Figures, ServiceLevelDefinition } from '$lib/domain/wallboard';
import type { Formats } from '$lib/i18n/format';
import { m } from '$lib/i18n/paraglide/messages';

/** Under twenty calls the counts are shown: 7 of 9 is not "78 %" of anything. */
export const TOO_FEW_FOR_PER_CENT = 20;

export interface LevelText {
  label: string;
  value: string;
  unit: string | null;
  second: string;
  /** There is nothing to show yet, and the value is a word. */
  word: boolean;
  /** The variant written out. */
  meaning: string;
}

/** The service level as a key figure: with its target and n beside it, or as counts when they are few. */
export function levelText(figures: Figures, format: Formats): LevelText {
  const { serviceLevel, serviceLevelN: n, serviceLevelBy } = figures;
  const seconds = sharedTarget(serviceLevelBy);
  const count = format.number(n);
  const meaning = variantText(serviceLevelBy);
  const second = seconds === null ? m.board_level_mixed({ count }) : m.board_level_second({ seconds, count });
  if (serviceLevel === null)
    return { label: m.board_level(), value: m.board_none_yet(), unit: null, second, word: true, meaning };
  if (n < TOO_FEW_FOR_PER_CENT) {
    return {
      label: seconds === null ? m.board_in_time() : m.board_within({ seconds }),
      value: String(met(figures)),
      unit: null,
      second: m.board_level_of({ count }),
      word: false,
      meaning
    };
  }
  return { label: m.board_level(), value: format.percent(serviceLevel), unit: '%', second, word: false, meaning };
}

/** The same in a table's cell: `79 % av 919`, or `7 av 9`. */
export function levelCell(figures: Figures, format: Formats): string {
  const { serviceLevel, serviceLevelN } = figures;
  if (serviceLevel === null) return '';
  const count = format.number(serviceLevelN);
  return serviceLevelN < TOO_FEW_FOR_PER_CENT
    ? m.board_level_count_n({ inTime: met(figures), count })
    : m.board_level_percent_n({ percent: `${format.percent(serviceLevel)}\u00a0%`, count });
}

/** The definition in a whole sentence. */
export function variantText(by: readonly ServiceLevelDefinition[]): string {
  const [first] = by;
  if (!first) return '';
  const same = by.every(({ variant, targetMs, shortAbandonMs }) => {
    return variant === first.variant && targetMs === first.targetMs && shortAbandonMs === first.shortAbandonMs;
  });
  if (!same) return m.board_variant_mixed();
  const values = { seconds: first.targetMs / 1000, short: first.shortAbandonMs / 1000 };
  switch (first.variant) {
    case 'without-short':
      return m.board_variant_without_short(values);
    case 'abandoned-in-time-met':
      return m.board_variant_abandoned_in_time_met(values);
    case 'answered-only':
      return m.board_variant_answered_only(values);
    case 'all':
      return m.board_variant_all(values);
    case 'without-abandoned-in-time':
      return m.board_variant_without_abandoned_in_time(values);
    case 'short-met':
      return m.board_variant_short_met(values);
  }
}

/** The target in seconds where all the definitions share it, else null. */
export function sharedTarget(by: readonly ServiceLevelDefinition[]): number | null {
  const [first] = by;
  return first && by.every(({ targetMs }) => targetMs === first.targetMs) ? first.targetMs / 1000 : null;
}

/** How many counted as met: the level's own numerator, which for some variants is more than `answeredInTime`. */
function met({ serviceLevel, serviceLevelN }: Figures): number {
  return Math.round((serviceLevel ?? 0) * serviceLevelN);
}
