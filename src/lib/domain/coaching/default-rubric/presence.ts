import type { Criterion } from '../rubric.ts';

export const presence: Criterion = {
  id: 'presence',
  name: { sv: 'Närvaro', en: 'Presence' },
  survey: ['meeting'],
  promise: {
    sv: 'Den som svarar är här hos mig, som om mitt samtal vore dagens första.',
    en: 'The one who answers is here with me, as if mine were the first call of the day.'
  },
  situation: {
    sv: 'Dagens fjortonde samtal om de nya parkeringsreglerna. En kvinna vars mamma ska komma och hälsa på med bil.',
    en: 'The fourteenth call today about the new parking rules; a woman whose mother is coming to visit by car.'
  },
  talkQuestion: {
    sv: 'Var i samtalet var du som allra mest hos personen, och vad gjorde du just då?',
    en: 'Where in the call were you most with the person, and what did you do just then?'
  },
  levels: {
    1: {
      behaviour: {
        sv: 'Ställer nästa fråga medan personen berättar, eller läser i systemet under tystnad.',
        en: 'Asks the next question while the caller is still telling, or reads in silence.'
      },
      example: { sv: 'Mm. … Mm. Vilken gata?', en: 'Mm. … Mm. Which street?' }
    },
    2: {
      behaviour: {
        sv: 'Låter personen tala klart, visar med korta ord att det går fram och säger till före en paus.',
        en: 'Lets the caller finish, shows with small words that it gets through, and gives notice before a pause.'
      },
      example: {
        sv: 'Jag hör. Ett ögonblick, så tittar jag på din gata.',
        en: "I hear you. One moment, I'll look up your street."
      }
    },
    3: {
      behaviour: {
        sv: 'Använder personens egna ord och berättar vad som händer medan det är tyst, och hur länge.',
        en: "Uses the caller's own words and says what happens in the silence, and for how long."
      },
      example: {
        sv: 'Du sa att din mamma kommer på torsdag. Jag läser vad som gäller just på er gata. Det tar en halv minut, och jag är kvar här.',
        en: "You said your mother comes on Thursday. I'm reading what applies on your street. Half a minute, and I'm still here."
      }
    },
    4: {
      behaviour: {
        sv: 'Stannar upp när rösten ändras, säger en mening om det som hörs och låter personen välja takt.',
        en: 'Pauses when the voice changes, says one sentence about what is heard, and lets the caller choose the pace.'
      },
      example: {
        sv: 'Jag hör att det här har gett dig bekymmer. Ska vi ta det från början, i lugn och ro, så att du vet vad som gäller på torsdag?',
        en: 'I can hear this has been a worry. Shall we take it from the start, calmly, so that you know what applies on Thursday?'
      }
    }
  },
  notApplicableWhen: {
    sv: 'Inte aktuellt när samtalet bryts innan personen har hunnit berätta något.',
    en: 'Not applicable when the call is cut off before the caller has had time to tell anything.'
  }
};
