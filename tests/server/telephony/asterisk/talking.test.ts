import { describe, expect, test } from 'vitest';
import { AsteriskTimeline, channel, member, message, second } from '../../../support/asterisk-timeline.ts';

const ada = 'PJSIP/agent19';

/** 10:00:00 joins, 10:00:04 answered by the telephone of agent 19, whose channel is 1.1. */
function talk(options: { wrapUpMs?: number } = {}): AsteriskTimeline {
  const story = new AsteriskTimeline(options).joins('1.0', 'vaxel').rings('1.0', 'vaxel', ada, '1.1').at(4);
  return story.answers('1.0', 'vaxel', ada, '1.1', { HoldTime: 4 });
}

/** The same behind a Local member: 1.1 and 1.2 are the pair, 1.3 the telephone. */
function localTalk(): AsteriskTimeline {
  const local = 'Local/agent01@agents';
  const story = new AsteriskTimeline().joins('1.0', 'vaxel').says('LocalBridge', {
    LocalOneChannel: `${local}-0000000a;1`,
    LocalOneUniqueid: '1.1',
    LocalOneLinkedid: '1.0',
    LocalTwoChannel: `${local}-0000000a;2`,
    LocalTwoUniqueid: '1.2',
    LocalTwoLinkedid: '1.0'
  });
  const half = { ...channel('1.2', '1.0'), Channel: `${local}-0000000a;2` };
  const called = { DestChannel: `${local}-0000000a;1`, DestUniqueid: '1.1', Queue: 'vaxel', Interface: local };
  story.says('AgentCalled', { ...channel('1.0'), ...called });
  story.says('Newchannel', { ...channel('1.3', '1.0'), Channel: 'PJSIP/agent01-00000001' });
  story.at(4).says('DialEnd', { ...half, DestUniqueid: '1.3', DialStatus: 'ANSWER' });
  return story.answers('1.0', 'vaxel', local, '1.1');
}

describe('how a talk ends', () => {
  test.each(['caller', 'agent'] as const)('by the %s', (by) => {
    const story = talk()
      .at(20)
      .hangsUp(by === 'caller' ? '1.0' : '1.1', '1.0');
    story.completes('1.0', 'vaxel', ada, by, { TalkTime: 16 }).gone('1.1').gone('1.0').at(30);
    expect(story.entry('1.0')).toMatchObject({ talkEndedAt: second(20), by, passedOn: null });
  });

  test('by the PBX, when nobody at either end asked: at a restart the Reason is arbitrary', () => {
    const story = talk()
      .at(20)
      .says('SoftHangupRequest', channel('1.0'))
      .says('SoftHangupRequest', channel('1.1', '1.0'));
    story.completes('1.0', 'vaxel', ada, 'caller');
    expect(story.entry('1.0').by).toBe('pbx');
  });

  test('a talk that the PBX ended, as when it stops, leaves nothing to wrap up', () => {
    const story = talk({ wrapUpMs: 5000 }).at(20).says('SoftHangupRequest', channel('1.0'));
    story.completes('1.0', 'vaxel', ada, 'caller');
    expect(story.entry('1.0')).toMatchObject({ by: 'pbx', wrapUpUntil: null });
  });

  test('wrap-up is computed once, from what holds then', () => {
    const story = talk({ wrapUpMs: 5000 }).at(20).hangsUp('1.0').completes('1.0', 'vaxel', ada, 'caller');
    expect(story.entry('1.0').wrapUpUntil).toBe(second(25));
  });

  test('when the telephone left, although AgentComplete comes after and without the caller', () => {
    const story = talk().at(20).hangsUp('1.1', '1.0').gone('1.1').gone('1.0');
    story.at(20.01).completes('', 'vaxel', ada, 'agent', { TalkTime: 16 }).at(30);
    expect(story.entry('1.0')).toMatchObject({ talkEndedAt: second(20), by: 'agent', passedOn: null });
  });

  test('an AgentComplete without its caller never ends a talk that goes on', () => {
    const story = talk().at(20).completes('', 'vaxel', ada, 'caller');
    expect(story.entry('1.0').talkEndedAt).toBeNull();
  });

  test('when both have gone and no AgentComplete comes, by whoever asked to hang up', () => {
    const story = talk().at(20).hangsUp('1.1', '1.0').gone('1.1').gone('1.0').at(21);
    expect(story.entry('1.0')).toMatchObject({ talkEndedAt: second(20), by: 'agent' });
  });

  test('a talk that ended before it began has no length, and is counted as an anomaly', () => {
    const story = talk().at(3).hangsUp('1.0').completes('1.0', 'vaxel', ada, 'caller');
    expect(story.entry('1.0')).toMatchObject({ answeredAt: second(4), talkEndedAt: second(4) });
    expect(story.of('Anomaly')).toMatchObject([{ code: 'ended-before-answered' }]);
  });

  test('a talk whose end is heard late was as long as TalkTime says', () => {
    const story = talk().at(60).hangsUp('1.0').completes('1.0', 'vaxel', ada, 'caller', { TalkTime: 16 });
    expect(story.entry('1.0').talkEndedAt).toBe(second(20));
    expect(story.told.at(-1)?.quality).toBe('second');
  });
});

