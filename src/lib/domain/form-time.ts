/** Times as forms write them, `2026-11-24T16:00`, in the centre's zone whatever the browser's own is. */
import { clockTime, HOUR_MS, type Instant, type Zone } from './time.ts';

export function formTime(at: Instant, zone: Zone): string {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return clock.format(at).replace(' ', 'T');
}

/** Null when it is no time. */
export function instantOfForm(text: string, zone: Zone): Instant | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text)?.slice(1).map(Number);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null;
  return clockTime({ year, month, day }, hour * 60 + minute, zone);
}

/** When most announcements should be gone: at four today, or in eight hours when that is near or past. */
export function usualEnd(now: Instant, zone: Zone): Instant {
  const four = instantOfForm(`${formTime(now, zone).slice(0, 10)}T16:00`, zone) ?? now;
  return four - now > HOUR_MS ? four : Math.ceil((now + 8 * HOUR_MS) / HOUR_MS) * HOUR_MS;
}
