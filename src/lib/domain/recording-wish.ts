import type { QueueId } from './telephony/event.ts';

/** That a queue may be recorded: by somebody's decision, and with the callers' knowledge. */
export interface RecordingWish {
  queue: QueueId;
  /** What the decision is registered under. */
  decision: string;
  /** What callers hear before they are recorded. */
  callerNotice: string;
}
export type RecordingWishRefusal = 'decision' | 'notice' | 'unknown';

/** A reference, or a sentence that is read out: both are shown to everybody who works here. */
export const RECORDING_WORDS_MOST = 300;

/** Null when it may be so; whether there is such a queue, the store knows. */
export function recordingWishRefusal({ decision, callerNotice }: RecordingWish): RecordingWishRefusal | null {
  if (!isSaid(decision)) return 'decision';
  return isSaid(callerNotice) ? null : 'notice';
}

const isSaid = (words: string): boolean => {
  const { length } = [...words.trim()];
  return length > 0 && length <= RECORDING_WORDS_MOST;
};
