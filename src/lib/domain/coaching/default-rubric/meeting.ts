import type { Criterion } from '../rubric.ts';

export const meeting: Criterion = {
  id: 'meeting',
  name: { sv: 'Anpassat bemötande', en: 'Meeting the person' },
  survey: ['meeting', 'ease'],
  promise: {
    sv: 'Jag blir bemött så att det når fram till just mig, och får lika god hjälp som alla andra.',
    en: 'I am met in the way that reaches just me, and get as good help as everyone else.'
  },
  situation: {
    sv: 'En man som håller på att lära sig svenska har fått en räkning för sophämtningen.',
    en: 'A man who is learning Swedish has got a bill for waste collection.'
  },
  talkQuestion: {
    sv: 'Vad hörde du som fick dig att välja just det sättet att prata?',
    en: 'What did you hear that made you choose that way of speaking?'
  },
  levels: {
    1: {
      behaviour: { sv: 'Håller sina vanliga ord och sin vanliga takt.', en: 'Keeps their usual words and usual pace.' },
      example: {
        sv: 'Fakturan avser renhållning, så du får inkomma med en ägarändring.',
        en: 'The invoice concerns refuse collection, so please submit a change of ownership.'
      }
    },
    2: {
      behaviour: {
        sv: 'Byter ord eller takt när personen ber om det.',
        en: 'Changes words or pace when the caller asks.'
      },
      example: { sv: 'Jag säger det en gång till, lite långsammare.', en: "I'll say it once more, a little slower." }
    },
    3: {
      behaviour: {
        sv: 'Byter själv ord, takt eller längd på svaren efter hur personen talar.',
        en: 'Changes words, pace or length unasked, by how the caller speaks.'
      },
      example: {
        sv: 'Jag tar det i korta bitar. Fakturan gäller soporna. Ska vi läsa den tillsammans?',
        en: "I'll take it in short bits. The bill is for the rubbish. Shall we read it together?"
      }
    },
    4: {
      behaviour: {
        sv: 'Frågar vad som passar bäst och ger samma besked på den vägen: kortare, långsammare, på ett annat språk eller i skrift.',
        en: 'Asks what suits best and gives the same answer that way: shorter, slower, in another language or in writing.'
      },
      example: {
        sv: 'Vill du ta det på svenska, på engelska eller med tolk? Du får samma besked på alla sätt, och vi har tid.',
        en: 'Would you like it in Swedish, in English or with an interpreter? The answer is the same, and we have time.'
      }
    }
  },
  notApplicableWhen: {
    sv: 'Inte aktuellt när samtalet är för kort för att höra hur personen vill bli bemött.',
    en: 'Not applicable when the call is too short to hear how the caller wants to be met.'
  }
};
