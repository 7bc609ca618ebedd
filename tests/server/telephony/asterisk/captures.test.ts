import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../../../src/lib/domain/telephony/call.ts';
import { BrokenLines } from '../../../../src/lib/server/telephony/asterisk/broken-lines.ts';
import { QueueLog } from '../../../../src/lib/server/telephony/asterisk/queue-log.ts';
import { captureNames, loadCapture, type Capture } from '../../../support/captures.ts';
import { mismatches, type Field, type Mismatch } from '../../../support/entry-comparison.ts';
import { expectedEntries } from '../../../support/expected-entries.ts';
import type { RecordedPbx } from '../../../support/recorded-pbx.ts';
import { replay, sourceName } from '../../../support/replay.ts';
import { ToldLog } from '../../../support/told-log.ts';

/**
 * Every capture of a real Asterisk, through a real TCP connection, and at the end each stay in each queue beside what
 * it really was. What cannot be known from the manager interface is named in `exceptions.json`, with its reason.
 */
describe.each(captureNames())('%s', (name) => {
  let capture: Capture;
  let log: ToldLog;
  let pbx: RecordedPbx;

  beforeAll(async () => {
    capture = loadCapture(name);
    ({ log, pbx } = await replay(capture));
  }, 120_000);

  test('every entry is what it really was, but for the named exceptions', () => {
    const found = mismatches(log.byId.values(), expectedEntries(capture), false);
    expect(unexcused(name, 'ami', found)).toEqual([]);
    expect(unneeded(name, 'ami', found)).toEqual([]);
  });

  test('the balance holds at every instant, and the tallies are those of the entries', () => {
    expect(log.imbalances).toEqual([]);
    expect(log.tallies()).toEqual(log.rebuilt());
  });

  test('each reading of the PBX agrees with the floor', () => {
    const contacts = log.envelopes.filter(({ event }) => event.kind === 'SourceConnected').length;
    const readings = pbx.heard.filter(({ action }) => action === 'QueueStatus').length;
    expect(contacts).toBeGreaterThan(0);
    expect(readings).toBeGreaterThanOrEqual(2 * contacts);
    expect(log.healthNow.drift).toBe(0);
  });

  test('when the recording is over nobody waits, talks or is rung', () => {
    const { entries, rings, agents } = log.floorNow;
    expect([...entries.keys()]).toEqual([]);
    expect([...rings.keys()]).toEqual([]);
    expect([...agents.values()].filter(({ talks }) => talks.size > 0)).toEqual([]);
  });

  test('no wait and no talk ends before it begins', () => {
    for (const { id, offeredAt, answeredAt, leftAt, talkEndedAt } of log.byId.values()) {
      const instants = [offeredAt, answeredAt ?? leftAt, talkEndedAt].filter((at) => at !== null);
      expect(instants, id).toEqual([...instants].sort((a, b) => a - b));
    }
  });

  test('and so it is with the PBX’s own queue_log beside it, which has nothing more to say a second time', async () => {
    const told = await withQueueLog(capture, log);
    const found = mismatches(told.byId.values(), expectedEntries(capture), true);
    expect(unexcused(name, 'queue-log', found)).toEqual([]);
    expect(unneeded(name, 'queue-log', found)).toEqual([]);
    expect(told.imbalances).toEqual([]);
    expect(told.tallies()).toEqual(told.rebuilt());
    const events = told.envelopes.length;
    await readQueueLog(capture, told);
    expect(told.envelopes).toHaveLength(events);
  });

  test('a second delivery of it all changes nothing', { timeout: 120_000 }, async () => {
    // A second contact, after a gap, has the same name in both replays, as no two sessions have in life.
    const contacts = log.envelopes.filter(({ event }) => event.kind === 'SourceConnected').length;
    const agents = () => (contacts === 1 ? log.floorNow.agents : null);
    const state = () => ({ entries: sorted(log.byId.values()), tallies: log.tallies(), agents: agents() });
    const before = state();
    await replay(capture, log, { contactEarlierMs: 7 });
    expect(log.dropped).toBeGreaterThan(0);
    expect(state()).toEqual(before);
    expect([...log.floorNow.entries.keys()]).toEqual([]);
  });
});

/** A log that has heard the same from the manager interface, and then reads queue_log. */
async function withQueueLog(capture: Capture, heard: ToldLog): Promise<ToldLog> {
  const log = new ToldLog(sourceName, () => capture.parts.at(-1)!.chunks.at(-1)!.at);
  await log.append(heard.envelopes);
  await readQueueLog(capture, log);
  return log;
}

async function readQueueLog(capture: Capture, log: ToldLog): Promise<void> {
  const broken = new BrokenLines(null);
  const queueLog = new QueueLog({ source: sourceName, sink: log, broken });
  await queueLog.take(capture.queueLog.split('\n'), capture.name);
  await queueLog.end();
}

type Pass = 'ami' | 'queue-log';
interface Exception {
  capture: string;
  channel: string;
  queue: string;
  /** Which fields are not what they really were, and in which of the two passes. */
  fields: Field[];
  passes: Pass[];
  reason: string;
}

const exceptions = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/asterisk/exceptions.json'), 'utf8')
) as Exception[];

function applying(name: string, pass: Pass): Exception[] {
  return exceptions.filter(({ capture, passes }) => capture === name && passes.includes(pass));
}

function covers({ channel, queue, fields }: Exception, mismatch: Mismatch): boolean {
  return channel === mismatch.channel && queue === mismatch.queue && fields.includes(mismatch.field);
}

function unexcused(name: string, pass: Pass, found: Mismatch[]): Mismatch[] {
  return found.filter((mismatch) => !applying(name, pass).some((exception) => covers(exception, mismatch)));
}

/** Exceptions, or fields of them, that nothing needs any more: the list must not outlive its reasons. */
function unneeded(name: string, pass: Pass, found: Mismatch[]): string[] {
  return applying(name, pass).flatMap((exception) =>
    exception.fields
      .filter((field) => !found.some((one) => one.field === field && covers(exception, one)))
      .map((field) => `${exception.channel} ${exception.queue} ${field}`)
  );
}

function sorted(entries: Iterable<Entry>): Entry[] {
  return [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
}
