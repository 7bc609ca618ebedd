import { describe, expect, it } from 'vitest';
import { frame, type FrameInput } from '../../src/lib/domain/frame.ts';
import { DEFAULT_SERVICE_LEVEL } from '../../src/lib/domain/statistics/service-level.ts';
import { todayOf } from '../../src/lib/domain/statistics/today.ts';
import { evolveEntry, type Entry } from '../../src/lib/domain/telephony/call.ts';
import type { CallEvent, Envelope } from '../../src/lib/domain/telephony/event.ts';
import { emptyFloor, foldFloor } from '../../src/lib/domain/telephony/floor.ts';
import type { BoardQueue, SourceStatus } from '../../src/lib/domain/wallboard.ts';
import { ZONE } from '../support/small-centre.ts';
import { instantOf, midnightOn, runTimeline } from '../support/timeline.ts';

const midnight = midnightOn('2026-11-17');
const noon = instantOf('12:00', midnight);

function boardQueue(id: string, source = 'pbx'): BoardQueue {
  return { id, name: id, shortName: id, source, unit: null, serviceLevel: DEFAULT_SERVICE_LEVEL, wrapUpMs: null };
}
function envelopes(told: [clock: string, event: CallEvent, source?: string][]): Envelope[] {
  return told.map(([clock, event, source = 'pbx'], n) => {
    const at = instantOf(clock, midnight);
    const key = `${n}`;
    return { at, seenAt: at, key, lane: 'live', quality: 'exact', offset: n + 1, source, version: 1, event };
  });
}
function entriesOf(log: Envelope[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const envelope of log) {
    if (!('entry' in envelope.event) || envelope.event.entry === undefined) continue;
    const after = evolveEntry(entries.get(envelope.event.entry) ?? null, envelope);
    if (after !== null) entries.set(after.id, after);
  }
  return [...entries.values()];
}
const connected: SourceStatus = { state: 'CONNECTED', since: midnight, provenAt: noon };
const definitionsOf = () => [DEFAULT_SERVICE_LEVEL];

function input(log: Envelope[], given: Partial<FrameInput> = {}): FrameInput {
  const now = given.now ?? noon;
  return {
    board: { id: 'all', name: null, demo: false, timeZone: ZONE },
    queues: [boardQueue('vaxel'), boardQueue('skola')],
    position: { epoch: 'test', offset: log.length },
    saved: true,
    now,
    floor: foldFloor(emptyFloor, log),
    sources: new Map([['pbx', connected]]),
    today: todayOf(entriesOf(log), [], now, ZONE, definitionsOf),
    definitionsOf,
    refusedVisible: () => 'never',
    ...given
  };
}
const offered = (call: number, queue: string, more: object = {}): CallEvent => ({
  kind: 'CallOffered',
  call: `pbx/${call}`,
  entry: `pbx/${call}/${queue}`,
  queue,
  channel: `${call}`,
  ...more
});
const answered = (call: number, queue: string, agent: string): CallEvent => ({
  kind: 'CallAnswered',
  entry: `pbx/${call}/${queue}`,
  agent
});