describe('passed on', () => {
  const blind = { Result: 'Success', TransfererUniqueid: '1.1', Extension: '6001', Context: 'internal' };

  test('by a blind transfer of the telephone; the AgentComplete at the very end is no news', () => {
    const story = talk().at(10).says('BlindTransfer', blind).gone('1.1').at(60).hangsUp('1.0');
    story.completes('1.0', 'vaxel', ada, 'agent', { TalkTime: 56 }).gone('1.0');
    expect(story.entry('1.0')).toMatchObject({ passedOn: 'blind', talkEndedAt: second(10), by: 'passed-on' });
    expect(story.of('TalkEnded')).toHaveLength(1);
  });

  test('but not by a transfer that failed', () => {
    const story = talk()
      .at(10)
      .says('BlindTransfer', { ...blind, Result: 'Fail' });
    expect(story.entry('1.0')).toMatchObject({ passedOn: null, talkEndedAt: null });
  });

  test('nor by somebody else who transfers', () => {
    const story = talk()
      .at(10)
      .says('BlindTransfer', { ...blind, TransfererUniqueid: '7.7' });
    expect(story.entry('1.0').passedOn).toBeNull();
  });

  test('by an attended transfer, which may name the first leg or the second', () => {
    const attended = { Result: 'Success', OrigTransfererUniqueid: '5.5', SecondTransfererUniqueid: '1.1' };
    const story = talk().at(10).says('AttendedTransfer', attended);
    expect(story.entry('1.0')).toMatchObject({ passedOn: 'attended', by: 'passed-on' });
  });

  test('when AgentComplete gives transfer as its reason', () => {
    const story = talk().at(10).completes('1.0', 'vaxel', ada, 'transfer');
    expect(story.entry('1.0').passedOn).toBe('blind');
  });

  test('by a redirect: the telephone has gone, the caller has not, and for half a second no AgentComplete comes', () => {
    const story = talk().at(10).gone('1.1');
    expect(story.translator.nextDue()).toBe(second(10.5));
    story.at(10.4);
    expect(story.entry('1.0').talkEndedAt).toBeNull();
    story.at(11);
    expect(story.entry('1.0')).toMatchObject({ passedOn: 'redirect', talkEndedAt: second(10), by: 'passed-on' });
  });

  test('by a redirect into a queue, which the join proves at once', () => {
    const story = talk().at(10).joins('1.0', 'forskola');
    expect(story.entry('1.0')).toMatchObject({ passedOn: 'redirect', talkEndedAt: second(10) });
    expect(story.entry('1.0', 1)).toMatchObject({ queue: 'forskola', outcome: 'waiting', from: 'vaxel' });
    story.at(20).completes('1.0', 'vaxel', ada, 'agent', { TalkTime: 16 });
    expect(story.of('TalkEnded')).toHaveLength(1);
  });

  test('but not when the agent asks in another queue while the caller is on hold: that is only linked to the call', () => {
    const story = talk().at(10).calls('1.5', '1.0').joins('1.5', 'forskola', { Linkedid: '1.0' }).at(12);
    expect(story.entry('1.0')).toMatchObject({ passedOn: null, talkEndedAt: null });
    expect(story.entry('1.5').call).toBe(story.entry('1.0').call);
  });
});

describe('the telephone behind a Local member', () => {
  test('is what counts: the pair is optimised away while the talk goes on', () => {
    const story = localTalk().at(4.1).gone('1.2').gone('1.1').at(10);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'answered', talkEndedAt: null });
    story.hangsUp('1.3', '1.0').completes('1.0', 'vaxel', 'Local/agent01@agents', 'agent').gone('1.3').at(11);
    expect(story.entry('1.0')).toMatchObject({ talkEndedAt: second(10), by: 'agent', passedOn: null });
  });

  test('transfers, and only its own BlindTransfer tells: what joins the next queue is the other half of the pair', () => {
    const story = localTalk()
      .at(10)
      .says('BlindTransfer', { Result: 'Success', TransfererUniqueid: '1.3' })
      .gone('1.3');
    story.joins('1.2', 'forskola', { Linkedid: '1.0' }).at(30);
    expect(story.entry('1.0')).toMatchObject({ passedOn: 'blind', talkEndedAt: second(10) });
    expect(story.entry('1.2')).toMatchObject({ queue: 'forskola', from: 'vaxel', call: story.entry('1.0').call });
  });
});

describe('on hold', () => {
  test('the hold of the agent’s telephone is the caller’s', () => {
    const story = talk().at(10).says('Hold', channel('1.1', '1.0')).at(14).says('Unhold', channel('1.1', '1.0'));
    expect(story.entry('1.0')).toMatchObject({ heldMs: 4000, heldSince: null });
  });

  test('an Unhold without a Hold before it is nothing', () => {
    expect(talk().at(10).says('Unhold', channel('1.1', '1.0')).of('CallResumed')).toEqual([]);
  });
});

