import { describe, expect, test } from 'vitest';
import { AsteriskTimeline, channel, member } from '../../../support/asterisk-timeline.ts';

const ada = 'PJSIP/agent19';
const local = 'Local/agent13@agents/n';
const device = 'PJSIP/agent13';

function of(name: string, queue = 'vaxel', more: Record<string, string | number> = {}) {
  return { Queue: queue, Interface: name, StateInterface: name, Status: 1, Paused: 0, ...more };
}
/** Ada is in vaxel and in forskola, and her telephone is free. */
function adaAtWork(options: { wrapUpReason?: string } = {}): AsteriskTimeline {
  const story = new AsteriskTimeline(options).connected().repairs([member(ada), member(ada, { Queue: 'forskola' })]);
  story.told.length = 0;
  return story;
}

describe('telephones', () => {
  test('a change comes once for each queue and is told once', () => {
    const story = adaAtWork().says('QueueMemberStatus', of(ada, 'vaxel', { Status: 6 }));
    story.says('QueueMemberStatus', of(ada, 'forskola', { Status: 6 }));
    expect(story.events).toEqual([{ kind: 'DeviceChanged', agent: ada, device: 'ringing' }]);
  });

  test.each([
    [0, 'unknown'],
    [2, 'busy'],
    [3, 'busy'],
    [4, 'unreachable'],
    [5, 'unreachable'],
    [6, 'ringing'],
    [7, 'ringing'],
    [8, 'held']
  ])('status %i is %s', (status, device) => {
    const story = adaAtWork().says('QueueMemberStatus', of(ada, 'vaxel', { Status: status }));
    expect(story.events).toEqual([{ kind: 'DeviceChanged', agent: ada, device }]);
  });

  test('a plain Local member shows free through the whole call: that ends no talk', () => {
    const plain = 'Local/agent01@agents';
    const story = new AsteriskTimeline()
      .connected()
      .repairs([member(plain, { Status: 2 })])
      .joins('1.0', 'vaxel');
    story.at(4).answers('1.0', 'vaxel', plain, '1.1').says('QueueMemberStatus', of(plain));
    expect(story.translator.floor.agents.get(plain)).toMatchObject({ device: 'free' });
    expect(story.translator.floor.agents.get(plain)?.talks.size).toBe(1);
  });
});

describe('one person', () => {
  test('is a Local member and the telephone that shows their state, in every event', () => {
    const story = new AsteriskTimeline().connected().repairs([member(local, { StateInterface: device })]);
    story.joins('1.0', 'vaxel').rings('1.0', 'vaxel', local, '1.1').at(4).answers('1.0', 'vaxel', local, '1.1');
    expect(story.of('AgentRung')).toMatchObject([{ agent: device }]);
    expect(story.of('CallAnswered')).toMatchObject([{ agent: device }]);
    expect([...story.translator.floor.agents.keys()]).toEqual([device]);
  });

  test('without a state interface is the interface, whatever options it is dialled with', () => {
    const story = new AsteriskTimeline().connected().repairs([member(local, { StateInterface: '' })]);
    expect(story.of('AgentJoinedQueue')).toMatchObject([{ agent: 'Local/agent13@agents' }]);
  });
});

describe('pauses', () => {
  const pause = (queue: string, reason: string, paused = 1) => of(ada, queue, { Paused: paused, PausedReason: reason });

  test('of all queues come one by one, in any order', () => {
    const story = adaAtWork().says('QueueMemberPause', pause('forskola', 'Rast'));
    story.says('QueueMemberPause', pause('vaxel', 'Rast'));
    expect(story.of('AgentPaused').map(({ queue }) => queue)).toEqual(['forskola', 'vaxel']);
  });

  test('another reason is news only when it changes whether the pause is wrap-up, and its words go nowhere', () => {
    const story = adaAtWork({ wrapUpReason: 'Efterarbete' }).says('QueueMemberPause', pause('vaxel', 'Rast'));
    story.says('QueueMemberPause', pause('vaxel', 'Möte åäö'));
    story.says('QueueMemberPause', pause('vaxel', 'Efterarbete'));
    expect(story.events).toEqual([
      { kind: 'AgentPaused', agent: ada, queue: 'vaxel', wrapUp: false },
      { kind: 'AgentPaused', agent: ada, queue: 'vaxel', wrapUp: true }
    ]);
    expect(JSON.stringify(story.told)).not.toMatch(/Rast|Möte|Efterarbete/);
  });

  test('of somebody who is no member are nothing', () => {
    const stranger = of('PJSIP/agent99', 'vaxel', { Paused: 1 });
    const story = adaAtWork().says('QueueMemberPause', stranger);
    story.says('QueueMemberPause', { ...stranger, Paused: 0 }).says('QueueMemberStatus', { ...stranger, Status: 6 });
    expect(story.events).toEqual([]);
  });

  test('end, even with a reason, and ending twice is nothing', () => {
    const story = adaAtWork().says('QueueMemberPause', pause('vaxel', 'Rast'));
    story.says('QueueMemberPause', pause('vaxel', 'Åter', 0)).says('QueueMemberPause', pause('vaxel', '', 0));
    expect(story.events.map(({ kind }) => kind)).toEqual(['AgentPaused', 'AgentUnpaused']);
  });
});

describe('coming and going', () => {
  test('a member comes paused, with the telephone as it is', () => {
    const story = new AsteriskTimeline()
      .connected()
      .says('QueueMemberAdded', of(ada, 'vaxel', { Paused: 1, Status: 5 }));
    expect(story.events.slice(1)).toEqual([
      { kind: 'AgentJoinedQueue', agent: ada, queue: 'vaxel' },
      { kind: 'AgentPaused', agent: ada, queue: 'vaxel', wrapUp: false },
      { kind: 'DeviceChanged', agent: ada, device: 'unreachable' }
    ]);
  });

  test('leaving one queue leaves the other; leaving twice is nothing', () => {
    const story = adaAtWork().says('QueueMemberRemoved', of(ada)).says('QueueMemberRemoved', of(ada));
    expect(story.events).toEqual([{ kind: 'AgentLeftQueue', agent: ada, queue: 'vaxel' }]);
    expect([...story.translator.floor.agents.get(ada)!.queues.keys()]).toEqual(['forskola']);
  });

  test('a member who is removed while talking talks on until the end', () => {
    const story = adaAtWork().joins('1.0', 'vaxel').at(4).answers('1.0', 'vaxel', ada, '1.1');
    story.says('QueueMemberRemoved', of(ada)).says('QueueMemberRemoved', of(ada, 'forskola'));
    story.at(9).hangsUp('1.0').completes('1.0', 'vaxel', ada, 'caller').says('Hangup', channel('1.0'));
    expect(story.entry('1.0')).toMatchObject({ agent: ada, by: 'caller' });
    expect(story.translator.floor.agents.has(ada)).toBe(false);
  });
});
