import { afterEach, describe, expect, it } from 'vitest';
import { cityDay, livedDate } from '../../../../src/lib/server/telephony/simulator/city-day.ts';
import { exchangeDay } from '../../../../src/lib/server/telephony/simulator/exchange.ts';
import { simulateDays } from '../../../../src/lib/server/telephony/simulator/history.ts';
import { simulator, type Simulator } from '../../../../src/lib/server/telephony/simulator/simulator.ts';
import { cityLog, movedClock, type CityLog } from '../../../support/city-log.ts';

const timeZone = 'Europe/Stockholm';
const at = (local: string): number => Date.parse(`${local}+01:00`);
const running: Simulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((city) => city.stop()));
});

async function started(clock: ReturnType<typeof movedClock>, log: CityLog, historyDays = 0): Promise<Simulator> {
  const city = simulator({ seed: 'seed', timeZone, historyDays, wait: clock.wait });
  running.push(city);
  await city.start(log);
  return city;
}
const planned = (date: string): ReturnType<typeof exchangeDay> =>
  exchangeDay('seed', cityDay(date, true, timeZone), 'demo');
const keysOf = (log: CityLog): string[] => log.envelopes.map(({ key }) => key).filter((key) => /^L?\d{8}\//.test(key));
const offeredOf = (log: CityLog): number => log.envelopes.filter(({ event }) => event.kind === 'CallOffered').length;

describe('a demonstration that is started in the middle of the day', () => {
  it('looks like the middle of the day at once: the day so far is told, the floor is at work', async () => {
    const clock = movedClock(at('2026-11-24T10:42'));
    const log = cityLog(clock.now);
    await started(clock, log);
    const sofar = planned('2026-11-24').filter((one) => one.at <= clock.now());
    expect(keysOf(log)).toEqual(sofar.map(({ key }) => key));
    expect(log.floorNow().queues.size).toBe(11);
    expect(log.floorNow().agents.size).toBeGreaterThan(25);
    expect([...log.floorNow().entries.values()].some((entry) => entry.outcome === 'answered')).toBe(true);
    expect(log.floorNow().sources.get('demo')).toMatchObject({ state: 'connected', blind: [] });
    expect(log.provenAt).toBe(clock.now());
  });

  it('goes on, each event at its instant, over the turn of the day', async () => {
    const clock = movedClock(at('2026-11-25T03:30'));
    const log = cityLog(clock.now);
    await started(clock, log);
    await clock.moveTo(at('2026-11-25T04:40'));
    const expected = [...planned('2026-11-24'), ...planned('2026-11-25')].filter((one) => one.at <= clock.now());
    expect(new Set(keysOf(log))).toEqual(new Set(expected.map(({ key }) => key)));
    expect(log.envelopes.at(-1)!.at).toBeGreaterThan(at('2026-11-25T04:30'));
    expect(log.provenAt).toBe(clock.now());
  });

  it.each(['2026-11-24T23:00', '2026-11-28T14:00', '2026-11-25T02:00'])('moves at %s too', async (local) => {
    const clock = movedClock(at(local));
    const log = cityLog(clock.now);
    await started(clock, log);
    const before = offeredOf(log);
    await clock.moveTo(clock.now() + 30 * 60_000);
    expect(offeredOf(log) - before).toBeGreaterThan(8);
  });
});

describe('a demonstration that is started again', () => {
  it('tells what the log has under the same keys, so that nothing is counted twice, and fills the time between', async () => {
    const clock = movedClock(at('2026-11-24T10:00'));
    const log = cityLog(clock.now);
    await (await started(clock, log)).stop();
    const lostAt = log.provenAt!;
    await log.append([lost(lostAt)]);
    await clock.moveTo(at('2026-11-24T13:00'), 3_600_000);
    await started(clock, log);
    const sofar = planned('2026-11-24').filter((one) => one.at <= clock.now());
    expect(keysOf(log).sort()).toEqual(sofar.map(({ key }) => key).sort());
    expect(log.doubled).toBeGreaterThan(1_000);
    // The city was there all the time and all of it is told: nobody was blind.
    expect(log.floorNow().sources.get('demo')!.blind).toEqual([{ from: lostAt, to: lostAt }]);
  });

  it('first finishes a day that it was stopped in, then makes the days between as history', async () => {
    const clock = movedClock(at('2026-11-23T10:00'));
    const log = cityLog(clock.now);
    await (await started(clock, log)).stop();
    await log.append([lost(log.provenAt!)]);
    await clock.moveTo(at('2026-11-26T10:00'), 86_400_000);
    const city = await started(clock, log, 6);
    await clock.moveUntil(city.history());
    const open = [...log.floorNow().entries.values()];
    expect(open.filter(({ channel }) => !channel.startsWith('L20261126-'))).toEqual([]);
    const days = new Set(log.envelopes.map(({ key }) => key.split('/')[0]).filter((plan) => /\d{8}/.test(plan!)));
    expect([...days].sort()).toEqual(['20261120', '20261124', '20261125', 'L20261123', 'L20261126']);
    const finished = keysOf(log).filter((key) => key.startsWith('L20261123/'));
    expect(finished).toHaveLength(planned('2026-11-23').length);
  });

  it('signs out and closes what another version of the city left on the floor', async () => {
    const clock = movedClock(at('2026-11-24T10:00'));
    const log = cityLog(clock.now);
    const stray = { at: clock.now() - 60_000, seenAt: clock.now(), lane: 'live', quality: 'exact' } as const;
    await log.append([
      { ...stray, key: 'a', event: { kind: 'AgentJoinedQueue', agent: 'PJSIP/old', queue: 'vaxel' } },
      {
        ...stray,
        key: 'b',
        event: { kind: 'CallOffered', call: 'demo/1', entry: 'demo/1/vaxel/1', queue: 'vaxel', channel: '1' }
      }
    ]);
    await started(clock, log);
    expect(log.floorNow().agents.has('PJSIP/old')).toBe(false);
    expect(log.known.get('demo/1/vaxel/1')).toMatchObject({ outcome: 'lost', why: 'gap' });
  });
});

describe('a demonstration whose disk refuses', () => {
  it('tells the same events again when the disk takes them', async () => {
    const clock = movedClock(at('2026-11-24T10:00'));
    const log = cityLog(clock.now);
    await started(clock, log);
    log.refuses = true;
    await clock.moveTo(at('2026-11-24T10:05'), 1_000);
    log.refuses = false;
    await clock.moveTo(at('2026-11-24T10:06'), 1_000);
    const sofar = planned('2026-11-24').filter((one) => one.at <= clock.now() - 2_000);
    const told = new Set(keysOf(log));
    expect(sofar.filter(({ key }) => !told.has(key))).toEqual([]);
  });
});

describe('the weeks before', () => {
  it('come on the history lane, open days only, and are not made twice', async () => {
    const clock = movedClock(at('2026-11-24T10:00'));
    const log = cityLog(clock.now);
    const city = await started(clock, log, 14);
    await clock.moveUntil(city.history());
    await city.stop();
    const history = log.envelopes.filter(({ lane }) => lane === 'history');
    expect(new Set(history.map(({ key }) => key.split('/')[0])).size).toBe(10);
    const callers = history.filter(({ event }) => event.kind === 'CallOffered' && event.caller !== undefined);
    // A caller's token lives eight days, so older calls link to nobody.
    expect(Math.min(...callers.map((one) => one.at))).toBeGreaterThan(clock.now() - 9 * 86_400_000);

    const doubledLive = log.doubled;
    const again = await started(clock, log, 14);
    await clock.moveUntil(again.history());
    expect(log.envelopes.filter(({ lane }) => lane === 'history')).toHaveLength(history.length);
    expect(log.doubled - doubledLive).toBeLessThan(planned('2026-11-24').length + 20);
  });

  it('come in whole entries, so that between two batches nobody of the past seems to wait still', () => {
    const options = {
      seed: 'seed',
      source: 'demo',
      timeZone,
      until: '2026-11-24',
      days: 1,
      now: at('2026-11-24T10:00')
    };
    const batches = [...simulateDays(options)];
    expect(batches.length).toBeGreaterThan(10);
    const finished = new Set<string>();
    for (const batch of batches) {
      const entries = new Set(batch.flatMap(({ event }) => ('entry' in event && event.entry ? [event.entry] : [])));
      expect([...entries].filter((entry) => finished.has(entry))).toEqual([]);
      for (const entry of entries) finished.add(entry);
    }
  });

  it('are made again from where a crash stopped them, because the first call is written last', async () => {
    const clock = movedClock(at('2026-11-24T10:00'));
    const log = cityLog(clock.now);
    const options = { seed: 'seed', source: 'demo', timeZone, until: '2026-11-24', days: 1, now: clock.now() };
    const batches = [...simulateDays(options)];
    for (const batch of batches.slice(0, 5)) await log.append(batch);
    const city = await started(clock, log, 1);
    await clock.moveUntil(city.history());
    const told = keysOf(log).filter((key) => key.startsWith('20261123/'));
    expect(told).toHaveLength(batches.flat().length);
  });
});

describe('the turn of a lived day', () => {
  it('is four hours after midnight, also when the clocks change', () => {
    expect(livedDate(at('2026-11-25T03:59'), timeZone)).toBe('2026-11-24');
    expect(livedDate(at('2026-11-25T04:00'), timeZone)).toBe('2026-11-25');
    for (const date of ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25']) {
      const { startsAt, endsAt } = cityDay(date, true, timeZone);
      expect([livedDate(startsAt, timeZone), livedDate(endsAt - 1, timeZone)]).toEqual([date, date]);
    }
  });
});

function lost(when: number): Parameters<CityLog['append']>[0][number] {
  const event = { kind: 'SourceLost', why: 'stopped' } as const;
  return { at: when, seenAt: when, key: `lost/${when}`, lane: 'live', quality: 'exact', event };
}
