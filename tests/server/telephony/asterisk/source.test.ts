import { afterEach, describe, expect, it } from 'vitest';
import { backoffMs } from '../../../../src/lib/server/telephony/asterisk/backoff.ts';
import { Skew } from '../../../../src/lib/server/telephony/asterisk/skew.ts';
import { AsteriskSource } from '../../../../src/lib/server/telephony/asterisk/source.ts';
import { troubleOf, type Trouble } from '../../../../src/lib/server/telephony/asterisk/trouble.ts';
import { loadCapture } from '../../../support/captures.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { ListeningSink } from '../../../support/listening-sink.ts';
import { RecordedPbx, startOf, type Misbehaviour, type RecordedPbxOptions } from '../../../support/recorded-pbx.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

interface Wiring extends RecordedPbxOptions {
  saidSecret?: string;
  random?: () => number;
  misbehave?: Misbehaviour;
}

async function listenTo(name: string, { saidSecret = 'hemlig', random = () => 0, misbehave, ...options }: Wiring = {}) {
  const capture = loadCapture(name);
  const clock = new FakeClock(startOf(capture));
  const pbx = await RecordedPbx.start(capture, clock, options);
  running.push({ stop: () => pbx.close() });
  if (misbehave) await pbx.misbehave(misbehave);
  const sink = new ListeningSink('pbx', clock);
  const troubles: (Trouble | null)[] = [];
  const source = new AsteriskSource({
    name: 'pbx',
    host: pbx.host,
    port: pbx.port,
    user: 'stamgaffel',
    secret: saidSecret,
    dial: pbx.dial,
    timers: clock,
    random,
    onTrouble: (trouble) => troubles.push(trouble)
  });
  running.push(source);
  await source.start(sink);
  await pbx.settle();
  const codes = () => troubles.map((trouble) => trouble?.code ?? null);
  return { capture, clock, pbx, sink, source, codes };
}

const join = (uniqueid: string, queue = 'vaxel') => ({
  Channel: `PJSIP/trunk-${uniqueid}`,
  CallerIDNum: '0701740699',
  Uniqueid: uniqueid,
  Linkedid: uniqueid,
  Queue: queue,
  Position: '1',
  Count: '1'
});

describe('signing in', () => {
  it('reads the queues and says that it is in contact, within the same moment', async () => {
    const { pbx, sink, clock, codes } = await listenTo('01-answered-caller-hangs-up');
    expect(pbx.heard.map(({ action }) => action)).toEqual([
      'Login',
      'Events',
      'Ping',
      'QueueStatus',
      'CoreShowChannels'
    ]);
    expect(sink.of('SourceConnected')).toMatchObject([{ at: clock.now(), event: { skewMs: 0 } }]);
    expect(sink.of('QueueSeen')).toHaveLength(12);
    expect(sink.floorNow.agents.size).toBeGreaterThan(20);
    expect([sink.reported('state'), sink.reported('trouble'), codes()]).toEqual(['connected', null, []]);
    expect(sink.provenAt).toBe(clock.now());
  });

  it('knows how far the clock of the PBX is ahead, and when it was booted', async () => {
    const { sink, clock } = await listenTo('01-answered-caller-hangs-up', { skewMs: 4321 });
    const { event } = sink.of('SourceConnected')[0]!;
    expect(event.skewMs).toBe(4321);
    expect(Math.abs(clock.now() - event.pbxBootedAt!)).toBeLessThan(3_000);
  });

  it('takes an error to QueueStatus for "not yet", and asks again when the PBX is up', async () => {
    const { capture, pbx, sink, clock } = await listenTo('12-core-restart');
    await pbx.playUntil(capture.parts[1]!.chunks[0]!.at - 1);
    const asks = () => pbx.heard.filter(({ action }) => action === 'QueueStatus').length;
    const before = asks();
    await pbx.pass(2_900);
    const [, again] = sink.of('SourceConnected');
    expect(asks()).toBeGreaterThan(before);
    expect(again!.at).toBeGreaterThanOrEqual(1795284202389); // FullyBooted
    expect(sink.of('QueueGone')).toEqual([]);
    expect(sink.reported('state')).toBe('connected');
    expect(clock.now()).toBeLessThan(1795284205275); // and before the first call after the restart
  });
});

