import { expect, test } from 'vitest';
import { AsteriskTimeline, channel } from '../../../support/asterisk-timeline.ts';

const [ada, bo, cilla] = ['PJSIP/agent19', 'PJSIP/agent20', 'PJSIP/agent21'];

/** A caller for whom three telephones ring: 1.1, 1.2 and 1.3. */
function ringingAll(): AsteriskTimeline {
  const story = new AsteriskTimeline().joins('1.0', 'vaxel').rings('1.0', 'vaxel', ada, '1.1');
  return story.rings('1.0', 'vaxel', bo, '1.2').rings('1.0', 'vaxel', cilla, '1.3');
}

test('one answers and the others are told nothing: their rings are cancelled by the answer', () => {
  const story = ringingAll().at(4).answers('1.0', 'vaxel', bo, '1.2');
  expect(story.of('RingEnded')).toEqual([
    { kind: 'RingEnded', ring: 'pbx/1.2', how: 'answered', rangMs: 4000 },
    { kind: 'RingEnded', ring: 'pbx/1.1', how: 'cancelled', rangMs: 4000 },
    { kind: 'RingEnded', ring: 'pbx/1.3', how: 'cancelled', rangMs: 4000 }
  ]);
  expect(story.translator.floor.rings.size).toBe(0);
});

test('the caller gives up while telephones ring: nobody missed a call', () => {
  const story = ringingAll().at(4).hangsUp('1.0').abandons('1.0', 'vaxel');
  expect(story.of('RingEnded').map(({ how }) => how)).toEqual(['cancelled', 'cancelled', 'cancelled']);
});

test('a telephone that rang its time is a missed call, whichever event comes first', () => {
  const fields = { ...channel('1.0'), DestUniqueid: '1.1', Queue: 'vaxel', Interface: ada, RingTime: 12000 };
  const before = ringingAll().at(12).says('AgentRingNoAnswer', fields).dialEnds('1.0', ada, '1.1', 'NOANSWER');
  const after = ringingAll().at(12).dialEnds('1.0', ada, '1.1', 'NOANSWER').says('AgentRingNoAnswer', fields);
  for (const story of [before, after])
    expect(story.of('RingEnded')).toEqual([{ kind: 'RingEnded', ring: 'pbx/1.1', how: 'no-answer', rangMs: 12000 }]);
});

test('RingTime 0 is a telephone that was busy or refused: not missed, though the dialling says NOANSWER', () => {
  const story = ringingAll().dialEnds('1.0', ada, '1.1', 'NOANSWER');
  story.says('AgentRingNoAnswer', { ...channel('1.0'), DestUniqueid: '1.1', RingTime: 0 }).gone('1.1');
  expect(story.of('RingEnded')).toMatchObject([{ how: 'busy', rangMs: 0 }]);
});

test('NOANSWER and a hangup without a word more is a missed call', () => {
  const story = ringingAll().at(9).dialEnds('1.0', ada, '1.1', 'NOANSWER').gone('1.1');
  expect(story.of('RingEnded')).toMatchObject([{ how: 'no-answer', rangMs: 9000 }]);
});

test.each(['BUSY', 'CONGESTION', 'CHANUNAVAIL'])('%s is busy', (status) => {
  expect(ringingAll().dialEnds('1.0', ada, '1.1', status).of('RingEnded')).toMatchObject([{ how: 'busy' }]);
});

test('a hangup alone ends the ring', () => {
  const story = ringingAll().at(2).gone('1.3');
  expect(story.of('RingEnded')).toEqual([{ kind: 'RingEnded', ring: 'pbx/1.3', how: 'cancelled', rangMs: 2000 }]);
});

test('without the class `call` the answer and the leaving end what rings', () => {
  const story = ringingAll().at(4).leaves('1.0', 'vaxel');
  story.says('AgentConnect', { ...channel('1.0'), DestUniqueid: '1.1', Queue: 'vaxel', Interface: ada });
  expect(story.of('RingEnded').map(({ how }) => how)).toEqual(['answered', 'cancelled', 'cancelled']);
});

test('nobody is rung for a caller who does not wait', () => {
  const story = new AsteriskTimeline().rings('9.9', 'vaxel', ada, '9.1').gone('9.1');
  expect(story.events).toEqual([]);
});
