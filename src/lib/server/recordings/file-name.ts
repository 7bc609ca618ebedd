import type { SourceName } from '../../domain/telephony/event.ts';
import { clockTime, type Instant, type Zone } from '../../domain/time.ts';

/** What the name of a file tells: which call it is of, and maybe of which exchange and since when. */
export interface NameTold {
  /** The Uniqueid, with and without the system's name that some exchanges put before it. */
  channels: readonly string[];
  source: SourceName | null;
  beganAt: Instant | null;
}

const PARTS: Record<string, string> = {
  '{uniqueid}': '(?<uniqueid>(?:[A-Za-z0-9_]+-)*(?<!\\d)\\d{9,11}\\.\\d{1,10})(?!\\d)',
  '{source}': '(?<source>[A-Za-z0-9_-]{1,40}?)',
  '%Y': '(?<year>\\d{4})',
  '%m': '(?<month>\\d{2})',
  '%d': '(?<day>\\d{2})',
  '%H': '(?<hour>\\d{2})',
  '%M': '(?<minute>\\d{2})',
  '%S': '(?<second>\\d{2})',
  '*': '.*?'
};

/** How names are read by a pattern such as `*-%Y%m%d-%H%M%S-{uniqueid}.wav`; the times are those of the zone. */
export function nameReader(pattern: string, zone: Zone): (name: string) => NameTold | null {
  const parts = pattern.split(/(\{uniqueid\}|\{source\}|%[YmdHMS]|\*)/);
  // A time that stands twice is read once; the other must only look like it.
  const seen = new Set<string>();
  const expression = parts.map((part) => {
    const known = PARTS[part];
    if (known === undefined) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const again = seen.has(part);
    seen.add(part);
    return again ? known.replace(/\?<\w+>/, '') : known;
  });
  const reading = new RegExp(`^${expression.join('')}$`, 's');
  return (name) => {
    // No exchange writes longer ones, and none is worth the time it would take to try.
    const told = name.length <= 255 ? reading.exec(name)?.groups : undefined;
    if (told?.uniqueid === undefined) return null;
    const bare = told.uniqueid.slice(told.uniqueid.lastIndexOf('-') + 1);
    const parts = told.uniqueid.split('-');
    // `vaxel-svar2-1800000000.12` may be a queue, a system and a number: every ending is tried.
    const channels = parts.map((_, index) => parts.slice(index).join('-'));
    return { channels: [...new Set([bare, ...channels])], source: told.source ?? null, beganAt: beganAt(told, zone) };
  };
}

function beganAt(told: Record<string, string | undefined>, zone: Zone): Instant | null {
  const { year, month, day, hour, minute, second } = told;
  if (!year || !month || !day || !hour || !minute || !second) return null;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || h > 23 || m > 59 || s > 60)
    return null;
  return clockTime({ year: Number(year), month: Number(month), day: Number(day) }, h * 60 + m, zone) + s * 1_000;
}
