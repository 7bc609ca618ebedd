import type { Worded } from '../rubric.ts';

/** The agent's own questions before the talk: once per round, on their own page, at their own pace. */
export const REFLECTION_QUESTIONS = ['best-call', 'own-part', 'around', 'effect', 'more-of', 'listen-for'] as const;
export type ReflectionQuestion = (typeof REFLECTION_QUESTIONS)[number];
/** The one that may be left empty without leaving anything out. */
export const OPTIONAL_QUESTION: ReflectionQuestion = 'listen-for';

export const REFLECTION_LEAD: Worded = {
  sv: 'Ta en kvart. Börja med det som fungerar. Din coach ser dina svar först när ni båda har lämnat in.',
  en: 'Take a quarter of an hour. Begin with what works. Your coach sees your answers only when you have both handed in.'
};

export const REFLECTION_WORDS: Readonly<Record<ReflectionQuestion, Worded>> = {
  'best-call': {
    sv: 'Berätta om ett samtal från det senaste halvåret som du är riktigt nöjd med. Vad hände?',
    en: 'Tell of a call from the last half-year that you are really pleased with. What happened?'
  },
  'own-part': { sv: 'Vad gjorde du som gjorde att det blev bra?', en: 'What did you do that made it good?' },
  around: {
    sv: 'Vad runt omkring dig hjälpte till: lugnet, kunskapen, en kollega, tiden?',
    en: 'What around you helped: the calm, the knowledge, a colleague, the time?'
  },
  effect: {
    sv: 'Hur märkte du på den som ringde att det gjorde nytta?',
    en: 'How did you notice on the caller that it did good?'
  },
  'more-of': {
    sv: 'Var i dina samtal de närmaste veckorna vill du ha mer av just det, och vad behöver du för det?',
    en: 'Where in your calls in the coming weeks do you want more of just that, and what do you need for it?'
  },
  'listen-for': {
    sv: 'Om du vill: vad vill du att din coach lyssnar särskilt efter?',
    en: 'If you like: what would you like your coach to listen for?'
  }
};
