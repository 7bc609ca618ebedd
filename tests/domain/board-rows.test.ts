import { describe, expect, test } from 'vitest';
import { queueRow, unitRows } from '../../src/lib/domain/board-rows.ts';
import { aged, busy, exchangeLost, fifteenQueues, halfLost, NOW } from '../support/frames.ts';

const rowsOf = (frame: ReturnType<typeof busy>) => frame.queues.map((queue) => queueRow(queue, null, NOW));

describe('a row of the board', () => {
  test('stands in the exchange’s order and says who waits', () => {
    const rows = rowsOf(busy());
    expect(rows.map(({ name }) => name).slice(0, 3)).toEqual(['Huvudnumret', 'Förskola', 'Grundskola']);
    expect(rows[1]).toMatchObject({ waiting: 11, pressure: 'strained', aged: false });
  });

  test('that was last proven more than a minute ago is unknown, and keeps what it knew then', () => {
    const row = rowsOf(aged(61))[1]!;
    expect(row).toMatchObject({ waiting: null, longestWaitSince: null, pressure: 'unknown' });
    // Six minutes and twelve seconds now is five and eleven when it was last seen.
    expect(row.lastKnown).toEqual({ at: NOW - 61_000, waiting: 11, longestWaitMs: 311_000 });
  });

  test('takes the last known from the frame when the exchange is reported lost', () => {
    expect(rowsOf(exchangeLost())[1]!.lastKnown).toMatchObject({ waiting: 11, longestWaitMs: 372_000 });
  });
});

describe('rows joined by unit', () => {
  const joined = (frame: ReturnType<typeof busy>) => unitRows(frame.queues, rowsOf(frame), 'Övriga');

  test('add those who wait, and tell the oldest of them and the worst state', () => {
    const [general, school] = joined(fifteenQueues());
    expect(general).toMatchObject({ name: 'Allmänna svarsgruppen', waiting: 4 });
    expect(school!.longestWaitSince).toBe(NOW - 372_000);
    expect(school!.pressure).toBe('strained');
  });

  test('keep a queue without a unit among the others', () => {
    const frame = busy();
    const loose = { ...frame.queues[0]!, queue: { ...frame.queues[0]!.queue, unit: null } };
    expect(joined({ ...frame, queues: [loose] })[0]).toMatchObject({ name: 'Övriga', waiting: 4 });
  });

  test('are unknown when one of their queues is, never the sum of the rest', () => {
    const frame = halfLost();
    const mixed = {
      ...frame,
      queues: frame.queues.map((queue) => ({ ...queue, queue: { ...queue.queue, unit: null } }))
    };
    expect(joined(mixed)[0]).toMatchObject({ waiting: null, longestWaitSince: null, pressure: 'unknown' });
  });
});
