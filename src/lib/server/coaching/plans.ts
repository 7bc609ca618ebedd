import { waitsFor, isReminded } from '../../domain/coaching/reminders.ts';
import { step, type Participation } from '../../domain/coaching/participation.ts';
import type { CoachPlans, CoachPlanView, PlannedView, ReminderView } from '../graphql/coaching/plan.ts';
import type { Instant } from '../../domain/time.ts';
import { contentsFor } from '../store/coaching/contents.ts';
import { DAY_MS } from '../../domain/coaching/deciding.ts';
import type { CoachingHouse } from './house.ts';
import { frameView, ownFrame, type OwnFrame } from './round-frames.ts';

/** What is next, for each of the two. */
export function coachPlans(house: CoachingHouse): CoachPlans {
  const { db, participations, now } = house;
  return {
    async plans(me) {
      const plans = new Map<string, CoachPlanView>();
      for (const { state, agent } of await participations.ofCoach(me.personId)) {
        const frame = await ownFrame(db, state.id);
        if (!frame) continue;
        const plan = plans.get(state.round) ?? { round: frameView(frame.row), people: [] };
        plan.people.push(planned(state, agent, frame, now()));
        plans.set(state.round, plan);
      }
      return [...plans.values()].sort((one, other) => other.round.startsAt - one.round.startsAt);
    },

    async reminders(me) {
      const found: ReminderView[] = [];
      const mine = me.roles.includes('agent') ? await participations.ofAgent(me.personId) : [];
      for (const state of mine) found.push(...(await agentReminders(house, state)));
      const coached = me.roles.includes('coach') ? await participations.ofCoach(me.personId) : [];
      for (const { state, agent } of coached) {
        const frame = await ownFrame(db, state.id);
        const waiting = frame && waitsFor(state, 'coach', frame.due);
        if (waiting && isReminded(waiting.until, now()))
          found.push({ ...waiting, participation: state.id, about: agent.name });
        const until = await toBeSettled(house, me.personId, state);
        if (until !== null) found.push({ kind: 'must', participation: state.id, about: agent.name, until });
      }
      return found;
    }
  };
}

async function agentReminders({ db, now }: CoachingHouse, state: Participation): Promise<ReminderView[]> {
  const frame = await ownFrame(db, state.id);
  if (!frame || frame.row.state === 'closed') return [];
  const at = { participation: state.id, about: null };
  const waiting = waitsFor(state, 'agent', frame.due);
  const found: ReminderView[] = [];
  if (waiting && isReminded(waiting.until, now())) found.push({ ...waiting, ...at });
  if (state.coachToBe) found.push({ ...at, kind: 'coach-change', until: state.coachToBe.from });
  if (state.sample === 'empty') found.push({ ...at, kind: 'draw-empty', until: frame.due.reflection });
  if (state.goal && !state.goal.agreed && state.goal.proposedBy === 'coach' && step(state) === 'talked')
    found.push({ ...at, kind: 'goal', until: null });
  return found;
}

/** Something is said to need looking after: for a day the coach is reminded to call, instead of waiting for the talk. */
async function toBeSettled(house: CoachingHouse, coach: string, state: Participation): Promise<Instant | null> {
  const { at } = await house.db
    .selectFrom('participation_event')
    .select(({ fn }) => fn.max<number | null>('at').as('at'))
    .where('participation', '=', state.id)
    .where('kind', '=', 'MustBeRightNoted')
    .executeTakeFirstOrThrow();
  if (at === null || house.now() >= at + DAY_MS) return null;
  const contents = await contentsFor(house.db, house.keys, coach, state.id);
  return contents?.mustBeRight.some(({ answer }) => answer === 'in-private') ? at + DAY_MS : null;
}

function planned(state: Participation, agent: PlannedView['agent'], frame: OwnFrame, now: Instant): PlannedView {
  return {
    id: state.id,
    agent,
    step: step(state),
    ...next(state, frame, now),
    recording: state.sound === 'recorded',
    slots: state.places.map(({ slot, call, coachReading }) => ({
      id: slot,
      readable: call !== null,
      readIn: coachReading !== null
    }))
  };
}

function next(state: Participation, { window, due }: OwnFrame, now: Instant): Pick<PlannedView, 'next' | 'nextAt'> {
  switch (step(state)) {
    case 'planned':
      return now < window.startsAt
        ? { next: 'window', nextAt: window.startsAt }
        : { next: 'draw', nextAt: window.endsAt };
    case 'reflecting':
    case 'reviewing': {
      const unread = state.places.some(({ call, coachReading }) => call !== null && coachReading === null);
      return unread ? { next: 'listen', nextAt: due.reading } : { next: 'reflection', nextAt: due.reflection };
    }
    case 'ready-to-talk':
      return state.talkAt === null ? { next: 'book', nextAt: due.talk } : { next: 'talk', nextAt: state.talkAt };
    case 'talked':
      return { next: 'acknowledgement', nextAt: null };
    case 'acknowledged':
      return { next: 'practice', nextAt: null };
    case 'withdrawn':
      return { next: 'over', nextAt: null };
  }
}
