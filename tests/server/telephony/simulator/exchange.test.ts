import { describe, expect, it } from 'vitest';
import { contribution, sumOf } from '../../../../src/lib/domain/statistics/contribution.ts';
import { DEFAULT_SERVICE_LEVEL } from '../../../../src/lib/domain/statistics/service-level.ts';
import { addTally, emptyTally, type Tally } from '../../../../src/lib/domain/statistics/tally.ts';
import { entryOf, evolveEntry, type Entry } from '../../../../src/lib/domain/telephony/call.ts';
import type { Envelope, Told } from '../../../../src/lib/domain/telephony/event.ts';
import { emptyFloor, evolveFloor } from '../../../../src/lib/domain/telephony/floor.ts';
import { agents, general, queues, units } from '../../../../src/lib/server/telephony/simulator/city.ts';
import { cityDay, daysAfter } from '../../../../src/lib/server/telephony/simulator/city-day.ts';
import { demand } from '../../../../src/lib/server/telephony/simulator/demand.ts';
import { exchangeDay } from '../../../../src/lib/server/telephony/simulator/exchange.ts';

const zone = 'Europe/Stockholm';
const dayOf = (date: string, lived = false): Told[] => exchangeDay('seed', cityDay(date, lived, zone), 'demo');
const envelope = (one: Told, index: number): Envelope => ({ ...one, offset: index + 1, source: 'demo', version: 1 });
const weekdays = Array.from({ length: 28 }, (_, n) => daysAfter('2026-10-19', n))
  .filter((date) => cityDay(date, false, zone).open)
  .slice(0, 20);

function entriesOf(told: readonly Told[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const one of told.map(envelope)) {
    const id = entryOf(one.event);
    const after = id === null ? null : evolveEntry(entries.get(id) ?? null, one);
    if (id !== null && after !== null) entries.set(id, after);
  }
  return [...entries.values()];
}
function tallyOf(told: readonly Told[]): Tally {
  const parts = entriesOf(told).flatMap((entry) => contribution(entry, [DEFAULT_SERVICE_LEVEL]));
  return sumOf(parts).reduce((sum, { delta }) => addTally(sum, delta), emptyTally);
}

describe('the demonstration city', () => {
  it('has one general group, ten special ones in four units, and eighty agents of whom four in five are at home', () => {
    expect(queues.map((queue) => queue.pbxName)).toContain(general);
    expect(queues).toHaveLength(11);
    expect(new Set(queues.map((queue) => queue.unit))).toEqual(new Set(units.map((unit) => unit.id)));
    expect(units).toHaveLength(4);
    expect(agents).toHaveLength(80);
    expect(agents.filter((agent) => agent.home)).toHaveLength(64);
    expect(agents.filter((agent) => agent.queues.length > 1).length).toBeGreaterThan(50);
    for (const { shortName } of queues) expect(shortName.length).toBeLessThanOrEqual(11);
  });
});

