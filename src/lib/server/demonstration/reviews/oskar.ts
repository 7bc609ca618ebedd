import { levels, msOf, said, type InventedReview } from './review.ts';

/** Oskar's call about a glazed porch, drawn at random; coached by Fatima. The call is spoken in `calls/`. */
export const oskar: InventedReview = {
  kind: 'random',
  callMs: msOf('1:17'),
  reflection: {
    1: 'När jag får fram vad det egentligen hänger på. Här var det datumet, inte bygglovet.',
    2: 'Jag frågade efter måtten i stället för att svara ja eller nej. Och jag hade bygglovssidan öppen.',
    5: 'I de snabba samtalen efter lunch. Då vill jag hinna landa mellan dem.'
  },
  own: {
    strengths: [
      said('0:33', 'understanding', 'Jag sa att datumet styr, och då tänkte hon om.'),
      said('0:57', 'passing-on', 'Jag sa vad jag skulle berätta för rådgivningen, och då blev hon nöjd.')
    ],
    levels: levels([1, 2, 3, 4, 3, 3, 2], '0:00')
  },
  coach: {
    strengths: [
      said(
        '0:14',
        'meeting',
        'Du lovade ett rakt svar och frågade bara efter måtten, och då gav hon dig både mått och datum.'
      ),
      said('0:45', 'guidance', 'Du sa ”två saker” och nämnde båda, och då upprepade hon dem utan att du bad om det.')
    ],
    // 0:00: she asked whether it was the city.
    levels: levels([1, 2, 3, 3, 3, 3, 2], '0:00')
  },
  goal: {
    criterion: 'recognition',
    when: 'det ringer',
    try: 'att ta ett andetag innan du säger stadens namn',
    how: 'Första samtalet efter varje paus. Gruppledaren ser över tiden mellan samtalen efter lunch.'
  },
  mustBeRight: {
    secrecy: 'not-applicable',
    identity: 'not-applicable',
    facts: 'was-right',
    promises: 'was-right'
  },
  lastWord:
    'Jag visste inte att stadens namn försvann. Skönt att det är ett andetag som ska till och inte en ny hälsning.',
  log: ['Andades. En man sa: Oj, vad lugnt det är hos er.']
};

/** The half-year before: the goal that he begins his next talk with. */
export const oskarBefore: Pick<InventedReview, 'goal' | 'log'> = {
  goal: {
    criterion: 'guidance',
    when: 'svaret har flera steg',
    try: 'att säga hur många de är',
    how: 'I samtal om bygglov, varje gång det är mer än ett steg.'
  },
  log: ['Det sitter nu. Folk räknar på fingrarna, det hörs.']
};
