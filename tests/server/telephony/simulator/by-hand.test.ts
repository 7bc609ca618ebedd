import { afterEach, describe, expect, it } from 'vitest';
import { agentState } from '../../../../src/lib/domain/telephony/agent.ts';
import { cityDay } from '../../../../src/lib/server/telephony/simulator/city-day.ts';
import { exchangeDay } from '../../../../src/lib/server/telephony/simulator/exchange.ts';
import { simulator, type Simulator } from '../../../../src/lib/server/telephony/simulator/simulator.ts';
import { cityLog, movedClock } from '../../../support/city-log.ts';

const timeZone = 'Europe/Stockholm';
const MINUTE = 60_000;
const running: Simulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((city) => city.stop()));
});

async function cityAt(local: string) {
  const clock = movedClock(Date.parse(`${local}+01:00`));
  const log = cityLog(clock.now);
  const city = simulator({ seed: 'seed', timeZone, historyDays: 0, wait: clock.wait });
  running.push(city);
  await city.start(log);
  const state = (agent: string) => {
    const onFloor = log.floorNow().agents.get(agent);
    return onFloor ? agentState(onFloor, clock.now()) : 'gone';
  };
  const agents = () => [...log.floorNow().agents.keys()];
  return { clock, log, city, state, agents };
}

describe('a break that somebody takes from the strip', () => {
  it('is told at once, cuts nobody off, and nothing rings until it ends', async () => {
    const { clock, log, city, state, agents } = await cityAt('2026-11-24T10:42');
    const later = Date.parse('2026-11-24T11:25+01:00');
    const busyLater = exchangeDay('seed', cityDay('2026-11-24', true, timeZone), 'demo')
      .filter(({ at, event }) => event.kind === 'CallAnswered' && at > later && at < later + 30 * MINUTE)
      .map(({ event }) => ('agent' in event ? event.agent : ''));
    const talking = agents().find((agent) => state(agent) === 'talking' && busyLater.includes(agent))!;
    expect(await city.pause(talking, true)).toBe('done');
    expect(state(talking)).toBe('talking');
    let rangOnBreak = 0;
    for (let minute = 0; minute < 40; minute++) {
      await clock.moveTo(clock.now() + MINUTE);
      rangOnBreak += log.floorNow().agents.get(talking)!.rings.size;
      if (minute > 25) expect(['paused', 'wrappingUp']).toContain(state(talking));
    }
    expect(rangOnBreak).toBe(0);
    expect(
      log.envelopes.some(({ event }) => event.kind === 'CallAnswered' && event.agent === `${talking}-stand-in`)
    ).toBe(true);

    expect(await city.pause(talking, false)).toBe('done');
    expect(state(talking)).not.toBe('paused');
    await clock.moveTo(clock.now() + 40 * MINUTE);
    expect(agents()).not.toContain(`${talking}-stand-in`);
    expect(
      log.envelopes.filter(({ event }) => event.kind === 'CallAnswered' && event.agent === talking).at(-1)!.at
    ).toBeGreaterThan(clock.now() - 40 * MINUTE);
  });

  it('of somebody who is not signed in is no break', async () => {
    const { city } = await cityAt('2026-11-24T10:42');
    expect(await city.pause('PJSIP/nobody', true)).toBe('not-member');
  });

  it('ends when the city is started anew: the day knows nothing of it', async () => {
    const { clock, log, city, state, agents } = await cityAt('2026-11-24T10:42');
    const paused = (agent: string) => [...log.floorNow().agents.get(agent)!.queues.values()].map((each) => each.paused);
    const talking = agents().find((agent) => state(agent) === 'talking')!;
    await city.pause(talking, true);
    expect(new Set(paused(talking))).toEqual(new Set([true]));
    await city.stop();
    await clock.moveTo(clock.now() + 1_000);
    await city.start(log);
    expect(agents().filter((agent) => agent.endsWith('-stand-in'))).toEqual([]);
    expect(new Set(paused(talking))).toEqual(new Set([false]));
  });
});
