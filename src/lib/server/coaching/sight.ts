import { may } from '../../domain/access.ts';
import { acknowledgeUntil } from '../../domain/coaching/dates.ts';
import { PURGE_MS } from '../../domain/coaching/decide-taking-part.ts';
import { isAcknowledged, recordVersion, step, type Participation } from '../../domain/coaching/participation.ts';
import type { ParticipationView, RecordView } from '../graphql/coaching/views.ts';
import { contentsFor, type Contents, type StoredGoal } from '../store/coaching/contents.ts';
import type { Admitted, PersonViewer } from './admitting.ts';
import { besideContents } from './between.ts';
import { bareCircumstances, mayWriteNow, subjectOf } from './draft-authority.ts';
import type { CoachingHouse } from './house.ts';
import { lockedUntil, namesOf } from './people.ts';
import { domainFrame, frameView, ownFrame, type OwnFrame } from './round-frames.ts';
import { slotViews } from './slot-sight.ts';

/**
 * A participation as the one who looks may see it. What is hidden was not read from the disk (`contentsFor`); what this
 * adds is from the fold, which has ids and codes only.
 */
export async function participationView(
  house: CoachingHouse,
  me: PersonViewer,
  admitted: Admitted
): Promise<ParticipationView | null> {
  const { state, side, shared } = admitted;
  const { db } = house;
  const [frame, locked] = [await ownFrame(db, state.id), await lockedUntil(db, me.personId, house.now())];
  // An earlier round that is shared is read as it stands for the agent, and cut below to what a coach may see.
  const contents = await contentsFor(db, house.keys, shared ? state.agent : me.personId, state.id);
  if (!frame || !contents) return null;
  const seen = locked === null ? contents : withoutWords(contents);
  const names = await namesOf(db, [state.agent, state.coach, state.coachToBe?.coach ?? '']);
  const between = await besideContents(house, admitted);
  const slots = await slotViews(house, me, { ...admitted, locked: locked !== null }, frame, seen);
  const writable = (of: 'reflection' | 'goal' | 'last-word') =>
    locked === null && !shared ? writableDraft(house, me, state, frame, of) : null;
  return {
    id: state.id,
    side,
    round: frameView(frame.row),
    agent: names(state.agent),
    coach: names(state.coach),
    step: step(state),
    waitsFor: waitsFor(state),
    window: state.sound === 'beside' ? null : { from: frame.window.startsAt, to: frame.window.endsAt },
    recording: state.sound === 'recorded',
    reflectionUntil: frame.due.reflection,
    readingUntil: frame.due.reading,
    talkUntil: frame.due.talk,
    acknowledgeUntil: acknowledging(state),
    revealed: state.revealed,
    reflectionState: state.reflection,
    readingsIn: readingsIn(state),
    reflection: reflectionOf(me, state, seen),
    reflectionDraftId: side === 'agent' ? writable('reflection') : null,
    goalDraftId: writable('goal'),
    lastWordDraftId: side === 'agent' ? writable('last-word') : null,
    slots,
    goal: goalOf(state, seen.goal),
    lastGoal: locked === null ? await lastGoal(house, state) : null,
    talk: { bookedAt: state.talkAt, heldAt: state.heldAt },
    lastWords: seen.lastWords.flatMap(({ words, writtenAt }) => (words === null ? [] : [{ text: words, writtenAt }])),
    records: recordsOf(state, seen),
    correctionAsked: between.wishes.has('correction'),
    mustBeRight: shared ? [] : seen.mustBeRight,
    listening: await listeningOf(house, me, admitted),
    practice: locked === null ? between.practice : [],
    help: locked === null ? between.help : [],
    coachChange: state.coachToBe && {
      to: names(state.coachToBe.coach),
      takesEffectAt: state.coachToBe.from
    },
    wishesAnotherCoach: side === 'agent' && between.wishes.has('another-coach'),
    resumeAsked: side === 'agent' && state.end !== null && !state.end.agreedToResume && frame.row.state === 'open',
    keepUntil:
      side === 'agent' && state.revealed && state.end?.texts === 'until-purge' ? state.end.at + PURGE_MS : null,
    sharedWithCoach: between.wishes.has('share'),
    sharedEarlier: side === 'coach' && !shared ? await sharedEarlier(house, state) : [],
    lockedUntil: locked
  };
}

/** Words, levels and moments rest; who and when stays, so that the page can say what happened. */
function withoutWords(contents: Contents): Contents {
  return { ...contents, readings: [], reflection: [], goal: null, lastWords: [], records: [], mustBeRight: [] };
}

function writableDraft(
  house: CoachingHouse,
  me: PersonViewer,
  state: Participation,
  frame: OwnFrame,
  of: 'reflection' | 'goal' | 'last-word'
): string | null {
  const actor = { kind: 'person' as const, person: me.personId, roles: me.roles };
  const around = bareCircumstances(actor, house.now(), domainFrame(frame));
  return mayWriteNow(state, { of }, actor, around) === null ? subjectOf({ of }, state.id) : null;
}

