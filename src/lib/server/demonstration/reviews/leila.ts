import { levels, msOf, said, type InventedReview } from './review.ts';

/** Leila's call about a mother who fell, which she is proud of; coached by Henrik. The call is spoken in `calls/`. */
export const leila: InventedReview = {
  kind: 'proud',
  callMs: msOf('1:44'),
  reflection: {
    1: 'En dotter i Umeå ringde om sin mamma. Jag fick inte svara på det hon frågade, och ändå blev det ett bra samtal.',
    2: 'Jag var tyst en stund i början. Det var morgon, och jag hade läst om rutinen veckan innan.',
    5: 'I samtal där jag först måste säga nej. Jag behöver öva på att inte skynda förbi det svåra.'
  },
  own: {
    strengths: [
      said('0:12', 'presence', 'Jag väntade, och då kom hon till saken själv.'),
      said('0:53', 'guidance', 'Jag gav dem ett sätt att ringa tillsammans, och då hade hon något att göra.')
    ],
    levels: levels([3, 3, 3, 3, 2, 2, 2])
  },
  coach: {
    strengths: [
      said(
        '0:12',
        'presence',
        'Du sa ”ta den tid du behöver” och var tyst i tre sekunder, och då berättade hon om fallet.'
      ),
      said('0:35', 'guidance', 'Du förvarnade om det svåra och sa vem det skyddar, och då svarade hon ”det är klart”.'),
      said(
        '1:22',
        'closing',
        'Du sa stegen i ordning och frågade vad mer hon gick och tänkte på, och då sa hon att det kändes lättare.'
      )
    ],
    levels: levels([3, 4, 3, 3, 3, 2, 4])
  },
  goal: {
    criterion: 'passing-on',
    when: 'nästa steg är att någon ska ringa igen',
    try: 'att fråga om du får anteckna vad det gäller, så att den som svarar vet',
    how: 'Två samtal i veckan i april. Henrik ringer den 20 april och frågar hur det går. Enheten ser över var anteckningen ska stå.'
  },
  mustBeRight: { secrecy: 'was-right', identity: 'not-applicable', facts: 'was-right', promises: 'was-right' },
  lastWord:
    'Jag har alltid trott att mina slut är för långa. Nu hörde jag själv att hon andades ut. Det tar jag med mig.',
  log: ['Frågade om jag fick anteckna. Hon sa: Gärna, då slipper jag gråta en gång till.']
};
