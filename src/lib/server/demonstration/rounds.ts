import { randomUUID } from 'node:crypto';
import type { RubricVersionId } from '../../domain/coaching/rubric.ts';
import { commitment } from '../../domain/coaching/sampling.ts';
import { calendarDay, dayStart, weekday, type Instant, type Zone } from '../../domain/time.ts';
import { closeRound } from '../coaching/closing.ts';
import { roundSecret, sha256 } from '../coaching/drawing.ts';
import { rounds as roundKeeping } from '../coaching/rounds.ts';
import { answered, callsOfWindow } from './calls-of-window.ts';
import { CAST } from './cast.ts';
import { play, type CameTo, type Opened, type Part } from './play.ts';
import { amina } from './reviews/amina.ts';
import { invented } from './reviews/invented.ts';
import { leila } from './reviews/leila.ts';
import { oskar, oskarBefore } from './reviews/oskar.ts';
import type { InventedReview } from './reviews/review.ts';
import type { CallUnderWay } from './sound.ts';
import { DAY_MS, later, personOf, type Stage } from './stage.ts';

/** Who reads whose calls: nobody in their own line, and as many each as it divides. */
const COACHES: Readonly<Record<string, readonly string[]>> = {
  'karin-ahlgren': ['amina', 'elin', 'ines', 'jonas', 'karin-ek'],
  henrik: ['leila', 'maria', 'peter', 'samir'],
  fatima: ['johan', 'mikael', 'oskar', 'sara', 'tove']
};
const COACH_OF = new Map(Object.entries(COACHES).flatMap(([coach, agents]) => agents.map((agent) => [agent, coach])));

/** The round under way: how far each has come, and the calls that are spoken in `calls/`. */
const UNDER_WAY: Readonly<Record<string, { cameTo: CameTo; spoken?: string; callMs?: number }>> = {
  amina: { cameTo: 'reflecting', spoken: 'forskola', callMs: 94_000 },
  elin: { cameTo: 'ready-to-talk' },
  ines: { cameTo: 'reviewing' },
  jonas: { cameTo: 'acknowledged' },
  'karin-ek': { cameTo: 'reviewing', spoken: 'allman-vaxel', callMs: 99_000 },
  leila: { cameTo: 'reviewing', spoken: 'aldreomsorg', callMs: 104_000 },
  maria: { cameTo: 'reflecting', spoken: 'avfall', callMs: 109_000 },
  peter: { cameTo: 'acknowledged' },
  samir: { cameTo: 'talked' },
  johan: { cameTo: 'reviewing', spoken: 'parkering', callMs: 82_000 },
  mikael: { cameTo: 'ready-to-talk' },
  oskar: { cameTo: 'reviewing', spoken: 'bygglov', callMs: 77_000 },
  sara: { cameTo: 'reflecting' },
  tove: { cameTo: 'acknowledged' }
};

const WEEK_MS = 7 * DAY_MS;
/** How long a round takes, and its window. */
const PERIOD_MS = 9 * WEEK_MS;
const WINDOW_MS = 2 * WEEK_MS;
/** When they began, counted back from this week: never three within a year. */
const WEEKS_AGO = { first: 60, second: 30, underWay: 5 } as const;

/** Lives through two rounds and into a third, and tells the calls of that one: some of them are spoken. */
export async function liveThroughRounds(
  stage: Stage,
  rubric: RubricVersionId,
  now: Instant,
  zone: Zone
): Promise<CallUnderWay[]> {
  const agents = CAST.filter(({ roles }) => roles.includes('agent'));
  const parts = (reviewOf: (agent: string, n: number) => InventedReview): Part[] =>
    agents.map(({ key, unit, queue }, n) => ({
      agent: key,
      coach: COACH_OF.get(key) ?? '',
      unit: unit ?? '',
      queue: queue ?? '',
      cameTo: 'acknowledged',
      review: reviewOf(key, n)
    }));

  const names = halfYears(now - WEEKS_AGO.underWay * WEEK_MS, zone);
  const start = (weeks: number) => monday(now - weeks * WEEK_MS, zone);
  const whole = { stage, rubric, zone, closes: true };
  await round({
    ...whole,
    name: names.first,
    startsAt: start(WEEKS_AGO.first),
    parts: parts((agent, n) => (agent === 'oskar' ? { ...invented(n), ...oskarBefore } : invented(n)))
  });
  const written: Readonly<Record<string, InventedReview>> = { amina, leila, oskar };
  await round({
    ...whole,
    name: names.second,
    startsAt: start(WEEKS_AGO.second),
    parts: parts((agent, n) => written[agent] ?? invented(n + 5))
  });
  const underWay = await round({
    stage,
    rubric,
    zone,
    closes: false,
    name: names.underWay,
    startsAt: start(WEEKS_AGO.underWay),
    parts: parts((_, n) => invented(n + 8)).map((part) => {
      const { cameTo, spoken, callMs } = UNDER_WAY[part.agent] ?? { cameTo: 'reflecting' as const };
      const review = { ...part.review, kind: 'random' as const, callMs: callMs ?? part.review.callMs, log: [] };
      // A review of a few minutes does not fit a call of one: the short ones are still to be read.
      return {
        ...part,
        cameTo,
        review: spoken && cameTo !== 'reflecting' ? short(review) : review,
        ...(spoken ? { spoken } : {})
      };
    })
  });
  stage.clock.at = now;
  return underWay.flatMap(({ id, slots, calls, spoken = null }) =>
    calls.map((call) => ({ ...call, file: spoken, participation: id, slot: slots[0]!.slot }))
  );
}

