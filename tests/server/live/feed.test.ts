import { beforeEach, describe, expect, it } from 'vitest';
import type { BoardFrame } from '../../../src/lib/domain/wallboard.ts';
import { createFeed } from '../../../src/lib/server/live/feed.ts';
import { FakeClock } from '../../support/fake-clock.ts';

let clock: FakeClock;
let waiting: number;
let made: number;
let feed: ReturnType<typeof createFeed<BoardFrame>>;

/** Only what the feed looks at: the whole frame is the domain's business. */
const frame = (): BoardFrame =>
  ({
    position: { epoch: 'e', offset: made },
    asOf: clock.now(),
    source: { state: 'CONNECTED', since: 0, provenAt: clock.now() },
    total: { waiting }
  }) as BoardFrame;

beforeEach(() => {
  clock = new FakeClock(1_000_000);
  waiting = 0;
  made = 0;
  feed = createFeed({
    boards: () => ['all'],
    frame: (board) => (board === 'all' ? (made++, frame()) : null),
    now: clock.now,
    after: (ms, callback) => {
      const id = clock.setTimeout(callback, ms);
      return () => clock.clearTimeout(id);
    }
  });
});

describe('a watched board', () => {
  it('is shown within a quarter of a second of a change, and at most four times a second', () => {
    const seen: number[] = [];
    feed.watch('all', (shown) => seen.push(shown.total.waiting!));
    for (let i = 0; i < 1_000; i++) {
      waiting++;
      feed.changed();
      clock.pass(1);
    }
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(seen.length).toBeLessThanOrEqual(4);
    clock.pass(250);
    expect(seen.at(-1)).toBe(1_000);
  });

  it('is quiet when nothing a person would see has changed, but for a heartbeat every five seconds', () => {
    const seen: number[] = [];
    feed.watch('all', () => seen.push(clock.now()));
    clock.pass(20_000);
    expect(seen.map((at) => at - 1_000_000)).toEqual([5_000, 10_000, 15_000, 20_000]);
  });

  it('changes without an event when time alone changes it, within a second', () => {
    const seen: number[] = [];
    feed.watch('all', (shown) => seen.push(shown.total.waiting!));
    clock.pass(300);
    waiting = 7; // a wrap-up ran out: no event tells it
    clock.pass(1_000);
    expect(seen).toEqual([7]);
  });

  it('is made once for all who watch', () => {
    const first: BoardFrame[] = [];
    const second: BoardFrame[] = [];
    feed.watch('all', (shown) => first.push(shown));
    feed.watch('all', (shown) => second.push(shown));
    waiting = 3;
    feed.changed();
    clock.pass(250);
    expect(first).toHaveLength(1);
    expect(second[0]).toBe(first[0]);
    expect(feed.current('all')).toBe(first[0]);
  });

  it('costs nothing any more when nobody watches', () => {
    const stop = feed.watch('all', () => {});
    stop();
    expect(clock.pending).toBe(0);
    made = 0;
    clock.pass(60_000);
    expect(made).toBe(0);
  });
});

it('a board that does not exist has no frame and cannot be watched', () => {
  expect(feed.current('nowhere')).toBeNull();
  feed.watch('nowhere', () => expect.unreachable());
  expect(clock.pending).toBe(0);
});

it('a first paint between two frames does not make another one', () => {
  feed.current('all');
  clock.pass(200);
  feed.current('all');
  expect(made).toBe(1);
  feed.changed();
  feed.current('all');
  expect(made).toBe(2);
});
