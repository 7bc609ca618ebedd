import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../support/random-stream.ts';
import { SmallCentre } from '../../support/small-centre.ts';

/** Keys in order, so that only what is said counts and not how it was put together. */
const inOrder = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
const digest = (rows: unknown[]): string => {
  const texts = rows.map((row) => JSON.stringify(row, inOrder)).sort();
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16);
};

/**
 * Entries and tallies stand in databases out there and are not folded anew when a release counts otherwise. So whoever
 * makes one of these fail on purpose brings a migration that restates what is stored (decision 6), and then writes down
 * what the fold gives now. (Or has changed the random stream: then only the latter.)
 */
describe('what a fixed log leaves in the store', () => {
  const startsAt = Date.parse('2026-11-17T20:40:00Z');
  const centre = new SmallCentre(startsAt);
  for (const told of randomStream(6, startsAt, 600)) centre.tell(told);

  it('in entries is what it was', () => {
    expect([centre.entries.size, digest([...centre.entries.values()])]).toEqual([159, '8c3992872e5608e5']);
  });

  it('in tallies is what it was', () => {
    expect([centre.cells.size, digest([...centre.cells.values()])]).toEqual([108, '6fc3ec8e8009372f']);
  });
});