describe('unknown is never 0', () => {
  const log = envelopes([
    ['11:58:00', { kind: 'SourceConnected', session: 's', skewMs: 0 }],
    ['11:59:00', offered(1, 'vaxel')],
    ['11:59:30', offered(2, 'skola')]
  ]);

  it('in contact and nobody waiting is 0, and there is no longest wait', () => {
    const quiet = frame(input(envelopes([['11:58:00', { kind: 'SourceConnected', session: 's', skewMs: 0 }]]))).total;
    expect([quiet.waiting, quiet.longestWaitSince, quiet.imbalance, quiet.lastKnown]).toEqual([0, null, 0, null]);
    expect(quiet.agents).toEqual({
      available: 0,
      ringing: 0,
      talking: 0,
      busy: 0,
      wrappingUp: 0,
      paused: 0,
      unreachable: 0
    });
    expect([quiet.today.serviceLevel, quiet.today.answerTimeMsP50, quiet.today.answerTimeMsMean]).toEqual([
      null,
      null,
      null
    ]);
  });

  it.each(['STARTING', 'LOST'] as const)('while the source is %s, with what was last known beside', (state) => {
    const provenAt = noon - 10_000;
    const sources = new Map([['pbx', { state, since: noon - 5000, provenAt }]]);
    for (const each of [frame(input(log, { sources })).total, frame(input(log, { sources })).queues[0]!]) {
      expect([each.waiting, each.longestWaitSince, each.imbalance]).toEqual([null, null, null]);
      expect(new Set(Object.values(each.agents))).toEqual(new Set([null]));
      expect(each.today.offered).toBeGreaterThan(0);
      expect(each.lastKnown).toMatchObject({ at: provenAt, longestWaitMs: 50_000 });
    }
    expect(frame(input(log, { sources })).total.lastKnown?.waiting).toBe(2);
  });

  it('a source that has told nothing is starting, and nothing was ever known', () => {
    const made = frame(input([], { sources: new Map() }));
    expect(made.source).toEqual({ state: 'STARTING', since: noon, provenAt: null });
    expect([made.total.waiting, made.total.lastKnown]).toEqual([null, null]);
  });

  it('with two exchanges the worst says what the total knows, each queue has its own, ages count from the oldest proof', () => {
    const queues = [boardQueue('vaxel'), boardQueue('skola', 'other')];
    const lost: SourceStatus = { state: 'LOST', since: noon - 7000, provenAt: noon - 9000 };
    const sources = new Map([
      ['pbx', connected],
      ['other', lost]
    ]);
    const made = frame(input(log, { queues, sources }));
    expect(made.source).toEqual(lost);
    expect(made.total.waiting).toBeNull();
    expect(made.queues.map(({ waiting }) => waiting)).toEqual([1, null]);
  });

  it('blind time of two exchanges counts once where it overlaps', () => {
    const queues = [boardQueue('vaxel'), boardQueue('skola', 'other')];
    const blind = envelopes([
      ['10:00:00', { kind: 'SourceLost', why: 'network' }],
      ['10:02:00', { kind: 'SourceLost', why: 'network' }, 'other'],
      ['10:03:00', { kind: 'SourceConnected', session: 's', skewMs: 0 }],
      ['10:04:00', { kind: 'SourceConnected', session: 's', skewMs: 0 }, 'other']
    ]);
    const made = frame(input(blind, { queues }));
    expect(made.queues.map(({ today }) => today.blindMs)).toEqual([180_000, 120_000]);
    expect([made.total.today.blindMs, made.total.recent.blindMs]).toEqual([240_000, 0]);
  });

  it('refused callers are not visible unless somebody tells, and not always unless in every queue', () => {
    const total = (visible: FrameInput['refusedVisible']) => frame(input(log, { refusedVisible: visible })).total.today;
    expect(total(() => 'never')).toMatchObject({ refused: null, refusedVisible: false });
    expect(total(() => 'always')).toMatchObject({ refused: 0, refusedVisible: true });
    expect(total((queue) => (queue === 'vaxel' ? 'always' : 'never'))).toMatchObject({
      refused: 0,
      refusedVisible: false
    });
  });
});

describe('few people are not described', () => {
  const callsOf = (queue: string, people: number, first: number) =>
    Array.from({ length: people }, (_, n): [string, CallEvent][] => [
      ['11:50:00', offered(first + n, queue)],
      ['11:50:10', answered(first + n, queue, `${queue} ${n}`)],
      ['11:51:00', { kind: 'TalkEnded', entry: `pbx/${first + n}/${queue}`, agent: `${queue} ${n}`, by: 'caller' }]
    ]).flat();
  const described = ({ few, passedOn, solvedDirectly, talkTimeMsMean }: Record<string, unknown>) => [
    few,
    passedOn,
    solvedDirectly,
    talkTimeMsMean
  ];

  it('five who answered are described, four are not, and what describes callers stays', () => {
    const made = frame(input(envelopes([...callsOf('vaxel', 5, 1), ...callsOf('skola', 4, 10)])));
    expect(described({ ...made.queues[0]!.today })).toEqual([false, 0, 5, 50_000]);
    expect(described({ ...made.queues[1]!.today })).toEqual([true, null, null, null]);
    expect(made.queues[1]!.today).toMatchObject({ answered: 4, serviceLevel: 1, answerTimeMsMean: 10_000 });
  });

  it('the total is withheld too when one queue alone is, since subtraction would show it', () => {
    expect(frame(input(envelopes([...callsOf('vaxel', 5, 1), ...callsOf('skola', 4, 10)]))).total.today.few).toBe(true);
    const two = envelopes([...callsOf('vaxel', 3, 1), ...callsOf('skola', 4, 10)]);
    expect(described({ ...frame(input(two)).total.today })).toEqual([false, 0, 7, 50_000]);
    expect(frame(input(envelopes(callsOf('vaxel', 6, 1)))).total.today.few).toBe(false);
  });

  it('one person who answers in two queues is one', () => {
    const both = envelopes([
      ...callsOf('vaxel', 4, 1),
      ['11:52:00', offered(20, 'skola')],
      ['11:52:01', answered(20, 'skola', 'vaxel 0')]
    ]);
    expect(frame(input(both)).total.today.few).toBe(true);
  });
});

