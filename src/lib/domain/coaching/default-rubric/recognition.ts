import type { Criterion } from '../rubric.ts';

export const recognition: Criterion = {
  id: 'recognition',
  name: { sv: 'Igenkänning', en: 'Recognition' },
  survey: ['meeting', 'ease'],
  promise: { sv: 'Jag hör med en gång att jag har kommit rätt.', en: 'I hear at once that I came to the right place.' },
  situation: {
    sv: 'En man ringer staden om sitt körkort, som är en statlig sak.',
    en: 'A man rings the city about his driving licence, which is a state matter.'
  },
  talkQuestion: {
    sv: 'Vad tror du att den som ringde hörde i dina första fem sekunder?',
    en: 'What do you think the caller heard in your first five seconds?'
  },
  levels: {
    1: {
      behaviour: {
        sv: 'Svarar med en del av hälsningen: staden, namnet eller en fråga. Den som ringer frågar själv om hen har kommit rätt.',
        en: 'Answers with part of the greeting: city, name or a question. The caller has to ask if this is the right place.'
      },
      example: { sv: 'Hallå, det är Karin.', en: 'Hello, Karin speaking.' }
    },
    2: {
      behaviour: {
        sv: 'Säger {city}, sitt namn och en öppen fråga, så att varje ord hörs.',
        en: 'Says the city, their name and an open question, every word audible.'
      },
      example: { sv: '{city}, Karin. Vad kan jag hjälpa dig med?', en: '{city}, Karin. How can I help you?' }
    },
    3: {
      behaviour: {
        sv: 'Hälsar i lugn takt och bekräftar att personen kan få hjälp så snart ärendet är sagt.',
        en: 'Greets without hurry and confirms that help is here as soon as the matter is said.'
      },
      example: {
        sv: '{city}, du pratar med Karin. … Ditt körkort, ja. Bra att du ringer, så reder vi ut vart du ska vända dig.',
        en: "{city}, you're speaking to Karin. … Your licence, yes. Good that you called, let's find out where to turn."
      }
    },
    4: {
      behaviour: {
        sv: 'Säger att det var rätt att ringa även när ärendet hör hemma någon annanstans, och hur det går vidare.',
        en: 'Says it was right to call even when the matter belongs elsewhere, and how it goes on from here.'
      },
      example: {
        sv: '{city}, du pratar med Karin. … Körkort sköter Transportstyrelsen, men du har ringt rätt ändå. Jag är med tills du vet precis vart du ska.',
        en: "{city}, you're speaking to Karin. … Licences are the Transport Agency's, but you called the right place all the same. I'm with you until you know exactly where to go."
      }
    }
  },
  notApplicableWhen: {
    sv: 'Inte aktuellt när samtalets första sekunder inte hörs, till exempel för att inspelningen börjar senare.',
    en: 'Not applicable when the first seconds of the call cannot be heard, for example because the recording begins later.'
  }
};
