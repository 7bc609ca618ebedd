import type {
  EntryOutcome,
  LostWhy,
  OverflowWhy,
  PassedOnHow,
  TalkEndedBy
} from '../../src/lib/domain/telephony/event.ts';
import type { Capture, TruthCall, TruthEntry } from './captures.ts';

/** What really became of one stay of one caller in one queue: as the telephones saw it, else as queue_log has it. */
export interface ExpectedEntry {
  channel: string;
  queue: string;
  /** ms; `joinExact`: the telephones' clock, else a whole second of queue_log, cut off. */
  joinedAt: number;
  joinExact: boolean;
  outcome: EntryOutcome;
  why: OverflowWhy | LostWhy | null;
  /** What the manager interface alone can know of `why`. */
  whyWithoutLog: OverflowWhy | LostWhy | null;
  /** `agent07`; null when nobody answered. */
  agent: string | null;
  answeredAt: number | null;
  answerExact: boolean;
  passedOn: PassedOnHow | null;
  /** When and by whom the talk was ended, where the telephones tell: a transfer takes from asking to leaving. */
  talkEnd: { from: number; to: number; by: TalkEndedBy; exact: boolean } | null;
}

interface LogLine {
  at: number;
  channel: string;
  queue: string;
  agent: string;
  verb: string;
  args: string[];
}

export function expectedEntries(capture: Capture): ExpectedEntry[] {
  const lines = capture.queueLog.trim().split('\n').map(logLine);
  const names = memberNames(capture);
  const calls = new Map(capture.truth.calls.filter((call) => call.uniqueid).map((call) => [call.uniqueid, call]));
  const byChannel = new Map<string, ExpectedEntry[]>();
  for (const line of lines) {
    if (line.verb !== 'ENTERQUEUE') continue;
    const entries = byChannel.get(line.channel) ?? [];
    entries.push(fromLog(line, lines, names));
    byChannel.set(line.channel, entries);
  }
  for (const [channel, entries] of byChannel) {
    entries.slice(0, -1).forEach(movedOn);
    const call = calls.get(channel);
    if (!call) continue;
    if (call.entries) call.entries.forEach((told, n) => entries[n] && fromTruth(entries[n], told));
    else fromCall(entries, call);
    const passedOn = passedOnHow(call, capture);
    const answered = entries.find((entry) => entry.outcome === 'answered');
    if (answered) Object.assign(answered, { passedOn, talkEnd: talkEndOf(call) });
  }
  return [...byChannel.values()].flat();
}

function logLine(line: string): LogLine {
  const [at, channel = '', queue = '', agent = '', verb = '', ...args] = line.split('|');
  return { at: Number(at) * 1000, channel, queue, agent, verb, args };
}

function fromLog(enter: LogLine, lines: LogLine[], names: ReadonlyMap<string, string>): ExpectedEntry {
  const mine = lines.slice(lines.indexOf(enter) + 1).filter((line) => line.channel === enter.channel);
  const next = mine.findIndex((line) => line.verb === 'ENTERQUEUE');
  const end = mine.slice(0, next < 0 ? undefined : next).find((line) => line.queue === enter.queue && ends(line.verb));
  const entry: ExpectedEntry = {
    channel: enter.channel,
    queue: enter.queue,
    joinedAt: enter.at,
    joinExact: false,
    outcome: 'lost',
    why: 'gap',
    whyWithoutLog: 'gap',
    agent: null,
    answeredAt: null,
    answerExact: false,
    passedOn: null,
    talkEnd: null
  };
  if (end?.verb === 'CONNECT') {
    const passed = mine.find((line) => line.queue === enter.queue && line.verb.endsWith('TRANSFER'));
    const how = passed ? (passed.verb === 'BLINDTRANSFER' ? 'blind' : 'attended') : null;
    return answered({ ...entry, passedOn: how }, agentOf(names.get(end.agent) ?? end.agent), end.at, false);
  }
  if (end?.verb === 'ABANDON') return { ...entry, outcome: 'abandoned', why: null, whyWithoutLog: null };
  if (end) return { ...entry, outcome: 'overflowed', why: exits[end.verb] ?? null, whyWithoutLog: 'unstated' };
  return entry;
}

function ends(verb: string): boolean {
  return verb === 'CONNECT' || verb === 'ABANDON' || verb in exits;
}
const exits: Record<string, OverflowWhy> = {
  EXITWITHTIMEOUT: 'time-out',
  EXITEMPTY: 'empty',
  EXITWITHKEY: 'key',
  WITHDRAW: 'withdrawn'
};

