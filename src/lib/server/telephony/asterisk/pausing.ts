import type { Message } from './message.ts';

/** `refused`: our user lacks the write class `agent`. `not-member`: the PBX knows no such member in any queue. */
export type PauseAnswer = 'done' | 'refused' | 'not-member' | 'no-contact';

/** The action that pauses a member in all its queues. The reason stands in the PBX's own records, not in ours. */
export function queuePause(member: string, paused: boolean, reason: string | null): [string, Record<string, string>] {
  return ['QueuePause', { Interface: member, Paused: String(paused), ...(reason ? { Reason: reason } : {}) }];
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
