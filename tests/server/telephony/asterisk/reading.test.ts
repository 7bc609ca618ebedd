import { describe, expect, test } from 'vitest';
import { AsteriskTimeline, channel, member, message, second, waits } from '../../../support/asterisk-timeline.ts';

const ada = 'PJSIP/agent19';
const vaxel = message('QueueParams', { Queue: 'vaxel', Max: 0 });

function shown(uniqueid: string, linkedid: string, more: Record<string, string>) {
  return message('CoreShowChannel', { ...channel(uniqueid, linkedid), Duration: '00:00:10', BridgeId: '', ...more });
}
const queuedCaller = (bridge: string) =>
  shown('1.0', '1.0', { Application: 'Queue', ApplicationData: 'vaxel,tT', BridgeId: bridge });

describe('a first reading', () => {
  test('adopts who waits, from when they came', () => {
    const story = new AsteriskTimeline()
      .at(60)
      .connected()
      .repairs([vaxel, waits('1.0', 12)]);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'waiting', adopted: true, offeredAt: second(48) });
    expect(story.entry('1.0').offeredQuality).toBe('estimated');
    expect(story.of('QueueSeen')).toEqual([{ kind: 'QueueSeen', queue: 'vaxel', limit: null }]);
  });

  test('the join that it already told of is no second entry', () => {
    const story = new AsteriskTimeline()
      .at(60)
      .connected()
      .repairs([vaxel, waits('1.0', 0)])
      .joins('1.0', 'vaxel');
    expect(story.entries).toHaveLength(1);
    story.at(70).hangsUp('1.0').abandons('1.0', 'vaxel', { HoldTime: 10 });
    expect(story.entry('1.0').outcome).toBe('abandoned');
  });

  test('adopts a talk: a caller in Queue with a bridge, and the telephone that the queue dialled', () => {
    const device = shown('1.1', '1.0', { Channel: `${ada}-00000001`, Application: 'AppQueue', BridgeId: 'b' });
    const story = new AsteriskTimeline()
      .at(60)
      .connected()
      .repairs([vaxel, member(ada)], [queuedCaller('b'), device]);
    expect(story.entry('1.0')).toMatchObject({
      outcome: 'answered',
      agent: ada,
      answeredAt: second(50),
      adopted: true
    });
    story.at(70).hangsUp('1.1', '1.0').gone('1.1').at(70.1).completes('1.0', 'vaxel', ada, 'agent').at(72);
    expect(story.entry('1.0')).toMatchObject({ talkEndedAt: second(70), by: 'agent', passedOn: null });
  });

  test('finds the telephone behind a Local pair, and the person by the member', () => {
    const local = 'Local/agent13@agents';
    const channels = [
      queuedCaller('b'),
      shown('1.1', '1.0', { Channel: `${local}-0000000a;1`, Application: 'AppQueue', BridgeId: 'b' }),
      shown('1.2', '1.0', { Channel: `${local}-0000000a;2`, Application: 'Dial', BridgeId: 'c' }),
      shown('1.3', '1.0', { Channel: 'PJSIP/agent13-00000002', Application: 'AppDial', BridgeId: 'c' })
    ];
    const story = new AsteriskTimeline().at(60).connected();
    story.repairs([vaxel, member(`${local}/n`, { StateInterface: 'PJSIP/agent13' })], channels);
    expect(story.entry('1.0').agent).toBe('PJSIP/agent13');
    story.at(65).says('BlindTransfer', { Result: 'Success', TransfererUniqueid: '1.3' });
    expect(story.entry('1.0').passedOn).toBe('blind');
  });

  test('a caller whom such a member has passed on is no talk: the other half dials nobody', () => {
    const local = 'Local/agent01@agents';
    const channels = [
      queuedCaller('b'),
      shown('1.1', '1.0', { Channel: `${local}-0000000a;1`, Application: 'AppQueue', BridgeId: 'b' }),
      shown('1.2', '1.0', { Channel: `${local}-0000000a;2`, Application: 'Playback' })
    ];
    const story = new AsteriskTimeline()
      .at(60)
      .connected()
      .repairs([vaxel, member(local)], channels);
    expect(story.entries).toEqual([]);
  });

  test('passed on into another queue, he talks there and nowhere else: through the other half', () => {
    const local = 'Local/agent01@agents';
    const channels = [
      queuedCaller('b'),
      shown('1.1', '1.0', { Channel: `${local}-0000000a;1`, Application: 'AppQueue', BridgeId: 'b' }),
      shown('1.2', '1.0', {
        Channel: `${local}-0000000a;2`,
        Application: 'Queue',
        ApplicationData: 'forskola,tT',
        BridgeId: 'c'
      }),
      shown('1.3', '1.0', { Channel: `${ada}-00000002`, Application: 'AppQueue', BridgeId: 'c' })
    ];
    const story = new AsteriskTimeline()
      .at(60)
      .connected()
      .repairs([vaxel, member(local), member(ada)], channels);
    expect(story.entries).toMatchObject([{ channel: '1.2', queue: 'forskola', agent: ada }]);
  });

  test('who waits in the first list and talks in the second was answered between them, which will be told', () => {
    const device = shown('1.1', '1.0', { Channel: `${ada}-00000001`, Application: 'AppQueue', BridgeId: 'b' });
    const story = new AsteriskTimeline().at(60).connected();
    story.repairs([vaxel, member(ada), waits('1.0', 12)], [queuedCaller('b'), device]);
    expect(story.entries).toMatchObject([{ outcome: 'waiting' }]);
    story.at(60.1).answers('1.0', 'vaxel', ada, '1.1', { HoldTime: 12 });
    expect(story.entries).toMatchObject([{ outcome: 'answered', answeredAt: second(60.1), answeredQuality: 'exact' }]);
  });

  test('a busy telephone alone is only busy', () => {
    const story = new AsteriskTimeline().connected().repairs([vaxel, member(ada, { Status: 2 })]);
    expect(story.entries).toEqual([]);
    expect(story.translator.floor.agents.get(ada)).toMatchObject({ device: 'busy' });
  });

  test('when nothing tells whose telephone talks, the talk is kept and we say that we do not know', () => {
    const device = shown('1.1', '1.0', { Channel: 'PJSIP/agent01-00000001', Application: 'AppDial', BridgeId: 'b' });
    const story = new AsteriskTimeline()
      .at(60)
      .connected()
      .repairs([vaxel], [queuedCaller('b'), device]);
    expect(story.of('Anomaly')).toMatchObject([{ code: 'talk-agent-unknown' }]);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'answered', agent: 'PJSIP/agent01' });

    // Behind a plain Local member that has been optimised away: its end tells whose telephone it was.
    story.at(70).completes('1.0', 'vaxel', 'Local/agent01@agents', 'agent', { HoldTime: 3, TalkTime: 17 });
    expect(story.entry('1.0')).toMatchObject({
      ...{ agent: 'Local/agent01@agents', offeredAt: second(50), answeredAt: second(53), talkEndedAt: second(70) }
    });
    expect(story.of('TalkEnded')).toMatchObject([{ agent: 'Local/agent01@agents', by: 'agent' }]);
    expect(story.translator.floor.agents.size).toBe(0);
  });
});