/** Another stay follows, so that the manager interface shows that the caller was moved. */
function movedOn(entry: ExpectedEntry): void {
  if (entry.outcome === 'overflowed') entry.whyWithoutLog = 'moved';
}

function fromTruth(entry: ExpectedEntry, told: TruthEntry): void {
  entry.joinedAt = Math.round(told.join_t * 1000);
  entry.joinExact = told.from.join !== 'queue_log';
  if (told.answer_t) {
    answered(entry, told.agent ?? null, Math.round(told.answer_t * 1000), told.from.end !== 'queue_log');
  } else {
    const outcome = outcomes[told.outcome];
    if (!outcome) throw new Error(`no such outcome: ${told.outcome}`);
    left(entry, outcome);
  }
}

/** Older captures tell the truth per call: the first join, the answer, and how it ended. */
function fromCall(entries: ExpectedEntry[], call: TruthCall): void {
  const [first] = entries;
  const last = entries.at(-1);
  if (first && call.join_t) {
    first.joinedAt = Math.round(call.join_t * 1000);
    first.joinExact = true;
  }
  const answering = entries.find((entry) => entry.outcome === 'answered');
  if (call.answer_t && answering) answered(answering, call.agent ?? null, Math.round(call.answer_t * 1000), true);
  const outcome = outcomes[call.outcome];
  if (!call.answer_t && outcome && last) left(last, outcome);
}

const outcomes: Record<string, [EntryOutcome, OverflowWhy | LostWhy | null, (OverflowWhy | LostWhy | null)?]> = {
  abandoned: ['abandoned', null],
  exit_timeout: ['overflowed', 'time-out', 'unstated'],
  exit_key: ['overflowed', 'key', 'unstated'],
  left_empty: ['overflowed', 'empty', 'unstated'],
  redirected_out: ['overflowed', 'moved'],
  redirected_waiting: ['overflowed', 'moved'],
  pbx_ended: ['lost', 'pbx-ended'],
  lost_in_restart_waiting: ['lost', 'pbx-ended'],
  lost_in_crash: ['lost', 'gap'],
  lost_in_crash_waiting: ['lost', 'gap']
};

function left(entry: ExpectedEntry, [outcome, why, whyWithoutLog]: (typeof outcomes)[string]): void {
  const moved = entry.whyWithoutLog === 'moved';
  entry.outcome = outcome;
  entry.why = why;
  entry.whyWithoutLog = moved && outcome === 'overflowed' ? 'moved' : (whyWithoutLog ?? why);
}

function answered(entry: ExpectedEntry, agent: string | null, at: number, exact: boolean): ExpectedEntry {
  return Object.assign(entry, {
    outcome: 'answered',
    why: null,
    whyWithoutLog: null,
    agent,
    answeredAt: at,
    answerExact: exact
  });
}

function talkEndOf(call: TruthCall): ExpectedEntry['talkEnd'] {
  const { end_t, outcome } = call;
  const time = (field: string) => Math.round(Number(call[field] ?? end_t) * 1000);
  if (/^transferred/.test(outcome))
    return { from: time('transfer_t'), to: time('agent_left_t'), by: 'passed-on', exact: true };
  const at = time('end_t');
  if (/^lost_in/.test(outcome)) return { from: at, to: at, by: 'pbx', exact: outcome !== 'lost_in_crash_talking' };
  return { from: at, to: at, by: outcome === 'completed_caller' ? 'caller' : 'agent', exact: true };
}

/** The driver's own Redirect of a talking caller is no transfer of the telephones, though the truth calls it blind. */
function passedOnHow(call: TruthCall, capture: Capture): PassedOnHow | null {
  if (!/^transferred/.test(call.outcome)) return null;
  const control = capture.truth.control as { t: number; Action: string }[];
  const at = Number(call['transfer_t']);
  if (control.some(({ t, Action }) => Action === 'Redirect' && Math.abs(t - at) < 0.1)) return 'redirect';
  return call.outcome === 'transferred_attended' ? 'attended' : 'blind';
}

/** queue_log names members, the manager interface says whose interface that is. */
function memberNames(capture: Capture): Map<string, string> {
  const names = new Map<string, string>();
  for (const { bytes } of capture.parts)
    for (const [, name = '', member = ''] of bytes.toString().matchAll(/\r\nMemberName: (.+)\r\nInterface: (.+)\r\n/g))
      names.set(name, member);
  return names;
}

/** `Agent 24 Åsa`, `PJSIP/agent24` and `Local/agent24@agents` are agent24; a member without a number keeps its name. */
export function agentOf(name: string): string {
  const found = /agent ?(\d\d)/i.exec(name);
  return found ? `agent${found[1]}` : name;
}
