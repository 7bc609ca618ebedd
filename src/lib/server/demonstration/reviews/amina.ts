import { levels, msOf, said, type InventedReview } from './review.ts';

/** Amina's call about moving a child to another preschool, in a hurry; coached by Karin Ahlgren. */
export const amina: InventedReview = {
  kind: 'random',
  callMs: msOf('7:48'),
  reflection: {
    1: 'En pappa som trodde att platsen var borta. Jag hade tid att läsa hela ärendet innan jag svarade.',
    2: 'Att jag vågade säga ”ge mig en halv minut” och att han sa ja.',
    3: 'Det var lugnt i kön, och Ines satt bredvid.',
    5: 'Säga det högt varje gång jag letar. Jag behöver en lapp på skärmen i början.'
  },
  own: {
    strengths: [
      said('1:12', 'presence', 'Jag avbröt inte. Hon behövde säga allt först, och jag märkte att det hjälpte.'),
      said('5:39', 'guidance', 'Jag sa stegen i ordning och kollade att hon hängde med efter varje.')
    ],
    levels: levels([3, 2, 3, 4, 3, 'not-applicable', 3])
  },
  coach: {
    strengths: [
      said(
        '1:12',
        'presence',
        'Du stannade upp och sa att du hörde att det brådskade. Hon andades ut och började berätta lugnare.'
      ),
      said(
        '2:32',
        'understanding',
        'Du frågade vad som hänt. Då kom det fram att flytten gällde syskonet också, och hon slapp ringa igen.'
      )
    ],
    levels: levels([3, 3, 4, 3, 3, 'not-applicable', 2])
  },
  goal: {
    criterion: 'presence',
    when: 'jag letar i systemet och det blir tyst',
    try: 'att säga vad jag gör och hur lång tid det tar',
    how: 'Övas i två samtal om dagen. En minut i loggen varje fredag.'
  },
  mustBeRight: { secrecy: 'was-right', identity: 'was-right', facts: 'was-right', promises: 'was-right' },
  lastWord: 'Jag hade inte tänkt på att tystnaden hördes så mycket. Det känns görbart.',
  log: [
    'Glömde det på eftermiddagen. Lapp på skärmen hjälpte.',
    '”Ge mig en halv minut” fungerade varje gång.',
    'En kvinna sa: Vad skönt att veta att du är kvar.'
  ]
};
