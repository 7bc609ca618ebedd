import { describe, expect, test } from 'vitest';
import { AsteriskTimeline, channel, second } from '../../../support/asterisk-timeline.ts';

describe('how a waiting caller left', () => {
  test('a caller who hangs up has abandoned', () => {
    const story = new AsteriskTimeline().at(0).joins('1.0', 'vaxel');
    story.at(9).hangsUp('1.0').abandons('1.0', 'vaxel', { HoldTime: 9 }).leaves('1.0', 'vaxel');
    story.at(10);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'abandoned', offeredAt: second(0), leftAt: second(9) });
    expect(story.of('CallOverflowed')).toEqual([]);
  });

  test('a time-out is sent as an abandon too, but nobody asked to hang up: the caller is not lost', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').at(15).abandons('1.0', 'vaxel').leaves('1.0', 'vaxel');
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'unstated', leftAt: second(15) });
  });

  test('the hangup of a ringing leg in the same millisecond is not the caller, although Linkedid is his', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel');
    story.at(15).hangsUp('1.2', '1.0').abandons('1.0', 'vaxel');
    expect(story.entry('1.0').outcome).toBe('overflowed');
  });

  test('after a SoftHangupRequest alone the PBX has ended the wait', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel');
    story.at(5).says('SoftHangupRequest', channel('1.0')).abandons('1.0', 'vaxel');
    expect(story.entry('1.0')).toMatchObject({ outcome: 'lost', why: 'pbx-ended' });
  });

  test('a SoftHangupRequest that follows the abandon says nothing', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel');
    story.at(5).abandons('1.0', 'vaxel').says('SoftHangupRequest', channel('1.0')).gone('1.0').at(9);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'unstated' });
  });

  test('a caller who asked to hang up after the PBX did has hung up', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').at(5);
    story.says('SoftHangupRequest', channel('1.0')).hangsUp('1.0').abandons('1.0', 'vaxel');
    expect(story.entry('1.0').outcome).toBe('abandoned');
  });

  test('a caller who hung up has done so, though the PBX then asks for the same', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').at(5).hangsUp('1.0');
    story.says('SoftHangupRequest', channel('1.0')).abandons('1.0', 'vaxel');
    expect(story.entry('1.0').outcome).toBe('abandoned');
  });

  test('somebody redirected the waiting caller: the abandon already stands in another place', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel');
    story.at(6).abandons('1.0', 'vaxel', { Context: 'internal', Exten: '6001' });
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'moved' });
  });

  test('a hangup asked for before the join belongs to another stay', () => {
    const story = new AsteriskTimeline().calls('1.0').hangsUp('1.0').at(1).joins('1.0', 'vaxel');
    story.at(5).abandons('1.0', 'vaxel');
    expect(story.entry('1.0').outcome).toBe('overflowed');
  });
});

describe('a QueueCallerLeave', () => {
  test('is held until the answer that comes with it', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').rings('1.0', 'vaxel', 'PJSIP/agent19', '1.1').at(4);
    story.answers('1.0', 'vaxel', 'PJSIP/agent19', '1.1', { HoldTime: 4 }).at(5);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'answered', agent: 'PJSIP/agent19', answeredAt: second(4) });
    expect(story.of('CallOverflowed')).toEqual([]);
  });

  test('says after a quarter of a second that the caller has left, from when he left: a key has no event', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').at(7).leaves('1.0', 'vaxel');
    expect(story.translator.nextDue()).toBe(second(7.25));
    story.at(7.2);
    expect(story.entry('1.0').outcome).toBe('waiting');
    story.at(7.25);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'unstated', leftAt: second(7) });
    expect(story.translator.nextDue()).toBeNull();
  });

  test('and a join elsewhere are a move', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').at(7).leaves('1.0', 'vaxel');
    story.at(7.005).joins('1.0', 'forskola').at(8);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'moved', leftAt: second(7) });
    expect(story.entry('1.0', 1)).toMatchObject({ queue: 'forskola', outcome: 'waiting', from: 'vaxel' });
  });

  test('of an entry that nobody knows, or that has been decided, is nothing', () => {
    const story = new AsteriskTimeline().leaves('9.9', 'vaxel').joins('1.0', 'vaxel').at(3).hangsUp('1.0');
    story.abandons('1.0', 'vaxel').leaves('1.0', 'vaxel').at(5);
    expect(story.events.map(({ kind }) => kind)).toEqual(['CallOffered', 'CallAbandoned']);
  });
});

