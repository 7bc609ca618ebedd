import { expect } from 'vitest';
import { agentState } from '../../src/lib/domain/telephony/agent.ts';
import type { Entry } from '../../src/lib/domain/telephony/call.ts';
import { heldMs, talkMs, waitMs, wrapUpMs } from '../../src/lib/domain/telephony/durations.ts';
import type { Contribution } from '../../src/lib/domain/statistics/contribution.ts';
import { dayStart, midnightOf, type Instant } from '../../src/lib/domain/time.ts';
import type { ServiceLevelDefinition } from '../../src/lib/domain/wallboard.ts';
import { SmallCentre, ZONE } from './small-centre.ts';
import { eventsOf, type Told1 } from './timeline-phrases.ts';

/**
 * Runs a timeline that a team leader could check, one line per event:
 *
 *     10:00:15  vaxel  call 1 answered by Ada  →  answer time 15 s, in the 10:00 quarter
 *
 * The time is that of the wall clock on `day` (a line may be older than the one before it), then the queue (`-` when
 * it concerns none), what happened (`timeline-phrases.ts` has every phrase), and what the board then shows. The PBX is
 * in contact and each queue is seen before the first line, unless `bare`. After every line the balance must hold.
 */
export function runTimeline(
  text: string,
  options: { day?: string; definitions?: ServiceLevelDefinition[]; bare?: boolean } = {}
): SmallCentre {
  const [year = 0, month = 1, day = 1] = (options.day ?? '2026-11-17').split('-').map(Number);
  const midnight = midnightOf({ year, month, day }, ZONE);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => readLine(line, midnight));
  const first = Math.min(...lines.map(({ at }) => at));
  const centre = new SmallCentre(first, options.definitions);
  const told = (event: Told1['event'], at: Instant): void => {
    const key = `line ${centre.log.length + 1}`;
    centre.tell({ at, seenAt: at, key, lane: 'live', quality: 'exact', event });
  };
  if (options.bare !== true) {
    told({ kind: 'SourceConnected', session: 'first', skewMs: 0 }, first);
    for (const queue of new Set(lines.map((line) => line.queue)))
      if (queue !== '-') told({ kind: 'QueueSeen', queue, limit: null }, first);
  }
  for (const line of lines) runLine(centre, line, midnight);
  return centre;
}

interface Line {
  text: string;
  at: Instant;
  queue: string;
  phrase: string;
  expectations: string[];
}

function readLine(text: string, midnight: Instant): Line {
  const parts = /^(\S+)\s+(\S+)\s+(.+?)(?:\s+→\s+(.+))?$/.exec(text);
  if (parts === null) throw new Error(`This is no line of a timeline: ${text}`);
  const [, clock = '', queue = '', phrase = '', expected] = parts;
  return { text, at: instantOf(clock, midnight), queue, phrase, expectations: expected?.split(', ') ?? [] };
}