describe('a PBX that does not let us in, or not enough', () => {
  it.each<[string, Wiring, string]>([
    ['a wrong secret', { saidSecret: 'fel' }, 'wrong-secret'],
    ['nobody at the address', { misbehave: 'refusing' }, 'pbx-gone'],
    ['something else at the address', { misbehave: 'garbage' }, 'not-an-ami'],
    ['a connection closed at once', { misbehave: 'closing' }, 'closed-at-once'],
    ['a PBX that takes the connection and says nothing', { misbehave: 'mute' }, 'no-answer']
  ])('%s is told with its cause, consequence and remedy, and is tried again for ever', async (_, wiring, code) => {
    const { pbx, sink, codes } = await listenTo('01-answered-caller-hangs-up', wiring);
    await pbx.pass(6_000);
    expect(codes()).toEqual([code]);
    expect([sink.reported('state'), sink.reported('trouble')]).toEqual(['lost', code]);
    const { cause, consequence, remedy } = troubleOf(code as Trouble['code']);
    for (const text of [cause, consequence, remedy]) expect(text).toMatch(/^[A-Z].{20,}\.$/);
    expect(sink.of('SourceConnected')).toEqual([]);
    expect(sink.of('SourceLost').map(({ event }) => event.why)).toEqual(code === 'wrong-secret' ? ['refused'] : []);
    if (code === 'wrong-secret') return;
    await pbx.misbehave(null);
    await pbx.pass(60_000);
    expect([sink.reported('state'), sink.reported('trouble')]).toEqual(['connected', null]);
  });

  it('a user who may not list channels is told, and who waits is still known', async () => {
    const { sink, codes } = await listenTo('01-answered-caller-hangs-up', { write: [] });
    expect(codes()).toEqual(['no-channel-list']);
    expect([sink.reported('state'), sink.of('QueueSeen').length]).toEqual(['connected', 12]);
  });

  it('a user without the class call is told as soon as calls come and go', async () => {
    const { pbx, sink, codes } = await listenTo('03-abandon', { read: ['agent', 'system', 'user'] });
    await pbx.playToEnd();
    expect(codes()).toEqual(['missing-read-class-call']);
    expect(sink.of('Anomaly').map(({ event }) => event.code)).toContain('no-call-class');
  });

  it('a user without the class agent is told when the readings differ and nobody said why', async () => {
    const { pbx, sink, codes } = await listenTo('03-abandon', { read: ['call', 'system', 'user'] });
    await pbx.playToEnd();
    pbx.happens('QueueCallerJoin', join('7.1'), true);
    await pbx.pass(70_000);
    expect(codes()).toEqual(['missing-read-class-agent']);
    expect(sink.reported('drift')).toBe(0);
    expect(sink.waiting).toEqual(['vaxel 7.1']);
  });

  it('a user without the class system is told, and read all the same', async () => {
    const { pbx, sink, codes } = await listenTo('01-answered-caller-hangs-up', { read: ['agent', 'call', 'user'] });
    await pbx.pass(2_500);
    expect(codes()).toEqual(['missing-read-class-system']);
    expect(sink.reported('state')).toBe('connected');
  });
});

