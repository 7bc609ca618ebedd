import { describe, expect, it } from 'vitest';
import { Parser } from '../../../../src/lib/server/telephony/asterisk/parse.ts';
import { BareClient } from '../../../support/bare-client.ts';
import { captureNames, loadCapture, tenMinuteCaptures } from '../../../support/captures.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { RecordedPbx, startOf, type RecordedPbxOptions } from '../../../support/recorded-pbx.ts';

async function playing(name: string, options: RecordedPbxOptions = {}) {
  const capture = loadCapture(name);
  const clock = new FakeClock(startOf(capture));
  const pbx = await RecordedPbx.start(capture, clock, options);
  return { capture, clock, pbx };
}
const short = captureNames().filter((name) => !tenMinuteCaptures().includes(name));

describe('the recorded PBX', () => {
  it.each(short)(
    'says what it said, when it said it, and knows what it knew: %s',
    { timeout: 20_000 },
    async (name) => {
      const { capture, clock, pbx } = await playing(name);
      const client = new BareClient(pbx, clock.now);
      client.signIn();
      await pbx.settle();
      await pbx.playToEnd();
      const [part] = capture.parts;
      const classes = ['agent', 'call', 'system', 'user'];
      const recorded = new Parser()
        .push(part!.bytes)
        .filter((message) => classes.includes(message.first('Privilege')?.split(',')[0] ?? ''));
      const heard = client.messages.map(({ message }) => message).filter((m) => m.kind === 'event');
      expect(heard.map((message) => message.fields).slice(1)).toEqual(recorded.map((m) => m.fields).slice(1));
      expect(pbx.picture.differences).toEqual([]);
      await pbx.close();
    }
  );

  it('answers in its own words from what it said until now', async () => {
    const { clock, pbx } = await playing('10-three-queues-busy');
    await pbx.pass(60_000);
    const client = new BareClient(pbx, clock.now);
    client.signIn();
    client.ask('Ping');
    client.ask('QueueStatus');
    client.ask('CoreShowChannels');
    await pbx.settle();
    expect(client.named('FullyBooted')).toHaveLength(1);
    expect(client.named('QueueParams')).toHaveLength(12);
    const waiting = client.named('QueueEntry');
    expect(waiting.length).toBeGreaterThan(0);
    for (const entry of waiting) expect(entry.number('Wait')).toBeLessThan(60);
    const talking = client
      .named('CoreShowChannel')
      .filter((c) => c.first('Application') === 'Queue' && c.first('BridgeId'));
    expect(talking.length).toBeGreaterThan(0);
    await pbx.close();
  });

  it('closes the connection where the PBX died, refuses until it is up, and answers when it has booted', async () => {
    const { capture, clock, pbx } = await playing('12-core-restart');
    const first = new BareClient(pbx, clock.now);
    first.signIn();
    await pbx.settle();
    const again = capture.parts[1]!.chunks[0]!.at;
    await pbx.playUntil(again - 100);
    expect([first.closed, first.named('Shutdown').length]).toEqual([true, 1]);
    const refused = new BareClient(pbx, clock.now);
    await pbx.settle();
    expect([refused.closed, refused.messages]).toEqual([true, []]);
    await pbx.playUntil(again + 5);
    const second = new BareClient(pbx, clock.now);
    second.signIn();
    second.ask('QueueStatus');
    await pbx.settle();
    expect(second.named('Error')[0]?.first('Message')).toContain('Invalid/unknown command: QueueStatus');
    await pbx.pass(1_000);
    expect(second.named('FullyBooted').map((message) => message.number('Uptime'))).toEqual([0]);
    second.ask('QueueStatus');
    await pbx.settle();
    expect(second.named('QueueEntry')).toEqual([]);
    expect(second.named('QueueMember').length).toBeGreaterThan(30);
    await pbx.close();
  });

  it('is silent for 28 seconds where the line was, and then says it all', async () => {
    const { capture, clock, pbx } = await playing('12d-ami-link-silent');
    const client = new BareClient(pbx, clock.now);
    client.signIn();
    const silentAt = capture.parts[0]!.marks[0]!.at;
    await pbx.playUntil(silentAt);
    const before = client.messages.length;
    client.ask('Ping');
    await pbx.pass(27_000);
    expect(client.messages.length).toBe(before);
    await pbx.pass(3_000);
    expect(client.named('Success').at(-1)?.first('Ping')).toBe('Pong');
    const late = client.messages.slice(before).filter(({ message }) => message.name === 'QueueCallerJoin');
    expect(late.length).toBeGreaterThan(5);
    await pbx.close();
  });
});
