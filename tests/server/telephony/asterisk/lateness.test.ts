import { describe, expect, test } from 'vitest';
import { Lateness } from '../../../../src/lib/server/telephony/asterisk/lateness.ts';
import { AsteriskTimeline, channel, message, second } from '../../../support/asterisk-timeline.ts';

/** A channel that the PBX made at this second after ten, by its own clock, which is a little behind ours. */
function made(at: number): string {
  return `${Math.floor((second(at) - 300) / 1000)}.${Math.round(at * 10)}`;
}
function newChannel(at: number) {
  return message('Newchannel', channel(made(at)));
}

describe('how late a line is', () => {
  test('shows, after a silence, in the seconds of new channels', () => {
    const lateness = new Lateness();
    for (const at of [1, 2.4, 3.9]) lateness.of(newChannel(at), second(at));
    lateness.suspect();
    const late = lateness.of(newChannel(10), second(30));
    expect(Math.abs(late - 20_000)).toBeLessThanOrEqual(1000);
    expect(lateness.of(message('AgentConnect', {}), second(30))).toBe(late);
  });

  test('is over with the first channel that is told of in time', () => {
    const lateness = new Lateness();
    lateness.of(newChannel(1), second(1));
    lateness.suspect();
    lateness.of(newChannel(10), second(30));
    expect(lateness.of(newChannel(31), second(31))).toBe(0);
    expect(lateness.of(newChannel(10), second(40))).toBe(0);
  });

  test('is not looked for while there is contact: then the PBX’s clock was set', () => {
    const lateness = new Lateness();
    lateness.of(newChannel(1), second(1));
    expect(lateness.of(newChannel(10), second(30))).toBe(0);
  });

  test('is unknown before we know the usual delay, and with Uniqueids that have no second', () => {
    const lateness = new Lateness();
    lateness.suspect();
    expect(lateness.of(newChannel(10), second(30))).toBe(0);
    lateness.suspect();
    expect(lateness.of(message('Newchannel', { Uniqueid: 'x' }), second(30))).toBe(0);
  });

  test('a system name before the second changes nothing', () => {
    const lateness = new Lateness();
    lateness.of(message('Newchannel', channel(`kc-${made(1)}`)), second(1));
    lateness.suspect();
    expect(lateness.of(message('Newchannel', channel(`kc-${made(10)}`)), second(30))).toBeGreaterThan(18_000);
  });
});

test('a call that came and went while the line was silent is told of as when it was', () => {
  const [ada, first, caller, ring] = ['PJSIP/agent19', made(1), made(14), made(15)];
  const story = new AsteriskTimeline().connected().at(1).joins(first, 'vaxel').at(10).lost().at(40);
  story.joins(caller, 'vaxel').rings(caller, 'vaxel', ada, ring);
  story.answers(caller, 'vaxel', ada, ring, { HoldTime: 4 }).hangsUp(caller);
  story.completes(caller, 'vaxel', ada, 'caller', { HoldTime: 4, TalkTime: 12 }).at(41);
  const entry = story.entry(caller);
  expect(Math.abs(entry.offeredAt - second(14))).toBeLessThanOrEqual(1000);
  expect((entry.answeredAt ?? 0) - entry.offeredAt).toBe(4000);
  expect((entry.talkEndedAt ?? 0) - (entry.answeredAt ?? 0)).toBe(12_000);
  expect([entry.offeredQuality, entry.answeredQuality]).toEqual(['estimated', 'second']);
});