describe('a silent line', () => {
  it('is lost within six seconds, counted from the last byte', async () => {
    const { capture, pbx, sink, clock } = await listenTo('12d-ami-link-silent');
    const silentAt = capture.parts[0]!.marks[0]!.at;
    const lastByte = capture.parts[0]!.chunks.findLast((chunk) => chunk.at <= silentAt)!.at;
    await pbx.playUntil(silentAt + 1);
    expect(sink.of('SourceLost')).toEqual([]);
    while (sink.of('SourceLost').length === 0 && clock.now() < silentAt + 20_000) await pbx.pass(100);
    const [lost] = sink.of('SourceLost');
    expect(lost!.event.why).toBe('silent');
    expect(lost!.seenAt - lost!.at).toBe(5_000);
    expect(lost!.seenAt - lastByte).toBeLessThanOrEqual(6_000);
    expect(sink.reported('state')).toBe('lost');
  });

  it('that speaks again first is kept: what it says late is counted, and a new reading proves it', async () => {
    const { pbx, sink } = await listenTo('12d-ami-link-silent');
    await pbx.playToEnd();
    expect(sink.of('SourceConnected')).toHaveLength(2);
    expect(sink.of('CallOffered')).toHaveLength(20);
    expect(sink.of('CallOffered').filter(({ event }) => event.adopted)).toEqual([]);
    expect(sink.of('CallAbandoned')).toHaveLength(4);
    expect([sink.reported('gapRepairs'), sink.reported('drift')]).toEqual([0, 0]);
    const line = pbx.heard.at(-1)!.line;
    expect(line).toBe(1);
  });

  it('is closed when a new connection is proven before it speaks', async () => {
    const { pbx, sink } = await listenTo('01-answered-caller-hangs-up');
    await pbx.pass(3_000);
    await pbx.misbehave('mute-present');
    pbx.happens('QueueCallerJoin', join('7.1'));
    await pbx.pass(7_000);
    expect(sink.of('SourceConnected')).toHaveLength(2);
    expect(sink.waiting).toEqual(
      ['vaxel 7.1', 'vaxel 1795283728.0'].sort().filter((one) => sink.waiting.includes(one))
    );
    expect(sink.of('CallOffered').filter(({ event }) => event.channel === '7.1')).toMatchObject([
      { event: { adopted: true }, quality: 'estimated' }
    ]);
    await pbx.misbehave(null);
    await pbx.pass(10_000);
    expect(sink.of('CallOffered').filter(({ event }) => event.channel === '7.1')).toHaveLength(1);
    expect(pbx.heard.at(-1)!.line).toBe(2);
  });

  it('is closed when it falls silent before it was ever read, and says nothing of a loss', async () => {
    const { pbx, sink } = await listenTo('01-answered-caller-hangs-up', { misbehave: 'refusing' });
    pbx.onAction = (action) => void (action === 'Login' && pbx.misbehave('mute-present'));
    await pbx.misbehave(null);
    await pbx.pass(20_000);
    pbx.onAction = null;
    expect(pbx.connections).toBeGreaterThan(1);
    expect(sink.of('SourceLost')).toEqual([]);
    await pbx.misbehave(null);
    await pbx.pass(60_000);
    expect(sink.of('SourceConnected')).toHaveLength(1);
    expect(pbx.open).toBe(1);
  });

  it('is pinged after three seconds, and not while the PBX talks', async () => {
    const { pbx, sink, clock } = await listenTo('01-answered-caller-hangs-up');
    await pbx.playToEnd();
    const from = pbx.heard.length;
    const begun = clock.now();
    await pbx.pass(60_000);
    const pings = pbx.heard.slice(from).filter(({ action }) => action === 'Ping');
    expect(pings.length).toBeGreaterThanOrEqual(18);
    expect(pings.length).toBeLessThanOrEqual(21);
    expect(pings[0]!.at - begun).toBeLessThanOrEqual(3_000);
    expect(sink.of('SourceLost')).toEqual([]);
  });
});

describe('dialling again', () => {
  it('waits anywhere up to a ceiling that doubles to half a minute, never less than a tenth of a second', () => {
    for (let failures = 0; failures < 40; failures++) {
      const ceiling = Math.min(30_000, 500 * 2 ** failures);
      expect(backoffMs(failures, 1)).toBe(ceiling);
      expect(backoffMs(failures, 0.5)).toBe(ceiling / 2);
      expect(backoffMs(failures, 0)).toBe(100);
    }
  });

  it('is never a busy loop, and spreads out', async () => {
    const random = seededRandom('dialling');
    const { pbx, clock } = await listenTo('01-answered-caller-hangs-up', { misbehave: 'closing', random });
    await pbx.pass(10 * 60_000);
    expect(pbx.connections).toBeGreaterThan(30); // on average every fifteen seconds
    expect(pbx.connections).toBeLessThan(80);
    expect(clock.pending).toBeLessThanOrEqual(2);
  });

  it('leaves nothing behind when stopped, and says that it was us', async () => {
    const { pbx, sink, source, clock } = await listenTo('01-answered-caller-hangs-up');
    await pbx.pass(2_000);
    await source.stop();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sink.of('SourceLost')).toMatchObject([{ event: { why: 'stopped' }, at: clock.now() }]);
    expect(clock.pending).toBe(0);
  });
});

