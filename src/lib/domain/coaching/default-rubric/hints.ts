import type { Worded } from '../rubric.ts';

/** What stands in the empty field of a strength: what was heard, and what it did for the caller. */
export const STRENGTH_HINT: Worded = {
  sv: 'Du … (det du hörde), och då … (vad det gjorde för den som ringde).',
  en: 'You … (what you heard), and then … (what it did for the caller).'
};
/** What stands in the two empty fields of a practice goal. */
export const GOAL_WHEN_HINT: Worded = { sv: 'ett ögonblick som kommer igen', en: 'a moment that returns' };
export const GOAL_TRY_HINT: Worded = { sv: 'en sak att säga eller göra', en: 'one thing to say or do' };
export const GOAL_HOW_HINT: Worded = {
  sv: 'I vilka samtal, hur ofta, med vem? Hur märker du att det fungerar?',
  en: 'In which calls, how often, with whom? How will you notice that it works?'
};