function waitsFor(state: Participation): ParticipationView['waitsFor'] {
  switch (step(state)) {
    case 'planned':
      return 'time';
    case 'reflecting':
      return readingsIn(state) ? 'agent' : 'both';
    case 'reviewing':
      return 'coach';
    case 'ready-to-talk':
      return 'both';
    case 'talked':
      return 'agent';
    default:
      return 'nobody';
  }
}

const readingsIn = ({ places }: Participation): boolean => {
  const calls = places.filter(({ call }) => call !== null);
  return calls.length > 0 && calls.every(({ coachReading }) => coachReading !== null);
};

function acknowledging(state: Participation): number | null {
  if (state.heldAt === null || isAcknowledged(state) || state.end !== null) return null;
  return acknowledgeUntil(state.heldAt, state.correction?.openedAt ?? null, state.resumedAt);
}

function reflectionOf(me: PersonViewer, state: Participation, { reflection }: Contents) {
  if (state.reflection !== 'in' || !may(me, 'read-reflection', on(state))) {
    // Shared from an earlier round: what both have seen is seen once more.
    if (!state.revealed || reflection.length === 0) return null;
  }
  return reflection.flatMap(({ question, words }) => (words === null ? [] : [{ question, text: words }]));
}
const on = ({ agent, coach, revealed }: Participation) => ({ agent, coach, revealed });

function goalOf({ goal }: Participation, words: StoredGoal | null): ParticipationView['goal'] {
  if (goal === null || words === null || words.when === null || words.try === null) return null;
  return {
    version: goal.version,
    criterion: goal.criterion,
    when: words.when,
    try: words.try,
    how: words.how,
    state: goal.agreed ? 'agreed' : 'proposed',
    proposedBy: goal.proposedBy
  };
}

function recordsOf(state: Participation, { records, readings, goal }: Contents): RecordView[] {
  const strengths = state.revealed
    ? readings.flatMap(({ slot, by, strengths: found }) =>
        found.flatMap(({ words, ...one }) => (words === null ? [] : [{ ...one, text: words, slot, by }]))
      )
    : [];
  const versions = records.map(({ version, acknowledgedAt, goal: then }) => ({
    version,
    acknowledgedAt,
    open: acknowledgedAt === null,
    strengths,
    goal: goalOf(state, then)
  }));
  const current = recordVersion(state);
  if (state.heldAt === null || versions.some(({ version }) => version === current)) return versions;
  return [...versions, { version: current, acknowledgedAt: null, open: true, strengths, goal: goalOf(state, goal) }];
}

/** The words of the goal of the round before: all that the next round's coach sees of it. */
async function lastGoal(house: CoachingHouse, state: Participation): Promise<ParticipationView['lastGoal']> {
  const row = await house.db
    .selectFrom('participation')
    .innerJoin('round', 'round.id', 'participation.round')
    .innerJoin('round as present', (join) => join.on('present.id', '=', state.round))
    .select('participation.id')
    .where('participation.agent', '=', state.agent)
    .whereRef('round.starts_at', '<', 'present.starts_at')
    .orderBy('round.starts_at', 'desc')
    .executeTakeFirst();
  const before = row && (await house.participations.load(row.id));
  if (!before?.goal?.agreed) return null;
  const { goal } = (await contentsFor(house.db, house.keys, state.agent, before.id)) ?? { goal: null };
  return goal && goal.when !== null && goal.try !== null ? { when: goal.when, try: goal.try } : null;
}

async function sharedEarlier({ db }: CoachingHouse, state: Participation) {
  const rows = await db
    .selectFrom('participation')
    .innerJoin('participation_wish', 'participation_wish.participation', 'participation.id')
    .innerJoin('round', 'round.id', 'participation.round')
    .innerJoin('round as present', (join) => join.on('present.id', '=', state.round))
    .select(['participation.id', 'round.name'])
    .where('participation_wish.kind', '=', 'share')
    .where('participation.agent', '=', state.agent)
    .whereRef('round.starts_at', '<', 'present.starts_at')
    .orderBy('round.starts_at', 'desc')
    .execute();
  return rows.map(({ id, name }) => ({ id, roundName: name }));
}

/** Also of calls that were withdrawn since: who listened stays told. */
async function listeningOf(house: CoachingHouse, me: PersonViewer, { state, side }: Admitted) {
  const rows = await house.db.selectFrom('slot').select('id').where('participation', '=', state.id).execute();
  const inForce = new Set(state.places.map(({ slot }) => slot));
  // To a coach a call that was withdrawn is as if it never had been: not even their own listening tells of it.
  const slots = rows.map(({ id }) => id).filter((id) => side === 'agent' || inForce.has(id));
  const found = await house.listening.ofSlots(slots);
  return found
    .filter(({ personId }) => may(me, 'read-listening', { ...state, listener: personId }))
    .map(({ personId, name, slot, at }) => ({
      who: { id: personId, name: name ?? '' },
      purpose: 'coaching' as const,
      slot,
      at
    }));
}
