/** The rules of the talk and of the record that comes of it. */
import type { CommandOf } from './commands.ts';
import { AFTER_REVEAL, DAY_MS, gateRefusal, isAdministrator, isAgent, isCoach, isPair, OVER } from './deciding.ts';
import { refused, type Rule } from './deciding.ts';
import type { Fact } from './facts.ts';
import type { Side } from './level.ts';
import { recordVersion, step, type Participation } from './participation.ts';
import { goalRefusal, holdsIdentityNumber, letters, type GoalWish } from './reading.ts';
import type { Instant } from '../time.ts';

/** How long an unacknowledged record waits for the agent. */
export const LAPSE_MS = 30 * DAY_MS;

export const bookTalk: Rule<CommandOf<'bookTalk'>> = (state, { talkAt }, { actor, now }) => {
  if (!isPair(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, { talked: 'talk-held', ...OVER });
  if (gate !== null) return refused(gate);
  return talkAt < now ? refused('in-the-past') : { facts: [{ kind: 'TalkBooked', at: now, talkAt }] };
};

/** One goal: another wording takes the place of the one that was read, by naming it, and is to be agreed anew. */
export const proposeGoal: Rule<CommandOf<'proposeGoal'>> = (state, { goal, replaces }, { actor, now, round }) => {
  if (!isPair(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, AFTER_REVEAL);
  if (gate !== null) return refused(gate);
  const refusal = goalRefusal(goal, round.criteria, now);
  if (refusal !== null) return refused(refusal);
  if (state.goal !== null && replaces === null) return refused('second-goal');
  if (replaces !== (state.goal?.version ?? null)) return refused('stale-draft');
  return { facts: [goalProposed(state, goal, isAgent(state, actor) ? 'agent' : 'coach', now)] };
};

/** The goal as a fact. It has its criterion and both halves, or `goalRefusal` would have said so. */
export function goalProposed(state: Participation, goal: GoalWish, by: Side, at: Instant): Fact {
  return {
    kind: 'GoalProposed',
    at,
    version: (state.goal?.version ?? 0) + 1,
    by,
    criterion: goal.criterion ?? '',
    when: goal.when.text,
    try: goal.try.text,
    how: goal.how && goal.how.text
  };
}

/** The other one's: a former coach's proposal is still the coach's side, and the agent's to agree to. */
export const agreeGoal: Rule<CommandOf<'agreeGoal'>> = (state, { version }, { actor, now }) => {
  if (!isPair(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, AFTER_REVEAL);
  if (gate !== null) return refused(gate);
  if (state.goal === null) return refused('no-goal');
  const by: Side = isAgent(state, actor) ? 'agent' : 'coach';
  if (state.goal.proposedBy === by) return refused('own-proposal');
  if (state.goal.version !== version) return refused('stale-draft');
  if (state.goal.agreed) return refused('already-agreed');
  return { facts: [{ kind: 'GoalAgreed', at: now, version, by }] };
};

export const holdTalk: Rule<CommandOf<'holdTalk'>> = (state, _command, { actor, now }) => {
  if (!isPair(state, actor)) return refused('not-found');
  const gate = gateRefusal(state, { ...AFTER_REVEAL, talked: 'talk-held' });
  return gate === null ? { facts: [{ kind: 'TalkHeld', at: now }] } : refused(gate);
};

/** The agent's alone, and never too late: after the acknowledgement it is a dated comment beside what stands. */
export const writeLastWord: Rule<CommandOf<'writeLastWord'>> = (state, { text }, { actor, now }) => {
  if (isCoach(state, actor)) return refused('not-yours');
  if (!isAgent(state, actor)) return refused('not-found');
  if (!state.revealed) return refused(state.end === null ? 'not-both-in' : 'ended');
  if (letters(text.words) === 0) return refused('no-text');
  if (holdsIdentityNumber(text.words, now)) return refused({ code: 'identity-number', path: 'text' });
  return { facts: [{ kind: 'LastWordWritten', at: now, n: state.lastWords + 1, text: text.text }] };
};

export const acknowledge: Rule<CommandOf<'acknowledge'>> = (state, { snapshotHash }, { actor, now }) => {
  if (!isAgent(state, actor)) return refused('not-found');
  const early = { planned: 'talk-not-held', reflecting: 'talk-not-held', reviewing: 'talk-not-held' } as const;
  const gate = gateRefusal(state, { ...early, 'ready-to-talk': 'talk-not-held', ...OVER });
  if (gate !== null) return refused(gate);
  return { facts: [{ kind: 'RecordAcknowledged', at: now, version: recordVersion(state), snapshotHash }] };
};

/**
 * The clock's. A first version that nobody acknowledged becomes the agent's alone; an open correction is discarded, for
 * otherwise it could take back an acknowledgement. The thirty days count from what happened last: a correction of an
 * old talk, or a participation that was resumed, has its own month.
 */
export const lapse: Rule<CommandOf<'lapse'>> = (state, _command, { actor, now }) => {
  if (actor.kind !== 'system') return refused('not-found');
  if (step(state) !== 'talked') return refused('not-due');
  const since = Math.max(state.heldAt ?? 0, state.correction?.openedAt ?? 0, state.resumedAt ?? 0);
  if (now < since + LAPSE_MS) return refused('not-due');
  if (state.correction === null) return { facts: [{ kind: 'ParticipationLapsed', at: now }] };
  return { facts: [{ kind: 'CorrectionDropped', at: now, version: state.correction.version }] };
};

/** The coach's; what stands stays readable to both beside the version that is opened. */
export const correct: Rule<CommandOf<'correct'>> = (state, _command, { actor, now }) => {
  if (!isCoach(state, actor)) return refused('not-found');
  const where = step(state);
  if (where === 'withdrawn') return refused('ended');
  if (where !== 'acknowledged') return refused('not-acknowledged');
  return { facts: [{ kind: 'CorrectionOpened', at: now, version: recordVersion(state) + 1 }] };
};

/** By a decision with a number, and by two: the words are replaced, and a hash says that they were. */
export const redact: Rule<CommandOf<'redact'>> = (_state, { text, decision, second, hash }, { actor, now }) => {
  if (actor.kind !== 'person' || !isAdministrator(actor)) return refused('not-found');
  if (second === actor.person) return refused('needs-two');
  return { facts: [{ kind: 'TextRedacted', at: now, text, decision, second, hash }] };
};
