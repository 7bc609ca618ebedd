/** One line of Asterisk's queue_log, `epoch|uniqueid|queue|member|VERB|args`. Its clock has whole seconds. */
export interface QueueLogLine {
  second: number;
  uniqueid: string;
  queue: string;
  member: string;
  verb: string;
  args: readonly string[];
}

/** Why a line could not be read; a code, so that nothing of the line itself is told on. */
export type BrokenLine = 'too-few-fields' | 'no-time' | 'no-call' | 'missing-argument' | 'not-a-number' | 'too-long';

/** `counts`: which arguments must be whole numbers. `call`: whether it must say which call in which queue. */
interface Verb {
  least: number;
  counts: readonly number[];
  call: boolean;
}
const ofCall = (least: number, ...counts: number[]): Verb => ({ least, counts, call: true });
const notOfCall: Verb = { least: 0, counts: [], call: false };

/**
 * The verbs that are written today, and the arguments without which they say nothing. A dial plan may write verbs of
 * its own: those are read as they are.
 */
const verbs: ReadonlyMap<string, Verb> = new Map([
  ['ENTERQUEUE', ofCall(2)],
  ['CONNECT', ofCall(1, 0)],
  ['COMPLETEAGENT', ofCall(2, 0, 1)],
  ['COMPLETECALLER', ofCall(2, 0, 1)],
  ['ABANDON', ofCall(3, 0, 1, 2)],
  ['EXITWITHTIMEOUT', ofCall(1, 0)],
  ['EXITEMPTY', ofCall(1, 0)],
  ['EXITWITHKEY', ofCall(2, 1)],
  ['WITHDRAW', ofCall(3, 0, 1, 2)],
  ['RINGNOANSWER', ofCall(1, 0)],
  ['RINGCANCELED', ofCall(1, 0)],
  ['BLINDTRANSFER', ofCall(4, -2, -3)],
  ['TRANSFER', ofCall(4, -2, -3)],
  ['ATTENDEDTRANSFER', ofCall(4, -2, -3)],
  ['AGENTDUMP', ofCall(0)],
  ['SYSCOMPAT', ofCall(0)],
  ['PAUSE', notOfCall],
  ['UNPAUSE', notOfCall],
  ['PAUSEALL', notOfCall],
  ['UNPAUSEALL', notOfCall],
  ['ADDMEMBER', notOfCall],
  ['REMOVEMEMBER', notOfCall],
  ['PENALTY', notOfCall],
  ['RINGINUSE', notOfCall],
  ['CONFIGRELOAD', notOfCall],
  ['QUEUESTART', notOfCall]
]);

const longest = 2_000;
/** Nothing was written before 2001, and what says it was written after 2100 was not. */
const [firstSecond, lastSecond] = [978_307_200, 4_102_444_800];

export function queueLogLine(text: string): QueueLogLine | BrokenLine {
  if (text.length > longest) return 'too-long';
  const [time = '', uniqueid = '', queue = '', member = '', verb = '', ...args] = text.split('|');
  const second = wholeNumber(time);
  if (second === null || second < firstSecond || second > lastSecond) return 'no-time';
  if (verb === '') return 'too-few-fields';
  const known = verbs.get(verb);
  if (known !== undefined) {
    if (known.call && (isNobody(uniqueid) || isNobody(queue))) return 'no-call';
    if (args.length < known.least) return 'missing-argument';
    for (const place of known.counts) if (wholeNumber(args.at(place) ?? '') === null) return 'not-a-number';
  }
  return { second, uniqueid, queue, member, verb, args };
}

/** NONE stands where there is nobody. */
export function isNobody(field: string): boolean {
  return field === '' || field === 'NONE';
}

function wholeNumber(text: string): number | null {
  if (text === '' || text.length > 12) return null;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}
