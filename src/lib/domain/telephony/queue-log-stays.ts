import type { OverflowWhy, PassedOnHow } from './event.ts';
import type { QueueLogLine } from './queue-log-line.ts';

/** One stay of one caller in one queue, as queue_log tells it. Times are seconds of the PBX's clock. */
export interface LoggedStay {
  uniqueid: string;
  queue: string;
  joined: LoggedMoment;
  /** The number he called from; null when it is withheld. */
  caller: string | null;
  /** The queue that the same channel was in before. */
  from: string | null;
  /** How he left without an answer. */
  left:
    | (LoggedMoment & { how: 'abandoned' | 'overflowed' | 'lost'; why: OverflowWhy | null; pressed: string | null })
    | null;
  answered: (LoggedMoment & { member: string }) | null;
  ended: (LoggedMoment & { by: 'caller' | 'agent' | 'passed-on' | 'pbx'; passedOn: PassedOnHow | null }) | null;
  /** The PBX was started anew after he joined and before the log knew how it ended. */
  cutByRestart: boolean;
}
/** `key` names the line: a second import finds the same. */
export interface LoggedMoment {
  second: number;
  key: string;
}

const exits: ReadonlyMap<string, OverflowWhy> = new Map([
  ['EXITWITHTIMEOUT', 'time-out'],
  ['EXITEMPTY', 'empty'],
  ['EXITWITHKEY', 'key'],
  ['WITHDRAW', 'withdrawn']
]);
/** So long may a caller who was redirected out of a queue need to join another one. */
const mayMoveOnSeconds = 120;

/**
 * Puts lines together to stays, in the order of the file. A stay is given out when it is over: when the talk has ended,
 * when the caller left otherwise, or when the PBX was started anew and nothing more will come.
 *
 * ABANDON is also written for a waiting caller whom somebody redirected. Who then joins a queue again on the same
 * channel cannot have hung up: he moved. So a stay that was given up is held for two minutes of the log's time.
 */
export class QueueLogStays {
  #open = new Map<string, LoggedStay[]>(); // by uniqueid
  #abandoned = new Map<string, LoggedStay>(); // by uniqueid, in the order of leaving
  #lastQueue = new Map<string, { queue: string; second: number }>();
  #numbered = new Map<string, number>();
  /** How far the log's time has come. */
  second = 0;
  /** Seconds in which the PBX was started anew. */
  readonly restarts: number[] = [];

