import type { CriterionId, Worded } from '../rubric.ts';

/** A sentence that starts the writing: what was heard and what it did, or a moment that returns and one thing to try. */
export interface Phrase {
  criterion: CriterionId;
  words: Worded;
}

export const STRENGTH_PHRASES: readonly Phrase[] = [
  {
    criterion: 'recognition',
    words: {
      sv: 'Du väntade en sekund efter hälsningen, och då hann han samla sig och säga allt på en gång.',
      en: 'You waited a second after the greeting, and then he had time to collect himself and say it all at once.'
    }
  },
  {
    criterion: 'recognition',
    words: {
      sv: 'Du sa ”då har du kommit rätt” före din första fråga, och då hördes det att hon andades ut.',
      en: "You said “you've come to the right place” before your first question, and then one could hear her breathe out."
    }
  },
  {
    criterion: 'presence',
    words: {
      sv: 'Du berättade vad du gjorde medan du letade, och då blev tystnaden trygg.',
      en: 'You told what you were doing while you searched, and then the silence felt safe.'
    }
  },
  {
    criterion: 'presence',
    words: {
      sv: 'Du använde hennes eget ord, ”trapporna”, och då märkte hon att du hade lyssnat.',
      en: 'You used her own word, “the stairs”, and then she noticed that you had listened.'
    }
  },
  {
    criterion: 'understanding',
    words: {
      sv: 'Du frågade vad besöket gällde, och då visade det sig att hon slapp åka.',
      en: "You asked what the visit was about, and then it turned out she didn't have to come."
    }
  },
  {
    criterion: 'understanding',
    words: {
      sv: 'Du sammanfattade hans ärende i en mening och frågade om det stämde, och då rättade han datumet.',
      en: 'You put his matter in one sentence and asked if it was right, and then he corrected the date.'
    }
  },
  {
    criterion: 'guidance',
    words: {
      sv: 'Du sa vem som beslutar och vad han kunde göra redan i dag, och då hade han något att börja med.',
      en: 'You said who decides and what he could do already today, and then he had something to start with.'
    }
  },
  {
    criterion: 'meeting',
    words: {
      sv: 'Du delade svaret i tre korta bitar, och då svarade hon på var och en.',
      en: 'You split the answer into three short bits, and then she answered each of them.'
    }
  },
  {
    criterion: 'passing-on',
    words: {
      sv: 'Du berättade för kollegan vad det gällde innan du lämnade över, och då slapp han börja om.',
      en: "You told your colleague what it was about before handing over, and then he didn't have to start over."
    }
  },
  {
    criterion: 'closing',
    words: {
      sv: 'Du sa vad som händer nu och vad hon gör om det dröjer, och då sa hon själv ”då vet jag”.',
      en: 'You said what happens now and what to do if it takes time, and then she said “now I know” herself.'
    }
  }
];

export const GOAL_PHRASES: readonly Phrase[] = [
  {
    criterion: 'recognition',
    words: {
      sv: 'När det ringer, pröva att ta ett andetag innan du säger stadens namn.',
      en: "When it rings, try taking one breath before you say the city's name."
    }
  },
  {
    criterion: 'recognition',
    words: {
      sv: 'När ärendet är sagt, pröva att säga ”det hjälper jag dig med” eller ”då har du kommit rätt” före första frågan.',
      en: "When the matter is said, try saying “I'll help you with that” or “you've come to the right place” before the first question."
    }
  },
  {
    criterion: 'presence',
    words: {
      sv: 'När du behöver läsa i systemet, pröva att säga vad du gör och ungefär hur länge det tar.',
      en: 'When you need to read in the system, try saying what you do and about how long it takes.'
    }
  },
  {
    criterion: 'presence',
    words: {
      sv: 'När samma fråga kommer igen, pröva att ställa en fråga som bara kan gälla den här personen.',
      en: 'When the same question comes again, try asking one that can only be about this person.'
    }
  },
  {
    criterion: 'understanding',
    words: {
      sv: 'När någon frågar om en öppettid, pröva att fråga vad hen vill ha gjort när hen kommer.',
      en: 'When someone asks for opening hours, try asking what they want to get done when they come.'
    }
  },
  {
    criterion: 'guidance',
    words: {
      sv: 'När svaret har flera steg, pröva att säga hur många de är och ta ett i taget.',
      en: 'When the answer has several steps, try saying how many there are and taking one at a time.'
    }
  },
  {
    criterion: 'guidance',
    words: {
      sv: 'När beslutet är någon annans, pröva att säga vems det är och sedan en sak som personen själv kan göra.',
      en: "When the decision is someone else's, try saying whose it is and then one thing the caller can do."
    }
  },
  {
    criterion: 'meeting',
    words: {
      sv: 'När någon letar efter orden, pröva att vänta två sekunder längre än du brukar.',
      en: 'When someone searches for words, try waiting two seconds longer than you usually do.'
    }
  },
  {
    criterion: 'passing-on',
    words: {
      sv: 'När du ska koppla vidare, pröva att fråga om du får berätta vad det gäller, och säg det till nästa person.',
      en: 'When you pass a call on, try asking if you may tell what it is about, and tell the next person.'
    }
  },
  {
    criterion: 'closing',
    words: {
      sv: 'När ärendet känns klart, pröva att säga vad som händer härnäst innan du säger hej då.',
      en: 'When the matter feels done, try saying what happens next before you say goodbye.'
    }
  }
];
