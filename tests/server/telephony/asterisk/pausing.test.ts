import { afterEach, describe, expect, it } from 'vitest';
import { AsteriskSource } from '../../../../src/lib/server/telephony/asterisk/source.ts';
import { loadCapture } from '../../../support/captures.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { ListeningSink } from '../../../support/listening-sink.ts';
import { RecordedPbx, startOf, type RecordedPbxOptions } from '../../../support/recorded-pbx.ts';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

async function listenTo(name: string, options: RecordedPbxOptions = {}) {
  const capture = loadCapture(name);
  const clock = new FakeClock(startOf(capture));
  const pbx = await RecordedPbx.start(capture, clock, options);
  running.push({ stop: () => pbx.close() });
  const sink = new ListeningSink('pbx', clock);
  const { host, port, dial } = pbx;
  const source = new AsteriskSource({
    name: 'pbx',
    host,
    port,
    user: 'stamgaffel',
    secret: 'hemlig',
    dial,
    timers: clock
  });
  running.push(source);
  await source.start(sink);
  await pbx.settle();
  const paused = (agent: string) =>
    new Set([...sink.floorNow.agents.get(agent)!.queues.values()].map((membership) => membership.paused));
  return { pbx, sink, source, clock, paused };
}
/** The answer, and what was said while we waited for it. */
async function answered<T>(pbx: RecordedPbx, asked: Promise<T>): Promise<T> {
  await pbx.settle();
  return asked;
}

describe('pausing an agent', () => {
  it('asks for all queues by the name that the PBX uses, and is paused when the PBX says so', async () => {
    const { pbx, source, sink, paused } = await listenTo('14-agent-in-several-queues');
    const agent = [...sink.floorNow.agents].find(([, { queues }]) => queues.size > 1)![0];
    expect(paused(agent)).toEqual(new Set([false]));
    expect(await answered(pbx, source.pause(agent, true, 'Lunch'))).toBe('done');
    expect(pbx.heard.filter(({ action }) => action === 'QueuePause')).toHaveLength(1);
    expect(paused(agent)).toEqual(new Set([true]));
    expect(await answered(pbx, source.pause(agent, false, null))).toBe('done');
    expect(paused(agent)).toEqual(new Set([false]));
    expect(JSON.stringify(sink.told)).not.toContain('Lunch');
  });

  it('is refused where our user may not, and then nobody is paused', async () => {
    const { pbx, source, sink, paused } = await listenTo('14-agent-in-several-queues', { write: ['reporting'] });
    const agent = [...sink.floorNow.agents.keys()][0]!;
    expect(await answered(pbx, source.pause(agent, true, 'Lunch'))).toBe('refused');
    expect(paused(agent)).toEqual(new Set([false]));
  });

  it('of somebody whom the PBX does not know, or knows no longer, is answered so', async () => {
    const { pbx, source, sink } = await listenTo('14-agent-in-several-queues');
    expect(await source.pause('PJSIP/nobody', true, null)).toBe('not-member');
    const agent = [...sink.floorNow.agents.keys()][0]!;
    for (const members of pbx.picture.members.values()) members.clear();
    expect(await answered(pbx, source.pause(agent, true, null))).toBe('not-member');
  });

  it('without contact is answered at once, and without an answer in five seconds', async () => {
    const { pbx, source, sink, clock } = await listenTo('14-agent-in-several-queues');
    const agent = [...sink.floorNow.agents.keys()][0]!;
    await pbx.misbehave('mute');
    const asked = source.pause(agent, true, null);
    await pbx.pass(4_000);
    const stillWaits = await Promise.race([asked, Promise.resolve('waits')]);
    expect(stillWaits).toBe('waits');
    await pbx.playUntil(clock.now() + 1_500);
    expect(await asked).toBe('no-contact');
    await pbx.pass(2_000);
    expect(await source.pause(agent, true, null)).toBe('no-contact');
  });
});
