import type { Refusal, RefusalCode } from '../domain/coaching/commands';
import type { LevelMark, MustBeRightAnswer, SlotKind } from '../domain/coaching/level';
import type { Nudge } from '../domain/coaching/nudge';
import type { Step } from '../domain/coaching/participation';
import type { RoundRefusal } from '../domain/coaching/round';
import type { SurveyWord } from '../domain/coaching/rubric';
import { m } from './paraglide/messages';

const STEPS: Record<Step, () => string> = {
  planned: m.coaching_step_planned,
  reflecting: m.coaching_step_reflecting,
  reviewing: m.coaching_step_reviewing,
  'ready-to-talk': m.coaching_step_ready_to_talk,
  talked: m.coaching_step_talked,
  acknowledged: m.coaching_step_acknowledged,
  withdrawn: m.coaching_step_withdrawn
};
/** Where a participation is, in a word or two. */
export const stepWord = (step: Step): string => STEPS[step]();

/** What the agent reads about where they are. `date` is the day of acknowledging, `skipped` that they wrote nothing. */
export function stepForAgent(step: Step, { date = '', skipped = false } = {}): string {
  switch (step) {
    case 'planned':
      return m.coaching_step_planned_agent();
    case 'reflecting':
      return m.coaching_step_reflecting_agent();
    case 'reviewing':
      return skipped ? m.coaching_step_reviewing_agent_skipped() : m.coaching_step_reviewing_agent();
    case 'ready-to-talk':
      return m.coaching_step_ready_to_talk_agent();
    case 'talked':
      return m.coaching_step_talked_agent();
    case 'acknowledged':
      return m.coaching_step_acknowledged_agent({ date });
    case 'withdrawn':
      return m.coaching_step_withdrawn_agent();
  }
}

const LEVELS: Record<LevelMark, () => string> = {
  1: m.coaching_level_1,
  2: m.coaching_level_2,
  3: m.coaching_level_3,
  4: m.coaching_level_4,
  'not-applicable': m.coaching_level_not_applicable
};
/** A level of one call in one criterion. There are four, always, and no word for a person. */
export const levelWord = (level: LevelMark): string => LEVELS[level]();

const KINDS: Record<SlotKind, () => string> = {
  random: m.coaching_kind_random,
  proud: m.coaching_kind_proud,
  topic: m.coaching_kind_topic,
  beside: m.coaching_kind_beside
};
/** Why a call is in the round. */
export const kindWord = (kind: SlotKind): string => KINDS[kind]();

const ANSWERS: Record<MustBeRightAnswer, () => string> = {
  'was-right': m.coaching_must_right,
  'not-applicable': m.coaching_must_not_applicable,
  'in-private': m.coaching_must_private
};
export const mustBeRightWord = (answer: MustBeRightAnswer): string => ANSWERS[answer]();

const SURVEY: Record<SurveyWord, () => string> = { meeting: m.rubric_survey_meeting, ease: m.rubric_survey_ease };
/** The word of the national telephone survey that a criterion feeds. */
export const surveyWord = (word: SurveyWord): string => SURVEY[word]();

const NUDGES: Record<Nudge, () => string> = {
  person: m.coaching_nudge_person,
  backwards: m.coaching_nudge_backwards,
  guess: m.coaching_nudge_guess,
  comparison: m.coaching_nudge_comparison,
  many: m.coaching_nudge_many
};
export const nudgeWords = (nudge: Nudge): string => NUDGES[nudge]();

/** What only the house around a participation refuses: a second act, another's new password, an account of two minds. */
type HouseRefusal = 'stale' | 'locked' | 'unknown-person' | 'role-conflict';
const REFUSALS: Record<Exclude<RefusalCode | RoundRefusal['code'] | HouseRefusal, 'too-long'>, () => string> = {
  'not-found': m.coaching_refused_not_found,
  'not-yours': m.coaching_refused_not_yours,
  'already-drawn': m.coaching_refused_already_drawn,
  'no-calls': m.coaching_refused_no_calls,
  'reflection-in': m.coaching_refused_reflection_in,
  'already-in': m.coaching_refused_already_in,
  'not-in': m.coaching_refused_not_in,
  'not-both-in': m.coaching_refused_not_both_in,
  revealed: m.coaching_refused_revealed,
  'talk-held': m.coaching_refused_talk_held,
  'talk-not-held': m.coaching_refused_talk_not_held,
  acknowledged: m.coaching_refused_acknowledged,
  'not-acknowledged': m.coaching_refused_not_acknowledged,
  ended: m.coaching_refused_ended,
  'not-ended': m.coaching_refused_not_ended,
  'not-due': m.coaching_refused_not_due,
  'round-not-open': m.coaching_refused_round_not_open,
  'drawn-slot': m.coaching_refused_drawn_slot,
  'already-chosen': m.coaching_refused_already_chosen,
  'two-strengths': m.coaching_refused_two_strengths,
  'strength-moment': m.coaching_refused_strength_moment,
  'level-missing': m.coaching_refused_level_missing,
  'moment-missing': m.coaching_refused_moment_missing,
  'moment-outside': m.coaching_refused_moment_outside,
  'stale-draft': m.coaching_refused_stale_draft,
  'identity-number': m.coaching_refused_identity_number,
  'second-goal': m.coaching_refused_second_goal,
  'goal-shape': m.coaching_refused_goal_shape,
  'no-goal': m.coaching_refused_no_goal,
  'already-agreed': m.coaching_refused_already_agreed,
  'own-proposal': m.coaching_refused_own_proposal,
  'in-the-past': m.coaching_refused_in_the_past,
  'no-text': m.coaching_refused_no_text,
  'text-unasked': m.coaching_refused_text_unasked,
  'own-manager': m.coaching_refused_own_manager,
  'same-coach': m.coaching_refused_same_coach,
  'nothing-announced': m.coaching_refused_nothing_announced,
  'needs-agent': m.coaching_refused_needs_agent,
  'needs-two': m.coaching_refused_needs_two,
  stale: m.coaching_refused_stale,
  locked: m.coaching_refused_locked,
  'unknown-person': m.coaching_refused_unknown_person,
  'role-conflict': m.coaching_refused_role_conflict,
  'not-draft': m.coaching_refused_not_draft,
  'not-open': m.coaching_refused_not_open,
  'not-closing': m.coaching_refused_not_closing,
  closed: m.coaching_refused_closed,
  'not-negotiated': m.coaching_refused_not_negotiated,
  period: m.coaching_refused_period,
  'calls-per-agent': m.coaching_refused_calls_per_agent,
  'rubric-not-published': m.coaching_refused_rubric_not_published,
  'too-few': m.coaching_refused_too_few,
  'retroactive-window': m.coaching_refused_retroactive_window,
  'readings-begun': m.coaching_refused_readings_begun,
  overlap: m.coaching_refused_overlap,
  'too-soon': m.coaching_refused_too_soon,
  'no-coach': m.coaching_refused_no_coach
};

/**
 * Why it was not done, and what to do instead: never only a no. A code as the domain spells it (`too-long`) or as the API
 * does (`TOO_LONG`); one of a later version is told as it is.
 */
export function refusalWords(code: string, { most }: { most?: number | null } = {}): string {
  const plain = code.toLowerCase().replaceAll('_', '-');
  if (plain === ('too-long' satisfies Refusal['code']))
    return most == null ? m.coaching_refused_too_long_unknown() : m.coaching_refused_too_long({ most });
  return plain in REFUSALS ? REFUSALS[plain as keyof typeof REFUSALS]() : m.coaching_refused_unknown({ code });
}