describe('agents on a board', () => {
  const joined = (queue: string, ...agents: string[]) =>
    agents.map((agent): [string, CallEvent] => ['11:00:00', { kind: 'AgentJoinedQueue', agent, queue }]);
  const paused = (queue: string, agent: string): [string, CallEvent] => [
    '11:10:00',
    { kind: 'AgentPaused', agent, queue, wrapUp: false }
  ];

  it('are counted in each of their queues and once in the total', () => {
    const made = frame(
      input(
        envelopes([
          ...joined('vaxel', 'Ada', 'Bo', 'Cilla'),
          ...joined('skola', 'Ada', 'Bo', 'Dag'),
          paused('skola', 'Ada')
        ])
      )
    );
    expect(made.queues.map(({ agents }) => [agents.available, agents.paused])).toEqual([
      [3, 0],
      [2, 1]
    ]);
    expect([made.total.agents.available, made.total.agents.paused]).toEqual([4, 0]);
  });

  it('one or two at work: only who is free and who talks, the rest together and not told apart', () => {
    const made = frame(input(envelopes([...joined('vaxel', 'Ada', 'Bo'), paused('vaxel', 'Ada')])));
    expect(made.queues[0]!.agents).toEqual({
      available: 1,
      talking: 0,
      busy: 1,
      ringing: null,
      wrappingUp: null,
      paused: null,
      unreachable: null
    });
  });
});

