import type { Criterion } from '../rubric.ts';

export const passingOn: Criterion = {
  id: 'passing-on',
  name: { sv: 'Lotsning', en: 'Passing on' },
  survey: ['ease', 'meeting'],
  promise: {
    sv: 'När någon annan ska hjälpa mig kommer jag rätt på en gång och slipper börja om.',
    en: "When someone else will help me, I get to the right place at once and don't have to start over."
  },
  situation: {
    sv: 'En kvinna vars pappa kommer hem från sjukhuset på fredag.',
    en: 'A woman whose father comes home from hospital on Friday.'
  },
  talkQuestion: {
    sv: 'Vad visste nästa person när hen tog över, och vad slapp den som ringde säga igen?',
    en: 'What did the next person know on taking over, and what did the caller not have to repeat?'
  },
  levels: {
    1: {
      behaviour: {
        sv: 'Säger att samtalet kopplas och kopplar.',
        en: 'Says that the call is being put through, and does it.'
      },
      example: { sv: 'Jag kopplar dig.', en: "I'll put you through." }
    },
    2: {
      behaviour: {
        sv: 'Säger vart samtalet går, varför, och vad man gör om det bryts.',
        en: 'Says where the call goes, why, and what to do if it is cut off.'
      },
      example: {
        sv: 'Jag kopplar dig till mottagningen för äldre, det är de som tar emot ansökan. Bryts det når du oss på samma nummer igen.',
        en: "I'm putting you through to the reception for older people, who take applications. If we're cut off, call the same number again."
      }
    },
    3: {
      behaviour: {
        sv: 'Ber om lov att berätta vad det gäller och säger det till nästa person.',
        en: 'Asks if it is all right to say what it is about, and tells the next person.'
      },
      example: {
        sv: 'Får jag berätta för henne att din pappa kommer hem på fredag? Då slipper du ta det från början.',
        en: "May I tell her that your father comes home on Friday? Then you won't have to start over."
      }
    },
    4: {
      behaviour: {
        sv: 'Är kvar tills båda har hälsat och nästa steg är sagt.',
        en: 'Stays until both have greeted and the next step is said.'
      },
      example: {
        sv: 'Är du kvar? Bra. Nu är Samira på mottagningen med oss. Hon vet att din pappa kommer hem på fredag och att det är trapporna du tänker på. Då lämnar jag över till dig, Samira.',
        en: "Still there? Good. Samira is with us now. She knows that your father comes home on Friday and that it's the stairs you think of. Over to you, Samira."
      }
    }
  },
  notApplicableWhen: {
    sv: 'Inte aktuellt när ärendet blev klart i samtalet och ingen annan behövde ta över.',
    en: 'Not applicable when the matter was settled in the call and nobody else had to take over.'
  }
};
