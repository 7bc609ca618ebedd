import { AsteriskSource } from '../../src/lib/server/telephony/asterisk/source.ts';
import type { Capture } from './captures.ts';
import { FakeClock } from './fake-clock.ts';
import { RecordedPbx, startOf, type RecordedPbxOptions } from './recorded-pbx.ts';
import { ToldLog } from './told-log.ts';

/** The recordings have no names of PBXs of their own. */
export const sourceName = 'pbx';

/**
 * Plays a capture over TCP to a source, which tells the log; into a log of its own unless one is given. With contact a
 * little earlier the session has another name, as it has in every life of ours.
 */
export async function replay(
  capture: Capture,
  log?: ToldLog,
  options: RecordedPbxOptions & { contactEarlierMs?: number } = {}
): Promise<{ log: ToldLog; pbx: RecordedPbx }> {
  const clock = new FakeClock(startOf(capture) - (options.contactEarlierMs ?? 0));
  const told = log ?? new ToldLog(sourceName, clock.now);
  told.retime(clock.now);
  const pbx = await RecordedPbx.start(capture, clock, options);
  const { host, port, dial } = pbx;
  const source = new AsteriskSource({
    name: sourceName,
    host,
    port,
    user: 'stamgaffel',
    secret: 'hemlig',
    dial,
    timers: clock,
    random: () => 0.05
  });
  await source.start(told);
  await pbx.playToEnd();
  await source.stop();
  await pbx.close();
  return { log: told, pbx };
}
