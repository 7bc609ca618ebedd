/** The rules about who takes part: another coach, an end without a reason, and a new start. */
import type { CommandOf, Refusal } from './commands.ts';
import { DAY_MS, gateRefusal, isAgent, isMethodLead, nothingNew, OVER, refused, type Rule } from './deciding.ts';
import type { PersonId } from './level.ts';
import type { Participation } from './participation.ts';

/** How long before it takes effect the agent is told of another coach, unless they say that it is fine. */
export const COACH_NOTICE_MS = DAY_MS;
/** How long the texts of an ended participation wait for the agent to keep them. */
export const PURGE_MS = 30 * DAY_MS;

export const changeCoach: Rule<CommandOf<'changeCoach'>> = (state, { coach }, { actor, now, lineOfAgent }) => {
  if (!isMethodLead(actor)) return refused('not-found');
  const gate = gateRefusal(state, OVER);
  if (gate !== null) return refused(gate);
  const refusal = coachRefusal(state, coach, lineOfAgent);
  if (refusal !== null) return refused(refusal);
  if (coach === state.coach || coach === state.coachToBe?.coach) return refused('same-coach');
  return { facts: [{ kind: 'CoachChangeAnnounced', at: now, coach, from: now + COACH_NOTICE_MS }] };
};

/** From this instant the former coach hears and writes nothing more. Asked again, for managers change too. */
export const completeCoachChange: Rule<CommandOf<'completeCoachChange'>> = (state, _command, circumstances) => {
  const { actor, now, lineOfAgent } = circumstances;
  if (!isAgent(state, actor) && actor.kind !== 'system') return refused('not-found');
  const gate = gateRefusal(state, OVER);
  if (gate !== null) return refused(gate);
  if (state.coachToBe === null) return refused('nothing-announced');
  const { coach, from } = state.coachToBe;
  if (actor.kind === 'system' && now < from) return refused('not-due');
  const refusal = coachRefusal(state, coach, lineOfAgent);
  if (refusal !== null) return refused(refusal);
  return { facts: [{ kind: 'CoachChanged', at: now, coach, was: state.coach }] };
};

/** Not known is not allowed: a line of management that could not be told refuses as well. */
function coachRefusal({ agent }: Participation, coach: PersonId, line: readonly PersonId[] | null): Refusal | null {
  if (coach === agent || line === null) return { code: 'not-found' };
  return line.includes(coach) ? { code: 'own-manager', person: coach } : null;
}

/** The agent's and the method lead's, and the clock's when the round closes. No command carries a reason. */
export const endParticipation: Rule<CommandOf<'endParticipation'>> = (state, _command, { actor, now }) => {
  if (!isAgent(state, actor) && !isMethodLead(actor) && actor.kind !== 'system') return refused('not-found');
  const gate = gateRefusal(state, OVER);
  if (gate !== null) return refused(gate);
  // What was acknowledged stands: only its open correction ends.
  if (state.correction !== null) {
    return { facts: [{ kind: 'CorrectionDropped', at: now, version: state.correction.version }] };
  }
  return { facts: [{ kind: 'ParticipationEnded', at: now }] };
};

export const agreeToResume: Rule<CommandOf<'agreeToResume'>> = (state, _command, { actor, now }) => {
  if (!isAgent(state, actor)) return refused('not-found');
  if (state.end === null) return refused(gateRefusal(state, { acknowledged: 'acknowledged' }) ?? 'not-ended');
  return state.end.agreedToResume ? nothingNew : { facts: [{ kind: 'ResumeAgreed', at: now }] };
};

/** Back to the step that follows from what is left. What was destroyed stays so. */
export const resume: Rule<CommandOf<'resume'>> = (state, _command, { actor, now, round }) => {
  if (!isMethodLead(actor)) return refused('not-found');
  if (state.end === null) return refused(gateRefusal(state, { acknowledged: 'acknowledged' }) ?? 'not-ended');
  if (round.state !== 'open') return refused('round-not-open');
  if (!state.end.agreedToResume) return refused('needs-agent');
  return { facts: [{ kind: 'ParticipationResumed', at: now }] };
};

/** What they were shown is theirs to keep; what they were never shown is gone. */
export const keepTexts: Rule<CommandOf<'keepTexts'>> = (state, _command, { actor, now }) => {
  if (!isAgent(state, actor)) return refused('not-found');
  if (state.end === null) return refused(gateRefusal(state, { acknowledged: 'acknowledged' }) ?? 'not-ended');
  if (!state.revealed) return refused('not-both-in');
  if (state.end.texts === 'destroyed') return refused('not-found');
  return state.end.texts === 'kept' ? nothingNew : { facts: [{ kind: 'TextsKept', at: now }] };
};

export const deleteTexts: Rule<CommandOf<'deleteTexts'>> = (state, _command, { actor, now }) => {
  if (!isAgent(state, actor)) return refused('not-found');
  if (state.end === null) return refused(gateRefusal(state, { acknowledged: 'acknowledged' }) ?? 'not-ended');
  return { facts: [{ kind: 'TextsDestroyed', at: now, whose: 'both' }] };
};

/** The clock's, once: the coach's readings when they were revealed, else the agent's own, which they could download. */
export const purgeTexts: Rule<CommandOf<'purgeTexts'>> = (state, _command, { actor, now }) => {
  if (actor.kind !== 'system') return refused('not-found');
  if (state.end === null || state.end.texts !== 'until-purge') return refused('not-due');
  if (now < state.end.at + PURGE_MS) return refused('not-due');
  return { facts: [{ kind: 'TextsDestroyed', at: now, whose: state.revealed ? 'coach' : 'agent' }] };
};