/** `10:00:15`, `10:00:15.250` or, beyond midnight, `24:00:15`. */
export function instantOf(clock: string, midnight: Instant): Instant {
  const parts = /^(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?$/.exec(clock);
  if (parts === null) throw new Error(`This is no time of day: ${clock}`);
  const [, hours, minutes, seconds = '0'] = parts;
  return midnight + (Number(hours) * 3600 + Number(minutes) * 60) * 1000 + Math.round(Number(seconds) * 1000);
}

/** What one line did, for its expectations. */
interface Done {
  centre: SmallCentre;
  queue: string;
  midnight: Instant;
  entry: Entry | null;
  deltas: Contribution[];
  hasChanged: boolean;
}

function runLine(centre: SmallCentre, line: Line, midnight: Instant): void {
  const { floor, entries } = centre;
  const before = new Map(entries);
  const deltas: Contribution[] = [];
  let entry: Entry | null = null;
  centre.now = Math.max(centre.now, line.at);
  for (const told of eventsOf(line, centre, (clock) => instantOf(clock, midnight))) {
    const key = `line ${centre.log.length + 1}`;
    deltas.push(...(centre.tell({ seenAt: centre.now, key, at: line.at, ...told }) ?? []));
    if ('entry' in told.event && told.event.entry !== undefined) entry = entries.get(told.event.entry) ?? null;
  }
  const hasEntryChanged = [...entries].some(([id, each]) => before.get(id) !== each);
  const hasChanged = floor !== centre.floor || deltas.length > 0 || hasEntryChanged;
  const done: Done = { centre, queue: line.queue, midnight, entry, deltas, hasChanged };
  for (const expectation of line.expectations) check(expectation, done, line.text);
  // An import tells whole entries in one append; between two of its lines it is in the middle of one.
  if (line.phrase.includes('(history)')) return;
  const board = centre.board();
  for (const each of [board.total, ...board.queues])
    if (each.imbalance !== null) expect(each.imbalance, `the balance after: ${line.text}`).toBe(0);
}

type Check = (done: Done, ...words: string[]) => readonly [actual: unknown, expected: unknown];
const seconds = (ms: number | null | undefined): number | null => (ms == null ? null : ms / 1000);
const number = (word: string): number | null => (word === 'unknown' ? null : Number(word));
const figuresOf = (done: Done) =>
  done.queue === '-'
    ? done.centre.board().total
    : (done.centre.board().queues.find(({ queue }) => queue.id === done.queue) ?? done.centre.board().total);
const sum = (done: Done, of: 'abandonedShort' | 'passedOn' | 'solvedDirectly') =>
  done.deltas.reduce((all, { delta }) => all + delta[of], 0);
const camel = (words: string): string => words.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
const counted = ['offered', 'answered', 'abandoned', 'overflowed', 'lost', 'refused', 'handled'] as const;
const entryNamed = (done: Done, call: string | undefined): Entry | null =>
  call === undefined
    ? done.entry
    : ([...done.centre.entries.values()].findLast((each) => each.call === `pbx/${call}`) ?? null);

const checks: readonly (readonly [RegExp, Check])[] = [
  [/^nothing changes$/, ({ hasChanged }) => [hasChanged, false]],
  [/^waiting (\d+|unknown)$/, (done, n) => [figuresOf(done).waiting, number(n!)]],
  [
    /^longest wait (.+) s$/,
    (done, s) => [seconds(done.centre.now - (figuresOf(done).longestWaitSince ?? NaN)), Number(s)]
  ],
  [/^last known (\d+) waiting$/, (done, n) => [figuresOf(done).lastKnown?.waiting ?? null, Number(n)]],
  [/^blind (\d+) s today$/, (done, s) => [seconds(figuresOf(done).today.blindMs), Number(s)]],
  [
    /^service level (\S+) of (\d+)$/,
    (done, level, n) => {
      const { serviceLevel, serviceLevelN } = figuresOf(done).today;
      return [
        [serviceLevel, serviceLevelN],
        [level === 'none' ? null : Number(level), Number(n)]
      ];
    }
  ],
  [/^(\d+) calls today$/, (done, n) => [done.centre.board().total.calls, Number(n)]],
  [
    /^(\d+) ([a-z ]+) (today|recently)$/,
    (done, n, what, when) => {
      const figures = when === 'today' ? figuresOf(done).today : figuresOf(done).recent;
      return [figures[camel(what!) as keyof typeof figures], Number(n)];
    }
  ],
  [
    /^(\d\d:\d\d) quarter (\d+) ([a-z ]+)$/,
    (done, clock, n, what) => {
      const tally = done.centre.tally(done.queue, instantOf(clock!, done.midnight));
      return [tally[camel(what!) as keyof typeof tally], Number(n)];
    }
  ],
  [
    /^in the (\d\d:\d\d) quarter$/,
    (done, clock) => {
      const start = instantOf(clock!, done.midnight);
      return [done.deltas.some((d) => d.quarterStart === start && counted.some((what) => d.delta[what] !== 0)), true];
    }
  ],
  [/^short abandon$/, (done) => [sum(done, 'abandonedShort'), 1]],
  [/^not short$/, (done) => [sum(done, 'abandonedShort'), 0]],
  [/^solved directly$/, (done) => [sum(done, 'solvedDirectly'), 1]],
  [/^passed on$/, (done) => [sum(done, 'passedOn'), 1]],
  [
    /^(?:call (\w+) )?(?:answer time|wait) (\S+) s$/,
    (done, call, s) => {
      const entry = entryNamed(done, call);
      return [seconds(entry && waitMs(entry)), Number(s)];
    }
  ],
  [
    /^(?:call (\w+) )?(talk|hold|wrap-up) time (\S+) s$/,
    (done, call, what, s) => {
      const entry = entryNamed(done, call);
      const ms = { talk: talkMs, hold: heldMs, 'wrap-up': wrapUpMs }[what as 'talk' | 'hold' | 'wrap-up'];
      return [seconds(entry && ms(entry)), Number(s)];
    }
  ],
  [
    /^call (\w+) is (waiting|answered|abandoned|overflowed|lost)(?: by (\S+))?$/,
    (done, call, outcome, why) => {
      const entry = entryNamed(done, call);
      return [
        [entry?.outcome, why && entry?.why],
        [outcome, why]
      ];
    }
  ],
  [/^revised$/, (done) => [done.entry?.revisedAt, done.centre.now]],
  [
    /^(\d+) (available|ringing|talking|busy|wrapping up|paused|unreachable)$/,
    (done, n, state) => [figuresOf(done).agents[camel(state!) as 'available'], Number(n)]
  ],
  [
    /^(\S+) (here )?(available|ringing|talking|busy|wrapping up|paused|unreachable|gone)$/,
    (done, name, here, state) => {
      const agent = done.centre.floor.agents.get(name!);
      const among = here === undefined ? undefined : new Set([done.queue]);
      return [agent === undefined ? 'gone' : agentState(agent, done.centre.now, among), camel(state!)];
    }
  ]
];

function check(expectation: string, done: Done, line: string): void {
  for (const [form, ask] of checks) {
    const words = form.exec(expectation);
    if (words === null) continue;
    const [actual, expected] = ask(done, ...words.slice(1));
    expect(actual, `${expectation}, after: ${line}`).toEqual(expected);
    return;
  }
  throw new Error(`No timeline expects "${expectation}". In: ${line}`);
}

/** The midnight of a day written as in `2026-11-17`. */
export function midnightOn(day: string): Instant {
  return dayStart(Date.parse(`${day}T12:00:00Z`), ZONE);
}
