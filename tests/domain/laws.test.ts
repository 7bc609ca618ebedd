import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { contribution, openContribution, restated, sumOf } from '../../src/lib/domain/statistics/contribution.ts';
import { mergeQuarters } from '../../src/lib/domain/statistics/figures.ts';
import { DEFAULT_SERVICE_LEVEL } from '../../src/lib/domain/statistics/service-level.ts';
import { emptyTally, type Tally } from '../../src/lib/domain/statistics/tally.ts';
import { todayOf } from '../../src/lib/domain/statistics/today.ts';
import { evolveEntry, type Entry } from '../../src/lib/domain/telephony/call.ts';
import { talkMs, waitMs, wrapUpMs } from '../../src/lib/domain/telephony/durations.ts';
import { emptyFloor, foldFloor } from '../../src/lib/domain/telephony/floor.ts';
import { floorFromJson, floorToJson } from '../../src/lib/domain/telephony/floor-json.ts';
import { waiting } from '../../src/lib/domain/telephony/waiting.ts';
import { dayStart, nextDayStart, QUARTER_MS, quartersOfDay, quarterStart } from '../../src/lib/domain/time.ts';
import { randomStream } from '../support/random-stream.ts';
import { SmallCentre, ZONE } from '../support/small-centre.ts';

// Whole logs many times over: slow where the machine does other things too.
vi.setConfig({ testTimeout: 30_000 });

// fast-check prints the seed of a failing run, and with it the stream is the same again.
const seeds = fc.integer({ min: 0, max: 1_000_000_000 });
const law = (holds: (seed: number) => void, runs = 20): void =>
  fc.assert(fc.property(seeds, holds), { numRuns: runs, verbose: 1 });

/** An evening that goes on past midnight, so that a day ends in the middle of it. */
const evening = Date.parse('2026-11-17T20:40:00Z');

function centreOf(seed: number): SmallCentre {
  const centre = new SmallCentre(evening);
  for (const told of randomStream(seed, evening)) centre.tell(told);
  return centre;
}

/** Every quarter's counts as a reader is given them: what is stored, and what the entries that wait add at `now`. */
function quartersOf(centre: SmallCentre): (queue: string, quarter: number) => Tally {
  const open = [...centre.entries.values()].flatMap((entry) => openContribution(entry, centre.now));
  const cells = new Map(
    sumOf([...centre.cells.values(), ...open]).map((cell) => [`${cell.queue} ${cell.quarterStart}`, cell.delta])
  );
  return (queue, quarter) => cells.get(`${queue} ${quarter}`) ?? emptyTally;
}

describe('the balance', () => {
  it('holds on the board after every event, per queue and in total', () => {
    law((seed) => {
      const centre = new SmallCentre(evening);
      for (const told of randomStream(seed, evening, 250)) {
        centre.tell(told);
        const board = centre.board();
        for (const each of [board.total, ...board.queues]) {
          if (each.waiting === null) continue;
          expect([told.key, each.imbalance]).toEqual([told.key, 0]);
        }
      }
    }, 12);
  });

  it('holds in every quarter: carried in and offered went somewhere or were carried out', () => {
    law((seed) => {
      const centre = centreOf(seed);
      const running = quarterStart(centre.now);
      const quarterOf = quartersOf(centre);
      for (const queue of centre.floor.queues.keys()) {
        for (let quarter = quarterStart(evening - QUARTER_MS); quarter <= running; quarter += QUARTER_MS) {
          const tally = quarterOf(queue, quarter);
          const gone = tally.answered + tally.abandoned + tally.overflowed + tally.lost;
          const left = quarter === running ? waiting(centre.floor, queue) : tally.carriedOut;
          expect(tally.carriedIn + tally.offered).toBe(gone + left);
          if (quarter < running) expect(quarterOf(queue, quarter + QUARTER_MS).carriedIn).toBe(left);
        }
      }
    });
  });
});

