import { blindContribution, openContribution, sumOf, type Contribution } from './contribution.ts';
import type { Floor } from '../telephony/floor.ts';
import type { Instant, Period } from '../time.ts';

/**
 * What must be added to the stored tallies of these quarters to make them true at `now`. Two things come without an
 * event: whoever waits is carried out of each quarter that ends and into the next, and a blindness that goes on grows.
 * Without the first the balance of an ended quarter would not hold until its last caller is decided; without the second
 * a quarter of which nothing is known would look as if nothing had happened.
 */
export function unfinished(floor: Floor, { startsAt, endsAt }: Period, now: Instant): Contribution[] {
  const parts = [...floor.entries.values()].flatMap((entry) => openContribution(entry, now));
  for (const [queue, { source }] of floor.queues) {
    const known = floor.sources.get(source);
    if (known?.state !== 'lost') continue;
    const blind = blindContribution(Math.max(known.since, startsAt), Math.min(now, endsAt));
    parts.push(...blind.map((part) => ({ queue, ...part })));
  }
  return sumOf(parts.filter(({ quarterStart }) => quarterStart >= startsAt && quarterStart < endsAt));
}