describe('today and the last half hour', () => {
  it('slides on whole minutes, carries in who waited when it began, and stops at midnight for today only', () => {
    runTimeline(`
      11:00:10  vaxel  call 1 offered
      11:10:00  vaxel  call 2 offered
      11:10:30  vaxel  call 2 answered by Ada  →  1 answered recently, 2 offered recently, 0 carried in recently
      11:30:59  vaxel  all is quiet            →  2 offered recently, 0 carried in recently
      11:31:00  vaxel  all is quiet            →  1 offered recently, 1 carried in recently
      11:40:59  vaxel  all is quiet            →  1 answered recently
      11:41:00  vaxel  all is quiet            →  0 answered recently, 1 answered today, 0 offered recently
      11:43:00  vaxel  all is quiet            →  1 carried in recently
      23:55:00  vaxel  call 3 offered
      24:01:00  vaxel  all is quiet            →  1 offered recently, 0 offered today, 2 carried in today, waiting 2
    `);
  });

  it('a changed target holds from its midnight and the days before keep theirs', () => {
    const tomorrow = instantOf('24:00', midnight);
    const definitions = [
      { ...DEFAULT_SERVICE_LEVEL, targetMs: 20_000 },
      { ...DEFAULT_SERVICE_LEVEL, targetMs: 10_000, from: tomorrow }
    ];
    const centre = runTimeline(
      `
      23:59:00  vaxel  call 1 offered
      23:59:15  vaxel  call 1 answered by Ada  →  service level 1 of 1
      24:00:00  vaxel  call 2 offered
      24:00:15  vaxel  call 2 answered by Ada  →  service level 0 of 1
    `,
      { definitions }
    );
    const { today, recent } = centre.board().total;
    expect(today.serviceLevelBy.map(({ targetMs }) => targetMs)).toEqual([10_000]);
    expect(recent.serviceLevelBy.map(({ targetMs }) => targetMs)).toEqual([20_000, 10_000]);
    expect([recent.serviceLevel, recent.serviceLevelN]).toEqual([0.5, 2]);
  });

  it('who waits over that midnight is judged by the target of the day in which the wait was decided', () => {
    const definitions = [
      { ...DEFAULT_SERVICE_LEVEL, targetMs: 20_000 },
      { ...DEFAULT_SERVICE_LEVEL, targetMs: 10_000, from: instantOf('24:00', midnight) }
    ];
    runTimeline(
      `
      23:59:50  vaxel  call 1 offered
      24:00:05  vaxel  call 1 answered by Ada  →  answer time 15 s, service level 0 of 1
    `,
      { definitions }
    );
  });

  it('arrivals run from midnight through the running quarter, answer times in seven steps', () => {
    const log = envelopes([
      ['00:05:00', offered(1, 'vaxel')],
      ['00:05:10', answered(1, 'vaxel', 'Ada')],
      ['11:44:00', offered(2, 'skola')],
      ['11:50:01', answered(2, 'skola', 'Bo')]
    ]);
    const { arrivals, answerTimes } = frame(input(log)).total;
    expect(arrivals).toHaveLength(49);
    expect([arrivals[0], arrivals[46], arrivals.reduce((a, b) => a + b)]).toEqual([1, 1, 2]);
    expect(answerTimes.map(({ fromMs, toMs, answered: n }) => [fromMs, toMs, n])).toEqual([
      [0, 10_000, 1],
      [10_000, 20_000, 0],
      [20_000, 30_000, 0],
      [30_000, 60_000, 0],
      [60_000, 120_000, 0],
      [120_000, 300_000, 0],
      [300_000, null, 1]
    ]);
  });

  it('on a board of some queues, a call moved in from another is distinct there too', () => {
    const log = envelopes([
      ['11:00:00', offered(1, 'vaxel')],
      ['11:01:00', { kind: 'CallOverflowed', entry: 'pbx/1/vaxel', why: 'moved' }],
      ['11:01:00', offered(1, 'skola', { from: 'vaxel' })]
    ]);
    expect(frame(input(log)).total.calls).toBe(1);
    expect(frame(input(log, { queues: [boardQueue('skola')] })).total.calls).toBe(1);
  });

  it('the balance is shown when it breaks', () => {
    const log = envelopes([['11:00:00', offered(1, 'vaxel')]]);
    const broken = frame(input(log, { floor: emptyFloor }));
    expect([broken.total.imbalance, broken.queues.map(({ imbalance }) => imbalance)]).toEqual([1, [1, 0]]);
  });
});

describe('cost', () => {
  it('a frame of twelve queues with 1 500 entries today takes less than a millisecond', () => {
    const queues = Array.from({ length: 12 }, (_, n) => boardQueue(`queue ${n}`));
    const told: [string, CallEvent][] = [];
    for (let n = 0; n < 80; n++)
      for (let q = 0; q < 3; q++)
        told.push(['06:00:00', { kind: 'AgentJoinedQueue', agent: `agent ${n}`, queue: `queue ${(n + q) % 12}` }]);
    for (let n = 0; n < 1500; n++) {
      const seconds = 28_800 + Math.floor(n * 9.5);
      const clock = (s: number) => new Date(s * 1000).toISOString().slice(11, 19);
      told.push([clock(seconds), offered(n, `queue ${n % 12}`)]);
      if (n >= 1470) continue;
      told.push([clock(seconds + (n % 120)), answered(n, `queue ${n % 12}`, `agent ${n % 80}`)]);
      const ended = { entry: `pbx/${n}/queue ${n % 12}`, agent: `agent ${n % 80}`, by: 'caller' as const };
      told.push([clock(seconds + 200 + (n % 120)), { kind: 'TalkEnded', ...ended }]);
    }
    const made = input(envelopes(told), { queues });
    expect(frame(made).total).toMatchObject({ waiting: 30, calls: 1500 });
    // The fastest of many: what else the machine does must not decide.
    let fastest = Infinity;
    for (let n = 0; n < 300; n++) {
      const before = performance.now();
      frame(made);
      fastest = Math.min(fastest, performance.now() - before);
    }
    expect(fastest).toBeLessThan(1);
  });
});