describe('an AgentConnect after the wait had been closed', () => {
  const lostInGap = () =>
    new AsteriskTimeline().connected().joins('1.0', 'vaxel').at(5).lost().at(20).connected().repairs([]).at(22);

  test('of a caller who had vanished in a gap and is there: he talks on the floor again', () => {
    const story = lostInGap().calls('1.0').rings('1.0', 'vaxel', ada, '1.1');
    expect(story.entry('1.0')).toMatchObject({ outcome: 'lost', why: 'gap' });
    story.at(25).answers('1.0', 'vaxel', ada, '1.1', { HoldTime: 25 });
    expect(story.entry('1.0')).toMatchObject({ outcome: 'answered', agent: ada, answeredAt: second(25), leftAt: null });
    expect([...story.translator.floor.entries.values()]).toMatchObject([{ outcome: 'answered', offeredAt: second(0) }]);
    expect(story.translator.floor.agents.get(ada)?.talks.size).toBe(1);
    story.at(40).gone('1.1').at(40.1).completes('1.0', 'vaxel', ada, 'agent', { HoldTime: 25, TalkTime: 15 }).at(42);
    expect(story.entries).toMatchObject([{ talkEndedAt: second(40), by: 'agent' }]);
    expect([...story.translator.floor.entries]).toEqual([]);
  });

  test('of a caller who has gone since: only what became of him is put right', () => {
    const story = lostInGap().at(25);
    story.says('AgentConnect', { ...channel('1.0'), Queue: 'vaxel', Interface: ada, HoldTime: 12 });
    expect(story.entry('1.0')).toMatchObject({ outcome: 'answered', agent: ada });
    expect([...story.translator.floor.entries]).toEqual([]);
    story.at(26).completes('1.0', 'vaxel', ada, 'caller', { HoldTime: 12, TalkTime: 4 });
    expect(story.entries).toMatchObject([{ talkEndedAt: second(26), by: 'caller' }]);
  });

  test('later than we hold a Leave: he has not overflowed; a minute later it is another stay', () => {
    const story = new AsteriskTimeline().connected().joins('1.0', 'vaxel').at(4).leaves('1.0', 'vaxel').at(5);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'unstated' });
    story.says('AgentConnect', { ...channel('1.0'), Queue: 'vaxel', Interface: ada, HoldTime: 5 });
    expect(story.entries).toMatchObject([{ outcome: 'answered', answeredAt: second(5) }]);

    const late = new AsteriskTimeline().connected().joins('1.0', 'vaxel').at(4).leaves('1.0', 'vaxel').at(65);
    late.says('AgentConnect', { ...channel('1.0'), Queue: 'vaxel', Interface: ada, HoldTime: 5 });
    expect(late.entries).toMatchObject([{ outcome: 'overflowed' }, { outcome: 'answered', offeredAt: second(60) }]);
    expect(late.of('Anomaly')).toMatchObject([{ code: 'answered-unseen' }]);
  });
});

describe('an AgentComplete that is the first we hear', () => {
  test('of a talk in a call that had vanished in a gap: the entry is put right', () => {
    const story = new AsteriskTimeline()
      .connected()
      .joins('1.0', 'vaxel')
      .at(5)
      .lost()
      .at(20)
      .connected()
      .repairs([])
      .at(22);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'lost', why: 'gap' });
    story.at(30).completes('1.0', 'vaxel', ada, 'caller', { HoldTime: 6, TalkTime: 24 });
    expect(story.entry('1.0')).toMatchObject({ outcome: 'answered', agent: ada, answeredAt: second(6), by: 'caller' });
  });

  test('of a call that nobody saw: told whole, and counted as an anomaly', () => {
    const story = new AsteriskTimeline().at(30).completes('1.0', 'vaxel', ada, 'agent', { HoldTime: 6, TalkTime: 20 });
    expect(story.entry('1.0')).toMatchObject({ offeredAt: second(4), answeredAt: second(10), talkEndedAt: second(30) });
    expect(story.of('Anomaly')).toMatchObject([{ code: 'completed-unseen' }]);
  });

  test('of a talk that a reading had found: the two lengths put its beginning right', () => {
    const story = new AsteriskTimeline().connected().joins('1.0', 'vaxel').at(2).lost().at(20).connected();
    const shown = [
      { ...channel('1.0'), Application: 'Queue', ApplicationData: 'vaxel,tT', BridgeId: 'b', Duration: '00:00:20' },
      {
        ...channel('1.1', '1.0'),
        Channel: `${ada}-00000001`,
        Application: 'AppQueue',
        BridgeId: 'b',
        Duration: '00:00:16'
      }
    ];
    story.repairs(
      [member(ada)],
      shown.map((fields) => message('CoreShowChannel', fields))
    );
    expect(story.entry('1.0')).toMatchObject({ outcome: 'answered', agent: ada, answeredQuality: 'estimated' });
    story.at(30).hangsUp('1.0').completes('1.0', 'vaxel', ada, 'caller', { HoldTime: 8, TalkTime: 22 });
    expect(story.entry('1.0')).toMatchObject({ answeredAt: second(8), answeredQuality: 'second' });
  });
});
