import { describe, expect, it } from 'vitest';
import { frame } from '../../src/lib/domain/frame.ts';
import type { CallEvent } from '../../src/lib/domain/telephony/event.ts';
import { answered, boardInput, envelopes, offered } from '../support/board-input.ts';

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
    const made = frame(boardInput(envelopes([...callsOf('vaxel', 5, 1), ...callsOf('skola', 4, 10)])));
    expect(described({ ...made.queues[0]!.today })).toEqual([false, 0, 5, 50_000]);
    expect(described({ ...made.queues[1]!.today })).toEqual([true, null, null, null]);
    expect(made.queues[1]!.today).toMatchObject({ answered: 4, serviceLevel: 1, answerTimeMsMean: 10_000 });
  });

  it('the total is withheld too when one queue alone is, since subtraction would show it', () => {
    expect(frame(boardInput(envelopes([...callsOf('vaxel', 5, 1), ...callsOf('skola', 4, 10)]))).total.today.few).toBe(
      true
    );
    const two = envelopes([...callsOf('vaxel', 3, 1), ...callsOf('skola', 4, 10)]);
    expect(described({ ...frame(boardInput(two)).total.today })).toEqual([false, 0, 7, 50_000]);
    expect(frame(boardInput(envelopes(callsOf('vaxel', 6, 1)))).total.today.few).toBe(false);
  });

  it('so it is when in one queue nobody answered of late, and somebody’s talk has ended', () => {
    const long: [string, CallEvent][] = [
      ['11:00:00', offered(1, 'skola')],
      ['11:00:10', answered(1, 'skola', 'Ada')],
      ['11:50:00', { kind: 'TalkEnded', entry: 'pbx/1/skola', agent: 'Ada', by: 'caller' }]
    ];
    const { total } = frame(boardInput(envelopes([...long, ...callsOf('vaxel', 5, 10)])));
    expect(described({ ...total.recent })).toEqual([true, null, null, null]);
  });

  it('one person who answers in two queues is one', () => {
    const both = envelopes([
      ...callsOf('vaxel', 4, 1),
      ['11:52:00', offered(20, 'skola')],
      ['11:52:01', answered(20, 'skola', 'vaxel 0')]
    ]);
    expect(frame(boardInput(both)).total.today.few).toBe(true);
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
      boardInput(
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
    const made = frame(boardInput(envelopes([...joined('vaxel', 'Ada', 'Bo'), paused('vaxel', 'Ada')])));
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
