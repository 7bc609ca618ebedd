import type { Instant } from '../../../domain/time.ts';
import { entryId } from '../../../domain/telephony/entry-id.ts';
import type { EntryId } from '../../../domain/telephony/event.ts';
import type { Agenda } from './agenda.ts';
import type { CityQueue } from './city.ts';
import type { Seeded } from './seeded.ts';
import type { Seat } from './seat.ts';
import type { Teller } from './teller.ts';

/** A caller's telephone call, through however many queues. */
export interface Caller {
  call: string;
  channel: string;
  number: string | null;
}
/** A caller who waits in one queue. */
export interface Waiting {
  entry: EntryId;
  caller: Caller;
  line: Line;
  since: Instant;
  /** Null when nobody's telephone rings for this caller. */
  ringing: Seat | null;
  over: boolean;
}
/** A queue at work: who waits in it, and who is signed in to it. */
export interface Line {
  queue: CityQueue;
  waiting: Waiting[];
  seats: Set<Seat>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export interface LineWork {
  agenda: Agenda;
  chance: Seeded;
  teller: Teller;
  source: string;
  /** Somebody new waits: ring a telephone if one is free. */
  match(line: Line): void;
  /** The caller left while a telephone rang. */
  stopRinging(seat: Seat): void;
  /** Where callers go when a special queue has kept them too long; null when nobody is there either. */
  overflowTo(): Line | null;
}

/** A caller enters a queue, or is refused when it is full or nobody is signed in. */
export function enter(work: LineWork, caller: Caller, line: Line, from?: Line): void {
  const { agenda, chance, teller } = work;
  const queue = line.queue.pbxName;
  if (line.seats.size === 0 || line.waiting.length >= line.queue.limit) {
    const why = line.seats.size === 0 ? 'empty' : 'full';
    return teller.tell({ kind: 'CallRefused', call: caller.call, queue, why });
  }
  // Nobody joins the same queue twice in a second here: the way back takes longer.
  const entry = entryId(work.source, caller.channel, queue, agenda.now, () => false);
  teller.tell({
    kind: 'CallOffered',
    call: caller.call,
    entry,
    queue,
    channel: caller.channel,
    ...(from && { from: from.queue.pbxName }),
    ...(caller.number !== null && { caller: caller.number })
  });
  const waiting: Waiting = { entry, caller, line, since: agenda.now, ringing: null, over: false };
  line.waiting.push(waiting);
  work.match(line);

  const unlessOver = (after: number, act: () => void): void =>
    agenda.at(agenda.now + after, () => {
      if (!waiting.over) act();
    });
  // One in sixty changes their mind at once; the others' patience has a long tail.
  const patience = chance.chance(0.016) ? chance.between(1, 5) * SECOND : chance.lognormal(6.5 * MINUTE, 0.9);
  unlessOver(patience, () => {
    leave(work, waiting);
    teller.tell({ kind: 'CallAbandoned', entry });
  });
  if (chance.chance(0.002))
    unlessOver(chance.between(3, 40) * SECOND, () => {
      leave(work, waiting);
      teller.tell({ kind: 'CallLost', entry, why: 'pbx-ended' });
    });
  if (chance.chance(0.06))
    unlessOver(chance.between(35, 150) * SECOND, () => {
      leave(work, waiting);
      // Key 1 asks to be called back, so this call is over.
      teller.tell({ kind: 'CallOverflowed', entry, why: 'key', pressed: '1' });
    });
  if (line.queue.timeOutMs !== null)
    unlessOver(line.queue.timeOutMs, () => {
      leave(work, waiting);
      teller.tell({ kind: 'CallOverflowed', entry, why: 'time-out' });
      const onward = work.overflowTo();
      if (onward) agenda.at(agenda.now + 700, () => enter(work, caller, onward, line));
    });
}

/** Takes a caller out of the line; what became of them is for the caller of this function to tell. */
export function leave(work: LineWork, waiting: Waiting): void {
  waiting.over = true;
  waiting.line.waiting.splice(waiting.line.waiting.indexOf(waiting), 1);
  if (waiting.ringing) work.stopRinging(waiting.ringing);
}

/** The last agent has signed out: who still waits is sent away. */
export function sendAway(work: LineWork, line: Line): void {
  for (const waiting of [...line.waiting]) {
    leave(work, waiting);
    work.teller.tell({ kind: 'CallOverflowed', entry: waiting.entry, why: 'empty' });
  }
}
