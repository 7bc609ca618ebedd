import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentEntries } from '../../../src/lib/domain/statistics/recent-entries.ts';
import type { Entry } from '../../../src/lib/domain/telephony/call.ts';

const entry = (id: string, offeredAt: number) => ({ id, offeredAt }) as Entry;

it('holds what a plain map would hold, and never changes what was given out before', () => {
  const step = fc.record({ id: fc.string({ maxLength: 4 }), at: fc.nat(100) });
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 5 }), { maxLength: 30 }), fc.nat(100), (batches, from) => {
      let shelves = new RecentEntries();
      const plain = new Map<string, Entry>();
      for (const batch of batches) {
        const before = [...shelves.values()];
        const after = shelves.with(batch.map(({ id, at }) => entry(id, at)));
        expect([...shelves.values()]).toEqual(before);
        for (const { id, at } of batch) plain.set(id, entry(id, at));
        shelves = after;
      }
      for (const [id, kept] of plain) expect(shelves.get(id)).toEqual(kept);
      expect([...shelves.values()]).toHaveLength(plain.size);
      const wanted = [...plain.values()].filter((each) => each.offeredAt >= from);
      expect([...shelves.filter((each) => each.offeredAt >= from).values()]).toHaveLength(wanted.length);
    })
  );
});
