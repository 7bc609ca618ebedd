import { describe, expect, test } from 'vitest';
import { Channels } from '../../../../src/lib/server/telephony/asterisk/channels.ts';
import { channel, message } from '../../../support/asterisk-timeline.ts';

function local(channels: Channels, one: string, two: string, name: string): void {
  channels.heard(
    message('LocalBridge', {
      LocalOneUniqueid: one,
      LocalOneChannel: `Local/${name}-00000001;1`,
      LocalOneLinkedid: '1.0',
      LocalTwoUniqueid: two,
      LocalTwoChannel: `Local/${name}-00000001;2`,
      LocalTwoLinkedid: '1.0'
    })
  );
}
function dials(channels: Channels, from: string, to: string, status = 'ANSWER'): void {
  channels.heard(message('DialEnd', { ...channel(from, '1.0'), DestUniqueid: to, DialStatus: status }));
}
function named(channels: Channels, uniqueid: string, name: string): void {
  channels.heard(message('Newchannel', { ...channel(uniqueid, '1.0'), Channel: name }));
}

describe('the telephone behind what a queue dialled', () => {
  test('is the channel itself, when that is a telephone', () => {
    const channels = new Channels();
    named(channels, '1.1', 'PJSIP/agent19-00000001');
    expect(channels.device('1.1')?.uniqueid).toBe('1.1');
  });

  test('is what the other half of a Local pair has reached, and nobody while it only rings', () => {
    const channels = new Channels();
    local(channels, '1.1', '1.2', 'agent01@agents');
    named(channels, '1.3', 'PJSIP/agent01-00000001');
    expect(channels.device('1.1')).toBeNull();
    dials(channels, '1.2', '1.3', 'NOANSWER');
    expect(channels.device('1.1')).toBeNull();
    dials(channels, '1.2', '1.3');
    expect(channels.device('1.1')?.name).toBe('PJSIP/agent01-00000001');
  });

  test('is found through a second pair, and a ring of pairs does not go on for ever', () => {
    const channels = new Channels();
    local(channels, '1.1', '1.2', 'agent01@agents');
    local(channels, '1.3', '1.4', 'home01@phones');
    named(channels, '1.5', 'PJSIP/home01-00000001');
    dials(channels, '1.2', '1.3');
    dials(channels, '1.4', '1.5');
    expect(channels.device('1.1')?.uniqueid).toBe('1.5');
    dials(channels, '1.4', '1.1');
    channels.device('1.1');
  });
});

describe('channels that are gone', () => {
  test('are forgotten when they hang up', () => {
    const channels = new Channels();
    named(channels, '1.1', 'PJSIP/agent19-00000001');
    channels.gone('1.1');
    expect([channels.alive('1.1'), channels.size]).toEqual([false, 0]);
  });

  test('are forgotten when a reading does not name them', () => {
    const channels = new Channels();
    named(channels, '1.1', 'PJSIP/agent19-00000001');
    channels.keepOnly([message('CoreShowChannel', { ...channel('2.0'), BridgeId: 'b' })]);
    expect([...channels.uniqueids()]).toEqual(['2.0']);
  });

  test('never fill the memory, even when a PBX tells of no hangup', () => {
    const channels = new Channels();
    for (let n = 0; n < 25_000; n++) channels.heard(message('Newchannel', channel(`1.${n}`)));
    expect(channels.size).toBe(20_000);
    expect([channels.alive('1.0'), channels.alive('1.24999')]).toEqual([false, true]);
  });
});

test('a bridge holds those who entered and have not left', () => {
  const channels = new Channels();
  for (const uniqueid of ['1.0', '1.1'])
    channels.heard(message('BridgeEnter', { ...channel(uniqueid, '1.0'), BridgeUniqueid: 'b' }));
  expect(channels.bridgedWith(channels.find('1.0')!).map(({ uniqueid }) => uniqueid)).toEqual(['1.1']);
  channels.heard(message('BridgeLeave', { ...channel('1.1', '1.0'), BridgeUniqueid: 'b' }));
  expect(channels.bridgedWith(channels.find('1.0')!)).toEqual([]);
});
