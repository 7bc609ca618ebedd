import { describe, expect, it } from 'vitest';
import { frame, type FrameInput } from '../../src/lib/domain/frame.ts';
import { DEFAULT_SERVICE_LEVEL } from '../../src/lib/domain/statistics/service-level.ts';
import type { CallEvent } from '../../src/lib/domain/telephony/event.ts';
import { emptyFloor } from '../../src/lib/domain/telephony/floor.ts';
import type { SourceStatus } from '../../src/lib/domain/wallboard.ts';
import {
  answered,
  boardInput,
  boardQueue,
  connected,
  envelopes,
  midnight,
  noon,
  offered
} from '../support/board-input.ts';
import { instantOf, runTimeline } from '../support/timeline.ts';

describe('unknown is never 0', () => {
  const log = envelopes([
    ['11:58:00', { kind: 'SourceConnected', session: 's', skewMs: 0 }],
    ['11:59:00', offered(1, 'vaxel')],
    ['11:59:30', offered(2, 'skola')]
  ]);

  it('in contact and nobody waiting is 0, and there is no longest wait', () => {
    const quiet = frame(
      boardInput(envelopes([['11:58:00', { kind: 'SourceConnected', session: 's', skewMs: 0 }]]))
    ).total;
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
    for (const each of [frame(boardInput(log, { sources })).total, frame(boardInput(log, { sources })).queues[0]!]) {
      expect([each.waiting, each.longestWaitSince, each.imbalance]).toEqual([null, null, null]);
      expect(new Set(Object.values(each.agents))).toEqual(new Set([null]));
      expect(each.today.offered).toBeGreaterThan(0);
      expect(each.lastKnown).toMatchObject({ at: provenAt, longestWaitMs: 50_000 });
    }
    expect(frame(boardInput(log, { sources })).total.lastKnown?.waiting).toBe(2);
  });

  it('a source that has told nothing is starting, and nothing was ever known', () => {
    const made = frame(boardInput([], { sources: new Map() }));
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
    const made = frame(boardInput(log, { queues, sources }));
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
    const made = frame(boardInput(blind, { queues }));
    expect(made.queues.map(({ today }) => today.blindMs)).toEqual([180_000, 120_000]);
    expect([made.total.today.blindMs, made.total.recent.blindMs]).toEqual([240_000, 0]);
  });

  it('refused callers are not visible unless somebody tells, and not always unless in every queue', () => {
    const total = (visible: FrameInput['refusedVisible']) =>
      frame(boardInput(log, { refusedVisible: visible })).total.today;
    expect(total(() => 'never')).toMatchObject({ refused: null, refusedVisible: false });
    expect(total(() => 'always')).toMatchObject({ refused: 0, refusedVisible: true });
    expect(total((queue) => (queue === 'vaxel' ? 'always' : 'never'))).toMatchObject({
      refused: 0,
      refusedVisible: false
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
    const { arrivals, answerTimes } = frame(boardInput(log)).total;
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
    expect(frame(boardInput(log)).total.calls).toBe(1);
    expect(frame(boardInput(log, { queues: [boardQueue('skola')] })).total.calls).toBe(1);
  });

  it('the balance is shown when it breaks', () => {
    const log = envelopes([['11:00:00', offered(1, 'vaxel')]]);
    const broken = frame(boardInput(log, { floor: emptyFloor }));
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
    const made = boardInput(envelopes(told), { queues });
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
