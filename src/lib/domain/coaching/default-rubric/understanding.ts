import type { Criterion } from '../rubric.ts';

export const understanding: Criterion = {
  id: 'understanding',
  name: { sv: 'Förståelse', en: 'Understanding' },
  survey: ['ease', 'meeting'],
  promise: {
    sv: 'Jag blir förstådd, också i det jag inte riktigt lyckas säga.',
    en: "I am understood, even in what I don't quite manage to say."
  },
  situation: {
    sv: '”När har ni öppet för besök?” frågar någon som egentligen behöver lämna in en blankett, och vars e-legitimation inte fungerar.',
    en: '“When are you open for visits?” asks someone who really needs to hand in a form, and whose e-identification will not work.'
  },
  talkQuestion: {
    sv: 'När förstod du vad det egentligen gällde, och vilken fråga tog dig dit?',
    en: 'When did you understand what it was really about, and which question took you there?'
  },
  levels: {
    1: {
      behaviour: { sv: 'Svarar på den fråga som ställs först.', en: 'Answers the question that is asked first.' },
      example: { sv: 'Vi har öppet till klockan fyra.', en: "We're open until four." }
    },
    2: {
      behaviour: {
        sv: 'Ställer en följdfråga innan samtalet går vidare.',
        en: 'Asks one more question before moving on.'
      },
      example: { sv: 'Till klockan fyra. Vad gäller ditt besök?', en: 'Until four. What is your visit about?' }
    },
    3: {
      behaviour: {
        sv: 'Ställer öppna frågor tills det hörs vad personen behöver få gjort.',
        en: 'Asks open questions until it is clear what the caller needs to get done.'
      },
      example: {
        sv: 'Berätta lite om vad du behöver få gjort, så ser vi om du alls behöver åka hit.',
        en: "Tell me a little about what you need to get done, and we'll see if you need to come at all."
      }
    },
    4: {
      behaviour: {
        sv: 'Säger frågan bakom frågan med egna ord och får ett ja på att den stämmer.',
        en: 'Says the question behind the question in their own words and gets a yes to it.'
      },
      example: {
        sv: 'Så det du egentligen behöver är att få in blanketten före fredag, fast bank-id krånglar. Stämmer det? Då finns det en annan väg.',
        en: 'So what you really need is to get the form in by Friday although your e-ID plays up. Is that right? Then there is another way.'
      }
    }
  },
  notApplicableWhen: {
    sv: 'Inte aktuellt när personen bara bad att få bli kopplad till någon med namn, och det gick på en gång.',
    en: 'Not applicable when the caller only asked to be put through to somebody by name, and that was done at once.'
  }
};
