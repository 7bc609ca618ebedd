/** The participation after a fact. Facts are past: nothing is refused here, and the same facts give the same state. */
import type { EntryId } from '../telephony/event.ts';
import type { Fact, NextSlot } from './facts.ts';
import type { SlotId } from './level.ts';
import type { Participation, Place } from './participation.ts';

export function evolve(before: Participation, fact: Fact): Participation {
  const state = { ...before, seq: before.seq + 1 };
  switch (fact.kind) {
    case 'SampleDrawn': {
      const drawn = new Map(fact.calls.map(({ slot, call }) => [slot, call]));
      const places = state.places.map((place): Place => {
        const call = drawn.get(place.slot);
        if (call === undefined) return place;
        return call === null ? { ...place, exhausted: true } : { ...place, call, by: 'draw' };
      });
      return { ...state, sample: 'drawn', places };
    }
    case 'SampleFoundEmpty':
      return { ...state, sample: 'empty' };
    case 'CallChosen': {
      const emptied = fact.next === null ? state : withoutCall(state, fact.slot);
      const chosen = { slot: fact.next ?? fact.slot, call: fact.call, by: 'agent' as const };
      return withPlace(emptied, fact.slot, () => chosen);
    }
    case 'CallWithdrawn':
      return withNext(state, fact.slot, fact.next, (place) => place.soundGoneAt === null);
    case 'CallVoided':
      return withNext(state, fact.slot, fact.next, () => false);
    case 'SoundGone':
      return withPlace(state, fact.slot, () => ({ soundGoneAt: fact.at }));
    case 'ReflectionHandedIn': {
      const readings = new Map(fact.readings.map(({ slot, reading }) => [slot, reading]));
      return {
        ...state,
        reflection: 'in',
        places: state.places.map((place) => ({ ...place, agentReading: readings.get(place.slot) ?? null }))
      };
    }
    case 'ReflectionTakenBack':
      return { ...withoutReadings(state, 'agent'), reflection: 'draft' };
    case 'ReflectionSkipped':
      return { ...state, reflection: 'skipped' };
    case 'ReadingHandedIn':
      return withPlace(state, fact.slot, () => ({ coachReading: { reading: fact.reading, author: fact.author } }));
    case 'ReadingTakenBack':
      return withPlace(state, fact.slot, () => ({ coachReading: null }));
    case 'ReadingsRevealed':
      return { ...state, revealed: true };
    case 'MustBeRightNoted':
    case 'TextRedacted':
      return state;
    case 'TalkBooked':
      return { ...state, talkAt: fact.talkAt };
    case 'GoalProposed': {
      const { version, criterion, when, how, by } = fact;
      return { ...state, goal: { version, criterion, when, try: fact.try, how, proposedBy: by, agreed: false } };
    }
    case 'GoalAgreed':
      return { ...state, goal: state.goal && { ...state.goal, agreed: true } };
    case 'TalkHeld':
      return { ...state, heldAt: fact.at };
    case 'LastWordWritten':
      return { ...state, lastWords: fact.n };
    case 'RecordAcknowledged':
      return { ...state, acknowledged: fact.version, correction: null, coachToBe: null };
    case 'CorrectionOpened':
      return { ...state, correction: { version: fact.version, openedAt: fact.at, goal: state.goal } };
    case 'CorrectionDropped':
      return {
        ...state,
        goal: state.correction === null ? state.goal : state.correction.goal,
        correction: null,
        coachToBe: null
      };
    case 'RecordRedacted':
      return { ...state, acknowledged: fact.version };
    case 'CoachChangeAnnounced':
      return { ...state, coachToBe: { coach: fact.coach, from: fact.from } };
    case 'CoachChanged':
      return { ...state, coach: fact.coach, coachToBe: null };
    case 'ParticipationEnded':
      return ended(state, 'ended', fact.at);
    case 'ParticipationLapsed':
      return ended(state, 'lapsed', fact.at);
    case 'ResumeAgreed':
      return { ...state, end: state.end && { ...state.end, agreedToResume: true } };
    case 'ParticipationResumed':
      return { ...state, end: null, resumedAt: fact.at };
    case 'TextsKept':
      return { ...state, end: state.end && { ...state.end, texts: 'kept' } };
    case 'TextsDestroyed': {
      const emptied = withoutReadings(state, fact.whose);
      return {
        ...emptied,
        // What was not revealed is as if never written; what was revealed has been read, and its step stays.
        reflection: fact.whose === 'coach' || state.revealed ? state.reflection : 'draft',
        goal: fact.whose === 'both' ? null : state.goal,
        end: state.end && { ...state.end, texts: 'destroyed' }
      };
    }
  }
}

/** An end destroys what the agent was never shown; what they were shown becomes theirs alone. */
function ended(state: Participation, how: 'ended' | 'lapsed', at: number): Participation {
  const left = state.revealed ? state : withoutReadings(state, 'coach');
  return { ...left, coachToBe: null, end: { how, at, texts: 'until-purge', agreedToResume: false } };
}

function withoutReadings(state: Participation, whose: 'agent' | 'coach' | 'both'): Participation {
  const places = state.places.map((place) => ({
    ...place,
    agentReading: whose === 'coach' ? place.agentReading : null,
    coachReading: whose === 'agent' ? place.coachReading : null
  }));
  return { ...state, places };
}

/** The place without its call: readings gone with it, and the call never comes back. */
function withoutCall(state: Participation, slot: SlotId): Participation {
  const gone: EntryId[] = state.places.flatMap((place) =>
    place.slot === slot && place.call ? [place.call.entry] : []
  );
  const nothing = { call: null, by: null, soundGoneAt: null, agentReading: null, coachReading: null };
  return { ...withPlace(state, slot, () => nothing), goneCalls: [...state.goneCalls, ...gone] };
}

/** `counts`: whether the draw that follows is one of the two that the agent's withdrawals have. */
function withNext(
  state: Participation,
  slot: SlotId,
  next: NextSlot | null,
  counts: (place: Place) => boolean
): Participation {
  const used = new Map(state.places.map((place) => [place.slot, counts(place)])).get(slot) ?? false;
  const emptied = withoutCall(state, slot);
  if (next === null) return emptied;
  return withPlace(emptied, slot, (place) => {
    const drawn = next.drawNo > place.drawNo;
    return {
      slot: next.slot,
      call: next.call,
      by: next.call && ('draw' as const),
      drawNo: next.drawNo,
      redraws: place.redraws + (drawn && used ? 1 : 0),
      exhausted: place.exhausted || (drawn && next.call === null)
    };
  });
}

function withPlace(state: Participation, slot: SlotId, change: (place: Place) => Partial<Place>): Participation {
  const places = state.places.map((place) => (place.slot === slot ? { ...place, ...change(place) } : place));
  return { ...state, places };
}