describe('moving on', () => {
  test('a caller whose time was out and who joins another queue was moved', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').at(12).abandons('1.0', 'vaxel').leaves('1.0', 'vaxel');
    story.at(40).joins('1.0', 'forskola');
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'moved', leftAt: second(12) });
    expect(story.of('EntryCorrected')).toMatchObject([{ evidence: 'join', was: { why: 'unstated' } }]);
    expect(story.entry('1.0', 1)).toMatchObject({
      from: 'vaxel',
      offeredAt: second(40),
      call: story.entry('1.0').call
    });
  });

  test('the same queue twice is two entries, even within one second', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').at(0.2).abandons('1.0', 'vaxel');
    story.at(0.201).joins('1.0', 'vaxel');
    expect(story.entries.map(({ id }) => id)).toEqual([
      `pbx/1.0/vaxel/${second(0) / 1000}`,
      `pbx/1.0/vaxel/${second(0) / 1000}/2`
    ]);
    expect(story.entry('1.0', 1).outcome).toBe('waiting');
  });

  test('a caller stands in one queue: whoever joins a second has left the first, and we say that nobody told', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').at(5).joins('1.0', 'forskola');
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'moved' });
    expect(story.of('Anomaly')).toMatchObject([{ code: 'joined-without-leaving', entry: story.entry('1.0').id }]);
  });

  test('another call of the same number is another call', () => {
    const story = new AsteriskTimeline()
      .joins('1.0', 'vaxel')
      .at(5)
      .hangsUp('1.0')
      .abandons('1.0', 'vaxel')
      .gone('1.0');
    story.at(60).joins('2.0', 'vaxel');
    expect(story.entry('2.0').call).not.toBe(story.entry('1.0').call);
    expect(story.entry('2.0').from).toBeNull();
    expect(story.entry('2.0').caller).toBe(story.entry('1.0').caller);
  });
});

describe('when the line is late', () => {
  test('a wait that began before the silence ended when HoldTime says, not when we heard of it', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').at(28).hangsUp('1.0');
    story.abandons('1.0', 'vaxel', { HoldTime: 8 });
    expect(story.entry('1.0')).toMatchObject({ outcome: 'abandoned', leftAt: second(8) });
    expect(story.told.at(-1)).toMatchObject({ quality: 'second', seenAt: second(28) });
  });

  test('a whole wait that is heard in one burst keeps its length', () => {
    const story = new AsteriskTimeline().at(28).joins('1.0', 'vaxel').at(28.004).hangsUp('1.0');
    story.abandons('1.0', 'vaxel', { HoldTime: 8 });
    const entry = story.entry('1.0');
    expect(entry).toMatchObject({ outcome: 'abandoned', offeredQuality: 'second' });
    expect((entry.leftAt ?? 0) - entry.offeredAt).toBe(8000);
  });

  test('a second of difference is only the cut of whole seconds', () => {
    const story = new AsteriskTimeline().joins('1.0', 'vaxel').rings('1.0', 'vaxel', 'PJSIP/agent19', '1.1').at(4.9);
    story.answers('1.0', 'vaxel', 'PJSIP/agent19', '1.1', { HoldTime: 4 });
    expect(story.entry('1.0')).toMatchObject({ answeredAt: second(4.9), answeredQuality: 'exact' });
  });
});

describe('what cannot be known', () => {
  test('a withheld number is no number', () => {
    const story = new AsteriskTimeline();
    for (const [n, number] of ['<unknown>', 'anonymous', ''].entries())
      story.joins(`${n}.0`, 'vaxel', { CallerIDNum: number, Linkedid: `${n}.0` });
    expect(story.entries.map(({ caller }) => caller)).toEqual([null, null, null]);
  });

  test('a connect for a caller who was never seen to wait is told whole, and counted as an anomaly', () => {
    const story = new AsteriskTimeline().at(9).says('Newchannel', channel('1.1'));
    story.says('AgentConnect', { ...channel('1.0'), Queue: 'vaxel', Interface: 'PJSIP/agent19', HoldTime: 4 });
    expect(story.entry('1.0')).toMatchObject({ adopted: true, offeredAt: second(5), answeredAt: second(9) });
    expect(story.of('Anomaly')).toMatchObject([{ code: 'answered-unseen' }]);
  });

  test('a wait that ended before it began has no length, and is counted as an anomaly', () => {
    const story = new AsteriskTimeline().at(5).joins('1.0', 'vaxel').at(3).hangsUp('1.0').abandons('1.0', 'vaxel');
    expect(story.entry('1.0')).toMatchObject({ outcome: 'abandoned', offeredAt: second(5), leftAt: second(5) });
    expect(story.of('Anomaly')).toMatchObject([{ code: 'left-before-joined' }]);
  });

  test('without the class `call` outcomes are unstated, and we say so once', () => {
    const story = new AsteriskTimeline().connected();
    const told = ['1.0', '2.0', '3.0'].map((caller) => {
      story.joins(caller, 'vaxel', { Linkedid: caller });
      return story.of('Anomaly').length;
    });
    // One alone may have called before we signed in.
    expect(told).toEqual([0, 1, 1]);
    story.at(5).abandons('1.0', 'vaxel');
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'unstated' });
    expect(story.of('Anomaly')).toEqual([{ kind: 'Anomaly', code: 'no-call-class' }]);
  });
});

describe('a caller whom the queue refused', () => {
  const refused = (status: string) => ({
    ...channel('1.0'),
    UserEvent: 'StamgaffelRefused',
    Queue: 'bostad',
    Status: status
  });

  test('is told by the dial plan', () => {
    const story = new AsteriskTimeline().says('UserEvent', refused('FULL')).says('UserEvent', refused('JOINEMPTY'));
    expect(story.of('CallRefused')).toMatchObject([
      { queue: 'bostad', why: 'full' },
      { queue: 'bostad', why: 'empty' }
    ]);
    expect(story.entries).toEqual([]);
  });

  test('is not one who waited, nor any other event of the dial plan', () => {
    const story = new AsteriskTimeline().says('UserEvent', refused('TIMEOUT'));
    story.says('UserEvent', { ...refused('FULL'), UserEvent: 'SomethingElse' });
    expect(story.events).toEqual([]);
  });
});