describe('after a gap', () => {
  /** 10:00:00 caller 1 joins, 10:00:10 contact is lost, 10:00:40 it is back. */
  function gap(about: { bootedAt?: number } = {}): AsteriskTimeline {
    return new AsteriskTimeline()
      .connected()
      .repairs([vaxel])
      .joins('1.0', 'vaxel')
      .at(10)
      .lost()
      .at(40)
      .connected(about);
  }

  test('who still waits is the same entry', () => {
    const story = gap().repairs([vaxel, waits('1.0', 40)]);
    expect(story.entries).toHaveLength(1);
    expect(story.of('EntryCorrected')).toEqual([]);
  });

  test('who is missing is lost after a second, from when we last were sure', () => {
    const story = gap().repairs([vaxel]).at(40.9);
    expect(story.entry('1.0').outcome).toBe('waiting');
    story.at(41);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'lost', why: 'gap', leftAt: second(10) });
  });

  test('unless an event explains it meanwhile', () => {
    const story = gap().repairs([vaxel]).at(40.2).hangsUp('1.0').abandons('1.0', 'vaxel', { HoldTime: 40 }).at(45);
    expect(story.entry('1.0').outcome).toBe('abandoned');
  });

  test('an abandon that comes after all, over a line that had stalled, puts the lost one right', () => {
    const story = gap().repairs([vaxel]).at(45).hangsUp('1.0').abandons('1.0', 'vaxel');
    expect(story.entry('1.0')).toMatchObject({ outcome: 'abandoned', why: null });
    expect(story.of('EntryCorrected')).toMatchObject([{ evidence: 'late' }]);
  });

  test('who left the queue and came back to it is lost and new', () => {
    const story = gap()
      .repairs([vaxel, waits('1.0', 5)])
      .at(45);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'lost', why: 'gap' });
    expect(story.entry('1.0', 1)).toMatchObject({ outcome: 'waiting', offeredAt: second(35) });
  });

  test('whose join we heard late has waited as long as the PBX says', () => {
    const story = gap().repairs([vaxel, waits('1.0', 60)]);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'waiting', offeredAt: second(-20) });
  });

  test('who talks now was answered while we were blind', () => {
    const device = shown('1.1', '1.0', { Channel: `${ada}-00000001`, Application: 'AppQueue', BridgeId: 'b' });
    const story = gap().repairs([vaxel, member(ada)], [queuedCaller('b'), device]);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'answered', agent: ada, answeredAt: second(30) });
  });

  test('nobody of before is still there when the PBX was started anew, not even under the same Uniqueid', () => {
    const story = gap({ bootedAt: 30 }).repairs([vaxel, waits('1.0', 2)]);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'lost', why: 'gap', leftAt: second(10) });
    expect(story.entry('1.0', 1)).toMatchObject({ outcome: 'waiting', offeredAt: second(38) });
  });

  test('a PBX that had been up before the gap was not started anew', () => {
    const story = gap({ bootedAt: -500 })
      .repairs([vaxel, waits('1.0', 40)])
      .at(50);
    expect(story.entry('1.0').outcome).toBe('waiting');
  });

  test('a talk that is over has ended when we last were sure, and nobody knows how', () => {
    const story = new AsteriskTimeline()
      .connected()
      .repairs([vaxel, member(ada)])
      .joins('1.0', 'vaxel');
    story.rings('1.0', 'vaxel', ada, '1.1').at(4).answers('1.0', 'vaxel', ada, '1.1').at(10).lost().at(40).connected();
    story.repairs([vaxel, member(ada)], []);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'answered', talkEndedAt: second(10), by: 'unstated' });
  });

  test('without the list of channels a talk is believed until the telephone is free', () => {
    const story = new AsteriskTimeline()
      .connected()
      .repairs([vaxel, member(ada)], null)
      .joins('1.0', 'vaxel');
    story.rings('1.0', 'vaxel', ada, '1.1').at(4).answers('1.0', 'vaxel', ada, '1.1').at(10).lost().at(40).connected();
    story.repairs([vaxel, member(ada, { Status: 2 })], null);
    expect(story.entry('1.0').talkEndedAt).toBeNull();
    story.repairs([vaxel, member(ada, { Status: 1 })], null);
    expect(story.entry('1.0')).toMatchObject({ by: 'unstated' });
  });

  test('a caller who is found in another queue was moved there', () => {
    const story = new AsteriskTimeline().connected().repairs([vaxel]).joins('1.0', 'vaxel').at(5);
    story
      .abandons('1.0', 'vaxel')
      .at(6)
      .lost()
      .at(20)
      .connected()
      .repairs([vaxel, waits('1.0', 8, 'forskola')]);
    expect(story.entry('1.0')).toMatchObject({ outcome: 'overflowed', why: 'moved' });
    expect(story.entry('1.0', 1)).toMatchObject({ queue: 'forskola', from: 'vaxel', call: story.entry('1.0').call });
  });

  test('a Leave that waits to be decided is decided by the reading', () => {
    const device = shown('1.1', '1.0', { Channel: `${ada}-00000001`, Application: 'AppQueue', BridgeId: 'b' });
    const story = new AsteriskTimeline()
      .connected()
      .repairs([vaxel])
      .joins('1.0', 'vaxel')
      .at(7)
      .leaves('1.0', 'vaxel');
    story
      .at(7.1)
      .repairs([vaxel, member(ada)], [queuedCaller('b'), device])
      .at(9);
    expect(story.entry('1.0').outcome).toBe('answered');
    expect(story.of('CallOverflowed')).toEqual([]);
  });

  test('a queue that has gone, and who was in it, are gone', () => {
    const story = new AsteriskTimeline()
      .connected()
      .repairs([vaxel, member(ada)])
      .at(10)
      .repairs([]);
    expect(story.of('QueueGone')).toEqual([{ kind: 'QueueGone', queue: 'vaxel' }]);
    expect(story.translator.floor.agents.size).toBe(0);
  });
});

