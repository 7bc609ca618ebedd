import { addTally, emptyTally, type Tally } from '../../domain/statistics/tally.ts';
import type { TallyDelta } from '../live/ports.ts';
import { tallyBatch, type LogTransaction } from './log-transaction.ts';

/** Adds to what is stored for each queue and quarter: counts and histograms add, and the last restatement is kept. */
export async function addTallies(deltas: TallyDelta[], transaction: LogTransaction): Promise<void> {
  const sums = new Map<string, TallyDelta>();
  const slot = (queue: string, quarterStart: number) => `${quarterStart} ${queue}`;
  const add = (one: TallyDelta) => {
    const name = slot(one.queue, one.quarterStart);
    const sum = sums.get(name);
    const revisedAt = Math.max(one.revisedAt ?? 0, sum?.revisedAt ?? 0) || undefined;
    sums.set(name, sum ? { ...sum, delta: addTally(sum.delta, one.delta), revisedAt } : one);
  };
  for (const one of deltas) add(one);
  const touched = [...sums.values()];
  const stored = await transaction.tallies(
    touched.map(({ quarterStart }) => quarterStart),
    touched.map(({ queue }) => queue)
  );
  for (const row of stored) {
    const revisedAt = row.revised_at ?? undefined;
    add({ queue: row.queue, quarterStart: row.quarter_start, delta: tallyOf(row.tally), revisedAt });
  }
  await transaction.write(
    tallyBatch,
    [...sums.values()].map(({ queue, quarterStart, delta, revisedAt }) => [
      quarterStart,
      queue,
      jsonOf(delta),
      revisedAt ?? null
    ])
  );
}

/** Only what there is something of: most of a quarter's counts are none, and each row is written again and again. */
function jsonOf(tally: Tally): string {
  const told: Partial<Record<keyof Tally, Tally[keyof Tally]>> = {};
  for (const name in tally) {
    const value = tally[name as keyof Tally];
    if (typeof value === 'number' ? value !== 0 : value.length > 0) told[name as keyof Tally] = value;
  }
  return JSON.stringify(told);
}

/** What is not told, or was not counted by the version that stored it, is none. */
export function tallyOf(json: string): Tally {
  return { ...emptyTally, ...(JSON.parse(json) as Partial<Tally>) };
}
