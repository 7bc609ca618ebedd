import { openingAt, openingOfAll, type Opening, type OpeningHours } from '../../domain/opening-hours.ts';
import { minuteStart, type Instant, type Zone } from '../../domain/time.ts';
import type { BoardQueue } from '../../domain/wallboard.ts';
import type { BoardSettings } from './board-settings.ts';

/** Whether the telephones of these queues are open. Asked of the calendar once a minute, because frames are made often. */
export function createOpenings(
  settings: BoardSettings,
  zone: Zone
): (queues: readonly BoardQueue[], now: Instant) => Opening {
  const known = new Map<OpeningHours, { minute: Instant; opening: Opening }>();

  function of(hours: OpeningHours | null, now: Instant): Opening {
    if (hours === null) return openingAt(null, settings.holidays, now, zone);
    const minute = minuteStart(now);
    const kept = known.get(hours);
    if (kept?.minute === minute) return kept.opening;
    // Hours that were set anew are another object: the old one is not kept.
    if (kept === undefined) known.clear();
    const opening = openingAt(hours, settings.holidays, now, zone);
    known.set(hours, { minute, opening });
    return opening;
  }

  return (queues, now) => {
    const units = new Set(queues.map(({ unit }) => unit?.id ?? null));
    return openingOfAll([...units].map((unit) => of(settings.hours(unit) ?? settings.hours(null), now)));
  };
}