describe('after our own restart', () => {
  test('open entries of the log are known again by channel, queue and when they joined', () => {
    const before = new AsteriskTimeline()
      .connected()
      .repairs([vaxel, member(ada)])
      .joins('1.0', 'vaxel');
    before
      .joins('2.0', 'vaxel')
      .rings('2.0', 'vaxel', ada, '2.1')
      .at(4)
      .answers('2.0', 'vaxel', ada, '2.1')
      .at(10)
      .lost();
    const after = new AsteriskTimeline({ floor: before.translator.floor }).at(20).connected();
    const channels = [
      shown('1.0', '1.0', { Application: 'Queue', ApplicationData: 'vaxel,tT' }),
      shown('2.0', '2.0', { Application: 'Queue', ApplicationData: 'vaxel,tT', BridgeId: 'b' }),
      shown('2.1', '2.0', { Channel: `${ada}-00000001`, Application: 'AppQueue', BridgeId: 'b' })
    ];
    after.repairs([vaxel, member(ada), waits('1.0', 20)], channels);
    expect(after.events.map(({ kind }) => kind)).toEqual(['SourceConnected']);
    after.at(30).says('BlindTransfer', { Result: 'Success', TransfererUniqueid: '2.1' });
    expect(after.of('CallPassedOn')).toMatchObject([{ entry: before.entry('2.0').id, how: 'blind' }]);
    after.hangsUp('1.0').abandons('1.0', 'vaxel', { HoldTime: 30 });
    expect(after.of('CallAbandoned')).toEqual([{ kind: 'CallAbandoned', entry: before.entry('1.0').id }]);
  });
});
