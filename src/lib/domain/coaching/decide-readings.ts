/** The rules about what the two write on their own: drafts, reflection, readings and the private list. */
import type { CommandOf, PlainRefusal } from './commands.ts';
import { AFTER_REVEAL, DAY_MS, FROZEN, gateRefusal, isAgent, isCoach, isPair, OVER, refused } from './deciding.ts';
import type { Gate, Rule } from './deciding.ts';
import { chosenPlace } from './places.ts';
import {
  agentReadingRefusal,
  COACH_LETTERS_MOST,
  coachReadingRefusal,
  goalRefusal,
  holdsIdentityNumber,
  letters,
  ownStrengthsRefusal
} from './reading.ts';

/** How long after the reflection's date the coach may go on without it. */
export const REFLECTION_GRACE_MS = 7 * DAY_MS;

const OWN_WRITING: Gate = { reviewing: 'reflection-in', ...FROZEN };
/** A goal and a last word can be written after the reveal too, until all is acknowledged. */
const LAST_WORDS: Gate = { planned: 'not-both-in', reflecting: 'not-both-in', reviewing: 'not-both-in' };

/** Whether there still is something to write there. Nothing that is written in it is ever a reason to refuse. */
export const saveDraft: Rule<CommandOf<'saveDraft'>> = (state, { draft }, { actor }) => {
  const agent = isAgent(state, actor);
  if (!agent && !isCoach(state, actor)) return refused('not-found');
  const refusal = ((): PlainRefusal | null => {
    switch (draft.of) {
      case 'reflection':
        return agent ? gateRefusal(state, OWN_WRITING) : 'not-found';
      case 'reading': {
        const gate = gateRefusal(state, agent ? OWN_WRITING : FROZEN);
        const place = chosenPlace(state, draft.slot);
        if (gate !== null) return gate;
        if (place === null) return 'not-found';
        return !agent && place.coachReading !== null ? 'already-in' : null;
      }
      case 'goal':
        return gateRefusal(state, agent ? AFTER_REVEAL : OVER);
      case 'last-word':
        if (!agent) return 'not-yours';
        return gateRefusal(state, state.revealed ? {} : { ...LAST_WORDS, withdrawn: 'ended' });
    }
  })();
  return refusal === null ? { facts: [] } : refused(refusal);
};

/** What made the best call possible, and two strengths of one's own: hidden from the coach until both are in. */
export const handInReflection: Rule<CommandOf<'handInReflection'>> = (
  state,
  command,
  { actor, now, round, draftRevs }
) => {
  if (!isAgent(state, actor)) return refused('not-found');
  const early: Gate = state.sound === 'beside' ? {} : { planned: 'no-calls' };
  const gate = gateRefusal(state, { ...early, reviewing: 'already-in', ...FROZEN });
  if (gate !== null) return refused(gate);
  if (command.revs !== draftRevs) return refused('stale-draft');
  const { answers, readings } = command;
  const calls = state.places.filter(({ call }) => call !== null).length;
  const few = ownStrengthsRefusal(
    readings.map(({ content }) => content),
    calls
  );
  if (few !== null) return refused(few);
  for (const { slot, content } of readings) {
    const place = chosenPlace(state, slot);
    if (place === null) return refused('not-found');
    const refusal = agentReadingRefusal(content, { slot, criteria: round.criteria, spanMs: place.call.spanMs, now });
    if (refusal !== null) return refused(refusal);
  }
  const found = answers.find(({ words }) => holdsIdentityNumber(words, now));
  if (found !== undefined) return refused({ code: 'identity-number', path: found.path });
  return {
    facts: [{ kind: 'ReflectionHandedIn', at: now, readings: readings.map(({ slot, reading }) => ({ slot, reading })) }]
  };
};

/** The agent's second thoughts, also about a reflection that was skipped, until both have seen. */
export const takeBackReflection: Rule<CommandOf<'takeBackReflection'>> = (state, _command, { actor, now }) => {
  if (!isAgent(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, { planned: 'not-in', reflecting: 'not-in', ...FROZEN });
  return gate === null ? { facts: [{ kind: 'ReflectionTakenBack', at: now }] } : refused(gate);
};

export const skipReflection: Rule<CommandOf<'skipReflection'>> = (state, _command, { actor, now, round }) => {
  if (!isPair(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, { planned: 'no-calls', reviewing: 'already-in', ...FROZEN });
  if (gate !== null) return refused(gate);
  const agent = isAgent(state, actor);
  if (!agent && now < round.reflectionDueAt + REFLECTION_GRACE_MS) return refused('not-due');
  return { facts: [{ kind: 'ReflectionSkipped', at: now }] };
};

export const handInReading: Rule<CommandOf<'handInReading'>> = (state, command, circumstances) => {
  const { actor, now, round, draftRevs, goalDraft } = circumstances;
  if (!isCoach(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, { planned: 'no-calls', ...FROZEN, 'ready-to-talk': 'already-in' });
  if (gate !== null) return refused(gate);
  const { slot, reading, content } = command;
  const place = chosenPlace(state, slot);
  if (place === null) return refused('not-found');
  if (place.coachReading !== null) return refused('already-in');
  if (command.revs !== draftRevs) return refused('stale-draft');
  const refusal = coachReadingRefusal(content, { slot, criteria: round.criteria, spanMs: place.call.spanMs, now });
  if (refusal !== null) return refused(refusal);
  // The goal on the same form may be half-written. But what could reach the agent at the reveal holds no such number.
  const goal = goalDraft && goalRefusal(goalDraft, round.criteria, now);
  if (goal?.code === 'identity-number') return refused(goal);
  const author = state.coach;
  return { facts: [{ kind: 'ReadingHandedIn', at: now, slot, reading, author }] };
};

export const takeBackReading: Rule<CommandOf<'takeBackReading'>> = (state, { slot }, { actor, now }) => {
  if (!isCoach(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, { planned: 'not-in', ...FROZEN });
  if (gate !== null) return refused(gate);
  const place = chosenPlace(state, slot);
  if (place === null) return refused('not-found');
  if (place.coachReading === null) return refused('not-in');
  const { reading, author } = place.coachReading;
  // What a former coach handed in stays theirs: the successor has not even seen it.
  if (author !== state.coach) return refused('not-yours');
  return { facts: [{ kind: 'ReadingTakenBack', at: now, slot, reading }] };
};

/** About the caller, apart from every level, and gone when the record is acknowledged. */
export const answerMustBeRight: Rule<CommandOf<'answerMustBeRight'>> = (state, command, { actor, now }) => {
  if (!isCoach(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, { planned: 'no-calls', ...OVER });
  if (gate !== null) return refused(gate);
  const { slot, answer, text } = command;
  if (chosenPlace(state, slot) === null) return refused('not-found');
  if (text !== null) {
    if (answer !== 'in-private') return refused('text-unasked');
    if (letters(text.words) > COACH_LETTERS_MOST) return refused({ code: 'too-long', most: COACH_LETTERS_MOST });
    if (holdsIdentityNumber(text.words, now)) return refused({ code: 'identity-number', path: 'text' });
  }
  return { facts: [{ kind: 'MustBeRightNoted', at: now, slot }] };
};