describe('after a gap', () => {
  it('the floor is as a fresh reading, and a second reading says the same', async () => {
    const { capture, pbx, sink } = await listenTo('11-ami-cut');
    await pbx.playUntil(capture.parts[1]!.chunks[0]!.at + 3_500);
    const theirs = [...pbx.picture.entries].flatMap(([queue, waiting]) =>
      waiting.map((one) => `${queue} ${one.uniqueid}`)
    );
    expect(sink.waiting).toEqual(theirs.sort());
    expect(sink.of('SourceLost')).toMatchObject([{ event: { why: 'network' } }]);
    expect(sink.reported('gapRepairs')).toBeGreaterThan(0);
    await pbx.playToEnd(70_000);
    expect(sink.reported('drift')).toBe(0);
    expect(sink.waiting).toEqual([]);
  });

  it('a PBX that was started anew keeps nobody of before', async () => {
    const { capture, pbx, sink } = await listenTo('12c-kill-9');
    await pbx.playUntil(capture.parts[1]!.chunks[0]!.at + 1_000);
    expect(sink.of('SourceConnected')[1]!.event.pbxBootedAt).toBeGreaterThan(capture.parts[0]!.chunks.at(-1)!.at);
    expect(sink.waiting).toEqual([]);
    expect(sink.of('CallLost')).toHaveLength(4);
    await pbx.playToEnd(70_000);
    expect(sink.reported('drift')).toBe(0);
  });

  it('what is told while the reading is under way is heard after it', async () => {
    const { pbx, sink } = await listenTo('01-answered-caller-hangs-up', { misbehave: 'refusing' });
    await pbx.playToEnd();
    pbx.happens('QueueCallerJoin', join('7.1'));
    await pbx.misbehave(null);
    pbx.whileListing = (action) => {
      if (action !== 'QueueStatus') return;
      pbx.whileListing = null;
      pbx.happens('HangupRequest', { Uniqueid: '7.1', Linkedid: '7.1' });
      pbx.happens('QueueCallerAbandon', { ...join('7.1'), OriginalPosition: '1', HoldTime: '2' });
      pbx.happens('QueueCallerLeave', join('7.1'));
    };
    await pbx.pass(500);
    await pbx.pass(1_500);
    expect(sink.waiting).toEqual([]);
    expect(sink.of('CallOffered')).toMatchObject([{ event: { channel: '7.1', adopted: true } }]);
    expect(sink.of('CallAbandoned')).toHaveLength(1);
  });
});

describe('the comparison each minute', () => {
  it('finds what nobody told, when it is there twice, counts it and repairs it', async () => {
    const { pbx, sink } = await listenTo('01-answered-caller-hangs-up');
    await pbx.playToEnd();
    expect(sink.reported('drift')).toBe(0);
    pbx.happens('QueueCallerJoin', join('7.1'), true);
    await pbx.pass(64_000);
    expect([sink.reported('drift'), sink.waiting]).toEqual([1, ['vaxel 7.1']]);
    await pbx.pass(130_000);
    expect(sink.reported('drift')).toBe(1);
  });

  it('is not misled by what happens between two readings', async () => {
    const { pbx, sink } = await listenTo('10-three-queues-busy');
    await pbx.playToEnd(65_000);
    expect([sink.reported('drift'), sink.reported('gapRepairs'), sink.waiting]).toEqual([0, 0, []]);
    expect(sink.of('CallOffered')).toHaveLength(42);
  });
});

describe('a PBX whose configuration is loaded anew', () => {
  it('is read again at once, so that a queue that went is closed', async () => {
    const { pbx, sink } = await listenTo('01-answered-caller-hangs-up');
    await pbx.playToEnd();
    for (const map of [pbx.picture.queues, pbx.picture.members, pbx.picture.entries]) map.delete('avfall');
    pbx.say('Event: Reload\r\nPrivilege: system,all\r\nModule: Queue\r\nStatus: 0\r\n\r\n');
    await pbx.pass(1_500);
    expect(sink.of('QueueGone').map(({ event }) => event.queue)).toEqual(['avfall']);
    expect(sink.reported('drift')).toBe(0);
  });
});

describe('bytes that are not as they should be', () => {
  it('are counted when a block is too long, and contact goes on', async () => {
    const { pbx, sink } = await listenTo('01-answered-caller-hangs-up');
    await pbx.playToEnd();
    pbx.say(`Event: Monster\r\nText: ${'x'.repeat(20_000)}\r\n\r\nEvent: Unknown\r\nA: b\r\n\r\n`);
    pbx.happens('QueueCallerJoin', join('7.1'));
    await pbx.pass(5_000);
    expect(sink.waiting).toContain('vaxel 7.1');
    expect(sink.reported('anomalies')).toMatchObject({ 'too-long': 1 });
    expect(sink.of('SourceLost')).toEqual([]);
  });
});

describe('the clock of the PBX', () => {
  it('is the median of the last ten answers, so that one slow answer does not move it', () => {
    const skew = new Skew();
    expect(skew.ms).toBe(0);
    for (let n = 0; n < 20; n++) skew.pinged(n * 1000, n * 1000 + (n % 7 === 0 ? 900 : 2), n * 1000 + 501);
    expect(skew.ms).toBe(500);
    for (let n = 0; n < 10; n++) skew.pinged(0, 0, -100);
    expect(skew.ms).toBe(-100);
  });
});
