import { randomUUID } from 'node:crypto';
import type { SlotKind } from '../../domain/coaching/level.ts';
import type { PoolCall } from '../../domain/coaching/sampling.ts';
import type { Instant } from '../../domain/time.ts';
import { carryBetween } from '../coaching/between.ts';
import { drawFrom } from '../coaching/drawing.ts';
import type { InventedReview } from './reviews/review.ts';
import { content, DAY_MS, does, fromDraft, later, personOf, REVS, text, type Stage } from './stage.ts';

/** How far the two have come. */
export type CameTo = 'reflecting' | 'reviewing' | 'ready-to-talk' | 'talked' | 'acknowledged';
const STEPS: readonly CameTo[] = ['reflecting', 'reviewing', 'ready-to-talk', 'talked', 'acknowledged'];

/** One agent in one round of the demonstration. */
export interface Part {
  agent: string;
  coach: string;
  /** The PBX's name of the queue. */
  queue: string;
  unit: string;
  cameTo: CameTo;
  review: InventedReview;
  /** A call that is spoken in `calls/`: the file's name without its ending. */
  spoken?: string;
}
/** A part with the ids that it got when its round opened. */
export interface Opened extends Part {
  id: string;
  slots: readonly { slot: string; n: number; kind: SlotKind }[];
  /** What is drawn among. */
  calls: readonly PoolCall[];
}

/** Lets the two live through their half-year, from the draw on `drawnAt`. No two of a round keep the same hours. */
export async function play(stage: Stage, part: Opened, drawnAt: Instant, n: number): Promise<void> {
  const { id, agent, coach, slots, review, cameTo } = part;
  const reached = (step: CameTo) => STEPS.indexOf(cameTo) >= STEPS.indexOf(step);
  const at = (days: number, hours: number) => later(drawnAt, days, hours, (n * 7) % 60);
  const [first] = slots;
  if (!first) throw new Error('A part has a place.');
  const slot = first.slot;
  await draw(stage, part, drawnAt);
  if (!reached('reviewing')) return;
  await does(
    stage,
    id,
    agent,
    at(2 + (n % 4), 9),
    {
      kind: 'handInReflection',
      revs: REVS,
      answers: Object.entries(review.reflection).map(([q, words]) => ({ path: `q/${q}`, ...text(words) })),
      readings: [{ slot, reading: randomUUID(), content: content(review.own) }]
    },
    fromDraft
  );
  if (!reached('ready-to-talk')) return;
  const readAt = at(6 + (n % 3), 10);
  await stage.house.listening.heard(personOf(stage, coach).personId, slot, readAt - 1_800_000);
  await does(
    stage,
    id,
    coach,
    readAt,
    { kind: 'handInReading', slot, reading: randomUUID(), revs: REVS, content: content(review.coach) },
    fromDraft
  );
  await privately(stage, part, slot, readAt);
  const { criterion, when, try: what, how } = review.goal;
  const goal = { criterion, when: text(when), try: text(what), how: text(how) };
  await does(stage, id, coach, at(9, 8), { kind: 'proposeGoal', goal, replaces: null });
  // What is not held yet is still to come: the round under way was drawn three weeks ago.
  const talkAt = at((reached('talked') ? 11 : 24) + (n % 3), 13);
  await does(stage, id, coach, at(9, 9), { kind: 'bookTalk', talkAt });
  if (!reached('talked')) return;
  await does(stage, id, agent, talkAt + 900_000, { kind: 'agreeGoal', version: 1 });
  await does(stage, id, coach, talkAt + 1_200_000, { kind: 'holdTalk' });
  if (!reached('acknowledged')) return;
  const lastAt = talkAt + DAY_MS;
  await does(stage, id, agent, lastAt, { kind: 'writeLastWord', text: text(review.lastWord) });
  await does(stage, id, agent, lastAt + 60_000, { kind: 'acknowledge', snapshotHash: 'demonstration' });
  await logs(stage, part, lastAt);
}

/** By the same secret and the same rule as anywhere: which call was reviewed is left to it. */
async function draw(stage: Stage, { id, calls }: Opened, at: Instant): Promise<void> {
  const state = await stage.house.participations.load(id);
  if (!state) throw new Error(`There is no participation ${id} of the demonstration.`);
  const { calls: drawn, records: draws } = await drawFrom(stage.house, state, calls);
  await does(
    stage,
    id,
    null,
    at,
    { kind: 'drawSample' },
    {
      known: { drawn },
      draws,
      calls: calls.map(({ entry, queue, answeredAt }) => ({ entry, queue, answeredAt }))
    }
  );
}

/** What must be right, while it is there: it goes when the review is acknowledged. */
async function privately(stage: Stage, { id, coach, review, cameTo }: Opened, slot: string, at: Instant) {
  if (cameTo === 'acknowledged') return;
  for (const [point, answer] of Object.entries(review.mustBeRight))
    await does(stage, id, coach, at, {
      kind: 'answerMustBeRight',
      slot,
      point: point as keyof typeof review.mustBeRight,
      answer,
      text: null
    });
}

/** A minute a week. The first one is shown to the coach, the others are the agent's own. */
async function logs(stage: Stage, { id, review }: Opened, acknowledgedAt: Instant): Promise<void> {
  const state = await stage.house.participations.load(id);
  if (!state) return;
  for (const [week, words] of review.log.entries()) {
    stage.clock.at = acknowledgedAt + (week + 1) * 7 * DAY_MS;
    const { refusal } = await carryBetween(stage.house, { state, side: 'agent', shared: false }, randomUUID(), {
      kind: 'write-practice',
      text: words
    });
    if (refusal) throw new Error(`The demonstration may not write in the log: ${refusal.code}.`);
  }
}
