/**
 * What comes of a command: facts, or why not. Pure: time, chance, ids and everything looked up come in with the
 * circumstances, so the service can decide once more after a clash, and a test can state every cell of the table.
 */
import type { Circumstances, Command, Decision } from './commands.ts';
import * as calls from './decide-calls.ts';
import * as readings from './decide-readings.ts';
import * as takingPart from './decide-taking-part.ts';
import * as talk from './decide-talk.ts';
import { evolve } from './evolve.ts';
import type { Fact } from './facts.ts';
import type { Participation } from './participation.ts';
import { isRevealDue } from './places.ts';
import { goalRefusal } from './reading.ts';

export function decide(state: Participation, command: Command, circumstances: Circumstances): Decision {
  const decision = ruled(state, command, circumstances);
  if ('refusal' in decision) return decision;
  const after = decision.facts.reduce(evolve, state);
  return { facts: [...decision.facts, ...revealIfDue(after, circumstances)] };
}

/**
 * Every command ends here, because many can be the last that was waited for: a reading, a reflection, a skip, a call
 * withdrawn or voided, a draw that found nothing. The coach's goal on the form becomes a proposal when it is whole; one
 * that is half-written stays a draft.
 */
function revealIfDue(state: Participation, { now, round, goalDraft }: Circumstances): Fact[] {
  if (!isRevealDue(state)) return [];
  const revealed: Fact = { kind: 'ReadingsRevealed', at: now };
  if (goalDraft === null || goalRefusal(goalDraft, round.criteria, now) !== null) return [revealed];
  return [revealed, talk.goalProposed(state, goalDraft, 'coach', now)];
}

function ruled(state: Participation, command: Command, circumstances: Circumstances): Decision {
  switch (command.kind) {
    case 'drawSample':
      return calls.drawSample(state, command, circumstances);
    case 'chooseCall':
      return calls.chooseCall(state, command, circumstances);
    case 'withdrawCall':
      return calls.withdrawCall(state, command, circumstances);
    case 'slotVoid':
      return calls.slotVoid(state, command, circumstances);
    case 'soundGone':
      return calls.soundGone(state, command, circumstances);
    case 'closeSilentCall':
      return calls.closeSilentCall(state, command, circumstances);
    case 'saveDraft':
      return readings.saveDraft(state, command, circumstances);
    case 'handInReflection':
      return readings.handInReflection(state, command, circumstances);
    case 'takeBackReflection':
      return readings.takeBackReflection(state, command, circumstances);
    case 'skipReflection':
      return readings.skipReflection(state, command, circumstances);
    case 'handInReading':
      return readings.handInReading(state, command, circumstances);
    case 'takeBackReading':
      return readings.takeBackReading(state, command, circumstances);
    case 'answerMustBeRight':
      return readings.answerMustBeRight(state, command, circumstances);
    case 'bookTalk':
      return talk.bookTalk(state, command, circumstances);
    case 'proposeGoal':
      return talk.proposeGoal(state, command, circumstances);
    case 'agreeGoal':
      return talk.agreeGoal(state, command, circumstances);
    case 'holdTalk':
      return talk.holdTalk(state, command, circumstances);
    case 'writeLastWord':
      return talk.writeLastWord(state, command, circumstances);
    case 'acknowledge':
      return talk.acknowledge(state, command, circumstances);
    case 'lapse':
      return talk.lapse(state, command, circumstances);
    case 'correct':
      return talk.correct(state, command, circumstances);
    case 'redact':
      return talk.redact(state, command, circumstances);
    case 'changeCoach':
      return takingPart.changeCoach(state, command, circumstances);
    case 'completeCoachChange':
      return takingPart.completeCoachChange(state, command, circumstances);
    case 'endParticipation':
      return takingPart.endParticipation(state, command, circumstances);
    case 'agreeToResume':
      return takingPart.agreeToResume(state, command, circumstances);
    case 'resume':
      return takingPart.resume(state, command, circumstances);
    case 'keepTexts':
      return takingPart.keepTexts(state, command, circumstances);
    case 'deleteTexts':
      return takingPart.deleteTexts(state, command, circumstances);
    case 'purgeTexts':
      return takingPart.purgeTexts(state, command, circumstances);
  }
}