interface RoundToPlay {
  stage: Stage;
  rubric: RubricVersionId;
  zone: Zone;
  name: string;
  startsAt: Instant;
  parts: readonly Part[];
  closes: boolean;
}
async function round({ stage, rubric, zone, name, startsAt, parts, closes }: RoundToPlay): Promise<Opened[]> {
  const { house, clock } = stage;
  const lead = personOf(stage, 'nils');
  const window = { n: 1, startsAt, endsAt: startsAt + WINDOW_MS };
  const coaches = Object.keys(COACHES).map((coach) => personOf(stage, coach).personId);
  const units = [...new Set(parts.map(({ unit }) => unit))];
  clock.at = startsAt - 12 * DAY_MS;
  const kept = roundKeeping(house);
  const saved = await kept.save(lead, null, {
    name,
    rubricVersion: rubric,
    startsAt,
    endsAt: startsAt + PERIOD_MS,
    callsPerAgent: closes ? 1 : 2,
    recording: true,
    negotiated: `FS ${calendarDay(startsAt, 'Europe/Stockholm').year}/${closes ? 14 : 31}`,
    negotiatedOn: new Date(startsAt - 40 * DAY_MS).toISOString().slice(0, 10),
    units: units.map((id) => ({ id, from: window.startsAt, to: window.endsAt })),
    coaches
  });
  if (saved.id === null) throw new Error(`The demonstration may not plan a round: ${saved.refusal?.code}.`);
  const opened = parts.map((part, n): Opened => {
    const kinds = closes ? [part.review.kind] : (['random', 'proud'] as const);
    return {
      ...part,
      id: randomUUID(),
      calls: callsOfWindow(startsAt, {
        queue: stage.queues.get(part.queue) ?? part.queue,
        talkMs: part.review.callMs,
        n,
        // In the round under way the second place is still the agent's own to fill.
        count: closes ? 4 : 1
      }),
      slots: kinds.map((kind, at) => ({ slot: randomUUID(), n: at + 1, kind }))
    };
  });
  const version = await house.rubrics.find(rubric);
  const done = await house.rounds.open(
    saved.id,
    {
      openedAt: clock.at,
      commitment: commitment(await roundSecret(house.db, saved.id), sha256),
      units,
      windows: [window],
      coaches,
      criteria: version?.text.criteria.map(({ id }) => id) ?? [],
      participants: opened.map(({ id, agent, coach, unit, slots }) => ({
        id,
        agent: personOf(stage, agent).personId,
        coach: personOf(stage, coach).personId,
        unit,
        window: 1,
        sound: 'recorded',
        places: slots
      }))
    },
    () => Promise.resolve()
  );
  if (!done) throw new Error(`The round ${name} of the demonstration did not open.`);
  if (!closes) for (const part of opened) await answered(stage, part, zone);
  for (const [n, part] of opened.entries()) await play(stage, part, later(window.endsAt, 0, 3), n);
  if (!closes) return opened;
  clock.at = startsAt + PERIOD_MS;
  await house.rounds.move(saved.id, 'closing', clock.at, () => Promise.resolve());
  clock.at += WINDOW_MS + DAY_MS;
  await closeRound(house, 'stamgaffel', saved.id);
  return opened;
}

/** The moments within the first minute: for a review of a call that is shorter than what it was written for. */
function short(review: InventedReview): InventedReview {
  const within = <R extends InventedReview['own']>(reading: R): R => ({
    ...reading,
    strengths: reading.strengths.map((strength, n) => ({ ...strength, momentMs: 12_000 + n * 21_000 }))
  });
  return { ...review, own: within(review.own), coach: within(review.coach) };
}

const monday = (at: Instant, zone: Zone): Instant => dayStart(at - (weekday(at, zone) - 1) * DAY_MS, zone);

/** What three rounds in a row are called, the last of which began then. */
function halfYears(underWay: Instant, zone: Zone): Readonly<Record<keyof typeof WEEKS_AGO, string>> {
  const { year, month } = calendarDay(underWay, zone);
  return month <= 6
    ? { first: `${year - 1} vår`, second: `${year - 1} höst`, underWay: `${year} vår` }
    : { first: `${year - 1} höst`, second: `${year} vår`, underWay: `${year} höst` };
}