describe('time', () => {
  it('no wait, talk or wrap-up is negative, and no count is', () => {
    law((seed) => {
      const centre = centreOf(seed);
      for (const entry of centre.entries.values()) {
        expect(Math.min(waitMs(entry) ?? 0, talkMs(entry), wrapUpMs(entry))).toBeGreaterThanOrEqual(0);
      }
      for (const { delta } of centre.cells.values()) {
        for (const count of Object.values(delta).flat()) expect(count).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it('quarters merge to the day that the board has counted', () => {
    law((seed) => {
      const centre = centreOf(seed);
      const from = dayStart(centre.now, ZONE);
      const quarters = quartersOfDay(centre.now, ZONE);
      const quarterOf = quartersOf(centre);
      for (const { queue, today } of centre.board().queues) {
        const cells = quarters.map((start) => ({ quarterStart: start, tally: quarterOf(queue.id, start) }));
        const day = mergeQuarters(cells, from, nextDayStart(centre.now, ZONE));
        const { carriedIn, offered, answered, abandoned, overflowed, lost, refused } = day;
        expect(today).toMatchObject({ carriedIn, offered, answered, abandoned, overflowed, lost, refused });
        expect(today.serviceLevelN).toBe(day.serviceLevelCounted);
      }
    });
  });
});

describe('folding', () => {
  it('all of a log is its second half folded from its first, through JSON too', () => {
    law((seed) => {
      const { log, floor } = centreOf(seed);
      const half = log.length >> 1;
      const checkpoint = JSON.stringify(floorToJson(foldFloor(emptyFloor, log.slice(0, half))));
      const there = floorFromJson(JSON.parse(checkpoint) as ReturnType<typeof floorToJson>);
      expect(foldFloor(there, log.slice(half))).toEqual(floor);
    });
  });

  it('a replay of the log is what was live', () => {
    law((seed) => {
      const live = centreOf(seed);
      const replayed = new SmallCentre(evening);
      for (const envelope of live.log) replayed.fold(envelope);
      expect(replayed.floor).toEqual(live.floor);
      expect(replayed.entries).toEqual(live.entries);
      expect(replayed.cells).toEqual(live.cells);
      expect({ ...replayed.board(), position: null }).toEqual({ ...live.board(), position: null });
    });
  });

  it('a second delivery changes nothing', () => {
    law((seed) => {
      const told = randomStream(seed, evening);
      const once = centreOf(seed);
      const twice = new SmallCentre(evening);
      for (const [n, each] of told.entries()) {
        twice.tell(each);
        twice.tell(told[n >> 1]!);
      }
      for (const each of told) expect(twice.tell(each)).toBeNull();
      expect(twice.floor).toEqual(once.floor);
      expect(twice.cells).toEqual(once.cells);
      expect(twice.board()).toEqual(once.board());
    });
  });

  it('the open entries of the floor are the open ones of the log', () => {
    law((seed) => {
      const { entries, floor } = centreOf(seed);
      const open = [...entries.values()].filter(
        ({ outcome, talkEndedAt }) => outcome === 'waiting' || (outcome === 'answered' && talkEndedAt === null)
      );
      expect(new Map(open.map((entry) => [entry.id, entry]))).toEqual(floor.entries);
      for (const [id, agent] of floor.agents)
        for (const talk of agent.talks) expect(floor.entries.get(talk)?.agent).toBe(id);
    });
  });
});

describe('counting', () => {
  const definitions = [DEFAULT_SERVICE_LEVEL];

  it('event by event comes to what the entries as they are contribute', () => {
    law((seed) => {
      const centre = centreOf(seed);
      const fromEntries = sumOf([...centre.entries.values()].flatMap((entry) => contribution(entry, definitions)));
      for (const { queue, quarterStart: quarter, delta } of fromEntries) {
        const { refused, blindMs } = centre.tally(queue, quarter);
        expect({ ...delta, refused, blindMs }).toEqual(centre.tally(queue, quarter));
      }
    });
  });

  it('a correction is the same as having known from the start', () => {
    law((seed) => {
      const { entries } = centreOf(seed);
      for (const entry of entries.values()) {
        const asIf = (told: Entry | null) => (told === null ? [] : contribution(told, definitions));
        const before: Entry = { ...entry, outcome: 'lost', leftAt: entry.offeredAt + 1_000_000, talkEndedAt: null };
        const restatement = restated(before, entry, definitions);
        expect(ordered(sumOf([...asIf(before), ...restatement]))).toEqual(ordered(asIf(entry)));
      }
    });
  });

  it('the day made from entries is the day counted live', () => {
    law((seed) => {
      const centre = centreOf(seed);
      const today = todayOf(centre.entries.values(), [], centre.now, ZONE, () => definitions);
      for (const { queue, today: live } of centre.board().queues) {
        const { offered, answered, abandoned, answerMs } = today.queues.get(queue.id)?.tally ?? emptyTally;
        expect({ offered, answered, abandoned }).toEqual({
          offered: live.offered,
          answered: live.answered,
          abandoned: live.abandoned
        });
        expect(live.answerTimeMsMean).toBe(answered === 0 ? null : Math.round(answerMs / answered));
      }
    });
  });

  it('a tally is stored and read again as it was', () => {
    law((seed) => {
      for (const { delta } of centreOf(seed).cells.values()) {
        expect(JSON.parse(JSON.stringify(delta))).toEqual(delta);
      }
    });
  });

  it('an event of another entry never changes an entry, but for a wrap-up cut short', () => {
    law((seed) => {
      const { log, entries } = centreOf(seed);
      const entry = [...entries.values()].find(({ wrapUpUntil }) => wrapUpUntil === null);
      if (entry === undefined) return;
      for (const envelope of log) {
        if ('entry' in envelope.event && envelope.event.entry === entry.id) continue;
        expect(evolveEntry(entry, envelope)).toBe(entry);
      }
    });
  });
});

function ordered<Cell extends { quarterStart: number }>(cells: Cell[]): Cell[] {
  return cells.toSorted((a, b) => a.quarterStart - b.quarterStart);
}
