import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { AsteriskWithQueueLog } from '../../../../src/lib/server/telephony/asterisk/watched-queue-log.ts';
import { loadCapture } from '../../../support/captures.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { ListeningSink } from '../../../support/listening-sink.ts';
import { RecordedPbx, startOf } from '../../../support/recorded-pbx.ts';

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  while (running.length > 0) await running.pop()!();
});

/** A PBX whose clock is 4 s ahead, and a queue_log with a call that was over before we came. */
async function contact(log: string | null) {
  const capture = loadCapture('01-answered-caller-hangs-up');
  const clock = new FakeClock(startOf(capture));
  const folder = await mkdtemp(join(tmpdir(), 'stamgaffel-queue-log-'));
  running.push(() => rm(folder, { recursive: true }));
  const pbx = await RecordedPbx.start(capture, clock, { skewMs: 4_000 });
  running.push(() => pbx.close());
  const queueLog = join(folder, 'queue_log');
  if (log !== null) await writeFile(queueLog, log);
  const sink = new ListeningSink('pbx', clock);
  const troubles: (string | null)[] = [];
  const source = new AsteriskWithQueueLog({
    name: 'pbx',
    host: pbx.host,
    port: pbx.port,
    user: 'stamgaffel',
    secret: 'hemlig',
    dial: pbx.dial,
    timers: clock,
    random: () => 0,
    queueLog,
    brokenFile: join(folder, 'broken'),
    onLogTrouble: (code) => troubles.push(code)
  });
  running.push(() => source.stop());
  await source.start(sink);
  await pbx.settle();
  return { sink, troubles, queueLog, clock, startedAt: startOf(capture) };
}

const started = Math.floor(startOf(loadCapture('01-answered-caller-hangs-up')) / 1000);
const joined = started - 3_600;
const LOG = [
  `${joined}|1.0|vaxel|NONE|ENTERQUEUE||0701740605|1`,
  `${joined + 7}|1.0|vaxel|MEMBER|CONNECT|7|1.1|6`,
  `${joined + 60}|1.0|vaxel|MEMBER|COMPLETECALLER|7|53|1`
].join('\n');

it('tells from queue_log what nobody heard, by our clock and with the agent that the interface knows', async () => {
  const { sink } = await contact(`${LOG.replaceAll('MEMBER', 'Agent 19')}\n`);
  await vi.waitFor(() => expect(sink.of('TalkEnded')).toHaveLength(1), { timeout: 5_000 });
  const [offered] = sink.of('CallOffered');
  expect(offered).toMatchObject({ lane: 'history', quality: 'second', at: joined * 1000 - 4_000 });
  expect(sink.of('CallAnswered')[0]?.event.agent).toBe('PJSIP/agent19');
});

it('says that the file cannot be read, goes on listening, and reads it when it is there', async () => {
  const { sink, troubles, queueLog, clock } = await contact(null);
  await vi.waitFor(() => expect(troubles).toEqual(['ENOENT']), { timeout: 5_000 });
  expect(sink.reported('state')).toBe('connected');
  await writeFile(queueLog, `${LOG.replaceAll('MEMBER', 'Agent 19')}\n`);
  await vi.waitFor(
    () => {
      clock.pass(5_000);
      expect(troubles).toEqual(['ENOENT', null]);
    },
    { timeout: 5_000 }
  );
  await vi.waitFor(() => expect(sink.of('TalkEnded')).toHaveLength(1), { timeout: 5_000 });
});
