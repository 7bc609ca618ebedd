import type { Criterion } from '../rubric.ts';

export const closing: Criterion = {
  id: 'closing',
  name: { sv: 'Avslut', en: 'Closing' },
  survey: ['ease', 'meeting'],
  promise: {
    sv: 'När vi lägger på vet jag vad som är klart, vad som händer nu och vem som gör det.',
    en: 'When we hang up I know what is done, what happens now and who does it.'
  },
  situation: {
    sv: 'Ett kärl blev inte tömt före en långhelg.',
    en: 'A bin was left unemptied before a holiday weekend.'
  },
  talkQuestion: {
    sv: 'Om personen berättar om samtalet hemma vid köksbordet, vad säger hen händer nu?',
    en: 'If the caller tells about it at the kitchen table, what will they say happens now?'
  },
  levels: {
    1: {
      behaviour: {
        sv: 'Avslutar med en hälsning när ärendet är noterat.',
        en: 'Ends with a greeting when the matter is noted.'
      },
      example: { sv: 'Då så, hej då!', en: 'Right then, bye!' }
    },
    2: {
      behaviour: {
        sv: 'Säger att det är klart och frågar om det var något mer.',
        en: 'Says it is done and asks if there was anything else.'
      },
      example: { sv: 'Då är det anmält. Var det något mer du undrade?', en: "It's reported. Was there anything else?" }
    },
    3: {
      behaviour: {
        sv: 'Sammanfattar, säger vad som händer härnäst och vem som gör det.',
        en: 'Sums up, says what happens next and who does it.'
      },
      example: {
        sv: 'Jag har anmält att kärlet står kvar. Nu går det till dem som kör bilen, och du får besked i ett sms. Låt kärlet stå framme.',
        en: "I've reported that the bin is still full. It goes to the crew now, and you'll get a text. Leave the bin out."
      }
    },
    4: {
      behaviour: {
        sv: 'Återknyter till det personen ringde om, säger vad man gör om det dröjer och hör efter att det känns klart.',
        en: 'Returns to what the caller rang about, says what to do if it takes time, and checks that it feels settled.'
      },
      example: {
        sv: 'Du ville bli av med soporna före helgen. Dagen kan jag inte lova, men står kärlet kvar på torsdag ringer du samma nummer igen, så finns allt antecknat. Känns det klart?',
        en: "You wanted it gone before the holiday. I can't promise the day, but if the bin is still full on Thursday call the same number again, it's all noted. Does that settle it?"
      }
    }
  },
  notApplicableWhen: {
    sv: 'Inte aktuellt när samtalet bryts innan det hinner avslutas.',
    en: 'Not applicable when the call is cut off before it can be closed.'
  }
};
