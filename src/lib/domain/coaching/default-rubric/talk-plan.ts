import type { Worded } from '../rubric.ts';

/** A stretch of the talk: what the two do, and what the coach can say. */
export interface TalkPart {
  fromMinute: number;
  untilMinute: number;
  does: Worded;
  coachCanSay: Worded;
}

/** Twenty minutes, of which the agent speaks at least half. */
export const TALK_PLAN: readonly TalkPart[] = [
  {
    fromMinute: 0,
    untilMinute: 2,
    does: { sv: 'Landar. Säg vad tiden är till för.', en: 'Arrive. Say what the time is for.' },
    coachCanSay: {
      sv: 'Vi börjar i det som fungerar, och du har sista ordet.',
      en: 'We start in what works, and you have the last word.'
    }
  },
  {
    fromMinute: 2,
    untilMinute: 4,
    does: {
      sv: 'Förra övningsmålet, med egna ord och övningsloggen framme.',
      en: 'The last practice goal, in own words, the log at hand.'
    },
    coachCanSay: { sv: 'Berätta, hur har det gått?', en: 'Tell me, how has it gone?' }
  },
  {
    fromMinute: 4,
    untilMinute: 8,
    does: {
      sv: 'Servicevägledaren berättar om sitt samtal och sina egna styrkor. Coachen lyssnar.',
      en: 'The agent tells of the call and their own strengths. The coach listens.'
    },
    coachCanSay: { sv: 'Vad gjorde du precis då?', en: 'What did you do just then?' }
  },
  {
    fromMinute: 8,
    untilMinute: 12,
    does: {
      sv: 'Styrkorna sida vid sida. Lyssna på ett ögonblick tillsammans, högst en minut.',
      en: 'The strengths side by side. Listen to one moment together, a minute at most.'
    },
    coachCanSay: {
      sv: 'Hör du vad som händer med rösten efter din fråga?',
      en: 'Do you hear what happens in the voice after your question?'
    }
  },
  {
    fromMinute: 12,
    untilMinute: 14,
    does: {
      sv: 'Där ni läste olika. Ingen behöver ändra sig, inget räknas ihop.',
      en: 'Where you read differently. Nobody has to change, nothing is averaged.'
    },
    coachCanSay: { sv: 'Här hörde vi olika. Vad hörde du?', en: 'Here we heard differently. What did you hear?' }
  },
  {
    fromMinute: 14,
    untilMinute: 17,
    does: {
      sv: 'Ett övningsmål, med servicevägledarens ord: När …, pröva …',
      en: "One practice goal, in the agent's words: When …, try …"
    },
    coachCanSay: {
      sv: 'Vad vill du ha mer av? Hur skulle du säga det själv?',
      en: 'What would you like more of? How would you put it?'
    }
  },
  {
    fromMinute: 17,
    untilMinute: 18,
    does: {
      sv: 'Hur det ska övas: i vilka samtal, hur ofta, med vem.',
      en: 'How to practise it: in which calls, how often, with whom.'
    },
    coachCanSay: { sv: 'Hur märker du att det fungerar?', en: 'How will you notice that it works?' }
  },
  {
    fromMinute: 18,
    untilMinute: 19,
    does: {
      sv: 'Vad vi andra ska göra: kunskap, verktyg, tid.',
      en: 'What the rest of us should do: knowledge, tools, time.'
    },
    coachCanSay: { sv: 'Vad behöver du av mig, och av oss?', en: 'What do you need from me, and from us?' }
  },
  {
    fromMinute: 19,
    untilMinute: 20,
    does: {
      sv: 'Sista ordet. Läs igenom och bekräfta, nu eller i lugn och ro.',
      en: 'The last word. Read it through and acknowledge, now or in peace.'
    },
    coachCanSay: { sv: 'Nu är det dina ord som gäller.', en: "Now it's your words that count." }
  }
];

export const TALK_ON_VIDEO: Worded = {
  sv: 'På video: fråga först om båda kan tala ostört. Dela ljudet från samtalet, och låt kameran vara frivillig.',
  en: 'On video: ask first whether both can speak undisturbed. Share the sound of the call, and let the camera be optional.'
};

/** How the talk opens on the practice goal from last time. The site shows the goal's own words in `{goal}`. */
export const OPENING_QUESTION: Readonly<Record<'goal' | 'first-round' | 'never-tried', Worded>> = {
  goal: {
    sv: 'Förra gången ville du pröva det här: ”{goal}”. Berätta, hur har det gått? När märkte du att det gjorde skillnad?',
    en: 'Last time you wanted to try this: “{goal}”. Tell me, how has it gone? When did you notice a difference?'
  },
  'first-round': {
    sv: 'Det här är din första omgång. Vad i dina samtal är du rädd om?',
    en: 'This is your first round. What in your calls do you treasure?'
  },
  'never-tried': {
    sv: 'Då vet vi något om målet. Var det för stort, eller kom tillfället aldrig?',
    en: 'Then we know something about the goal. Was it too big, or did the occasion never come?'
  }
};

/** Once a week, in the practice log. */
export const LOG_QUESTION: Worded = {
  sv: 'En minut: när prövade du, och vad hände hos den som ringde?',
  en: 'One minute: when did you try it, and what happened with the caller?'
};
