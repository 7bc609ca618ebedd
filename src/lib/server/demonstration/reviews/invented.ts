import { GOAL_PHRASES, STRENGTH_PHRASES } from '../../../domain/coaching/default-rubric/phrases.ts';
import type { LevelMark } from '../../../domain/coaching/level.ts';
import { levels, msOf, type InventedReview, type InventedStrength } from './review.ts';

const BEST: readonly InventedReview['reflection'][] = [
  {
    1: 'En man hade fått fel räkning tre gånger. Vi redde ut det i ett enda samtal.',
    2: 'Jag läste upp vad jag såg i stället för att leta under tystnad.',
    3: 'En kollega hade skrivit en bra anteckning sist.',
    4: 'Han skrattade till och sa att han kunde lägga undan pärmen.',
    5: 'I samtal där någon redan har ringt förut. Jag behöver tid att läsa.'
  },
  {
    1: 'En kvinna som inte hittade ord på svenska. Till slut ritade vi upp det med siffror.',
    2: 'Jag väntade, och jag sa bara en sak i taget.',
    4: 'Hon upprepade varje steg själv.',
    5: 'När jag märker att någon skäms för att fråga.'
  },
  {
    1: 'Dagens sista samtal, om en plats på ett boende. Det fick ta den tid det tog.',
    2: 'Jag frågade vad hon var mest orolig för.',
    3: 'Kön var kort, och jag hade nyss haft paus.',
    5: 'Tidigt i samtalen, innan jag börjar svara.'
  },
  {
    1: 'En företagare som var arg och till slut tackade för att det gick rakt på sak.',
    2: 'Jag sa vad jag kunde lova och vad jag inte kunde lova.',
    4: 'Han sänkte rösten.',
    5: 'I samtal som börjar högt. Jag vill öva på att inte själv gå upp i takt.'
  }
];
const LAST_WORDS = [
  'Det var skönare än jag trodde att höra sig själv.',
  'Jag tar med mig pausen. Den gör mer än jag visste.',
  'Bra att det bara är en sak. Den ska jag hinna med.',
  'Jag hörde något annat än min coach i slutet, och det fick stå kvar.',
  'Det är roligt att få höra vad det gjorde för den som ringde.'
];
const LOG = [
  'Provade i tre samtal. I ett av dem blev det alldeles lugnt.',
  'Gick bra på förmiddagen. Efter lunch hann jag inte tänka på det.',
  'Hon sa: Tack för att du säger hur lång tid det tar.',
  'En gång den här veckan, och då märktes det.',
  'Det börjar gå av sig självt.'
];
const HOW = [
  'I två samtal om dagen, och en minut i loggen på fredagen.',
  'Tre veckor i rad. Sedan ringer coachen och frågar hur det går.',
  'I varje samtal före lunch. En kollega påminner.'
];
const MARKS: readonly Parameters<typeof levels>[0][] = [
  [3, 3, 2, 3, 3, 2, 3],
  [2, 3, 3, 3, 4, 'not-applicable', 2],
  [3, 2, 3, 2, 3, 3, 3],
  [4, 3, 3, 3, 2, 2, 3],
  [3, 4, 2, 3, 3, 'not-applicable', 3]
];
const MOMENTS = ['0:18', '0:52', '1:31', '2:24', '3:06', '0:34', '1:12'];

const nth = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** The nth of as many reviews as a round needs: of the phrases that start the writing, never two alike beside each other. */
export function invented(n: number): InventedReview {
  const strength = (at: number, own: boolean): InventedStrength => {
    const { criterion, words } = nth(STRENGTH_PHRASES, at);
    return { criterion, momentMs: msOf(nth(MOMENTS, at)), words: own ? asOwn(words.sv) : words.sv };
  };
  const phrase = nth(GOAL_PHRASES, n * 3);
  const [, when = '', what = ''] = phrase.words.sv.match(/^När (.+?), pröva (.+)\.$/) ?? [];
  return {
    kind: n % 3 === 0 ? 'proud' : 'random',
    callMs: msOf('4:10') + (n % 5) * 17_000,
    reflection: nth(BEST, n),
    own: { strengths: [strength(n, true), strength(n + 4, true)], levels: levels(nth(MARKS, n)) },
    coach: { strengths: [strength(n + 1, false), strength(n + 5, false)], levels: levels(shifted(nth(MARKS, n), n)) },
    goal: { criterion: phrase.criterion, when, try: what, how: nth(HOW, n) },
    mustBeRight: { secrecy: 'was-right', identity: 'not-applicable', facts: 'was-right', promises: 'was-right' },
    lastWord: nth(LAST_WORDS, n),
    log: [nth(LOG, n), nth(LOG, n + 2)]
  };
}

/** What a coach heard of somebody, as the one it was would say it. */
const asOwn = (words: string): string =>
  words
    .replaceAll(/\bDu\b/g, 'Jag')
    .replaceAll(/\bdu\b/g, 'jag')
    .replaceAll(/\bdin\b/g, 'min');

/** Another reading of the same call: one or two criteria are heard otherwise, as they are between people. */
function shifted(marks: Parameters<typeof levels>[0], n: number): Parameters<typeof levels>[0] {
  const other = [...marks] as [LevelMark, LevelMark, LevelMark, LevelMark, LevelMark, LevelMark, LevelMark];
  const at = n % other.length;
  const mark = other[at];
  if (mark !== undefined && mark !== 'not-applicable') other[at] = mark === 4 ? 3 : mark === 3 ? 4 : 3;
  return other;
}
