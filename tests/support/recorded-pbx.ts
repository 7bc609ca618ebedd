import type { Socket } from 'node:net';
import type { Capture } from './captures.ts';
import type { FakeClock } from './fake-clock.ts';

/**
 * A PBX on a real TCP port that says what a real Asterisk once said, at the same moments of a fake clock, and answers
 * whoever is connected now from the state which those words leave.
 *
 *     const clock = new FakeClock(startOf(capture));
 *     const pbx = await RecordedPbx.start(capture, clock);
 *     const source = new AsteriskSource({ host: pbx.host, port: pbx.port, dial: pbx.dial, timers: clock, … });
 *     await source.start(sink);              // sink.now = clock.now
 *     await pbx.playToEnd();                 // every byte has arrived and every promise has run at each instant
 *     await source.stop();
 *     await pbx.close();
 */
export interface RecordedPbxOptions {
  /** What the PBX lets this user read; the real classes, `agent,call,system,user,…`. All by default. */
  read?: string[];
  /** What the user may do: `reporting` for CoreShowChannels. */
  write?: string[];
  user?: string;
  secret?: string;
  /** How far the PBX's own clock is ahead of ours. */
  skewMs?: number;
}
export interface RecordedPbxLike {
  readonly host: string;
  readonly port: number;
  /** Use this to connect: it lets `settle` see the client's end of each connection. */
  readonly dial: (options: { host: string; port: number }) => Socket;
  /** Waits until every byte written on either side has been read on the other and promises have run. No time passes. */
  settle(): Promise<void>;
  /** Lets the fake clock run to `at`, playing what falls on the way and firing every timer, settling after each. */
  playUntil(at: number): Promise<void>;
  /** Plays everything, and `afterMs` more (2 s unless told). */
  playToEnd(afterMs?: number): Promise<void>;
  /** Until told otherwise, by kind. */
  misbehave(how: Misbehaviour | null): void;
  close(): Promise<void>;
}
/**
 * `mute`: takes connections and answers nothing, and what is played is held back. `refusing`: nobody listens.
 * `closing`: closes each new connection at once. `garbage`: speaks bytes that are no AMI.
 */
export type Misbehaviour = 'mute' | 'refusing' | 'closing' | 'garbage';

export type StartRecordedPbx = (
  capture: Capture,
  clock: FakeClock,
  options?: RecordedPbxOptions
) => Promise<RecordedPbxLike>;