  /** The stays that are over because of this line. */
  take(line: QueueLogLine): LoggedStay[] {
    const over = this.advance(line.second);
    if (line.verb === 'QUEUESTART') return [...over, ...this.#restarted(line.second)];
    if (line.verb === 'ENTERQUEUE') this.#joined(line, over);
    else this.#happened(line, over);
    return over;
  }

  /** The log's time has come so far: whom nobody saw again did hang up. */
  advance(second: number): LoggedStay[] {
    if (second <= this.second) return [];
    this.second = second;
    this.#numbered.clear();
    const over: LoggedStay[] = [];
    for (const [uniqueid, stay] of this.#abandoned) {
      if (stay.left!.second + mayMoveOnSeconds > second) break;
      this.#abandoned.delete(uniqueid);
      over.push(stay);
    }
    return over;
  }

  /** At the end of a file: who hung up did so, and who talks has been answered. Who still waits is not told of. */
  rest(): LoggedStay[] {
    const talking = [...this.#open.values()].flat().filter((stay) => stay.answered);
    const rest = [...this.#abandoned.values(), ...talking];
    this.#abandoned.clear();
    return rest;
  }

  #joined(line: QueueLogLine, over: LoggedStay[]): void {
    const { uniqueid, queue, args, second } = line;
    const moved = this.#abandoned.get(uniqueid);
    if (moved) {
      this.#abandoned.delete(uniqueid);
      over.push({ ...moved, left: { ...moved.left!, how: 'overflowed', why: 'moved' } });
    }
    this.#redirected(line, over);
    const number = args[1]?.trim() ?? '';
    const stay: LoggedStay = {
      uniqueid,
      queue,
      joined: this.#moment(line),
      caller: /^\+?[0-9]+$/.test(number) ? number : null,
      from: this.#lastQueue.get(uniqueid)?.queue ?? null,
      left: null,
      answered: null,
      ended: null,
      cutByRestart: false
    };
    this.#remember(uniqueid, queue, second);
    const open = this.#open.get(uniqueid);
    if (open) open.push(stay);
    else this.#open.set(uniqueid, [stay]);
  }

  /** A caller who talks and joins a queue was redirected; the line that ends that talk comes only when all is over. */
  #redirected(line: QueueLogLine, over: LoggedStay[]): void {
    const open = this.#open.get(line.uniqueid);
    const stay = open?.find((one) => one.answered !== null);
    if (!open || !stay) return;
    const key = `${stay.answered!.key}|redirect`;
    stay.ended = { second: line.second, key, by: 'passed-on', passedOn: 'redirect' };
    this.#close(open, stay);
    over.push(stay);
  }

  #happened(line: QueueLogLine, over: LoggedStay[]): void {
    const { uniqueid, queue, verb, args } = line;
    const open = this.#open.get(uniqueid);
    const talks = verb.startsWith('COMPLETE') || verb.endsWith('TRANSFER');
    const stay = open?.find((one) => one.queue === queue && (one.answered !== null) === talks);
    if (!open || !stay) return;
    const exit = exits.get(verb);
    if (verb === 'CONNECT') {
      stay.answered = { ...this.#moment(line), member: line.member };
      return;
    }
    if (verb === 'ABANDON') stay.left = { ...this.#moment(line), how: 'abandoned', why: null, pressed: null };
    else if (exit !== undefined)
      stay.left = { ...this.#moment(line), how: 'overflowed', why: exit, pressed: exit === 'key' ? args[0]! : null };
    else if (talks) stay.ended = { ...this.#moment(line), ...ending(verb) };
    else return;
    this.#close(open, stay);
    if (verb === 'ABANDON') this.#abandoned.set(uniqueid, stay);
    else over.push(stay);
  }

  /** Nobody of before is still there. What the log does not tell of them, nothing will. */
  #restarted(second: number): LoggedStay[] {
    this.restarts.push(second);
    const over = [...this.#abandoned.values()];
    for (const stay of [...this.#open.values()].flat()) {
      const cut = { second, key: `${stay.joined.key}|QUEUESTART` };
      stay.cutByRestart = true;
      if (stay.answered) stay.ended = { ...cut, by: 'pbx', passedOn: null };
      else stay.left = { ...cut, how: 'lost', why: null, pressed: null };
      over.push(stay);
    }
    this.#abandoned.clear();
    this.#open.clear();
    this.#lastQueue.clear();
    return over;
  }

  #close(open: LoggedStay[], stay: LoggedStay): void {
    if (open.length === 1) this.#open.delete(stay.uniqueid);
    else open.splice(open.indexOf(stay), 1);
  }

  /** Same second, call, queue and verb: the second one is number 2. */
  #moment({ second, uniqueid, queue, verb }: QueueLogLine): LoggedMoment {
    const name = `ql|${second}|${uniqueid}|${queue}|${verb}`;
    const number = (this.#numbered.get(name) ?? 0) + 1;
    this.#numbered.set(name, number);
    return { second, key: `${name}|${number}` };
  }

  /** Which queue a channel was in last, for as long as channels live; the oldest are forgotten. */
  #remember(uniqueid: string, queue: string, second: number): void {
    this.#lastQueue.delete(uniqueid);
    this.#lastQueue.set(uniqueid, { queue, second });
    for (const [oldest, last] of this.#lastQueue) {
      if (second - last.second < 6 * 3600 && this.#lastQueue.size < 20_000) break;
      this.#lastQueue.delete(oldest);
    }
  }
}

/** Where he was passed on to is left unread: it may be somebody's telephone number. */
function ending(verb: string): Omit<NonNullable<LoggedStay['ended']>, keyof LoggedMoment> {
  if (verb === 'COMPLETECALLER') return { by: 'caller', passedOn: null };
  if (verb === 'COMPLETEAGENT') return { by: 'agent', passedOn: null };
  return { by: 'passed-on', passedOn: verb === 'ATTENDEDTRANSFER' ? 'attended' : 'blind' };
}
