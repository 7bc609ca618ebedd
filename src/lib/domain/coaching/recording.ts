/**
 * When a recording of a call may come in, and which part of it is whose. Most calls must never become recordings here:
 * the rule below says no until everything says yes.
 */
import type { Entry } from '../telephony/call.ts';
import type { Instant, Period } from '../time.ts';

/** The shortest talk that anything can be heard in. */
export const LEAST_TALK_MS = 60_000;
/** How much a recording and the log may differ before we no longer know which of its seconds are whose. */
export const CLOCK_TOLERANCE_MS = 5_000;

/** What is known around the call that a recording seems to be of. */
export interface Circumstances {
  /** Its queue may be recorded: somebody decided it, and callers are told. */
  queueAllowed: boolean;
  /** Whoever answered takes part in an open round, and has not ended it. */
  takesPart: boolean;
  /** The announced windows of those rounds. */
  windows: readonly Period[];
  /** The caller said that they did not want it kept. */
  callerSaidNo: boolean;
}
/** Why a recording does not come in, as codes: they are counted, and nothing else about the file is kept. */
export const NOT_ADMITTED = [
  'no-call',
  'not-answered',
  'queue-not-allowed',
  'not-taking-part',
  'no-window',
  'too-short',
  'caller-said-no'
] as const;
export type NotAdmitted = (typeof NOT_ADMITTED)[number];

/** Null when the recording of this call may come in. A call that is still going on is neither: ask again later. */
export function refusalOf(
  call: Pick<Entry, 'answeredAt' | 'talkEndedAt'>,
  around: Circumstances
): NotAdmitted | 'talking' | null {
  const { answeredAt, talkEndedAt } = call;
  if (answeredAt === null) return 'not-answered';
  if (!around.queueAllowed) return 'queue-not-allowed';
  if (!around.takesPart) return 'not-taking-part';
  if (!around.windows.some(({ startsAt, endsAt }) => startsAt <= answeredAt && answeredAt < endsAt)) return 'no-window';
  if (around.callerSaidNo) return 'caller-said-no';
  if (talkEndedAt === null) return 'talking';
  return talkEndedAt - answeredAt < LEAST_TALK_MS ? 'too-short' : null;
}

/**
 * `running`: the recording goes on while the caller is on hold, so its time is the clock's. `bridged`: it only runs
 * while the two can hear each other, and holds are missing from it.
 */
export type RecordingClock = 'running' | 'bridged';

/** A stretch of a recording, in its own time. */
export interface Stretch {
  fromMs: number;
  untilMs: number;
}
export interface OwnPart extends Stretch {
  clock: RecordingClock;
  /** The instant that `fromMs` is. */
  startsAt: Instant;
}

/**
 * Which stretch of a recording is the talk with this agent, from the answer until their own leg hung up: the wait in the
 * queue before it and the next agent after it are other people's.
 *
 * `beganAt` is when the recording began, where its name or the exchange's habit tells; null when it begins with the
 * answer. Null is given back when the lengths cannot agree with what the log tells, for then the seconds of one person
 * could be taken for another's: such a recording does not come in.
 */
export function ownPart(
  call: Pick<Entry, 'answeredAt' | 'talkEndedAt' | 'heldMs'>,
  recording: { lengthMs: number; beganAt: Instant | null }
): OwnPart | null {
  const { answeredAt, talkEndedAt, heldMs } = call;
  if (answeredAt === null || talkEndedAt === null) return null;
  const talkMs = talkEndedAt - answeredAt;
  const { lengthMs } = recording;
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= CLOCK_TOLERANCE_MS;
  // What only runs while somebody is bridged begins with the answer, whenever it was ordered.
  if (heldMs > 2 * CLOCK_TOLERANCE_MS && near(lengthMs, talkMs - heldMs))
    return { clock: 'bridged', startsAt: answeredAt, fromMs: 0, untilMs: Math.min(lengthMs, talkMs - heldMs) };
  const beganAt = recording.beganAt ?? answeredAt;
  const endsAt = beganAt + lengthMs;
  // It goes on with somebody else, and there were holds that may be missing from it: where the talk ends is not known.
  if (heldMs > 0 && endsAt > talkEndedAt + CLOCK_TOLERANCE_MS) return null;
  if (beganAt > answeredAt + CLOCK_TOLERANCE_MS || endsAt < talkEndedAt - CLOCK_TOLERANCE_MS) return null;
  const startsAt = Math.max(beganAt, answeredAt);
  const untilMs = Math.min(lengthMs, talkEndedAt - beganAt);
  return { clock: 'running', startsAt, fromMs: startsAt - beganAt, untilMs };
}

/** What is stored of a recording, as far as time goes. */
export interface StoredPart {
  startsAt: Instant;
  lengthMs: number;
  clock: RecordingClock;
}
export interface HeardPart extends Stretch {
  /** How much of the talk went by before the recording began: silence stands in its place, so that moments agree. */
  lateMs: number;
}

/**
 * The stretch of a stored recording that belongs to the span of a slot. Nothing outside the span can be in it, whatever
 * is asked for; null when the two have nothing in common.
 */
export function heardPart(stored: StoredPart, span: { from: Instant; to: Instant }): HeardPart | null {
  const spanMs = span.to - span.from;
  if (stored.clock === 'bridged') {
    // Its time is not the clock's, so only a span that begins where it does can be cut out of it.
    if (stored.startsAt !== span.from) return null;
    return { lateMs: 0, fromMs: 0, untilMs: Math.min(stored.lengthMs, spanMs) };
  }
  const lateMs = Math.max(0, stored.startsAt - span.from);
  const fromMs = Math.max(0, span.from - stored.startsAt);
  const untilMs = Math.min(stored.lengthMs, span.to - stored.startsAt);
  return untilMs > fromMs ? { lateMs, fromMs, untilMs } : null;
}