describe('a day of the city', () => {
  it('is the same whenever it is made again, and another with another seed or date', () => {
    expect(dayOf('2026-11-24')).toEqual(dayOf('2026-11-24'));
    const others = [exchangeDay('other', cityDay('2026-11-24', false, zone), 'demo'), dayOf('2026-11-25')];
    for (const other of others) expect(other.map(({ at }) => at)).not.toEqual(dayOf('2026-11-24').map(({ at }) => at));
  });

  it('tells everything in order of time, in whole milliseconds, with a key of its own', () => {
    const told = dayOf('2026-11-24', true);
    let before = 0;
    for (const { at } of told) {
      expect(Number.isInteger(at)).toBe(true);
      expect(at).toBeGreaterThanOrEqual(before);
      before = at;
    }
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
  });

  it("has a real day's curve: most at ten, fewer over lunch, nobody before seven or after six", () => {
    const hours = new Array<number>(24).fill(0);
    for (const date of weekdays) {
      const day = cityDay(date, false, zone);
      for (const { at } of demand('seed', day).arrivals) {
        const hour = Math.floor((at - day.midnight) / 3_600_000);
        hours[hour] = (hours[hour] ?? 0) + 1;
      }
    }
    const [ten = 0, noon = 0, one = 0, four = 0] = [hours[10], hours[12], hours[13], hours[16]];
    expect(ten).toBe(Math.max(...hours));
    expect(noon).toBeLessThan(one);
    expect(four).toBeLessThan(one);
    expect(
      hours
        .slice(0, 7)
        .concat(hours.slice(18))
        .every((calls) => calls === 0)
    ).toBe(true);
  });

  it('is closed on Saturdays and Sundays, unless somebody watches', () => {
    expect(dayOf('2026-11-28')).toEqual([]);
    expect(dayOf('2026-11-28', true).length).toBeGreaterThan(1_000);
  });

  it('keeps the balance at every instant, and ends with nobody waiting and nobody at work', () => {
    for (const told of [dayOf('2026-11-24'), dayOf('2026-11-25', true), dayOf('2026-11-28', true)]) {
      let floor = emptyFloor;
      let [offered, decided, talks] = [0, 0, 0];
      for (const one of told.map(envelope)) {
        floor = evolveFloor(floor, one);
        if (one.event.kind === 'CallOffered') offered++;
        if (['CallAbandoned', 'CallOverflowed', 'CallLost', 'CallAnswered'].includes(one.event.kind)) decided++;
        if (one.event.kind === 'CallAnswered') talks++;
        if (one.event.kind === 'TalkEnded') talks--;
        const open = [...floor.entries.values()];
        const waiting = open.filter((entry) => entry.outcome === 'waiting').length;
        if (offered - decided !== waiting || open.length - waiting !== talks)
          expect.fail(`The balance broke at ${one.key}: ${offered} − ${decided} ≠ ${waiting}, ${talks} talks`);
      }
      expect([floor.entries.size, floor.rings.size, floor.agents.size, talks]).toEqual([0, 0, 0, 0]);
    }
  });

  it('never lets an agent talk to two callers, nor anyone wait or talk for less than no time', () => {
    const told = dayOf('2026-11-24', true);
    const talking = new Set<string>();
    for (const { event } of told) {
      if (event.kind === 'CallAnswered') {
        expect(talking.has(event.agent)).toBe(false);
        talking.add(event.agent);
      }
      if (event.kind === 'TalkEnded') talking.delete(event.agent);
      if (event.kind === 'RingEnded') expect(event.rangMs).toBeGreaterThanOrEqual(0);
    }
    for (const entry of entriesOf(told)) {
      expect(entry.answeredAt ?? entry.leftAt).toBeGreaterThanOrEqual(entry.offeredAt);
      if (entry.answeredAt !== null) expect(entry.talkEndedAt).toBeGreaterThan(entry.answeredAt);
    }
  });

  it('turns to the next day without the same person working in both at once', () => {
    const late = dayOf('2026-11-24', true);
    const early = dayOf('2026-11-25', true);
    const turn = cityDay('2026-11-25', true, zone).startsAt;
    const agentsAt = (told: Told[], from: number, to: number): Set<string> =>
      new Set(told.flatMap(({ at, event }) => (at >= from && at < to && 'agent' in event ? [event.agent] : [])));
    const [leaving, coming] = [agentsAt(late, turn - 600_000, Infinity), agentsAt(early, 0, turn + 7_200_000)];
    expect(leaving.size).toBeGreaterThan(3);
    expect([...leaving].filter((agent) => coming.has(agent))).toEqual([]);
  });

  it('takes less than a fifth of a second of work to make', () => {
    dayOf('2026-11-23', true);
    // The processor's time and not the clock's: other suites' work on the same machine says nothing about ours.
    const before = process.cpuUsage();
    for (let n = 0; n < 5; n++) dayOf(daysAfter('2026-11-23', n), true);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 5_000).toBeLessThan(200);
  });
});

describe('twenty weekdays of the city', () => {
  const tallies = weekdays.map((date) => tallyOf(dayOf(date)));
  const all = tallies.reduce((sum, tally) => addTally(sum, tally), emptyTally);

  it('have from 1 000 to 1 400 calls each', () => {
    for (const { calls } of tallies) expect(calls).toSatisfy((n: number) => n >= 1_000 && n <= 1_400);
  });

  it('pass on 65 % of the answered, give or take three', () => {
    expect(all.passedOn / all.answered).toBeGreaterThan(0.62);
    expect(all.passedOn / all.answered).toBeLessThan(0.68);
  });

  it('reach a service level between 70 and 90 % and lose 3 to 6 % to impatience', () => {
    const level = all.serviceLevelMet / all.serviceLevelCounted;
    expect(level).toSatisfy((share: number) => share >= 0.7 && share <= 0.9);
    expect(all.abandoned / all.offered).toSatisfy((share: number) => share >= 0.03 && share <= 0.06);
  });

  it('overflow, lose and refuse a few, and only a few', () => {
    expect(all.overflowed).toSatisfy((n: number) => n > 20 && n < 0.03 * all.offered);
    expect(all.lost).toSatisfy((n: number) => n > 0 && n < 0.005 * all.offered);
    const refused = weekdays.flatMap((date) => dayOf(date)).filter(({ event }) => event.kind === 'CallRefused').length;
    expect(refused).toSatisfy((n: number) => n > 0 && n < 0.01 * all.offered);
  });

  it('have a surge on some days, and five to twenty-five waiting at the peak of most', () => {
    const surges = weekdays.flatMap((date) => demand('seed', cityDay(date, false, zone)).surges);
    expect(surges.length).toSatisfy((n: number) => n >= 2 && n <= 14);
    const peaks = weekdays.map((date) => {
      let [waiting, peak] = [0, 0];
      for (const { event } of dayOf(date)) {
        if (event.kind === 'CallOffered') waiting++;
        if (['CallAbandoned', 'CallOverflowed', 'CallLost', 'CallAnswered'].includes(event.kind)) waiting--;
        peak = Math.max(peak, waiting);
      }
      return peak;
    });
    expect(peaks.filter((peak) => peak >= 5 && peak <= 25).length).toBeGreaterThanOrEqual(18);
  });
});
