import { LEVELS } from '$lib/domain/coaching/level';
import { levelWord } from '$lib/i18n/coaching-words';
import type { Formats } from '$lib/i18n/format';
import { m } from '$lib/i18n/paraglide/messages';
import type { PageData } from './$types';

type Insight = PageData['insight'];
export type Figure = Insight['aggregates'][number];

const RULES: Record<string, (at: { amount: string }) => string> = {
  'blind-until-both-are-in': m.insight_rule_blind,
  'no-order-of-people': m.insight_rule_order,
  'no-reason-kept': m.insight_rule_reason,
  'pdf-without-levels': m.insight_rule_pdf,
  'people-least': m.insight_rule_people_least,
  'calls-most': m.insight_rule_calls_most,
  'rounds-a-year': m.insight_rule_rounds_a_year,
  'window-notice-days': m.insight_rule_window_notice_days,
  'late-days': m.insight_rule_late_days,
  'coach-notice-days': m.insight_rule_coach_notice_days,
  'acknowledge-days': m.insight_rule_acknowledge_days,
  'ended-kept-days': m.insight_rule_ended_kept_days,
  'coach-hears-days': m.insight_rule_coach_hears_days,
  'reset-lock-days': m.insight_rule_reset_lock_days,
  'figure-people-least': m.insight_rule_figure_people_least
};
/** A rule in words; one of a later version is told as it is. */
export const ruleWords = ({ rule, amount }: Insight['rules'][number], format: Formats): string =>
  RULES[rule]?.({ amount: amount === null ? '' : format.count(amount) }) ?? rule;

const PURPOSES: Record<string, (at: { times: string }) => string> = {
  coaching: m.insight_listening_coaching,
  calibration: m.insight_listening_calibration,
  'restore-test': m.insight_listening_restore
};
export const listeningWords = ({ purpose, times }: Insight['listening'][number], format: Formats): string =>
  PURPOSES[purpose]?.({ times: format.number(times) }) ?? purpose;

/** Of ten calls how many at each level; or why it is not told. */
export function figureWords({ ofTen, withheld }: Figure, format: Formats): string {
  if (withheld === 'FEW') return m.insight_figure_few();
  if (withheld === 'ALIKE') return m.insight_figure_alike();
  if (ofTen === null) return m.insight_figure_complement();
  return LEVELS.map((level, at) =>
    m.insight_figure_level({ level: levelWord(level), count: format.short(ofTen[at] ?? 0) })
  ).join(' · ');
}
