import type { Criterion } from '../rubric.ts';

export const guidance: Criterion = {
  id: 'guidance',
  name: { sv: 'Vägledning', en: 'Guidance' },
  survey: ['ease'],
  promise: {
    sv: 'Jag får veta vad som gäller och vad jag själv kan göra, så att jag förstår det.',
    en: 'I learn what applies and what I can do myself, in a way I understand.'
  },
  situation: { sv: 'Behöver ett inglasat uterum bygglov?', en: 'Does a glazed porch need a building permit?' },
  talkQuestion: {
    sv: 'Vad tror du att personen gjorde först när ni hade lagt på?',
    en: 'What do you think the person did first after you hung up?'
  },
  levels: {
    1: {
      behaviour: {
        sv: 'Ger svaret i ett svep, med de ord som står i regeln.',
        en: 'Gives the answer in one sweep, in the words of the rule.'
      },
      example: {
        sv: 'Det beror på om åtgärden är lovpliktig enligt detaljplanen.',
        en: 'It depends on whether the measure requires a permit under the detailed plan.'
      }
    },
    2: {
      behaviour: {
        sv: 'Ger svaret i vardagsord och säger var det står att läsa.',
        en: 'Gives the answer in everyday words and says where to read it.'
      },
      example: {
        sv: 'Det kan behövas bygglov. På vår webbplats finns en sida som visar när.',
        en: "You may need a permit. There's a page on our website that shows when."
      }
    },
    3: {
      behaviour: {
        sv: 'Tar en sak i taget, säger vem som beslutar och vad personen själv kan göra redan nu.',
        en: 'Takes one thing at a time, says who decides and what the caller can do already now.'
      },
      example: {
        sv: 'Det är bygglovshandläggaren som avgör. Två saker kan du göra redan i dag. Den första är en skiss med mått.',
        en: 'The permit officer decides. There are two things you can do today. The first is a sketch with measurements.'
      }
    },
    4: {
      behaviour: {
        sv: 'Visar vilka vägar som finns, låter personen välja, hör efter att det gick fram och lovar bara det som är vårt.',
        en: 'Shows which ways there are, lets the caller choose, checks that it got through and promises only what is ours.'
      },
      example: {
        sv: 'Du har två vägar: ansöka direkt eller fråga en handläggare först. Beslutet är deras, men jag kan säga vad de behöver från dig. Vilken väg passar dig?',
        en: "You have two ways: apply at once, or ask an officer first. The decision is theirs, but I can tell you what they'll need. Which suits you?"
      }
    }
  },
  notApplicableWhen: {
    sv: 'Inte aktuellt när samtalet inte gav något besked att lämna, till exempel för att en annan myndighet har svaret.',
    en: 'Not applicable when there was no answer to give in the call, for example because another authority has it.'
  }
};
