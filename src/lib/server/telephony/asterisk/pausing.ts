import type { Line } from './line.ts';
import type { Message } from './message.ts';
import type { Timers } from './timers.ts';

/** `refused`: our user lacks the write class `agent`. `not-member`: the PBX knows no such member in any queue. */
export type PauseAnswer = 'done' | 'refused' | 'not-member' | 'no-contact';

/** Who pressed a button does not wait longer for it. */
const answerWithinMs = 5_000;

export interface PauseWish {
  /** As the PBX itself calls the member. */
  member: string;
  paused: boolean;
  /** Stands in the PBX's own records, not in ours. */
  reason: string | null;
}

/** Asks for a member's pause in all its queues; null without contact, or without an answer in time. */
export function queuePause(line: Line | null, { member, paused, reason }: PauseWish, timers: Timers) {
  if (!line) return Promise.resolve(null);
  const fields = { Interface: member, Paused: String(paused), ...(reason ? { Reason: reason } : {}) };
  return new Promise<Message | null>((resolve) => {
    const timer = timers.setTimeout(() => resolve(null), answerWithinMs);
    const done = ({ response }: { response: Message }) => {
      timers.clearTimeout(timer);
      resolve(response);
    };
    line.ask('QueuePause', null, done, { fields });
  });
}

/**
 * What several answers say together; null is none. One member that was taken is enough: a member that has signed out
 * since it was last named is answered with an error, and hinders nothing.
 */
export function pauseAnswer(answers: readonly (Message | null)[]): PauseAnswer {
  if (answers.some((answer) => answer?.name === 'Success')) return 'done';
  if (answers.some((answer) => answer?.first('Message')?.includes('ermission denied'))) return 'refused';
  return answers.some((answer) => answer !== null) ? 'not-member' : 'no-contact';
}
